"""The queue as its address asks for it: which articles, in which order, around which one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, Expression, OuterRef, Q, QuerySet, Subquery, Value
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.editor.context import Standing
from annotations.models import Article, Label, Source, Verdict, ordering
from annotations.models.articles import ArticleQuerySet
from annotations.models.people import called
from annotations.models.statements import ReadingOfDesks, Slot

Choices = Sequence[tuple[str, str | Promise]]
SOURCE_LENGTH = 200
FIRST_FILTERS = 3  # that are always shown
ME, NOBODY, DISPUTED = "me", "nobody", "disputed"
TEXTS = {"source": (_("Source"), "text"), "from": (_("From"), "date"), "to": (_("To"), "date")}
_PLACE = ("urgency", "pk")


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice of the address, or something typed where `kind` says so."""

    name: str
    label: str | Promise
    choices: Choices
    chosen: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The articles above and below in the list."""

    newer: int | None
    older: int | None


class Line(NamedTuple):
    """An article in the queue; in the order of the columns that are read."""

    key: int
    desk: int
    urgency: int
    title: str
    language: str
    created_at: datetime
    priority: int
    due_at: datetime | None
    open_candidates: int
    is_open: bool
    source: str | None
    username: str | None  # of the assignee
    display_name: str
    first_name: str
    last_name: str
    run: str | None  # the state of the extraction, if there was one
    finished_at: datetime | None
    sentences_done: int
    sentences_total: int
    error: str
    errors: dict[str, str]
    engine_asked: str
    engine: str
    fallback: str

    @property
    def state(self) -> Article.State:
        return Article.state_after(self.run, self.open_candidates)

    @property
    def assignee(self) -> str:
        names = (self.display_name, self.first_name, self.last_name)
        return called(self.username, *names) if self.username else ""


_COLUMNS = (
    *("pk", "desk", "urgency", "title", "language", "created_at", "priority", "due_at"),
    *("open_candidates", "is_open", "source__name", "assignee__username"),
    *("assignee__display_name", "assignee__first_name", "assignee__last_name"),
    *("current_run__state", "current_run__finished_at", "current_run__sentences_done"),
    *("current_run__sentences_total", "current_run__error", "current_run__errors"),
    *("current_run__engine_asked", "current_run__engine", "current_run__fallback"),
)


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Line]
    older: str  # the place where the next page begins; empty at the end


@dataclass(frozen=True)
class Listing:
    """What a person looks at in the queue."""

    standing: Standing
    asked: Mapping[str, str]

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What is asked for and can be had; a value that does not exist filters nothing."""
        asked = {name: self.asked.get(name, "").strip() for name in (*_VALUES, "desk", *TEXTS)}
        return {name: value for name, value in asked.items() if value and self._has(name, value)}

    @property
    def address(self) -> str:
        """The part of the address that brings back this list."""
        return urlencode(self.chosen)

    @property
    def desk_ids(self) -> list[int]:
        slug = self.chosen.get("desk")
        return [one.pk for one in self.standing.desks if slug in (None, one.slug)]

    @property
    def articles(self) -> ArticleQuerySet:
        wanted = self.chosen
        found = Article.objects.filter(desk__in=self.desk_ids)
        if "state" in wanted:
            found = found.in_state(wanted["state"])
        return found.filter(*self._conditions(wanted))

    def page(self, *, before: str, size: int) -> Page:
        """Return the most urgent articles, or those below a place."""
        rows = self._below(_place(before), size + 1)
        last = rows[size - 1] if len(rows) > size else None
        return Page(rows[:size], f"{last.urgency}-{last.key}" if last else "")

    def around(self, shown: Article) -> Neighbours:
        """Return what comes before and after an article, in one statement."""
        place = (shown.urgency, shown.pk)
        if self.chosen:
            both = _beside(self.articles, place, Value(shown.pk))
            return Neighbours(*both.get())
        (keys,) = _AROUND.rows(desks=self.desk_ids, urgency=shown.urgency, article=shown.pk)
        return Neighbours(*keys)

    def _below(self, place: tuple[int, int] | None, number: int) -> list[Line]:
        if self.chosen.keys() - {"desk", "state"}:
            found = _behind(self.articles, place)
            return [Line(*row) for row in found.in_queue_order().values_list(*_COLUMNS)[:number]]
        values = dict(zip(_PLACE, place, strict=True)) if place else {}
        read = _part(self.chosen.get("state"), number, is_first=not place)
        return [Line(*row) for row in read.rows(desks=self.desk_ids, **values)]

    def _has(self, name: str, value: str) -> bool:
        if name == "desk":
            return any(one.slug == value for one in self.standing.desks)
        if name == "source":
            return "\0" not in value and len(value) <= SOURCE_LENGTH
        return _is_day(value) if name in TEXTS else value in _VALUES[name]

    def _conditions(self, wanted: Mapping[str, str]) -> list[Q]:
        user = self.standing.user
        found = [Q(**{_PLAIN[name]: value}) for name, value in wanted.items() if name in _PLAIN]
        if "source" in wanted:
            found.append(self._source(wanted["source"]))
        if "assigned" in wanted:
            found.append(Q(assignee=user if wanted["assigned"] == ME else None))
        if "from" in wanted:
            found.append(_since(wanted["from"]))
        if "to" in wanted:
            found.append(~_since(wanted["to"], days=1))
        if "has" in wanted and user is not None:
            verdicts = Verdict.objects.filter(article=OuterRef("pk"), label=Label.DISPUTED)
            shown = verdicts.revealed_to(user, blind=self.standing.blind_ids)
            found.append(Q(Exists(shown)))
        return found

    def _source(self, name: str) -> Q:
        named = Source.objects.filter(desk__in=self.desk_ids, name__iexact=name)
        few = Article.objects.few_of(named)
        return Q(source__in=named) if few is None else Q(pk__in=few)


@lru_cache
def _part(state: str | None, number: int, *, is_first: bool) -> ReadingOfDesks[Article]:
    """Make the statement of a page that is filtered by desk and state at most: nearly all are."""
    place = None if is_first else [Slot(name) for name in _PLACE]

    def build(desks: dict[str, Slot]) -> QuerySet[Article, Any]:
        found = Article.objects.filter(**desks)
        wanted = _behind(found.in_state(state) if state else found, place)
        return wanted.in_queue_order().values_list(*_COLUMNS)[:number]

    return ReadingOfDesks(build)


def _behind(articles: ArticleQuerySet, place: Sequence[object] | None) -> ArticleQuerySet:
    return articles.filter(ordering.before(_PLACE, place)) if place else articles


def _beside(
    articles: ArticleQuerySet, place: Sequence[object], shown: Expression
) -> QuerySet[Article, tuple[int | None, int | None]]:
    """Look up the keys of the articles above and below a place."""
    above = articles.filter(ordering.after(_PLACE, place)).order_by("urgency", "pk")
    below = _behind(articles, place).in_queue_order()
    both = (Subquery(one.values("pk")[:1]) for one in (above, below))
    return Article.objects.filter(pk=shown).values_list(*both)


_AROUND = ReadingOfDesks(
    lambda desks: _beside(
        Article.objects.filter(**desks), (Slot("urgency"), Slot("article")), Slot("article")
    )
)


def filters(desks: Sequence[tuple[str, str]], chosen: Mapping[str, str]) -> list[Filter]:
    """Return what can be chosen, and what is."""
    lists: list[tuple[str, str | Promise, str | Promise, Choices]] = [
        ("desk", _("Desk"), _("All desks"), desks),
        ("state", _("State"), _("Any state"), Article.State.choices),
        ("assigned", _("Assigned"), _("To anybody"), [(ME, _("To me")), (NOBODY, _("To nobody"))]),
        ("language", _("Language"), _("Any language"), settings.LANGUAGES),
        ("has", _("Labels"), _("Any labels"), [(DISPUTED, _("Something disputed"))]),
    ]
    return [
        *(
            Filter(name, label, [("", every), *choices], chosen.get(name, ""))
            for name, label, every, choices in lists
        ),
        *(
            Filter(name, label, [], chosen.get(name, ""), kind)
            for name, (label, kind) in TEXTS.items()
        ),
    ]


_VALUES = {
    "state": frozenset(Article.State.values),
    "assigned": frozenset({ME, NOBODY}),
    "language": frozenset(code for code, _name in settings.LANGUAGES),
    "has": frozenset({DISPUTED}),
}
_PLAIN = {"language": "language"}


def listed(standing: Standing, address: str) -> Listing:
    """Return the list that somebody came from."""
    return Listing(standing, QueryDict(address[:2000]).dict())


def opener(listing: Listing) -> Callable[[int], str]:
    """Return what makes the address of an article, with the list that it is opened from."""
    head, _zero, tail = reverse("editor:article", args=[0]).rpartition("0")
    address = listing.address
    asked = "?" + urlencode({"in": address}) if address else ""
    return lambda pk: f"{head}{pk}{tail}{asked}"


def _place(before: str) -> tuple[int, int] | None:
    urgency, _line, key = before.partition("-")
    is_place = all(one.isascii() and one.isdigit() and len(one) < 16 for one in (urgency, key))
    return (int(urgency), int(key)) if is_place else None


def _is_day(value: str) -> bool:
    try:
        return date.min < date.fromisoformat(value) < date.max
    except ValueError:
        return False


def _since(day: str, *, days: int = 0) -> Q:
    """Go by the article's day, or where it says none, by the day it came in."""
    start = datetime.combine(date.fromisoformat(day), time.min, UTC) + timedelta(days=days)
    return Q(published_at__gte=start) | Q(published_at=None, created_at__gte=start)
