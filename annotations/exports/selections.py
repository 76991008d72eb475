"""Which publications a format shows, and how they are read."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from annotations.exports.base import Exporter
from annotations.exports.documents import Document
from annotations.exports.records import COLUMNS, Record
from annotations.models import Publication
from annotations.models.publications import PublicationQuerySet
from annotations.models.statements import Reading, Slot


def selected(
    exporter: Exporter | Document, desks: Sequence[int], filters: Mapping[str, Any]
) -> PublicationQuerySet:
    """Choose what the format shows: what stands, or for a feed also what is gone, newest first."""
    if isinstance(exporter, Document) and exporter.shows_retractions:
        rows = Publication.objects.newest().of_desks(desks)
        rows = rows.asked_for(filters, keeps_retractions=True)
        return rows.order_by("-desk_id", "-sequence")
    return Publication.objects.standing().of_desks(desks).asked_for(filters).in_log_order()


_TIMES = {"published_after", "published_before"}


class Placed(NamedTuple):
    """A record, and the desk in whose log it stands."""

    desk: int
    record: Record


def standing_behind(
    desks: Sequence[int], filters: Mapping[str, Any], place: Sequence[int], limit: int
) -> list[Placed]:
    """Read what stands published, the newest first and desk by desk, on from a place.

    Within the index of several desks, a bound on desk and number would be searched for from its
    end.
    """
    if len(desks) == 1:
        return _of_desk(desks[0], filters, place[-1] if place else None, limit)
    if not place:
        return _of_desks(desks, filters, limit)
    desk, number = place
    found = _of_desk(desk, filters, number, limit) if desk in desks else []
    others = [one for one in desks if one < desk]
    if len(found) < limit and others:
        found += _of_desks(others, filters, limit)[: limit - len(found)]
    return found


def log_behind(desk: int, place: int, limit: int) -> list[Record]:
    """Read so many entries of a desk's log on from a number."""
    return [Record._make(row) for row in _log(limit).rows(desk=desk, place=place)]


def _of_desk(desk: int, filters: Mapping[str, Any], before: int | None, limit: int) -> list[Placed]:
    if filters:
        rows = _newest_first(filters, limit, **_within(desk, before))
        return [_placed(row) for row in rows]
    values = _within(desk, before)
    return [_placed(row) for row in _plain(limit, tuple(values)).rows(**values)]


def _of_desks(desks: Sequence[int], filters: Mapping[str, Any], limit: int) -> list[Placed]:
    if filters:
        return [_placed(row) for row in _newest_first(filters, limit, desk__in=desks)]
    found = _plain(limit, ("desk__among",)).rows(desk__among=list(desks))
    return [_placed(row) for row in found]


def _within(desk: int, before: int | None) -> dict[str, int]:
    return {"desk": desk} if before is None else {"desk": desk, "sequence__lt": before}


def _newest_first(filters: Mapping[str, Any], limit: int, **where: Any) -> Any:
    """Where a time is asked for, take the index that knows it: it passes over what does not fit."""
    rows = Publication.objects.standing().filter(**where).asked_for(filters)
    order = ("-desk_id", "-sequence") if "desk" not in where else ("-sequence",)
    by_time = ("-published_at",) if filters.keys() & _TIMES else ()
    return rows.order_by(*order, *by_time).values_list("desk_id", *COLUMNS)[:limit]


@lru_cache(maxsize=64)
def _plain(limit: int, where: tuple[str, ...]) -> Reading[Publication]:
    """Read without filters; the SQL is made once for each size of a page."""
    slots = {name: Slot(name) for name in where}
    return Reading(lambda: _newest_first({}, limit, **slots), is_list=True)


@lru_cache(maxsize=16)
def _log(limit: int) -> Reading[Publication]:
    rows = Publication.objects.filter(desk=Slot("desk"), sequence__gt=Slot("place"))
    found: Any = rows.in_log_order().values_list(*COLUMNS)[:limit]
    return Reading(lambda: found, is_list=True)


def _placed(row: Sequence[Any]) -> Placed:
    return Placed(row[0], Record._make(row[1:]))


def records_of(rows: PublicationQuerySet) -> Iterator[Record]:
    return map(Record._make, rows.streamed(*COLUMNS))


def counted(rows: PublicationQuerySet) -> tuple[int, Iterator[Record]]:
    """Count in the same statement that reads, so that both are of one snapshot."""
    found = rows.with_total().streamed("total", *COLUMNS)
    first = next(found, None)
    if first is None:
        return 0, iter(())
    return first[0], (Record._make(row[1:]) for row in chain([first], found))


@contextmanager
def reading(rows: PublicationQuerySet) -> Iterator[tuple[int, Iterator[Record]]]:
    """Count and read, and give the cursor back whatever happens to who reads."""
    found = rows.with_total().streamed("total", *COLUMNS)
    try:
        first = next(found, None)
        every = chain([first], found) if first else ()
        yield first[0] if first else 0, (Record._make(row[1:]) for row in every)
    finally:
        found.close()
