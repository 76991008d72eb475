"""Imports: files of articles, worked on row by row, and what was wrong with each row."""

from collections.abc import Iterator
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.articles import Article
from annotations.models.desks import Desk
from annotations.models.jobs import Job, JobQuerySet
from annotations.models.people import User


class ImportQuerySet(JobQuerySet["Import"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(desk__memberships__user=user)

    def for_list(self) -> Self:
        return self.select_related("desk", "created_by").defer("desk__guidelines")


ImportManager = models.Manager.from_queryset(ImportQuerySet)


class Import(Job):
    """One file that somebody sent, and how far it is worked on.

    A dry run checks every row and stores none; then the same file can be imported.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        SUCCEEDED = "succeeded", _("succeeded")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    class Format(models.TextChoices):
        ARTICLES = "articles", _("articles (CSV or JSON)")
        CLAIMREVIEW = "claimreview", _("ClaimReview (page or feed)")
        DOCCANO = "doccano", "doccano (JSON Lines)"
        LABELSTUDIO = "labelstudio", "Label Studio (JSON)"
        MEEDAN = "meedan", "Meedan Check (CSV)"

    # Each row is one claim: its text is one sentence, and its label is of all of it.
    OF_CLAIMS = (Format.CLAIMREVIEW, Format.MEEDAN)

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="imports", db_index=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.QUEUED)
    format = models.CharField(max_length=20, choices=Format, default=Format.ARTICLES)
    is_dry_run = models.BooleanField(default=False)
    options = models.JSONField(default=dict, blank=True)

    file_name = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    sha256 = models.CharField(max_length=64)
    shape = models.CharField(max_length=10)
    encoding = models.CharField(max_length=20)

    bytes_done = models.PositiveBigIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(null=True, help_text="Known once all were read.")
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0, help_text="The desk had these already.")
    refused = models.PositiveIntegerField(default=0)
    labels = models.PositiveIntegerField(default=0)

    objects = ImportManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="running")
                | Q(token__isnull=False, started_at__isnull=False, heartbeat_at__isnull=False),
                name="import_running_is_held",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""), name="import_failed_says_why"
            ),
        ]
        indexes = [
            models.Index(F("desk"), F("id").desc(), name="import_of_desk"),
            models.Index(
                "state", "id", name="import_active", condition=Q(state__in=["queued", "running"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name or self.format} · {self.state}"

    @property
    def percent(self) -> int:
        return 100 if self.size == 0 else min(100, 100 * self.bytes_done // self.size)

    @property
    def can_be_confirmed(self) -> bool:
        """Every row was checked, and there is something to take."""
        is_checked = self.is_dry_run and self.state == self.State.SUCCEEDED
        return is_checked and bool(self.added or self.labels)

    @property
    def is_of_claims(self) -> bool:
        return self.format in self.OF_CLAIMS

    @property
    def publishes(self) -> bool:
        """These are earlier publications of the house; a manager approves them by importing."""
        return bool(self.options.get("publish"))

    @property
    def added_for_good(self) -> int:
        return 0 if self.is_dry_run else self.added

    def content(self) -> Iterator[bytes]:
        """Read the file piece by piece, one in memory at a time."""
        numbers = self.pieces.order_by("number").values_list("number", flat=True)
        for number in list(numbers):
            yield bytes(self.pieces.values_list("data", flat=True).get(number=number))


class ImportPiece(models.Model):
    """A piece of a file: the workers may run on another machine than the web server."""

    SIZE = 512 * 1024

    of = models.ForeignKey(Import, models.CASCADE, related_name="pieces", db_index=False)
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="import_piece_once")]

    def __str__(self) -> str:
        return f"{self.of_id} · {self.number}"


class ImportRow(models.Model):
    """What became of one row."""

    class Outcome(models.TextChoices):
        ADDED = "added", _("added")
        KNOWN = "known", _("known already")
        REFUSED = "refused", _("refused")

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField(help_text="Which row of the file, from 1.")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    key = models.CharField(max_length=64, blank=True, help_text="Of its text and address.")
    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="import_row_once")]
        indexes = [
            models.Index("of", "key", name="import_row_key", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.of_id} · {self.number} · {self.outcome}"


class ImportFaultQuerySet(models.QuerySet["ImportFault"]):
    def in_order(self) -> Self:
        return self.order_by("id")


ImportFaultManager = models.Manager.from_queryset(ImportFaultQuerySet)


class ImportFault(models.Model):
    """What is wrong in one place of the file; a warning did not keep the row out."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="faults", db_index=False)
    row = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=400, blank=True)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    is_warning = models.BooleanField()

    objects = ImportFaultManager()

    class Meta:
        indexes = [models.Index("of", "id", name="import_fault_in_order")]

    def __str__(self) -> str:
        return f"{self.of_id} · {self.line} · {self.code}"
