"""Annotations: what editors say of a sentence, with evidence."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.people import User
from annotations.models.sentences import Sentence, SentenceQuerySet
from annotations.models.statements import Reading, Slot


class Label(models.TextChoices):
    VERIFIED = "verified", _("Verified")
    UNVERIFIED = "unverified", _("Unverified")
    DISPUTED = "disputed", _("Disputed")
    DISMISSED = "dismissed", _("Not a claim")


CLAIM_LABELS = (Label.VERIFIED, Label.UNVERIFIED, Label.DISPUTED)


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def given(self) -> Self:
        """Only those that stand: a withdrawn annotation keeps its row and its version."""
        return self.exclude(label="")

    def with_proof(self) -> Self:
        """Tell of each whether it `has_evidence`."""
        return self.annotate(
            has_evidence=Exists(Evidence.objects.filter(annotation=OuterRef("pk")))
        )


AnnotationManager = models.Manager.from_queryset(AnnotationQuerySet)


def with_findings(sentences: SentenceQuerySet, *, reader: User) -> SentenceQuerySet:
    """Load what a sentence shows its reader: findings, verdict, and `own_annotations`."""
    own = Annotation.objects.given().filter(author=reader).prefetch_related("evidence")
    return sentences.select_related("candidate", "verdict").prefetch_related(
        models.Prefetch("annotations", own, to_attr="own_annotations")
    )


def read_own(sentences: Sequence[Sentence], *, reader: User) -> Sequence[Sentence]:
    """Give sentences that were read already their `own_annotations`, as `with_findings` does."""
    own: dict[int, list[Annotation]] = defaultdict(list)
    for one in _OWN.all(sentences=[row.pk for row in sentences], reader=reader.pk):
        own[one.sentence_id].append(one)
    models.prefetch_related_objects([one for rows in own.values() for one in rows], "evidence")
    for sentence in sentences:
        sentence.own_annotations = own[sentence.pk]  # type: ignore[attr-defined]
    return sentences


_OWN: Reading["Annotation"] = Reading(
    lambda: Annotation.objects.given().filter(
        sentence__among=Slot("sentences"), author=Slot("reader")
    )
)


class Annotation(models.Model):
    """One editor's label on one sentence, with the reasons. An empty label is withdrawn."""

    sentence = models.ForeignKey(
        Sentence, models.CASCADE, related_name="annotations", db_index=False
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="annotations")
    label = models.CharField(max_length=20, choices=Label, blank=True)
    rationale = models.TextField(blank=True)
    words = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="What the label was given to: the sentence may say something else by now.",
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    has_evidence: bool | None = None  # None where nobody asked; see `with_proof`

    objects = AnnotationManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sentence", "author"], name="annotation_once_each"),
            models.CheckConstraint(
                condition=Q(label__in=["", *Label.values]), name="annotation_label_known"
            ),
        ]
        indexes = [models.Index("created_at", name="annotation_by_time")]

    def __str__(self) -> str:
        return f"{self.sentence_id} · {self.label}"


class Evidence(models.Model):
    """A link or document that speaks for or against a sentence."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        REFUTES = "refutes", _("refutes")
        CONTEXT = "context", _("context")

    annotation = models.ForeignKey(
        Annotation, models.CASCADE, related_name="evidence", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    url = models.URLField(max_length=2000)
    title = models.CharField(max_length=500, blank=True)
    quote = models.TextField(blank=True)
    stance = models.CharField(max_length=20, choices=Stance, default=Stance.SUPPORTS)
    archived_url = models.URLField(max_length=2000, blank=True)
    accessed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["annotation", "position"], name="evidence_position_once"
            ),
            models.CheckConstraint(
                condition=Q(stance__in=["supports", "refutes", "context"]),
                name="evidence_stance_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def stance_name(self) -> str:
        """As `get_stance_display`, which builds a table of all names each time."""
        return str(self.Stance(self.stance).label)
