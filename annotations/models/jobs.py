"""Work that a worker does: the row is the truth, messages are only hints.

A job is held by a token, the id of the Celery message. Its heartbeat says that somebody is at it.
"""

from datetime import datetime
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

J = TypeVar("J", bound="Job")


class JobState(models.TextChoices):
    QUEUED = "queued", _("queued")
    RUNNING = "running", _("running")
    SUCCEEDED = "succeeded", _("succeeded")
    FAILED = "failed", _("failed")


class JobQuerySet(models.QuerySet[J]):
    def active(self) -> Self:
        return self.filter(state__in=Job.ACTIVE)

    def silent_since(self, moment: datetime) -> Self:
        """Running, but their worker has said nothing since then."""
        return self.filter(state=JobState.RUNNING, heartbeat_at__lt=moment)

    def unsent_since(self, moment: datetime) -> Self:
        """Queued, but last handed to the broker before then (or never)."""
        return self.filter(
            Q(dispatched_at__lt=moment) | Q(dispatched_at=None), state=JobState.QUEUED
        )


class Job(models.Model):
    """What every job keeps: who holds it, since when, and how it ended."""

    ACTIVE = (JobState.QUEUED, JobState.RUNNING)
    WORKERS_LOST_AT_MOST = 3

    state: Any = models.CharField(max_length=20, choices=JobState, default=JobState.QUEUED)
    workers_lost = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True, editable=False, help_text="Who holds the run just now.")
    queued_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, help_text="In the desk's language.")
    errors = models.JSONField(
        default=dict, db_default={}, blank=True, help_text="The same in each: {language: words}."
    )

    class Meta:
        abstract = True

    @property
    def is_active(self) -> bool:
        return self.state in self.ACTIVE

    @property
    def reason(self) -> str:
        """Why it failed, in the reader's language where it is known."""
        return spoken(self.errors, self.error)


def spoken(errors: dict[str, str], error: str) -> str:
    """Say an error in the language of the moment, or else in the desk's."""
    return errors.get(get_language() or "", error)
