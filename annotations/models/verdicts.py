"""Verdicts: the desk's working position on a sentence."""

from collections.abc import Collection
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Subquery
from django.db.models.expressions import Expression
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from annotations.models.annotations import CLAIM_LABELS, Annotation, Label
from annotations.models.articles import Article, ArticleQuerySet
from annotations.models.desks import Desk, Membership
from annotations.models.people import User
from annotations.models.sentences import Sentence


def _beside(condition: str, order: str) -> models.QuerySet[Sentence, str]:
    same_text = Sentence.objects.filter(revision=OuterRef("sentence__revision"))
    nearest = same_text.filter(**{condition: OuterRef("sentence__start")}).order_by(order)
    return nearest.values_list("exact", flat=True)[:1]


class Progress(NamedTuple):
    """How far a verdict is: what the desk still has to do with its sentence follows from it."""

    state: str
    annotators: int

    def is_settled(self, needed: int) -> bool:
        """Tell whether nothing is left: enough annotators, and not returned; or decided on."""
        is_said = self.annotators >= needed and self.state != Verdict.State.RETURNED
        return is_said or self.state in Verdict.DECIDED


def settled(needed: Any, *, of: str = "") -> Q:
    """Ask for verdicts that are settled, as `Progress.is_settled` tells; `of` leads to them."""
    said = Q(**{f"{of}annotators__gte": needed}) & ~Q(**{f"{of}state": Verdict.State.RETURNED})
    return said | Q(**{f"{of}state__in": Verdict.DECIDED})


def _is_said_by(reader: User) -> Q:
    own = Annotation.objects.given().filter(
        author=reader, sentence=OuterRef("sentence"), words=OuterRef("sentence__exact")
    )
    return Q(Exists(own)) & ~Q(state=Verdict.State.RETURNED)


_NEEDED = F("desk__annotators_needed")
_NAMES = ("username", "display_name", "first_name", "last_name")


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(desk__memberships__user=user)

    def about_claims(self) -> Self:
        """Leave out what no longer holds a label, and what was found to be no claim."""
        return self.filter(Q(label__in=CLAIM_LABELS) | Q(state=Verdict.State.CONTESTED))

    def for_rows(self) -> Self:
        """Load what a row of the API's list shows, and nothing else of other tables."""
        own = [field.name for field in Verdict._meta.concrete_fields]
        named = [f"approved_by__{name}" for name in _NAMES]
        rows = self.select_related("desk", "sentence", "approved_by")
        return rows.only(*own, "desk__slug", "sentence__exact", *named)

    def standing(self) -> Self:
        """Leave out what only an older text of the article holds, unless it is public."""
        is_newest = Q(sentence__revision=F("article__current_revision"))
        return self.filter(is_newest | Q(state__in=Verdict.PUBLIC))

    def awaiting_review(self) -> Self:
        return self.about_claims().filter(state__in=Verdict.AWAITING_REVIEW)

    def to_act_on(self) -> Self:
        """What a reviewer has to do: review it, or publish what is approved."""
        return self.about_claims().filter(
            state__in=[*Verdict.AWAITING_REVIEW, Verdict.State.APPROVED]
        )

    def settled(self) -> Self:
        """Leave out what is left to do, on desks where one annotator is enough."""
        return self.filter(settled(1))

    def settled_for(self, reader: User) -> Self:
        """Leave out what is left to do for this reader: all counts once, here or as left.

        What they said of the words that stand is done for them, whoever has still to follow.
        """
        return self.filter(settled(_NEEDED) | _is_said_by(reader))

    def waiting_for_others(self, reader: User) -> Self:
        """Only candidates of newest texts that are done for this reader, but not for the desk."""
        candidates = self.filter(
            sentence__candidate__is_candidate=True,
            sentence__revision=F("article__current_revision"),
        )
        return candidates.filter(~settled(_NEEDED) & _is_said_by(reader))

    def counted(self) -> models.QuerySet["Verdict", tuple[int, str, str, int]]:
        """Count by article, label and state, leaving out what nobody labelled."""
        return (
            self.exclude(label="", state=Verdict.State.PROPOSED)
            .values_list("article_id", "label", "state")
            .annotate(number=Count("pk"))
            .order_by()
        )

    def with_neighbours(self) -> Self:
        """Give each the sentences before and after it, as `previous_exact` and `next_exact`."""
        return self.annotate(
            previous_exact=Subquery(_beside("start__lt", "-start")),
            next_exact=Subquery(_beside("start__gt", "start")),
        )

    def revealed_to(self, user: User, *, blind: Collection[int]) -> Self:
        """Leave out what blind desks hide: open verdicts on sentences not annotated by oneself."""
        if not blind:
            return self
        own = Annotation.objects.given().filter(sentence=OuterRef("sentence"), author=user)
        return self.filter(~Q(desk__in=blind) | Q(state__in=Verdict.DECIDED) | Exists(own))

    def returned_to(self, author: User | Expression) -> Self:
        """What somebody labelled and should look at again, the latest first; of newest texts.

        It is looked for among the newest of each desk that wait so, however many there are.
        """
        of_desk = Verdict.objects.filter(desk=OuterRef("desk"), state=Verdict.State.RETURNED)
        newest = of_desk.order_by("-pk").values("sentence")[: Verdict.RETURNED_AMONG]
        each = Func(ArraySubquery(newest), function="unnest", output_field=models.BigIntegerField())
        among = Membership.objects.filter(user=author).values(each=each)
        said = Annotation.objects.given().filter(author=author)
        own = said.filter(sentence__among=ArraySubquery(among)).values("sentence")
        return (
            self.filter(sentence__among=ArraySubquery(own), state=Verdict.State.RETURNED)
            .filter(sentence__revision=F("article__current_revision"))
            .order_by("-updated_at", "-pk")
        )

    def for_review(self) -> Self:
        """Load what a row of the review list shows."""
        return self.select_related(
            "desk", "article", "article__source", "sentence", "sentence__candidate", "approved_by"
        )


VerdictManager = models.Manager.from_queryset(VerdictQuerySet)


class Verdict(models.Model):
    """The desk's position on a sentence, derived from annotations or adjudicated; has a version."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONTESTED = "contested", _("contested")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        RETRACTED = "retracted", _("retracted")

    AWAITING_REVIEW = (State.PROPOSED, State.CONTESTED)
    PUBLIC = (State.PUBLISHED, State.RETRACTED)
    DECIDED = (State.APPROVED, *PUBLIC)
    RETURNED_AMONG = 100  # of a desk

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="verdicts", db_index=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="verdicts", db_index=False)
    sentence = models.OneToOneField(Sentence, models.CASCADE, related_name="verdict")
    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED)
    label = models.CharField(max_length=20, choices=Label, blank=True)
    rationale = models.TextField(blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    annotators = models.PositiveSmallIntegerField(default=0)
    has_evidence = models.BooleanField(default=False)
    comment = models.TextField(blank=True, help_text="What a reviewer asked who returned it.")
    was = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="What was labelled, where nobody has labelled what the sentence says by now.",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    objects = VerdictManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(label__in=["", *Label.values]), name="verdict_label_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "contested", "returned"])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="verdict_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "published"])
                | Q(label__in=["verified", "unverified", "disputed"]),
                name="verdict_approved_has_label",
            ),
        ]
        indexes = [
            models.Index(F("desk"), F("id").desc(), name="verdict_of_desk"),
            models.Index(
                *(F("desk"), F("state"), F("id").desc()),
                name="verdict_in_state",
                include=["sentence"],
            ),
            models.Index(F("desk"), F("label"), F("id").desc(), name="verdict_by_label"),
            models.Index("article", "state", name="verdict_of_article"),
            models.Index(
                "desk",
                "approved_at",
                name="verdict_approved",
                condition=Q(approved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sentence_id} · {self.label} · {self.state}"

    @property
    def progress(self) -> "Progress":
        return Progress(self.state, self.annotators)

    def lacks_evidence(self, desk: Desk) -> bool:
        """Tell whether its desk's rule stands against it: “unverified” alone can do without."""
        is_bare = desk.evidence_required and not self.has_evidence
        return is_bare and self.label in CLAIM_LABELS and self.label != Label.UNVERIFIED

    @property
    def reason(self) -> str:
        """Why it was returned, in the language that is spoken just now."""
        return why_returned(self.was, self.comment)

    @property
    def state_name(self) -> str:
        """As `get_state_display`, which builds a table of all names each time."""
        return str(self.State(self.state).label)


def why_returned(was: str, comment: str) -> str:
    """Say that the words changed, if so, and then what a reviewer asked."""
    told = _("This was labelled when it said: “%(was)s” Look at it again.")
    return "\n\n".join(part for part in (str(told) % {"was": was} if was else "", comment) if part)


def with_approved(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Count of each article what could be published now; see `approved_in`."""
    approved = Verdict.objects.about_claims().filter(
        article=OuterRef("pk"), state=Verdict.State.APPROVED
    )
    counted = approved.order_by().values("article").annotate(number=Count("pk")).values("number")
    return articles.annotate(approved_here=Coalesce(Subquery(counted), 0))


def approved_in(article: Article) -> int:
    number: int = article.approved_here  # type: ignore[attr-defined]
    return number
