"""What people type into search: words, "exact phrases", operator:values, each with or without -.

Plain Python: which operators there are, and what they take, comes in as a table. What they are
called in other languages stands in another (`names.py`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum

from annotations.search.names import LETTERS, NAMES, Names

LENGTH = 500
TERMS = 32
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_QUOTED = r'"[^"]*(?:"|$)'
_TOKEN = re.compile(
    rf'(?P<minus>-(?=[^\s"]|"))?'
    rf'(?:(?P<name>{LETTERS}):(?!//)(?P<value>{_QUOTED}|[^\s"]*)'
    rf'|(?P<phrase>{_QUOTED})|(?P<word>[^\s"]+))'
)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DAYS_AGO = {"today": 0, "yesterday": 1}
DAYS = ("2024-11-25", "2024-11", "2024", *_DAYS_AGO)


class Takes(Enum):
    """What an operator takes."""

    CHOICE = "one of its values"
    DAY = "a day"
    TEXT = "any words"


@dataclass(frozen=True, slots=True)
class Operator:
    takes: Takes
    values: Sequence[str] = ()


Operators = Mapping[str, Operator]


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or several that stand side by side."""

    text: str
    is_phrase: bool = False
    is_negated: bool = False

    def __str__(self) -> str:
        return "-" * self.is_negated + (f'"{self.text}"' if self.is_phrase else self.text)


@dataclass(frozen=True, slots=True)
class Filter:
    """An operator with its value, as its table spells it, and where and how it was written."""

    operator: str
    value: str
    is_negated: bool = False
    place: int = field(default=1, compare=False)
    written: str = field(default="", compare=False)

    def __str__(self) -> str:
        return "-" * self.is_negated + f"{self.operator}:{quoted(self.value)}"

    @property
    def name(self) -> str:
        """The operator as it was written."""
        return self.written.removeprefix("-").partition(":")[0] or self.operator

    def without(self, text: str) -> str:
        """Return the text in which it was written with this taken out, the rest as it was typed."""
        start = self.place - 1 - (self.written.index(":") + 1)
        rest = text[start + len(self.written) :].lstrip()
        return f"{text[:start].rstrip()} {rest}".strip()

    def told(self, language: str, names: Names = NAMES) -> str:
        """Return it in the words of a language; it reads back as the same filter."""
        name = names.of_operator(self.operator, language)[0]
        value = names.of_value(self.operator, self.value, language)[0]
        return "-" * self.is_negated + f"{name}:{quoted(value)}"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; its text reads back as the same query."""

    terms: tuple[Words | Filter, ...] = ()

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))

    @property
    def words(self) -> list[Words]:
        return [one for one in self.terms if isinstance(one, Words)]

    @property
    def filters(self) -> list[Filter]:
        return [one for one in self.terms if isinstance(one, Filter)]


class QueryError(ValueError):
    """What cannot be read: a code, the place (counted from 1), what stood there, what may stand.

    What may stand are values of `operator`, or operators where it is empty.
    """

    def __init__(
        self,
        code: str,
        *,
        place: int,
        given: str,
        allowed: Sequence[str] = (),
        operator: str = "",
    ) -> None:
        super().__init__(code)
        self.code, self.place, self.given = code, place, given
        self.allowed, self.operator = tuple(allowed), operator


@dataclass(frozen=True, slots=True)
class Grammar:
    """What operators there are, what they are called, and which day it is."""

    operators: Operators
    today: date
    names: Names = NAMES


def parse(text: str, grammar: Grammar) -> Query:
    """Read what somebody typed. Whatever it is, it is a query or a `QueryError`."""
    if len(text) > LENGTH:
        raise QueryError("too_long", place=LENGTH + 1, given=text[LENGTH : LENGTH + 20])
    terms = tuple(_terms(_CONTROL.sub(" ", text).translate(_QUOTES), grammar))
    if len(terms) > TERMS:
        raise QueryError("too_many", place=1, given=str(len(terms)))
    return Query(terms)


def quoted(value: str) -> str:
    """Put a value into quotation marks where it could not stand without."""
    return f'"{value}"' if not value or re.search(r"\s", value) else value


def _terms(text: str, grammar: Grammar) -> Iterator[Words | Filter]:
    for found in _TOKEN.finditer(text):
        if _names_operator(found, grammar):
            yield _filter(found, grammar)
        elif words := _words(found):
            yield words


def _names_operator(found: re.Match[str], grammar: Grammar) -> bool:
    """Tell operators from a word that ends in a colon: `Macron:`."""
    name = found["name"]
    if name is None:
        return False
    is_known = grammar.names.operator(name) in grammar.operators
    return is_known or (found["value"] != "" and name.isalpha())


def _words(found: re.Match[str]) -> Words | None:
    is_phrase = found["phrase"] is not None
    whole = found[0].removeprefix("-") if found["minus"] else found[0]
    text = " ".join(whole.strip('"').split()) if is_phrase else whole
    if not any(one.isalnum() for one in text):
        return None
    return Words(text, is_phrase=is_phrase, is_negated=bool(found["minus"]))


def _filter(found: re.Match[str], grammar: Grammar) -> Filter:
    given, place = found["name"], found.start("name") + 1
    name = grammar.names.operator(given)
    if name not in grammar.operators:
        known = tuple(grammar.operators)
        raise QueryError("unknown_operator", place=place, given=given, allowed=known)
    value = " ".join(found["value"].strip('"').split())
    if not value:
        allowed = allowed_values(name, grammar)
        raise QueryError(
            "needs_value", place=place, given=f"{given}:", allowed=allowed, operator=name
        )
    written = Filter(name, value, bool(found["minus"]), found.start("value") + 1, found[0])
    return replace(written, value=_settled(written, f"{given}:{value}", grammar))


def allowed_values(operator: str, grammar: Grammar) -> Sequence[str]:
    """Return what may stand after an operator, or examples of it."""
    known = grammar.operators[operator]
    return DAYS if known.takes is Takes.DAY else known.values


def _settled(one: Filter, given: str, grammar: Grammar) -> str:
    """Return the value as the table spells it, a day in full."""
    operator = grammar.operators[one.operator]
    named = grammar.names.value(one.operator, one.value)
    if operator.takes is Takes.TEXT:
        return one.value
    if operator.takes is Takes.DAY and (day := _day(named or one.value, grammar.today)):
        return day.isoformat()
    for value in operator.values:
        if value.casefold() == one.value.casefold() or value == named:
            return value
    code = "bad_day" if operator.takes is Takes.DAY else "unknown_value"
    allowed = allowed_values(one.operator, grammar)
    raise QueryError(code, place=one.place, given=given, allowed=allowed, operator=one.operator)


def _day(value: str, today: date) -> date | None:
    if value in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[value])
    found = _DAY.fullmatch(value)
    try:
        return date(*(int(part or 1) for part in found.groups())) if found else None
    except ValueError:
        return None  # a day that no calendar has
