"""Rows of CSV, cut by comma, semicolon, tabulator or bar; quoted cells may hold line breaks."""

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any

from annotations.imports.encodings import repaired
from annotations.imports.faults import Fault, Unreadable, excerpt
from annotations.imports.names import is_known
from annotations.imports.records import Input, Record

DELIMITERS = (",", ";", "\t", "|")
_FIRST_LINE = 1 << 16


def rows(file: Input) -> Iterator[Record]:
    """Read the header, as a record that holds a list of names, and then each row by name."""
    csv.field_size_limit(file.row_length)
    first = file.text.readline(_FIRST_LINE)
    before = 0
    told = first.strip().strip('"')
    if told.lower().startswith("sep=") and len(told) == 5:  # for spreadsheets
        first, before = file.text.readline(_FIRST_LINE), 1
    delimiter = told[4] if before else _delimiter(first)
    reader = csv.reader(_Lines(first, file.text), delimiter=delimiter, strict=True)
    header, faults = _header(reader, file.encoding, line=1 + before)
    yield Record(1 + before, header, tuple(faults))
    for line, cells in _cells(reader, before):
        if isinstance(cells, csv.Error):
            yield Record(line, {}, (_broken(line, cells),))
        elif any(cell.strip() for cell in cells):
            yield _row(header, cells, line, file.encoding)


class _Lines(Iterator[str]):
    """The first line, which was looked at already, and then the others."""

    def __init__(self, first: str, file: TextIOWrapper) -> None:
        self._first: str | None = first
        self._file = file

    def __next__(self) -> str:
        line, self._first = self._first, None
        if line is None:
            line = self._file.readline()
        if not line:
            raise StopIteration
        return line


def _delimiter(first: str) -> str:
    """Take what cuts the first line into the most names that are known, or into the most pieces."""

    def worth(delimiter: str) -> tuple[int, int]:
        names = [one.strip().strip('"') for one in first.split(delimiter)]
        return sum(map(is_known, names)), len(names)

    best = max(DELIMITERS, key=worth)
    return best if best in first else "\t"  # one column: its commas are text


def _header(reader: Any, encoding: str, *, line: int) -> tuple[list[str], list[Fault]]:
    try:
        cells: list[str] = next(reader, [])
    except csv.Error as error:
        raise Unreadable("broken_header", why=str(error)) from error
    found = [repaired(cell, encoding, line=line, column=cell) for cell in cells]
    names = [name.strip() for name, _faults in found]
    if not any(names):
        raise Unreadable("empty_file")
    return names, [fault for _name, faults in found for fault in faults]


def _cells(reader: Any, before: int) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Read each row with the line on which it begins; a row that cannot be cut gives the error."""
    while True:
        line = reader.line_num + 1 + before
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, error


def _broken(line: int, error: csv.Error) -> Fault:
    code = "row_too_large" if "field limit" in str(error) else "broken_quotes"
    return Fault(line, code, params={"why": str(error)})


def _row(header: list[str], cells: list[str], line: int, encoding: str) -> Record:
    values: dict[str, str] = {}
    faults: list[Fault] = []
    place = line
    for name, cell in zip(header, cells, strict=False):
        value, found = repaired(cell, encoding, line=place, column=name)
        if not values.get(name):
            values[name] = value
        faults += found
        place += cell.count("\n")
    return Record(line, values, (*faults[:1], *_too_many(header, cells, line)))


def _too_many(header: list[str], cells: list[str], line: int) -> Iterator[Fault]:
    extra = [cell for cell in cells[len(header) :] if cell.strip()]
    if extra:
        counts = {"found": len(cells), "expected": len(header)}
        yield Fault(line, "too_many_cells", value=excerpt(extra[0]), params=counts)
