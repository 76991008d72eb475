"""Keyset paging: the next page begins below the last row shown, however long the list is."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
ANY_KEY = 2**63 - 1  # all keys are below it


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    rows: list[Row]
    older: int | None


def newest(queryset: QuerySet[Row], *, before: int, size: int) -> Page[Row]:
    """Return the newest rows, or those below `before`, and where the next page begins."""
    if before:
        queryset = queryset.filter(pk__lt=before)
    return cut(list(queryset.order_by("-pk")[: size + 1]), size=size)


def cut(rows: list[Row], *, size: int) -> Page[Row]:
    """Cut rows to a page, of which one more was read to know whether another follows."""
    return Page(rows[:size], rows[size - 1].pk if len(rows) > size else None)
