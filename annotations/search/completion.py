"""What could stand where somebody types: the names of operators, then their values."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from annotations.search.language import Operators, quoted

AT_MOST = 12
_TAIL = re.compile(
    r'(?:^|(?<=[\s"]))(?P<minus>-?)(?:(?P<name>[A-Za-z]+):(?P<open>"?)(?P<value>[^\s"]*|(?<=")[^"]*)|(?P<start>[A-Za-z]*))$'
)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The last, unfinished piece of what was typed: an operator's name, or with it its value."""

    kept: str
    operator: str
    typed: str

    def with_operator(self, name: str) -> str:
        return f"{self.kept}{name}:"

    def with_value(self, value: str) -> str:
        return f"{self.kept}{self.operator}:{quoted(value)} "


def unfinished(before: str) -> Unfinished | None:
    """Return the piece that ends at the caret, or None inside a phrase."""
    if before.count('"') % 2 and not re.search(r'[A-Za-z]:"[^"]*$', before):
        return None
    found = _TAIL.search(before)
    if found is None:
        return None
    kept = before[: found.start()] + found["minus"]
    if found["name"] is None:
        return Unfinished(kept, "", found["start"].lower())
    return Unfinished(kept, found["name"].lower(), found["value"])


def fitting(typed: str, values: Iterable[str]) -> list[str]:
    """Return the values that begin with what was typed, then those that hold it."""
    wanted = _folded(typed)
    held = [one for one in values if wanted in _folded(one)]
    held.sort(key=lambda one: not _folded(one).startswith(wanted))
    return held[:AT_MOST]


def _folded(text: str) -> str:
    """Leave out accents and capitals, as the search does."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))


def names(piece: Unfinished, operators: Operators) -> list[str]:
    """Return the operators whose name begins so."""
    return [one for one in operators if not piece.operator and one.startswith(piece.typed)]
