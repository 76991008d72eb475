"""Keyset paging: the next page begins below the last row shown, however long the list is."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

from annotations.models import Article, ordering
from annotations.models.articles import ArticleQuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    rows: list[Row]
    older: int | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    rows: list[Article]
    older: str


def most_urgent(queryset: ArticleQuerySet, *, before: str, size: int) -> QueuePage:
    """Return the first articles of the queue, or those below a place; and where the next begins."""
    if place := _place(before):
        queryset = queryset.filter(ordering.before(("urgency", "pk"), place))
    rows = list(queryset.in_queue_order()[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return QueuePage(rows[:size], f"{last.urgency}-{last.pk}" if last else "")


def _place(before: str) -> tuple[int, int] | None:
    urgency, _line, key = before.partition("-")
    is_place = all(one.isascii() and one.isdigit() and len(one) < 16 for one in (urgency, key))
    return (int(urgency), int(key)) if is_place else None


def newest(queryset: QuerySet[Row], *, before: int, size: int) -> Page[Row]:
    """Return the newest rows, or those below `before`, and where the next page begins."""
    if before:
        queryset = queryset.filter(pk__lt=before)
    rows = list(queryset.order_by("-pk")[: size + 1])
    return Page(rows[:size], rows[size - 1].pk if len(rows) > size else None)
