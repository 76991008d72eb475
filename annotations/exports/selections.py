"""Which publications a format shows, and how they are read."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from annotations.exports.base import Exporter
from annotations.exports.documents import Document
from annotations.exports.records import COLUMNS, Record
from annotations.models import Publication
from annotations.models.publications import PublicationQuerySet


def selected(
    exporter: Exporter | Document, desks: Sequence[int], filters: Mapping[str, Any]
) -> PublicationQuerySet:
    """Choose what the format shows: what stands, or for a feed also what is gone, newest first."""
    if isinstance(exporter, Document) and exporter.shows_retractions:
        rows = Publication.objects.newest().of_desks(desks)
        rows = rows.asked_for(filters, keeps_retractions=True)
        return rows.order_by("-desk_id", "-sequence")
    return Publication.objects.standing().of_desks(desks).asked_for(filters).in_log_order()


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
