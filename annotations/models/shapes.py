"""First pages of lists: their SQL is made once for each choice of filters."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import models

from annotations.models.statements import Reading, Slot

M = TypeVar("M", bound=models.Model)
Where = Mapping[str, Any]
_IN = re.compile("__among$")


class Shapes(Generic[M]):
    """A list that can be asked for in several ways: by the names of its filters, and how long."""

    def __init__(self, build: Callable[[], models.QuerySet[M, Any]]) -> None:
        self._build = build
        self._made = lru_cache(maxsize=64)(self._make)

    def first(self, where: Where, limit: int) -> list[M]:
        """Read the first rows that fit, in the order of the list."""
        return self._made(tuple(where), limit).all(**where)

    def _make(self, names: tuple[str, ...], limit: int) -> Reading[M]:
        slots = {name: Slot(name) for name in names}
        return Reading(lambda: self._build().filter(**slots)[:limit], is_list=True)

    def rows(self, where: Where) -> models.QuerySet[M, Any]:
        """Return all that fit, as a queryset of its own."""
        return self._build().filter(**{_IN.sub("__in", name): where[name] for name in where})


def of_desks(path: str, ids: Sequence[int]) -> dict[str, object]:
    """Keep what is of these desks; one is named as one, so that its own index gives the order."""
    return {path: ids[0]} if len(ids) == 1 else {f"{path}__among": list(ids)}
