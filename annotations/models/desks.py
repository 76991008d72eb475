"""Desks, their rules, and who belongs to them."""

import re
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from annotations.models.people import User

_PLACES = re.compile(r"\{(?:id|article)\}")


def validate_rating_scale(rows: Any) -> None:
    """Accept a list of {"value": number, "fr": name, "en": name}, its values 1, 2, 3 and so on."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValidationError(_("A rating scale is a list of rows: value, fr, en."))
    if [row.get("value") for row in rows] != list(range(1, len(rows) + 1)):
        raise ValidationError(_("The values of a rating scale are 1, 2, 3 and so on, worst first."))
    if not all(str(row.get("fr", "")).strip() and str(row.get("en", "")).strip() for row in rows):
        raise ValidationError(_("Each row of a rating scale has a French and an English name."))


def validate_check_url(pattern: str) -> None:
    """Accept a web address with a place for the number of a publication or of its article."""
    is_address = pattern.startswith(("https://", "http://"))
    if not is_address or not _PLACES.search(pattern) or "{" in _PLACES.sub("", pattern):
        raise ValidationError(_("An address with {id} or {article} in it: https://…/{id}"))


class DeskQuerySet(models.QuerySet["Desk"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(memberships__user=user)

    def reviewed_by(self, user: User) -> Self:
        """Only desks where this person is reviewer or manager."""
        return self.filter(memberships__user=user, memberships__role__in=["reviewer", "manager"])

    def managed_by(self, user: User) -> Self:
        return self.filter(memberships__user=user, memberships__role="manager")

    def public(self) -> Self:
        """Only desks that show what they publish to everybody."""
        return self.filter(publishes_publicly=True)

    def ids(self) -> list[int]:
        """Return the keys: a long list that names its desks is planned far better."""
        return list(self.values_list("pk", flat=True))


DeskManager = models.Manager.from_queryset(DeskQuerySet)


class Desk(models.Model):
    """A team with its own members, guidelines and rules."""

    class Credit(models.TextChoices):
        NAME = "name", _("the approver's name")
        ROLE = "role", _("the approver's role")

    class Engine(models.TextChoices):
        """Who reads the articles; where another one fails, the standard one steps in."""

        STANDARD = "standard", _("standard")
        FAST = "fast", _("fast")
        CHAT = "chat", _("language model")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=150)
    language = models.CharField(max_length=10, default="fr")
    guidelines = models.TextField(blank=True)
    annotators_needed = models.PositiveSmallIntegerField(default=1)
    is_blind = models.BooleanField(
        default=False, help_text="Hide colleagues' labels until one's own is given."
    )
    second_person_approves = models.BooleanField(default=True)
    evidence_required = models.BooleanField(default=False)
    credit = models.CharField(max_length=10, choices=Credit, default=Credit.ROLE)
    rating_scale = models.JSONField(default=list, blank=True, validators=[validate_rating_scale])
    publishes_publicly = models.BooleanField(
        default=False, help_text="Show what is published, and how the desk works, to everybody."
    )
    site_url = models.URLField(
        max_length=500, blank=True, default="", db_default="", help_text="The publisher's own site."
    )
    check_url = models.CharField(
        max_length=500,
        blank=True,
        default="",
        db_default="",
        validators=[validate_check_url],
        help_text="Where a check can be read on that site; "
        "{id} or {article} stands for its number.",
    )
    license_url = models.URLField(max_length=500, blank=True, default="", db_default="")
    reviews_without_rating = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Give ClaimReview also to what has no rating: then the label stands alone.",
    )
    methodology = models.TextField(blank=True, default="", db_default="")
    corrections_policy = models.TextField(blank=True, default="", db_default="")
    engine = models.CharField(
        max_length=20, choices=Engine, default=Engine.STANDARD, db_default="standard"
    )
    version = models.PositiveIntegerField(
        default=1, db_default=1, editable=False, help_text="Of the rules and the guidelines."
    )

    objects = DeskManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(annotators_needed__gte=1), name="desk_needs_an_annotator"
            ),
            models.CheckConstraint(
                condition=Q(engine__in=["standard", "fast", "chat"]), name="desk_engine_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def for_list(self) -> Self:
        """Load what a row of the members shows, managers first."""
        rank = Case(When(role="manager", then=0), When(role="reviewer", then=1), default=2)
        return self.select_related("user").order_by(rank, "user__username")


MembershipManager = models.Manager.from_queryset(MembershipQuerySet)


class Membership(models.Model):
    """What one person may do on one desk."""

    class Role(models.TextChoices):
        ANNOTATOR = "annotator", _("annotator")
        REVIEWER = "reviewer", _("reviewer")
        MANAGER = "manager", _("manager")

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="memberships", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role, default=Role.ANNOTATOR)

    objects = MembershipManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "user"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(role__in=["annotator", "reviewer", "manager"]),
                name="membership_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.desk} · {self.role}"

    @property
    def role_name(self) -> str:
        """As `get_role_display`, which builds a table of all names each time."""
        return str(self.Role(self.role).label)
