"""How a person wants the pages: light or dark, in which language, under which name."""

from django.utils.translation import gettext as _

from annotations.models import User
from annotations.workflow import checks, languages
from annotations.workflow.errors import BadInput

NAME_LENGTH = 150


def choose(*, theme: str, language: str, display_name: str, by: User) -> None:
    """Keep the choices for this person, in every browser."""
    checks.refuse_control(display_name, field="display_name")
    if theme not in User.Theme.values:
        raise BadInput(_("Choose one of the themes."), field="theme")
    languages.choose(language=language, by=by)
    by.theme = theme
    by.display_name = display_name.strip()[:NAME_LENGTH]
    by.save(update_fields=["theme", "display_name"])
