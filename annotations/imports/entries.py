"""What every format is read into: articles, and what was said of their sentences."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from annotations.imports.faults import Fault
from annotations.imports.records import Record


@dataclass(frozen=True, slots=True)
class Proof:
    """A link that came with a label."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A label that somebody gave: to a span of the text, or to the whole of it."""

    label: str
    start: int | None = None
    end: int | None = None
    repair: str = ""  # what it took to find the span
    rationale: str = ""
    worth: float | None = None
    proof: tuple[Proof, ...] = ()
    by: tuple[str, ...] = ()  # what the file calls whoever gave it: number, address, name


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a file. A fault that is no warning keeps it out."""

    line: int
    fields: dict[str, Any] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)  # what the file calls each field
    marks: tuple[Mark, ...] = ()
    faults: tuple[Fault, ...] = ()
    first_published: datetime | None = None

    @property
    def is_refused(self) -> bool:
        return any(not fault.is_warning for fault in self.faults)


Parser = Callable[[Iterable[Record]], Iterator[Entry]]
