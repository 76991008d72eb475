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
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def encode(records: Iterable[Record]) -> bytes:
    return _rows([_CELLS[type(value)](value) for value in record] for record in records)


def safe(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    Text that has one there already gets another, so that readers can take exactly one away.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _time(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _json(value: list[dict[str, str]]) -> str:
    return orjson.dumps(value).decode()


_CELLS: dict[type, Callable[[Any], str]] = {
    str: safe,
    int: str,
    datetime: _time,
    list: _json,
    type(None): lambda _nothing: "",
}


def _rows(rows: Iterable[Iterable[str]]) -> bytes:
    sheet = StringIO(newline="")
    csv.writer(sheet).writerows(rows)
    return sheet.getvalue().encode()


CSV = Exporter(
    media_type="text/csv; charset=utf-8", suffix="csv", encode=encode, head=_rows([HEADER])
)
