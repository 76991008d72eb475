"""Sentences, and what extraction found in them."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from annotations.extraction import reasons
from annotations.models.articles import Article, Revision
from annotations.models.desks import Desk
from annotations.models.people import User


class SentenceQuerySet(models.QuerySet["Sentence"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(article__desk__memberships__user=user)

    def current(self) -> Self:
        """Only sentences of the articles' newest texts.

        Asked in a way that the planner estimates right: nearly every sentence is of such a text.
        """
        return self.filter(Exists(Article.objects.filter(current_revision=OuterRef("revision"))))

    def with_marks(self) -> Self:
        """Load what a text and its list of candidates show of each."""
        return self.select_related("candidate", "verdict").only(
            *("start", "end", "exact", "index", "role"),
            *(f"candidate__{name}" for name in ("is_candidate", "check_worthiness", "kind")),
            *(f"verdict__{name}" for name in ("label", "state", "annotators", "has_evidence")),
        )

    def in_reading_order(self) -> Self:
        return self.order_by("revision_id", "start")


SentenceManager = models.Manager.from_queryset(SentenceQuerySet)


class Sentence(models.Model):
    """A span [start, end) of a revision's text, in code points."""

    class Role(models.TextChoices):
        BODY = "body", _("body")
        HEADLINE = "headline", _("headline")
        SUBHEADING = "subheading", _("subheading")
        BYLINE = "byline", _("byline")
        CAPTION = "caption", _("caption")
        LIST_ITEM = "list_item", _("list item")
        BOILERPLATE = "boilerplate", _("boilerplate")

    article = models.ForeignKey(Article, models.CASCADE, related_name="sentences")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="sentences", db_index=False)
    index = models.PositiveIntegerField(help_text="Place in reading order, from 0.")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    role = models.CharField(max_length=20, choices=Role, default=Role.BODY)
    cut_by_hand = models.BooleanField(
        default=False, db_default=False, help_text="Somebody split or merged it: it stays as it is."
    )

    objects = SentenceManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "start"], name="sentence_starts_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="sentence_span_not_empty"),
            models.CheckConstraint(
                condition=Q(end=F("start") + Length("exact")), name="sentence_span_is_its_text"
            ),
        ]

    def __str__(self) -> str:
        return self.exact[:80]


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def proposed(self) -> Self:
        """Only those that extraction proposes for checking."""
        return self.filter(is_candidate=True)

    def by_worth(self) -> Self:
        return self.order_by("-check_worthiness", "-id")


CandidateManager = models.Manager.from_queryset(CandidateQuerySet)


class Candidate(models.Model):
    """What extraction found in a sentence, and whether it proposes it for checking."""

    class Kind(models.TextChoices):
        NUMERIC = "numeric", _("figure")
        QUOTATION = "quotation", _("quotation")
        ATTRIBUTION = "attribution", _("reported statement")
        EVENT = "event", _("event")
        STATE = "state", _("state of affairs")
        PREDICTION = "prediction", _("prediction")
        OPINION = "opinion", _("opinion")
        QUESTION = "question", _("question")
        CAPTION = "caption", _("caption")
        BOILERPLATE = "boilerplate", _("boilerplate")
        OTHER = "other", _("other")

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+", db_index=False)
    sentence = models.OneToOneField(Sentence, models.CASCADE, related_name="candidate")
    is_candidate = models.BooleanField()
    check_worthiness = models.FloatField()
    kind = models.CharField(max_length=20, choices=Kind)
    claimant = models.JSONField(null=True, blank=True, help_text="{text, name, start, end, via}")
    claimant_name = models.CharField(max_length=300, blank=True)
    quotes = models.JSONField(default=list, help_text="[{start, end}]")
    quantities = models.JSONField(default=list)
    dates = models.JSONField(default=list)
    signals = models.JSONField(default=list, help_text="Why: [{id, start, end, params}]")
    facets = models.JSONField(
        default=list, db_default=[], help_text="All that the sentence is, beside its kind."
    )
    repeats = models.JSONField(
        null=True, blank=True, help_text="{start, end} of what it says again in the article."
    )
    conflicts = models.JSONField(
        default=list,
        db_default=[],
        help_text="Figures of the article that differ: both places and texts.",
    )
    engine = models.CharField(max_length=200)

    objects = CandidateManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(check_worthiness__range=(0, 1)), name="candidate_score_in_range"
            ),
        ]
        indexes = [
            models.Index(
                F("desk"),
                F("check_worthiness").desc(),
                F("id").desc(),
                name="candidate_by_worth",
                condition=Q(is_candidate=True),
            ),
            models.Index(
                F("check_worthiness").desc(),
                F("id").desc(),
                F("desk"),
                name="candidate_by_worth_all_desks",
                condition=Q(is_candidate=True),
            ),
            models.Index(
                F("desk"),
                F("kind"),
                F("is_candidate"),
                F("check_worthiness").desc(),
                F("id").desc(),
                name="candidate_of_kind",
            ),
            models.Index(
                F("claimant_name"),
                F("is_candidate"),
                F("check_worthiness").desc(),
                F("id").desc(),
                F("desk"),
                name="candidate_named",
                condition=~Q(claimant_name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_worthiness:.2f} {self.kind}"

    @property
    def kind_name(self) -> str:
        """As `get_kind_display`, which builds a table of all names each time."""
        return str(self.Kind(self.kind).label)

    @property
    def reasons(self) -> list[str]:
        """Say the signals in the language that is spoken just now."""
        return [reasons.sentence(one, get_language() or "en") for one in self.signals]
