"""What could stand where somebody types: the names of operators, then their values."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotations.search.language import Operators, quoted
from annotations.search.names import LETTERS, NAMES, folded

AT_MOST = 12
_TAIL = re.compile(
    rf'(?:^|(?<=[\s"]))(?P<minus>-?)(?:(?P<name>{LETTERS}):(?P<open>"?)(?P<value>[^\s"]*|(?<=")[^"]*)|(?P<start>(?:{LETTERS})?))$'
)
_OPEN_VALUE = re.compile(rf'{LETTERS}:"[^"]*$')


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The last, unfinished piece of what was typed: an operator's name, or with it its value.

    The operator is as it was typed, in whatever language.
    """

    kept: str
    operator: str
    typed: str

    def with_operator(self, name: str) -> str:
        return f"{self.kept}{name}:"

    def with_value(self, value: str) -> str:
        return f"{self.kept}{self.operator}:{quoted(value)} "


def unfinished(before: str) -> Unfinished | None:
    """Return the piece that ends at the caret, or None inside a phrase."""
    if before.count('"') % 2 and not _OPEN_VALUE.search(before):
        return None
    found = _TAIL.search(before)
    if found is None:
        return None
    kept = before[: found.start()] + found["minus"]
    if found["name"] is None:
        return Unfinished(kept, "", found["start"])
    return Unfinished(kept, found["name"], found["value"])


class Offer(NamedTuple):
    """What could be meant, and what it is called as somebody began to call it."""

    key: str
    name: str


def names(piece: Unfinished, operators: Operators, language: str) -> list[Offer]:
    """Return the operators whose name begins so, in the reader's language before any other."""
    if piece.operator:
        return []
    return _begun(((one, NAMES.of_operator(one, language)) for one in operators), piece.typed)


def values(typed: str, keys: Iterable[str], *, operator: str, language: str) -> list[Offer]:
    """Return the values whose name begins with what was typed, then those that hold it."""
    each = [(one, NAMES.of_value(operator, one, language)) for one in keys]
    begin = _begun(each, typed)
    found = {one.key for one in begin}
    held = [offer for key, said in each if key not in found and (offer := _held(key, said, typed))]
    return [*begin, *held][:AT_MOST]


def _begun(each: Iterable[tuple[str, Sequence[str]]], typed: str) -> list[Offer]:
    """Complete what was begun; what the reader's language shows comes first."""
    wanted, own, other = folded(typed), list[Offer](), list[Offer]()
    for key, said in each:
        name = next((one for one in said if folded(one).startswith(wanted)), None)
        if name is not None:
            (own if name == said[0] else other).append(Offer(key, name))
    return own + other


def _held(key: str, said: Sequence[str], typed: str) -> Offer | None:
    wanted = folded(typed)
    return next((Offer(key, one) for one in said if wanted in folded(one)), None)
