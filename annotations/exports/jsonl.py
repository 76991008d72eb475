"""JSON Lines: one publication a line."""

from collections.abc import Iterable

import orjson

from annotations.exports.base import Exporter
from annotations.exports.records import Record, to_wire

_LINE = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE


def encode(records: Iterable[Record]) -> bytes:
    return b"".join([orjson.dumps(to_wire(record), option=_LINE) for record in records])


def count_line(count: int) -> bytes:
    """Close the export with its number of lines: without it, a download was cut off."""
    return orjson.dumps({"count": count}, option=_LINE)


JSONL = Exporter(media_type="application/jsonl", suffix="jsonl", encode=encode, trailer=count_line)
