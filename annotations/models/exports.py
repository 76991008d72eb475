"""Exports in files: everything published, written by a worker, kept for some days."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from annotations.models.desks import Desk
from annotations.models.jobs import Job, JobQuerySet, JobState
from annotations.models.people import User


class ExportQuerySet(JobQuerySet["Export"]):
    def managed_by(self, user: User) -> Self:
        return self.filter(desk__memberships__user=user, desk__memberships__role="manager")

    def kept(self, *, at: datetime) -> Self:
        """Without those whose file is gone."""
        return self.exclude(state=JobState.SUCCEEDED, expires_at__lte=at)


ExportManager = models.Manager.from_queryset(ExportQuerySet)


class Export(Job):
    """One file: what is to be in it, how far it is, and where it lies once it is whole."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="exports", db_index=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    format = models.CharField(max_length=20)
    filters = models.JSONField(default=dict, help_text="As lists of publications take them.")
    is_compressed = models.BooleanField(default=False)
    has_trailer = models.BooleanField(default=False, help_text="JSON Lines only.")
    has_bom = models.BooleanField(default=False, help_text="CSV only.")
    has_quotes = models.BooleanField(default=True, help_text="Web Annotation only.")
    base = models.CharField(max_length=500, help_text="Where this server is reached.")
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, help_text="Publications that were chosen.")
    left_out = models.PositiveBigIntegerField(default=0, help_text="By the rules of the format.")
    file = models.CharField(max_length=80, blank=True, help_text="Its name in the folder.")
    size = models.PositiveBigIntegerField(null=True, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True)

    objects = ExportManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="succeeded")
                | ~Q(file="") & Q(size__isnull=False, expires_at__isnull=False),
                name="export_done_has_a_file",
            ),
        ]
        indexes = [
            models.Index(F("desk"), F("id").desc(), name="export_of_desk"),
            models.Index(
                "state", "id", name="export_active", condition=Q(state__in=["queued", "running"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} · {self.format} · {self.state}"

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0
