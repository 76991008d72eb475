"""Publications: the append-only log that publishers read."""

from collections.abc import Generator, Mapping, Sequence
from typing import Any, Self

from django.conf import settings
from django.db import connections, models, transaction
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.expressions import Expression
from django.db.models.functions import Coalesce, Concat
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from annotations.models.annotations import Annotation, Label
from annotations.models.articles import Article, Revision
from annotations.models.desks import Desk
from annotations.models.people import User
from annotations.models.sentences import Sentence
from annotations.models.statements import Among, Reading, Slot
from annotations.models.streams import rows_of
from annotations.models.verdicts import Verdict

_LOOKUPS = {
    "article": "article",
    "claimant": "claimant",
    "published_after": "published_at__gt",
    "published_before": "published_at__lt",
}
_OF_OUTCOME = ("label", "rating")


class PublicationQuerySet(models.QuerySet["Publication"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(desk__memberships__user=user)

    def with_text(self) -> Self:
        """Tell of each the number of the text that its sentence was left behind in, if it was."""
        own = Sentence.objects.filter(pk=OuterRef("sentence"))
        left = own.filter(~Q(revision=F("article__current_revision")))
        return self.annotate(left_behind_in=Subquery(left.values("revision__number")))

    def for_member(self, user: User | Expression) -> Self:
        """Load what a page shows of each, and how this person labelled its sentence."""
        own = Annotation.objects.given().filter(sentence=OuterRef("sentence"), author=user)
        rows = self.newest().with_text().select_related("desk", "verdict")
        return rows.annotate(own_label=Subquery(own.values("label")[:1]))

    def for_readers(self) -> Self:
        """Tell also when it was left behind: since the next text came."""
        next_one = OuterRef("left_behind_in") + Value(1)
        after = Revision.objects.filter(article=OuterRef("article"), number=next_one)
        rows = self.with_text().annotate(left_behind_at=Subquery(after.values("created_at")))
        return rows.select_related("desk")

    def newest(self) -> Self:
        """Only the newest version of each; what was retracted shows as its retraction."""
        later = Publication.objects.filter(
            verdict=OuterRef("verdict"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(later))

    def standing(self) -> Self:
        """The published snapshot: newest versions, without what was retracted."""
        return self.newest().exclude(kind=Publication.Kind.RETRACTION)

    def of_desks(self, ids: Sequence[int]) -> Self:
        """Only those of these desks; one is named as one, so that its index gives the order."""
        return self.filter(desk=ids[0]) if len(ids) == 1 else self.filter(desk__in=ids)

    def asked_for(self, filters: Mapping[str, Any], *, keeps_retractions: bool = False) -> Self:
        """Only what publishers ask for by the filters that all their lists have.

        A retraction has no label and no rating: where retractions count, these leave none out.
        """
        outcome = Q(**{name: filters[name] for name in _OF_OUTCOME if name in filters})
        if keeps_retractions and outcome:
            outcome |= Q(kind=Publication.Kind.RETRACTION)
        rest = {path: filters[name] for name, path in _LOOKUPS.items() if name in filters}
        return self.filter(outcome, _in_language(filters.get("language")), **rest)

    def with_total(self) -> Self:
        """Give each row the number of all rows, as `total`; it is counted once."""
        every = self.order_by().annotate(one=Value(1)).values("one")
        return self.annotate(total=Subquery(every.annotate(number=Count("*")).values("number")))

    def with_outcome_other_than(self, publication: "Publication") -> Self:
        """Only those of the same words by the same desk that say something else of them."""
        same = {"label": publication.label, "rating": publication.rating}
        others = self.filter(desk=publication.desk_id, exact=publication.exact)
        return others.exclude(verdict=publication.verdict_id).exclude(Q(**same))

    def said_in_several_ways(self) -> set[str]:
        """Return the words that stand with more than one outcome."""
        outcome = Concat("label", Value(" "), Coalesce("rating", 0), output_field=TextField())
        found = self.order_by().values("exact").annotate(ways=Count(outcome, distinct=True))
        return set(found.filter(ways__gt=1).values_list("exact", flat=True))

    def articles_with_several(self) -> set[int]:
        """Return the articles of which more than one publication is chosen."""
        found = self.order_by().values("article").annotate(number=Count("pk"))
        return set(found.filter(number__gt=1).values_list("article", flat=True))

    def changes_only(self) -> Self:
        """Only corrections and retractions, each with the outcome that stood before."""
        before = Publication.objects.filter(
            verdict=OuterRef("verdict"), version=OuterRef("version") - 1
        )
        changed = self.exclude(kind=Publication.Kind.ORIGINAL)
        return changed.annotate(label_before=Subquery(before.values("label")))

    def in_log_order(self) -> Self:
        return self.order_by("desk_id", "sequence")

    def streamed(self, *columns: str) -> Generator[tuple[Any, ...], None, None]:
        """Read from a cursor of the server: one snapshot, first rows at once, constant memory.

        The plan is chosen for its first rows. A reader who stalls gives the snapshot back.
        """
        with transaction.atomic(using=self.db):
            with connections[self.db].cursor() as cursor:
                cursor.execute("SET LOCAL cursor_tuple_fraction = 0.00001")
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '2min'")
            yield from rows_of(self.values_list(*columns))


def _language_alone() -> Func:
    """The language of the article without its region: by this, publications are found."""
    language = F("article_language"), Value("-"), Value(1)
    return Func(*language, function="split_part", output_field=TextField())


def _in_language(language: str | None) -> Q:
    """Keep a language with its regional forms."""
    if language is None:
        return Q()
    alone, _line, region = language.partition("-")
    same = Q(Exact(_language_alone(), alone))
    if not region:
        return same
    return same & (Q(article_language=language) | Q(article_language__startswith=f"{language}-"))


PublicationManager = models.Manager.from_queryset(PublicationQuerySet)


class Publication(models.Model):
    """One immutable published version of a verdict. The database refuses to change or delete it.

    `sequence` counts each desk's log without a gap, in the order of commit.
    """

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("original")
        CORRECTION = "correction", _("correction")
        RETRACTION = "retraction", _("retraction")

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="publications", db_index=False)
    sequence = models.PositiveBigIntegerField()
    verdict = models.ForeignKey(
        Verdict, models.PROTECT, related_name="publications", db_index=False
    )
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="publications", db_index=False
    )
    article_title = models.CharField(max_length=500)
    article_url = models.URLField(max_length=2000, blank=True)
    article_source = models.CharField(max_length=200, blank=True)
    article_language = models.CharField(max_length=20)
    article_published_at = models.DateTimeField(null=True)
    revision_number = models.PositiveIntegerField()
    revision_sha256 = models.CharField(max_length=64)

    sentence = models.ForeignKey(Sentence, models.PROTECT, related_name="publications")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)

    claimant = models.CharField(max_length=300, blank=True)
    claim_kind = models.CharField(max_length=20, blank=True)

    label = models.CharField(max_length=20, choices=Label, blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    rating_best = models.PositiveSmallIntegerField(
        null=True, help_text="The scale as it was: its highest value, and the rating's names."
    )
    rating_en = models.TextField(default="", db_default="")
    rating_fr = models.TextField(default="", db_default="")
    rationale = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    annotators = models.PositiveSmallIntegerField()
    approved_by = models.CharField(max_length=150)
    note = models.TextField(blank=True)
    published_at = models.DateTimeField(help_text="When the first version came out.")
    corrected_at = models.DateTimeField(null=True)
    retracted_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Who pressed the key."
    )

    objects = PublicationManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "sequence"], name="publication_sequence_once"),
            models.UniqueConstraint(fields=["verdict", "version"], name="publication_version_once"),
            models.CheckConstraint(
                condition=Q(kind="retraction", label="")
                | Q(kind__in=["original", "correction"])
                & Q(label__in=["verified", "unverified", "disputed"]),
                name="publication_label_unless_retracted",
            ),
            models.CheckConstraint(
                condition=Q(kind="original") | ~Q(note=""), name="publication_change_says_why"
            ),
        ]
        indexes = [
            models.Index(F("desk"), F("label"), F("sequence"), name="publication_by_label"),
            models.Index(F("desk"), F("id").desc(), name="publication_of_desk"),
            models.Index("article", name="publication_of_article"),
            models.Index("desk", _language_alone(), "sequence", name="publication_by_language"),
            models.Index(
                F("desk"),
                F("claimant"),
                F("sequence"),
                name="publication_by_claimant",
                condition=~Q(claimant=""),
            ),
            models.Index(
                F("desk"),
                F("rating"),
                F("sequence"),
                name="publication_by_rating",
                condition=Q(rating__isnull=False),
            ),
            models.Index("desk", "published_at", name="publication_by_time"),
            models.Index(
                F("desk"), F("sequence"), F("published_at"), name="publication_through_time"
            ),
            models.Index(
                F("desk"),
                F("sequence"),
                name="publication_that_changed",
                condition=~Q(kind="original"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} · {self.kind} · {self.label}"

    @property
    def kind_name(self) -> str:
        """As `get_kind_display`, which builds a table of all names each time."""
        return str(self.Kind(self.kind).label)


models.BigAutoField.register_lookup(Among)


def _ends() -> models.QuerySet[Desk, tuple[int, int | None]]:
    of_log = Publication.objects.filter(desk=OuterRef("pk")).order_by("-sequence")
    rows = Desk.objects.filter(pk__among=Slot("desks")).order_by("pk")
    return rows.values_list("pk", Subquery(of_log.values("sequence")[:1]))


_ENDS = Reading(_ends, is_list=True)


def ends_of_logs(desks: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return each desk's key with the last number of its log."""
    return _ENDS.rows(desks=list(desks))
