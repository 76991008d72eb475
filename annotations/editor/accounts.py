"""Logging in, passwords, and being kept out after too many wrong ones."""

from math import ceil
from typing import Any, cast

from axes.helpers import get_client_ip_address, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, PasswordChangeView, PasswordResetConfirmView
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy

from annotations.editor import languages
from annotations.editor.requests import EditorRequest, form_page, signed_in
from annotations.workflow.languages import choose as choose_language


class Credentials(AuthenticationForm):
    """Refuses in the words of the page; Django's own speak of another name of the field."""

    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": gettext_lazy("User name or password is wrong. Capital letters count.")
    }


class Login(LoginView):
    """Lets people in, in their language; who never chose one keeps the browser's."""

    template_name = "registration/login.html"
    authentication_form = Credentials
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        user = form.get_user()
        if user.language:
            languages.keep(response, user.language)
        elif chosen := self.request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
            choose_language(language=chosen, by=user)
        return response


login = Login.as_view()
welcome = PasswordResetConfirmView.as_view(
    template_name="annotations/welcome.html",
    success_url=reverse_lazy("editor:queue"),
    post_reset_login=True,
    post_reset_login_backend="annotations.editor.recognising.Passwords",
)
_change = PasswordChangeView.as_view(
    template_name="annotations/settings/password.html", success_url="?saved=1"
)


@signed_in
@form_page
def password(request: EditorRequest) -> HttpResponse:
    """Change one's own password."""
    return cast(HttpResponse, _change(request))


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """Say when the login opens again: a fixed time after the last attempt that counted."""
    wait, now = get_cool_off(request), timezone.now()
    if wait is None:
        return render(request, "429.html", status=429)
    name = (credentials or {}).get("username")
    counted = AccessAttempt.objects.filter(username=name, ip_address=get_client_ip_address(request))
    latest = counted.aggregate(at=Max("attempt_time"))["at"] or now
    again_at = latest + wait
    seconds = max(1, ceil((again_at - now).total_seconds()))
    context = {"again_at": again_at, "minutes": ceil(seconds / 60)}
    answer = render(request, "429.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer
