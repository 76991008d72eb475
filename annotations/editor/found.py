"""What a search found, as the page shows it: article by article, the words found marked."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchHeadline
from django.db.models import Case, F, Func, Q, TextField, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from annotations.models import SearchEntry, Verdict
from annotations.models.search import (
    CONFIGURATIONS,
    Hits,
    SearchEntryQuerySet,
    wanted_words,
)
from annotations.models.search_filters import Seeker, on_articles
from annotations.search.language import Query

ARTICLES, SENTENCES, SENTENCES_OF_ONE = 10, 5, 100
START, STOP = "\x02", "\x03"  # no text holds them: intake refuses control characters
_MARKED = re.compile(f"{START}([^{STOP}]*){STOP}")
Pieces = list[tuple[str, bool]]
Place = tuple[float, int] | None


class Order(NamedTuple):
    """Best first or newest first, of all articles or of one, from a place on."""

    is_best: bool = False
    article: int = 0
    below: Place = None


@dataclass(slots=True)
class Hit:
    """A sentence that was found, with the label that stands there, if one may see it."""

    sentence_id: int
    pieces: Pieces
    label: str = ""

    @property
    def key(self) -> str:
        return str(self.sentence_id)


@dataclass(slots=True)
class Group:
    """An article in which something was found."""

    article: Any
    number: int
    title: Pieces
    hits: list[Hit] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.article.pk)

    @property
    def is_cut(self) -> bool:
        """Tell whether more was found than is shown."""
        return SENTENCES <= len(self.hits) < self.number


@dataclass(frozen=True, slots=True)
class Results:
    groups: list[Group]
    older: Place


class Normalized(Func):
    """Accents as one character, as the index knows them."""

    function = "NORMALIZE"
    template = "%(function)s(%(expressions)s, NFC)"
    output_field = TextField()


def gather(query: Query, *, by: Seeker, order: Order) -> Results:
    """Find, and load what the page shows, in a number of statements that does not grow."""
    rows = SearchEntry.objects.found(query, by=by)
    articles = _articles(rows, query, by, order)
    page = articles[:ARTICLES]
    shown = _shown(rows, query, page, SENTENCES_OF_ONE if order.article else SENTENCES)
    is_cut = len(articles) > ARTICLES
    older = (page[-1].rank, page[-1].article_id) if is_cut else None
    return Results(_groups(page, shown, _labels(shown, by)), older)


def _articles(rows: SearchEntryQuerySet, query: Query, by: Seeker, order: Order) -> list[Hits]:
    if order.article:
        return rows.filter(article=order.article).newest_articles(below=0, size=1)
    on = on_articles(query.filters, by)
    if order.is_best:
        return rows.best_articles(query, below=order.below, size=ARTICLES + 1, on=on)
    below = order.below[1] if order.below else 0
    return rows.newest_articles(below=below, size=ARTICLES + 1, on=on)


def _shown(
    rows: SearchEntryQuerySet, query: Query, page: Sequence[Hits], at_most: int
) -> list[SearchEntry]:
    """Load the titles of the articles, and of each the sentences that fit best."""
    if not page:
        return []
    ids = [one.article_id for one in page]
    best = Window(RowNumber(), F("article"), [F("rank").desc(), F("pk").asc()])
    inside = rows.filter(article__in=ids, sentence__isnull=False).ranked(query)
    hits = inside.annotate(place=best).filter(place__lte=at_most).values_list("pk", flat=True)
    wanted = Q(sentence=None) | Q(pk__in=hits)
    entries = SearchEntry.objects.filter(wanted, article__in=ids).annotate(marked=_marked(query))
    return list(
        entries.select_related("article__desk", "article__source")
        .only(
            *("sentence_id", "article__title", "article__language", "article__created_at"),
            *("article__published_at", "article__desk__name", "article__source__name"),
        )
        .order_by("article", "sentence__start")
    )


def _marked(query: Query) -> Any:
    """Have the database put marks around the words, in each language by its own rules."""
    text = Normalized(Coalesce("sentence__exact", "article__title"))
    if all(one.is_negated for one in query.words):
        return text
    marks: dict[str, Any] = {"start_sel": START, "stop_sel": STOP, "highlight_all": True}
    ways = [
        When(
            language=one,
            then=SearchHeadline(text, wanted_words(query, one), config=config, **marks),
        )
        for one, config in CONFIGURATIONS.items()
    ]
    return Case(*ways, default=Value(""), output_field=TextField())


def _labels(shown: Sequence[SearchEntry], by: Seeker) -> dict[int, str]:
    ids = [one.sentence_id for one in shown if one.sentence_id]
    verdicts = Verdict.objects.filter(sentence__in=ids).revealed_to(by.user, blind=by.blind)
    rows = verdicts.values_list("sentence_id", "label", "state")
    contested = Verdict.State.CONTESTED
    return {one: contested if state == contested else label for one, label, state in rows}


def _groups(
    page: Sequence[Hits], shown: Sequence[SearchEntry], labels: dict[int, str]
) -> list[Group]:
    of_article: dict[int, list[SearchEntry]] = defaultdict(list)
    for one in shown:
        of_article[one.article_id].append(one)
    return [_group(one, of_article[one.article_id], labels) for one in page]


def _group(found: Hits, entries: Sequence[SearchEntry], labels: dict[int, str]) -> Group:
    title = next(one for one in entries if one.sentence_id is None)
    group = Group(title.article, found.number, pieces(title.marked))  # type: ignore[attr-defined]
    for one in entries:
        if one.sentence_id:
            label = labels.get(one.sentence_id, "")
            group.hits.append(Hit(one.sentence_id, pieces(one.marked), label))  # type: ignore[attr-defined]
    return group


def pieces(marked: str) -> Pieces:
    """Divide a text into what is marked and what is not."""
    parts = _MARKED.split(marked)
    return [(text, place % 2 == 1) for place, text in enumerate(parts) if text]
