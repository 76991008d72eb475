"""In which language the pages are: the person's own, else the browser's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from annotations.models import User
from annotations.workflow import languages


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice for the browser and, where somebody is logged in, for the person."""
    if isinstance(request.user, User):
        languages.choose(language=request.POST.get("language", ""), by=request.user)
    return set_language(request)


def speak_to(user: User) -> None:
    """Go on in the person's language, whatever the browser asked for."""
    if user.language in dict(settings.LANGUAGES):
        translation.activate(user.language)


def keep(response: HttpResponse, language: str) -> None:
    """Have the browser ask for the language also where nobody is logged in."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
