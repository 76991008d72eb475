"""The rows of a file, one after the other, whatever shape it has; and where each stood."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from typing import Any

from annotations.imports.encodings import repaired
from annotations.imports.faults import Fault, Unreadable

CSV, JSON_LINES, JSON, HTML = "csv", "jsonl", "json", "html"
ROW_LENGTH = 16_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """One row: what stands in it, on which line it begins, and what was wrong already."""

    line: int
    values: Any
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """A file as text, its encoding, and how long a row of it may be, in characters."""

    text: TextIOWrapper
    encoding: str
    row_length: int = ROW_LENGTH


def shape_of(start: str) -> str:
    """Say of what kind a file is, by how it begins."""
    if start[:1] == "{":
        return JSON_LINES if _is_by_line(start) else JSON
    return {"<": HTML, "[": JSON}.get(start[:1], CSV)


def _is_by_line(start: str) -> bool:
    first, _end, rest = start.partition("\n")
    try:
        json.loads(first)
    except ValueError:
        return not rest or (rest.lstrip()[:1] == "{" and first.rstrip()[-1:] == "}")
    return True


def whole(file: Input) -> Iterator[Record]:
    """Read a page as one record."""
    text = file.text.read(file.row_length + 1)
    if len(text) > file.row_length:
        raise Unreadable("too_large", limit=file.row_length)
    fixed, faults = repaired(text, file.encoding, line=1, column="")
    yield Record(1, fixed, tuple(faults))
