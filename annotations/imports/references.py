"""What items of a page take from elsewhere on it (`itemref`), and what that takes in turn."""

from collections.abc import Iterator, Sequence
from typing import Any

Item = dict[str, Any]
Given = tuple[str, Any]  # the name of a property, and its value

REFERRED = 50  # places that one item names, and values of each
LEVELS = 20  # items within one another, where the innermost may still refer
VALUES = 20_000  # of a page, with those that are taken


class Entangled(ValueError):
    """The items of a page refer to one another more than any house needs."""


class References:
    """What each item names, and what stands there."""

    def __init__(self) -> None:
        self._places: dict[int, list[str]] = {}
        self._given: dict[str, list[Given]] = {}
        self._left = VALUES

    def note(self, item: Item, places: str) -> None:
        """Keep what an item names."""
        self._places[id(item)] = places.split()[:REFERRED]

    def keep(self, place: str, given: Sequence[Given]) -> None:
        """Keep what stands in a place, outside of any item there."""
        self._given.setdefault(place, []).extend(given)

    def resolved(self, items: list[Item]) -> list[Item]:
        """Return the items with all that they refer to; what would hold itself is left out."""
        return [self._resolved(one, ()) for one in items] if self._places else items

    def _resolved(self, item: Item, around: tuple[int, ...]) -> Item:
        around = (*around, id(item))
        found: Item = {name: value for name, value in item.items() if name[0] == "@"}
        for name, value in self._of(item, around):
            if id(value) in around:
                continue
            self._left -= 1
            if self._left < 0:
                raise Entangled
            whole = self._resolved(value, around) if isinstance(value, dict) else value
            found.setdefault(name, []).append(whole)
        return found

    def _of(self, item: Item, around: tuple[int, ...]) -> Iterator[Given]:
        """Return the item's own values, then those that stand elsewhere, each once."""
        taken = [
            one
            for place in self._places.get(id(item), ())
            for one in self._given.get(place, ())[:REFERRED]
        ]
        if taken and len(around) > LEVELS:
            raise Entangled
        own = [(name, one) for name in item if name[0] != "@" for one in item[name]]
        seen = set()
        for name, value in [*own, *taken]:
            key = (name, id(value) if isinstance(value, dict) else value)
            if key not in seen:
                seen.add(key)
                yield name, value
