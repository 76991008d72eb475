"""What people type into the search: words, "exact phrases", operator:values, each with or without -.

Plain Python: which operators there are, and what they take, comes in as a table.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

LENGTH = 500
TERMS = 32
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_QUOTED = r'"[^"]*(?:"|$)'
_TOKEN = re.compile(
    rf'(?P<minus>-(?=[^\s"]|"))?'
    rf'(?:(?P<name>[^\W\d_]+):(?!//)(?P<value>{_QUOTED}|[^\s"]*)'
    rf'|(?P<phrase>{_QUOTED})|(?P<word>[^\s"]+))'
)
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


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
    """An operator with its value, as its table spells it."""

    operator: str
    value: str
    is_negated: bool = False
    place: int = field(default=1, compare=False)

    def __str__(self) -> str:
        return "-" * self.is_negated + f"{self.operator}:{quoted(self.value)}"


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
    """What cannot be read: a code, the place (counted from 1), what stood there, what may stand."""

    def __init__(self, code: str, *, place: int, given: str, allowed: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code, self.place, self.given, self.allowed = code, place, given, tuple(allowed)


def parse(text: str, operators: Operators) -> Query:
    """Read what somebody typed. Whatever it is, it is a query or a `QueryError`."""
    if len(text) > LENGTH:
        raise QueryError("too_long", place=LENGTH + 1, given=text[LENGTH : LENGTH + 20])
    terms = tuple(_terms(_CONTROL.sub(" ", text).translate(_QUOTES), operators))
    if len(terms) > TERMS:
        raise QueryError("too_many", place=1, given=str(len(terms)))
    return Query(terms)


def quoted(value: str) -> str:
    """Put a value into quotation marks where it could not stand without."""
    return f'"{value}"' if not value or re.search(r"\s", value) else value


def _terms(text: str, operators: Operators) -> Iterator[Words | Filter]:
    for found in _TOKEN.finditer(text):
        if _names_operator(found, operators):
            yield _filter(found, operators)
        elif words := _words(found):
            yield words


def _names_operator(found: re.Match[str], operators: Operators) -> bool:
    """Tell operators from a word that ends in a colon: `Macron:`."""
    name = found["name"]
    return name is not None and (name.lower() in operators or found["value"] != "")


def _words(found: re.Match[str]) -> Words | None:
    is_phrase = found["phrase"] is not None
    whole = found[0].removeprefix("-") if found["minus"] else found[0]
    text = " ".join(whole.strip('"').split()) if is_phrase else whole
    if not any(one.isalnum() for one in text):
        return None
    return Words(text, is_phrase=is_phrase, is_negated=bool(found["minus"]))


def _filter(found: re.Match[str], operators: Operators) -> Filter:
    name, place = found["name"].lower(), found.start("name") + 1
    if name not in operators:
        raise QueryError("unknown_operator", place=place, given=name, allowed=tuple(operators))
    value = " ".join(found["value"].strip('"').split())
    if not value:
        allowed = operators[name].values
        raise QueryError("needs_value", place=place, given=f"{name}:", allowed=allowed)
    place = found.start("value") + 1
    settled = _settled(value, name, operators[name], place)
    return Filter(name, settled, bool(found["minus"]), place)


def _settled(value: str, name: str, operator: Operator, place: int) -> str:
    """Return the value as the table spells it, a day in full."""
    if operator.takes is Takes.DAY:
        return _day(value, f"{name}:{value}", place)
    if operator.takes is Takes.TEXT:
        return value
    for one in operator.values:
        if one.casefold() == value.casefold():
            return one
    given = f"{name}:{value}"
    raise QueryError("unknown_value", place=place, given=given, allowed=operator.values)


def _day(value: str, given: str, place: int) -> str:
    found = _DAY.fullmatch(value)
    try:
        if found:
            return date(*(int(part or 1) for part in found.groups())).isoformat()
    except ValueError:
        pass  # a day that no calendar has
    raise QueryError("bad_day", place=place, given=given, allowed=("2024-11-25", "2024-11", "2024"))
