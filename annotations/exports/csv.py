"""CSV by RFC 4180, safe to open in a spreadsheet."""

import csv
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import orjson

from annotations.exports.base import Exporter
from annotations.exports.records import Record

HEADER = Record._fields
_RISKY = frozenset("=+-@\t\r'")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def encode(records: Iterable[Record]) -> bytes:
    return _rows(map(_cells, records))


def safe(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    Text that has one there already gets another, so that readers can take exactly one away.
    """
    if text[:1] in _RISKY and _FORMULA.match(text):
        return f"'{text}"
    return text


def _cells(record: Record) -> list[Any]:
    """Write out what the csv module cannot; it knows numbers, and leaves a cell for None empty."""
    return [_WRITERS[type(value)](value) if type(value) in _WRITERS else value for value in record]


def _time(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _json(value: list[dict[str, str]]) -> str:
    return orjson.dumps(value).decode()


_WRITERS: dict[type, Callable[[Any], str]] = {str: safe, datetime: _time, list: _json}


def _rows(rows: Iterable[Iterable[Any]]) -> bytes:
    sheet = StringIO(newline="")
    csv.writer(sheet).writerows(rows)
    return sheet.getvalue().encode()


CSV = Exporter(
    media_type="text/csv; charset=utf-8", suffix="csv", encode=encode, head=_rows([HEADER])
)
