"""How the pages look to a person: light or dark, the language, one's name."""

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from annotations.editor import languages
from annotations.editor.requests import EditorRequest, form_page, signed_in
from annotations.editor.settings.frame import done, saved
from annotations.models import User
from annotations.workflow import preferences


class AppearanceForm(forms.Form):
    theme = forms.ChoiceField(
        choices=User.Theme.choices, required=False, widget=forms.RadioSelect, label=_("Colours")
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=_("Language"))
    display_name = forms.CharField(
        max_length=preferences.NAME_LENGTH, required=False, label=_("Name that colleagues see")
    )


@signed_in
@form_page
def appearance(request: EditorRequest) -> HttpResponse:
    """Let people choose; the theme is in the page itself, so that no other colour flashes up."""
    user = request.user
    shown = {
        "theme": user.theme,
        "language": get_language(),
        "display_name": user.display_name,
    }
    form = AppearanceForm(request.POST or None, initial=shown)
    if done(form, lambda: _choose(user, form)):
        response = saved("appearance")
        languages.keep(response, user.language)
        return response
    status = 422 if form.errors else 200
    return render(request, "annotations/settings/appearance.html", {"form": form}, status=status)


def _choose(user: User, form: AppearanceForm) -> User:
    preferences.choose(by=user, **form.cleaned_data)
    return user
