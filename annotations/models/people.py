"""People: anybody who logs in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """One person. Somebody who has worked is deactivated or made anonymous, never deleted."""

    class Theme(models.TextChoices):
        SYSTEM = "", _("as the system is set")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    display_name = models.CharField(_("display name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    theme = models.CharField(
        _("theme"), max_length=10, choices=Theme, default=Theme.SYSTEM, db_default="", blank=True
    )
    letter_keys = models.BooleanField(default=True, db_default=True)
    keys = models.JSONField(
        default=dict, db_default={}, blank=True, help_text="Own keys: {action: key}."
    )

    @property
    def name(self) -> str:
        """How colleagues see this person."""
        return called(self.username, self.display_name, self.first_name, self.last_name)


def called(username: str, display_name: str, first_name: str, last_name: str) -> str:
    """Say how colleagues see a person of these names."""
    return display_name or f"{first_name} {last_name}".strip() or username
