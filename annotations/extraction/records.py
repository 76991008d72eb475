"""What the engine takes in and gives out. All offsets are code points, the end is exclusive."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias

from annotations.extraction.profiles import Profile

ENGINE = Profile.STANDARD.engine

Value: TypeAlias = int | float | tuple[int | float, int | float]


class Role(StrEnum):
    HEADLINE = "headline"
    BYLINE = "byline"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"
    SUBHEADING = "subheading"
    LIST_ITEM = "list_item"
    BODY = "body"


class Kind(StrEnum):
    """The first six are checked, the others are not."""

    NUMERIC = "numeric"
    QUOTATION = "quotation"
    ATTRIBUTION = "attribution"
    EVENT = "event"
    STATE = "state"
    PREDICTION = "prediction"
    OPINION = "opinion"
    QUESTION = "question"
    OTHER = "other"
    BOILERPLATE = "boilerplate"
    CAPTION = "caption"


class Facet(StrEnum):
    """Everything that may apply to a sentence: its kind, and what else it does."""

    NUMERIC = "numeric"
    QUOTATION = "quotation"
    ATTRIBUTION = "attribution"
    EVENT = "event"
    STATE = "state"
    PREDICTION = "prediction"
    OPINION = "opinion"
    QUESTION = "question"
    OTHER = "other"
    BOILERPLATE = "boilerplate"
    CAPTION = "caption"
    HEDGED = "hedged"
    NEGATION = "negation"
    CAUSAL = "causal"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    exact: str
    role: Role


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of the article and their place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who says it: the words in the sentence, and the name they stand for.

    `via` is the other source of a chain: who passes the statement on, or whom it cites.
    """

    text: str
    start: int
    end: int
    name: str
    via: Words | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted or measured amount; the modifier is one of ~ > >= < <= or None."""

    text: str
    start: int
    end: int
    value: Value
    unit: str | None
    modifier: str | None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in words; iso is None where it cannot be known without a publication date."""

    text: str
    start: int
    end: int
    iso: str | None
    precision: str


@dataclass(frozen=True, slots=True)
class Signal:
    """A reason that moved the score up; the id is stable, the text is English.

    With `params`, `reasons.sentence` says it in another language.
    """

    id: str
    text: str
    start: int
    end: int
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two amounts of one article that count the same and differ: a hint, not a verdict."""

    start: int
    end: int
    text: str
    other_start: int
    other_end: int
    other_text: str
    unit: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything the engine says about one sentence."""

    start: int
    end: int
    exact: str
    role: Role
    language: str
    check_worthiness: float
    is_candidate: bool
    kind: Kind
    claimant: Claimant | None
    quotes: tuple[Span, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    signals: tuple[Signal, ...]
    engine: str = ENGINE
    facets: tuple[Facet, ...] = ()
    repeats: Span | None = None
    conflicts: tuple[Conflict, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the wire form: plain JSON types only."""
        return _members(self)


def _members(record: Any) -> dict[str, object]:
    return {name: _plain(getattr(record, name)) for name in _names(record.__class__)}


@cache
def _names(record: type) -> tuple[str, ...]:
    """Name the fields of a record; there are none where it is none."""
    return tuple(one.name for one in fields(record)) if is_dataclass(record) else ()


def _plain(value: Any) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _members(value) if _names(value.__class__) else value
