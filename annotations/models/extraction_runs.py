"""Extraction runs: the truth about what the workers do."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.articles import Revision
from annotations.models.jobs import Job, JobQuerySet, JobState
from annotations.models.statements import Slot


class ExtractionRunQuerySet(JobQuerySet["ExtractionRun"]):
    """Jobs of this kind."""


ExtractionRunManager = models.Manager.from_queryset(ExtractionRunQuerySet)


class ExtractionRun(Job):
    """One extraction of one revision, from queued to succeeded or failed."""

    State = JobState

    class Queue(models.TextChoices):
        INTERACTIVE = "interactive", _("interactive")
        BULK = "bulk", _("bulk")

    class Fallback(models.TextChoices):
        """Why the standard engine had to step in for the one that was asked."""

        NOT_SET_UP = "not_set_up", _("it is not set up")
        UNREACHABLE = "unreachable", _("it could not be reached")
        TOO_SLOW = "too_slow", _("it took too long")
        REFUSED = "refused", _("it refused")
        BUSY = "busy", _("it had too much to do")
        BROKEN = "broken", _("it reported an error of its own")
        MALFORMED = "malformed", _("its answer could not be used")
        TOO_LARGE = "too_large", _("its answer was too large")
        OVER_BUDGET = "over_budget", _("the article exceeds what may be spent on one")

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="runs")
    queue = models.CharField(max_length=20, choices=Queue, default=Queue.INTERACTIVE)
    engine_asked = models.CharField(max_length=200, blank=True, db_default="")
    engine = models.CharField(max_length=200, blank=True, help_text="The one that was used.")
    fallback = models.CharField(max_length=20, choices=Fallback, blank=True, db_default="")
    engine_usage = models.JSONField(
        default=dict, db_default={}, blank=True, help_text="{calls, tokens, dropped}"
    )
    sentences_done = models.PositiveIntegerField(default=0)
    sentences_total = models.PositiveIntegerField(default=0)

    objects = ExtractionRunManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision"],
                name="run_active_once",
                condition=Q(state__in=["queued", "running"]),
            ),
            models.CheckConstraint(
                condition=~Q(state="running")
                | Q(token__isnull=False, started_at__isnull=False, heartbeat_at__isnull=False),
                name="run_running_is_held",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""), name="run_failed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(fallback="") | ~Q(engine=F("engine_asked")),
                name="run_fallback_is_another_engine",
            ),
        ]
        indexes = [
            models.Index(
                "state",
                "queue",
                "id",
                name="run_active",
                condition=Q(state__in=["queued", "running"]),
            ),
            models.Index("id", name="run_failed", condition=Q(state="failed")),
            models.Index("queued_at", name="run_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} · {self.state}"

    @property
    def percent(self) -> int:
        return percent(self.sentences_done, self.sentences_total)


def percent(done: int, total: int) -> int:
    return 100 * done // total if total else 0


class WorkerQuerySet(models.QuerySet["Worker"]):
    def alive(self, *, since: datetime | Slot) -> Self:
        """Those that said something since then."""
        return self.filter(seen_at__gte=since)


WorkerManager = models.Manager.from_queryset(WorkerQuerySet)


class Worker(models.Model):
    """A Celery worker and when it was last heard of."""

    name = models.CharField(max_length=255, unique=True)
    seen_at = models.DateTimeField()

    objects = WorkerManager()

    def __str__(self) -> str:
        return self.name
