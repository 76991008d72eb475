"""JSON-LD formats: each publication is checked as it is written, and what fails is left out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

import orjson

from annotations.exports.base import PULSE
from annotations.exports.publishers import Publisher
from annotations.exports.records import Record

BATCH = 100  # texts of so many articles are held at once
Item = dict[str, Any]
TextKey = tuple[int, int]


class Snapshot(NamedTuple):
    """The text that a publication points into, and since when the house has it."""

    text: str
    taken_at: datetime


class Beside(NamedTuple):
    """What else the publisher has out: only warnings need to know."""

    has_same_address: bool = False
    has_other_rating: bool = False


class Setting(NamedTuple):
    """What a format needs beside the records: who publishes, where this is, and when."""

    publishers: Mapping[str, Publisher]
    base: str
    address: str
    at: datetime
    texts: Callable[[Sequence[Record]], Callable[[Record], Snapshot | None]]
    with_quotes: bool = True
    beside: Callable[[Record], Beside] | None = None


class Case(NamedTuple):
    """One publication in one format, with all that its checks look at."""

    record: Record
    item: Item
    publisher: Publisher
    snapshot: Snapshot | None
    at: datetime
    beside: Beside = Beside()


Check = Callable[[Case], bool]


def _itself(case: Case) -> Case:
    return case


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON-LD format: what a publication becomes, what may be wrong, and what stands around.

    A check says whether its rule is broken, of what `judged` picks out of a case, if anything.
    `opening` and `closing` are the members of the document that stand before and after the items;
    the items are in the array `inside`.
    """

    media_type: str
    suffix: str
    item: Callable[[Record, Setting, Snapshot | None], Item]
    errors: Mapping[str, Check]
    warnings: Mapping[str, Check]
    frame: Callable[[Setting], tuple[bytes, bytes]]
    closing: Callable[[Setting, "Tally"], bytes]
    judged: Callable[[Case], Case | None] = _itself
    reads_texts: bool = False
    shows_retractions: bool = False


@dataclass(slots=True)
class Tally:
    """How many were written, how many were left out, and by which rules."""

    written: int = 0
    left_out: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)

    @property
    def seen(self) -> int:
        return self.written + self.left_out

    def note(self, errors: Sequence[str]) -> None:
        if errors:
            self.errors.update(errors)
            self.left_out += 1
        else:
            self.written += 1


def cases(document: Document, records: Iterable[Record], setting: Setting) -> Iterator[Case]:
    """Put each publication into the format, with its text where the checks need it."""
    remaining = iter(records)
    while batch := list(islice(remaining, BATCH)):
        text_of = setting.texts(batch) if document.reads_texts else _no_text
        for record in batch:
            snapshot = text_of(record)
            item = document.item(record, setting, snapshot)
            beside = setting.beside(record) if setting.beside else Beside()
            publisher = setting.publishers[record.desk]
            yield Case(record, item, publisher, snapshot, setting.at, beside)


def _no_text(_record: Record) -> None:
    return None


def errors_of(document: Document, case: Case) -> list[str]:
    return _broken(document.errors, document.judged(case))


def warnings_of(document: Document, case: Case) -> list[str]:
    return _broken(document.warnings, document.judged(case))


def _broken(rules: Mapping[str, Check], case: Case | None) -> list[str]:
    if case is None:
        return []
    return [rule for rule, is_broken in rules.items() if is_broken(case)]


def written(
    document: Document, records: Iterable[Record], setting: Setting, tally: Tally | None = None
) -> Iterator[bytes]:
    """Write the document in pieces; it closes with the counts, so that a cut download shows."""
    tally = Tally() if tally is None else tally
    head, tail = document.frame(setting)
    yield head
    lines: list[bytes] = []
    for number, case in enumerate(cases(document, records, setting), start=1):
        errors = errors_of(document, case)
        tally.note(errors)
        if not errors:
            lines.append((b",\n" if tally.written > 1 else b"\n") + dumped(case.item))
        if number % BATCH == 0:
            yield b"".join(lines) or PULSE
            lines.clear()
    yield b"".join([*lines, tail, document.closing(setting, tally)])


def tallied(document: Document, records: Iterable[Record], setting: Setting) -> Tally:
    """Count what an export would write and leave out, without writing it."""
    tally = Tally()
    for case in cases(document, records, setting):
        tally.note(errors_of(document, case))
        tally.warnings.update(warnings_of(document, case))
    return tally


def dumped(value: Any) -> bytes:
    """Write JSON that may also stand inside a page: nothing in it can close a script element."""
    data = orjson.dumps(value, option=orjson.OPT_UTC_Z)
    for raw, escaped in _ESCAPES:
        if raw in data:
            data = data.replace(raw, escaped)
    return data


def moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def counts(tally: Tally, prefix: str = "") -> list[Item]:
    """Say what is in the document and what is not, in words of schema.org."""

    def row(name: str, value: int) -> Item:
        kind = f"{prefix}PropertyValue"
        return {
            "type" if prefix else "@type": kind,
            f"{prefix}name": name,
            f"{prefix}value": value,
        }

    left_out = [row(f"left out: {rule}", number) for rule, number in sorted(tally.errors.items())]
    return [row("written", tally.written), row("left out", tally.left_out), *left_out]


_ESCAPES = (
    (b"<", b"\\u003c"),
    (b">", b"\\u003e"),
    (b"&", b"\\u0026"),
    ("\u2028".encode(), b"\\u2028"),
    ("\u2029".encode(), b"\\u2029"),
)
