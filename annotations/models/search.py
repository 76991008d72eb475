"""What can be found: the titles and the sentences of the newest texts.

The database keeps this table itself (`migrations/0015_search.py`); nobody else writes to it.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import models
from django.db.models import Case, Count, Exists, F, FloatField, Max, OuterRef, Q, Value, When
from django.db.models.functions import Cast

from annotations.models.annotations import Annotation, Label
from annotations.models.articles import Article
from annotations.models.desks import Desk
from annotations.models.people import User
from annotations.models.sentences import Candidate, Sentence
from annotations.models.verdicts import Verdict
from annotations.search.language import Filter, Operator, Operators, Query, Takes, Words

RANKED_AT_MOST = 1_000
CONFIGURATIONS = {"fr": "factcheck_french", "en": "factcheck_english", "": "factcheck_simple"}
_SIGN = re.compile(r"[-+](?=[0-9])")


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who looks, on which desks, and which of them hide colleagues' labels from this person."""

    user: User
    desks: Sequence[Desk]
    blind: Collection[int] = ()

    @property
    def desk_ids(self) -> list[int]:
        return [one.pk for one in self.desks]


class Hits(NamedTuple):
    """How much of an article was found, and how well the best of it fits."""

    article_id: int
    number: int
    rank: float


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def found(self, query: Query, *, by: Seeker) -> Self:
        """Keep what fits the query and may be seen."""
        rows = self.filter(desk__in=by.desk_ids)
        if query.words:
            rows = rows.filter(_in_each_language(query.words))
        for condition in _conditions(query.filters, by):
            rows = rows.filter(condition)
        return rows

    def ranked(self, query: Query) -> Self:
        """Tell of each how well it fits, as `rank`."""
        if not query.words:
            return self.annotate(rank=Value(0.0))
        ways = [
            When(
                language=one,
                then=SearchRank(F("words"), _wanted(query.words, one), normalization=1),
            )
            for one in CONFIGURATIONS
        ]
        rank = Case(*ways, default=0.0, output_field=FloatField())
        return self.annotate(rank=Cast(rank, FloatField()))

    def newest_articles(self, *, below: int, size: int) -> list[Hits]:
        """Return the articles found, newest first, those below a number."""
        rows = self.filter(article__lt=below) if below else self
        counted = rows.values("article").annotate(number=Count("pk")).order_by("-article")
        return [Hits(one["article"], one["number"], 0.0) for one in counted[:size]]

    def best_articles(
        self, query: Query, *, below: tuple[float, int] | None, size: int
    ) -> list[Hits]:
        """Return the articles that fit best, among the newest so many places found."""
        newest = self.order_by("-article", "-pk").values("pk")[:RANKED_AT_MOST]
        rows = SearchEntry.objects.filter(pk__in=newest).ranked(query)
        counted = rows.values("article").annotate(number=Count("pk"), best=Max("rank"))
        if below:
            rank, article = below
            counted = counted.filter(Q(best__lt=rank) | Q(best=rank, article__lt=article))
        best = counted.order_by("-best", "-article")[:size]
        return [Hits(one["article"], one["number"], one["best"]) for one in best]


SearchEntryManager = models.Manager.from_queryset(SearchEntryQuerySet)


class SearchEntry(models.Model):
    """A title or a sentence of a newest text, in words that can be searched."""

    desk = models.ForeignKey(
        Desk, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    article = models.ForeignKey(
        Article,
        models.DO_NOTHING,
        related_name="search_entries",
        db_index=False,
        db_constraint=False,
    )
    sentence = models.OneToOneField(
        Sentence, models.DO_NOTHING, null=True, related_name="search_entry", db_constraint=False
    )
    language = models.CharField(max_length=2, blank=True)
    words = SearchVectorField()

    objects = SearchEntryManager()

    class Meta:
        indexes = [
            GinIndex("words", name="search_by_words"),
            models.Index("article", name="search_of_article"),
            models.Index("desk", "article", name="search_of_desk"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} · {self.sentence_id}"


def operators(desks: Iterable[Desk]) -> Operators:
    """Return what can stand before a colon, and what after it, for a reader of these desks."""
    choice, day, text = Takes.CHOICE, Takes.DAY, Takes.TEXT
    return {
        "label": Operator(choice, Label.values),
        "state": Operator(choice, Verdict.State.values),
        "kind": Operator(choice, Candidate.Kind.values),
        "is": Operator(choice, ("candidate", "undecided", "title")),
        "has": Operator(choice, ("evidence", "rationale")),
        "desk": Operator(choice, [one.slug for one in desks]),
        "source": Operator(text),
        "claimant": Operator(text),
        "lang": Operator(text),
        "after": Operator(day),
        "before": Operator(day),
        "assigned": Operator(text),
    }


def wanted_words(query: Query, language: str) -> Any:
    """Return what the words of a query are in a language, to mark them in a text."""
    return _wanted([one for one in query.words if not one.is_negated], _group(language))


def configuration(language: str) -> str:
    return CONFIGURATIONS[_group(language)]


def _group(language: str) -> str:
    code = language.split("-")[0]
    return code if code in CONFIGURATIONS else ""


def _in_each_language(words: Sequence[Words]) -> Q:
    return reduce(or_, (Q(language=one, words=_wanted(words, one)) for one in CONFIGURATIONS))


def _wanted(words: Sequence[Words], language: str) -> Any:
    """Ask for all words at once; the pieces of one word have to stand side by side."""
    config = CONFIGURATIONS[language]
    asked = (
        SearchQuery(_folded(one.text), config=config, search_type="phrase", invert=one.is_negated)
        for one in words
    )
    return reduce(and_, asked)


def _folded(text: str) -> str:
    return _SIGN.sub(" ", unicodedata.normalize("NFC", text))


def _conditions(filters: Sequence[Filter], by: Seeker) -> list[Q]:
    """Every filter holds; of several values of one operator, any does, where only one can be."""
    found: list[Q] = []
    alternatives: dict[str, Q] = {}
    for one in filters:
        condition = _CONDITIONS[one.operator](one.value, by)
        if one.is_negated:
            found.append(~condition)
        elif one.operator in _MANY:
            found.append(condition)
        else:
            alternatives[one.operator] = alternatives.get(one.operator, Q()) | condition
    return [*found, *alternatives.values()]


def _of_verdict(condition: Q, by: Seeker) -> Q:
    """Blind desks hide open verdicts on sentences that one did not annotate oneself."""
    if not by.blind:
        return condition
    own = Annotation.objects.given().filter(sentence=OuterRef("sentence"), author=by.user)
    is_shown = Q(sentence__verdict__state__in=Verdict.DECIDED) | Q(Exists(own))
    return condition & (~Q(desk__in=by.blind) | is_shown)


def _has(value: str, by: Seeker) -> Q:
    if value == "evidence":
        return _of_verdict(Q(sentence__verdict__has_evidence=True), by)
    return _of_verdict(Q(sentence__verdict__rationale__gt=""), by)


def _is(value: str, _by: Seeker) -> Q:
    if value == "title":
        return Q(sentence=None)
    proposed = Q(sentence__candidate__is_candidate=True)
    if value == "candidate":
        return proposed
    needed = F("article__desk__annotators_needed")
    return proposed & (Q(sentence__verdict=None) | Q(sentence__verdict__annotators__lt=needed))


def _desk(value: str, by: Seeker) -> Q:
    return Q(desk__in=[one.pk for one in by.desks if one.slug == value])


def _language(value: str, _by: Seeker) -> Q:
    return Q(article__language__iexact=value) | Q(article__language__istartswith=f"{value}-")


def _since(value: str, _by: Seeker) -> Q:
    """Go by the day of the article, or where it says none, by the day it came in."""
    day = datetime.combine(date.fromisoformat(value), time.min, UTC)
    undated = Q(article__published_at=None, article__created_at__gte=day)
    return Q(article__published_at__gte=day) | undated


def _assigned(value: str, by: Seeker) -> Q:
    if value == "me":
        return Q(article__assignee=by.user)
    if value == "nobody":
        return Q(article__assignee=None)
    return Q(article__assignee__username__iexact=value)


_MANY = {"is", "has", "after", "before"}
_CONDITIONS: dict[str, Callable[[str, Seeker], Q]] = {
    "label": lambda value, by: _of_verdict(Q(sentence__verdict__label=value), by),
    "state": lambda value, by: _of_verdict(Q(sentence__verdict__state=value), by),
    "kind": lambda value, by: Q(sentence__candidate__kind=value),
    "is": _is,
    "has": _has,
    "desk": _desk,
    "source": lambda value, by: Q(article__source__name__iexact=value),
    "claimant": lambda value, by: (
        Q(sentence__candidate__claimant_name__icontains=value)
        & ~Q(sentence__candidate__claimant_name="")
    ),
    "lang": _language,
    "after": _since,
    "before": lambda value, by: ~_since(value, by),
    "assigned": _assigned,
}
