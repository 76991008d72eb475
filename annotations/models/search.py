"""What can be found: the titles and the sentences of the newest texts.

The database keeps this table itself (`migrations/0015_search.py`); nobody else writes to it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import connections, models
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    FloatField,
    Func,
    Max,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast

from annotations.models.annotations import Label
from annotations.models.articles import Article
from annotations.models.desks import Desk
from annotations.models.few import FEW, Condition
from annotations.models.search_filters import Seeker, conditions
from annotations.models.sentences import Candidate, Sentence
from annotations.models.verdicts import Verdict
from annotations.search.language import Operator, Operators, Query, Takes, Words
from annotations.search.names import NAMES

RANKED_AT_MOST, ARTICLES_AT_MOST = 1_000, 200  # places, or articles with a verdict asked for
SAMPLED, FREQUENT = 1_000, 20  # of the newest places: how many are looked at, how many are many
CONFIGURATIONS = {"fr": "factcheck_french", "en": "factcheck_english", "": "factcheck_simple"}
_SIGN = re.compile(r"[-+](?=[0-9])")
_PIECE = re.compile(r"\w+")
_ONE_BY_ONE = Func(function="search_one_by_one", output_field=BooleanField())


class Hits(NamedTuple):
    """How much of an article was found, and how well the best of it fits."""

    article_id: int
    number: int
    rank: float


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def found(self, query: Query, *, by: Seeker) -> Self:
        """Keep what fits the query and may be seen."""
        return self.fitting(query, conditions(query.filters, by), by=by)

    def fitting(self, query: Query, filters: Sequence[Condition], *, by: Seeker) -> Self:
        """Keep what fits these filters, and the words of the query."""
        rows = self.filter(_ONE_BY_ONE, desk__in=by.desk_ids)
        for one in filters:
            rows = rows.filter(one.where)
        if not query.words:
            return rows
        if any(one.is_few for one in filters):
            return rows.filter(_as_if_frequent(query.words))
        return rows.filter(self._holding(query.words, by))

    def _holding(self, words: Sequence[Words], by: Seeker) -> Q:
        """Keep what holds these words, in a way that costs little however many places do.

        Few places are looked up here. PostgreSQL takes words that stand together for independent,
        and would gather all places of a frequent phrase: they are come upon on the way from the
        newest.
        """
        if self._are_frequent(words, by):
            return _as_if_frequent(words)
        fits = _in_each_language(words)
        few = self.filter(fits)._first_keys(FEW + 1)
        return Q(pk__in=few) if len(few) <= FEW else fits

    def _first_keys(self, number: int) -> list[int]:
        """Return so many keys, by the plan for all: one for the first would read the table."""
        sql, parameters = self.values("pk").query.sql_with_params()
        with connections[self.db].cursor() as cursor:
            whole = "".join(["WITH found AS MATERIALIZED (", sql, ") SELECT * FROM found LIMIT %s"])
            cursor.execute(whole, [*parameters, number])
            return [key for (key,) in cursor.fetchall()]

    def _are_frequent(self, words: Sequence[Words], by: Seeker) -> bool:
        """Look at the newest places there are."""
        newest = self.filter(desk__in=by.desk_ids).order_by("-article", "-pk")
        sample = newest.annotate(fits=_in_each_language(words, walked=True))[:SAMPLED]
        return sum(sample.values_list("fits", flat=True)) >= FREQUENT

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

    def newest_articles(self, *, below: int, size: int, on: Q | None = None) -> list[Hits]:
        """Return the articles found, newest first, those below a number; see `on_articles`."""
        rows = self.filter(article__lt=below) if below else self
        if on:
            rows = rows._in_newest_articles(on, size)
        counted = rows.values("article").annotate(number=Count("pk")).order_by("-article")
        return [Hits(one["article"], one["number"], 0.0) for one in counted[:size]]

    def _in_newest_articles(self, on: Q, number: int) -> Self:
        some = Article.objects.filter(on, Exists(self.filter(article=OuterRef("pk"))))
        return self.filter(article__in=some.order_by("-pk").values("pk")[:number])

    def best_articles(
        self,
        query: Query,
        *,
        below: tuple[float, int] | None,
        size: int,
        on: Q | None = None,
    ) -> list[Hits]:
        """Return the articles that fit best, among the newest so many places or articles found."""
        found = self._in_newest_articles(on, ARTICLES_AT_MOST) if on else self
        newest = found.order_by("-article", "-pk").values("pk")[:RANKED_AT_MOST]
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
        "is": Operator(choice, NAMES.values("is")),
        "has": Operator(choice, NAMES.values("has")),
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


def _as_if_frequent(words: Sequence[Words]) -> Q:
    return _in_each_language(words, walked=_stand_together(words))


def _stand_together(words: Sequence[Words]) -> bool:
    given = [one for one in words if not one.is_negated]
    return len(given) > 1 or any(len(_PIECE.findall(one.text)) > 1 for one in given)


def _in_each_language(words: Sequence[Words], *, walked: bool = False) -> Q:
    """Ask in the words of each language; `walked` in a way that no index answers."""
    fits = _fits_walked if walked else _fits_indexed
    return reduce(or_, (Q(language=one) & fits(_wanted(words, one)) for one in CONFIGURATIONS))


def _fits_indexed(wanted: Any) -> Q:
    return Q(words=wanted)


def _fits_walked(wanted: Any) -> Q:
    return Q(Func(F("words"), wanted, function="ts_match_vq", output_field=BooleanField()))


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
