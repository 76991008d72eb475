"""Articles, one a row: a table or JSON, with columns named in French or English."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotations.imports import dates
from annotations.imports.entries import Entry
from annotations.imports.faults import Fault, Unreadable, excerpt
from annotations.imports.names import IGNORED, is_known, meanings, plain
from annotations.imports.records import Record


def entries(records: Iterable[Record]) -> Iterator[Entry]:
    """Read each row as an article."""
    header: Record | None = None
    for number, record in enumerate(records):
        if number == 0 and _is_header(record.values):
            header = record
            _refuse_without_text(record.values)
        else:
            yield entry(record, header)
            header = None


def entry(record: Record, header: Record | None = None) -> Entry:
    """Read one row; what is wrong with the header is told with the first."""
    faults = [*_about_header(header), *record.faults]
    if not isinstance(record.values, Mapping):
        if not any(not fault.is_warning for fault in faults):
            faults.append(Fault(record.line, "not_an_object", value=excerpt(record.values)))
        return Entry(record.line, faults=tuple(faults))
    named = meanings(record.values)
    fields = {field: record.values[name] for field, name in named.items()}
    taken = _Taken(record.line, named, faults)
    return Entry(record.line, taken.fields(fields), named, faults=tuple(faults))


class _Taken:
    """The values of one row, each checked; what is wrong is added to the faults."""

    def __init__(self, line: int, named: Mapping[str, str], faults: list[Fault]) -> None:
        self._line = line
        self._named = named
        self._faults = faults

    def fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        found = {field: self._text(field, value) for field, value in values.items()}
        fields: dict[str, Any] = {field: value for field, value in found.items() if value}
        if "text" in fields and "html" in fields:
            del fields["html"]
        if "text" not in fields and "html" not in fields and not self._is_refused:
            self._blame("text", "empty", "")
        if "published_at" in fields:
            fields["published_at"] = self._moment(fields["published_at"])
        return fields

    @property
    def _is_refused(self) -> bool:
        return any(not fault.is_warning for fault in self._faults)

    def _text(self, field: str, value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self._blame(field, "not_a_text", value)
            return ""
        return value if field in {"text", "html"} and value.strip() else value.strip()

    def _moment(self, value: str) -> Any:
        read = dates.read(value)
        if read is None:
            self._blame("published_at", "not_a_date", value)
            return None
        if read.is_ambiguous:
            self._blame("published_at", "day_first", value, is_warning=True)
        return read.moment

    def _blame(self, field: str, code: str, value: object, *, is_warning: bool = False) -> None:
        column = self._named.get(field, field)
        self._faults.append(Fault(self._line, code, column, excerpt(value), is_warning=is_warning))


def _is_header(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(name, str) for name in values)


def _refuse_without_text(names: list[str]) -> None:
    if not {"text", "html"} & meanings(names).keys():
        raise Unreadable("no_text_column", found=excerpt(", ".join(names)))


def _about_header(header: Record | None) -> Iterator[Fault]:
    """Name the columns that nothing is taken from."""
    if header is None or (not header.faults and header.line == 0):
        return
    yield from header.faults
    used = set(meanings(header.values).values())
    for name in header.values:
        if name and name not in used and plain(name) not in IGNORED:
            code = "column_twice" if is_known(name) else "column_unknown"
            yield Fault(header.line, code, column=name, is_warning=True)
