"""Pages of lists: their SQL is made once for each choice of filters."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from django.db import models

from annotations.models import ordering
from annotations.models.statements import Reading, Slot

M = TypeVar("M", bound=models.Model)
Where = Mapping[str, Any]
_PLACES = ("first of place", "second of place")  # no filter is called so
_IN = re.compile("__among$")


class Shapes(Generic[M]):
    """A list that can be asked for in several ways: by the names of its filters, and how long."""

    def __init__(self, build: Callable[[], models.QuerySet[M, Any]]) -> None:
        self._build = build
        self._made = lru_cache(maxsize=64)(self._make)

    @cached_property
    def order(self) -> tuple[str, ...]:
        return tuple(map(str, self._build().query.order_by))

    @cached_property
    def model(self) -> type[M]:
        return self._build().model

    def page(self, where: Where, place: Sequence[Any], limit: int) -> list[M]:
        """Read rows that fit in the order of the list, from its start or behind a place in it."""
        behind = dict(zip(_PLACES, place, strict=False))
        return self._made(tuple(where), tuple(behind), limit).all(**where, **behind)

    def _make(self, names: tuple[str, ...], behind: tuple[str, ...], limit: int) -> Reading[M]:
        return Reading(lambda: self._prepared(names, behind)[:limit], is_list=True)

    def _prepared(self, names: Sequence[str], behind: Sequence[str]) -> models.QuerySet[M, Any]:
        rows = self._build().filter(**{name: Slot(name) for name in names})
        if not behind:
            return rows
        return rows.filter(ordering.behind(self.order, [Slot(name) for name in behind]))

    def rows(self, where: Where) -> models.QuerySet[M, Any]:
        """Return all that fit, as a queryset of its own."""
        return self._build().filter(**{_IN.sub("__in", name): where[name] for name in where})


def of_desks(path: str, ids: Sequence[int]) -> dict[str, object]:
    """Keep what is of these desks; one is named as one, so that its own index gives the order."""
    return {path: ids[0]} if len(ids) == 1 else {f"{path}__among": list(ids)}
