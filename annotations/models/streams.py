"""Rows of long answers, read piece by piece and loaded as fast as the driver can.

Reading through the ORM's own iterator costs more than all that an export does with the rows: its
loaders of times and of JSON are written in Python.
"""

from collections.abc import Iterator
from typing import Any

import orjson
from django.db import connections, models
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import Loader
from psycopg.types.datetime import TimestamptzLoader

PIECE, FIRST = 500, 50  # rows fetched at once, and at first: somebody waits for them


class FastJsonb(Loader):
    def load(self, data: Buffer) -> Any:
        return orjson.loads(bytes(data))


def rows_of(found: models.QuerySet[Any, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Read the rows of a `values_list` from a cursor of the server; the caller is in a transaction.

    Columns come as the driver reads them: fields with a form of their own, beside JSON, do not.
    """
    sql, parameters = found.query.sql_with_params()
    with connections[found.db].chunked_cursor() as cursor:
        _hasten(cursor.cursor)
        cursor.execute(sql, parameters)
        rows = cursor.fetchmany(FIRST)
        while rows:
            yield from rows
            rows = cursor.fetchmany(PIECE)


def _hasten(cursor: AdaptContext) -> None:
    """Load times by the driver's C code, and JSON by the fastest parser, on this cursor only."""
    if cursor.adapters is not None:
        cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
        cursor.adapters.register_loader("jsonb", FastJsonb)
