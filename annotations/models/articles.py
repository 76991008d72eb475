"""Articles, the outlets they come from, and their immutable texts."""

from collections.abc import Sequence
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import MD5, Coalesce, Least
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from annotations.models.audit_events import AuditEvent
from annotations.models.desks import Desk
from annotations.models.few import FEW
from annotations.models.jobs import Job, JobState
from annotations.models.people import User


class Source(models.Model):
    """The outlet that an article comes from."""

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="sources", db_index=False)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "name"], name="source_once_per_desk"),
        ]

    def __str__(self) -> str:
        return self.name


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(desk__memberships__user=user)

    def of_desk(self, desk: Desk) -> Self:
        return self.filter(desk=desk)

    def for_list(self) -> Self:
        """Load what a row of a list shows, without the text."""
        related = ("desk", "source", "assignee", "current_run", "current_revision")
        return self.select_related(*related).defer(
            "current_revision__text", "current_revision__raw", "desk__guidelines"
        )

    def for_rows(self) -> Self:
        """Load what a row of the API's list shows, and nothing else."""
        return self.select_related(
            "desk", "source", "assignee", "current_run", "current_revision"
        ).only(
            *("title", "language", "byline", "source_url", "published_at", "created_at"),
            *("open_candidates", "priority", "due_at", "desk__slug", "source__name"),
            *("assignee__username", "current_run__state"),
            *("current_revision__number", "current_revision__sha256"),
        )

    def for_workbench(self) -> Self:
        """Load what the page of one article shows, its text too."""
        loaded = self.select_related("desk", "source", "current_run", "current_revision")
        return loaded.defer("current_revision__raw", "desk__guidelines")

    def with_last_event(self) -> Self:
        """Give each the number of its last event, as `last_event`; 0 where there is none."""
        events = AuditEvent.objects.filter(article=OuterRef("pk")).order_by("-pk")
        return self.annotate(last_event=Coalesce(Subquery(events.values("pk")[:1]), 0))

    def of_source(self, name: str, *, desks: Sequence[Desk]) -> Self:
        """Only those of the outlet with this name."""
        named = Source.objects.filter(desk__in=desks, name=name)
        few = Article.objects.few_of(named)
        return self.filter(source__in=named) if few is None else self.filter(pk__in=few)

    def few_of(self, named: "models.QuerySet[Source]") -> list[int] | None:
        """Return the numbers of the articles of these outlets, or None where they are many.

        The planner takes each outlet for an average one, and would look for rare ones everywhere.
        """
        rows = self.filter(source__in=named).order_by("source")
        few = list(rows.values_list("pk", flat=True)[: FEW + 1])
        return few if len(few) <= FEW else None

    def in_state(self, state: str) -> Self:
        return self.filter(_STATES[Article.State(state)])

    def in_queue_order(self) -> Self:
        """Put the most urgent first, and of those the newest."""
        return self.order_by("-urgency", "-pk")


ArticleManager = models.Manager.from_queryset(ArticleQuerySet)


class Article(models.Model):
    """A piece under check. Its text lives in revisions; this row says what it is."""

    class State(models.TextChoices):
        """What is left to do, derived from the extraction run and the open candidates."""

        EXTRACTING = "extracting", _("extracting")
        FAILED = "failed", _("extraction failed")
        OPEN = "open", _("to check")
        DONE = "done", _("done")

    class Priority(models.IntegerChoices):
        LOW = 0, _("low")
        NORMAL = 1, _("normal")
        HIGH = 2, _("high")
        URGENT = 3, _("urgent")

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="articles", db_index=False)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="articles"
    )
    title = models.CharField(max_length=500)
    language = models.CharField(max_length=20)
    byline = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=2000, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    text_sha256 = models.CharField(max_length=64)
    current_revision = models.OneToOneField(
        "Revision", models.SET_NULL, null=True, related_name="+", editable=False
    )
    current_run = models.OneToOneField(
        "ExtractionRun", models.SET_NULL, null=True, related_name="+", editable=False
    )
    open_candidates = models.PositiveIntegerField(default=0, editable=False)
    # Indexed instead of the number: the number changes with every label, and what is indexed
    # makes PostgreSQL write the row anew in every index.
    is_open = models.GeneratedField(
        expression=GreaterThan(F("open_candidates"), 0),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned",
        db_index=False,
    )
    priority = models.PositiveSmallIntegerField(
        choices=Priority, default=Priority.NORMAL, db_default=Priority.NORMAL
    )
    due_at = models.DateTimeField(null=True, blank=True, help_text="When it has to be done.")
    urgency = models.GeneratedField(
        expression=Case(
            When(open_candidates=0, then=Least("priority", 1)),
            default=F("priority"),
            output_field=models.PositiveSmallIntegerField(),
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
        help_text="The priority, as long as something is left to check: it orders the queue.",
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ArticleManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "text_sha256", "desk", MD5("source_url"), name="article_text_once"
            ),
            models.CheckConstraint(
                condition=Q(priority__in=[0, 1, 2, 3]), name="article_priority_known"
            ),
        ]
        indexes = [
            models.Index(F("desk"), F("id").desc(), name="article_newest"),
            models.Index(F("desk"), F("urgency").desc(), F("id").desc(), name="article_queue"),
            models.Index(F("urgency").desc(), F("id").desc(), name="article_queue_of_all_desks"),
            models.Index(
                F("desk"),
                F("urgency").desc(),
                F("id").desc(),
                name="article_queue_open",
                condition=Q(is_open=True),
            ),
            models.Index(
                F("assignee"),
                F("urgency").desc(),
                F("id").desc(),
                name="article_queue_of_somebody",
                condition=Q(assignee__isnull=False),
            ),
            models.Index(F("desk"), F("language"), F("id").desc(), name="article_by_language"),
            models.Index(
                F("desk"), F("published_at").desc(), F("id").desc(), name="article_by_date"
            ),
            models.Index(
                F("published_at").desc(), F("id").desc(), name="article_by_date_on_all_desks"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def priority_name(self) -> str:
        return self.Priority(self.priority).name.lower()

    @property
    def state(self) -> State:
        run = self.current_run
        return self.state_after(run.state if run else None, self.open_candidates)

    @classmethod
    def state_after(cls, run: str | None, open_candidates: int) -> State:
        """Say what is left to do where the extraction is in this state, or where there is none."""
        if run is None or run in Job.ACTIVE:
            return cls.State.EXTRACTING
        if run == JobState.FAILED:
            return cls.State.FAILED
        return cls.State.OPEN if open_candidates else cls.State.DONE


_STATES = {
    Article.State.EXTRACTING: Q(current_run__state__in=["queued", "running"]),
    Article.State.FAILED: Q(current_run__state="failed"),
    Article.State.OPEN: Q(is_open=True, current_run__state="succeeded"),
    Article.State.DONE: Q(is_open=False, current_run__state="succeeded"),
}


class Revision(models.Model):
    """One immutable text of an article; every offset counts its Unicode code points."""

    class RawType(models.TextChoices):
        TEXT = "text/plain"
        HTML = "text/html"

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField(default=1)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    raw = models.TextField(blank=True, help_text="The input as it came, where it was not the text.")
    raw_type = models.CharField(max_length=20, choices=RawType, default=RawType.TEXT)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="revision_has_text"),
        ]
        indexes = [HashIndex(fields=["sha256"], name="revision_by_hash")]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.number}"
