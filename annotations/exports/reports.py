"""An article's published outcome, and how one publication is shown to readers."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from annotations.exports.publishers import Publisher
from annotations.exports.records import Record, to_wire
from annotations.exports.scales import LABELS, outcome, spoken

RETRACTED = "retracted"


class Shown(NamedTuple):
    """A publication in the words of its desk; a retracted one has no outcome any more."""

    record: Record
    name: str
    scale: str
    address: str
    before: str = ""

    @property
    def state(self) -> str:
        return self.record.label or RETRACTED


def shown(record: Record, publisher: Publisher) -> Shown:
    said = outcome(record)
    name = said.names[spoken(publisher.language)]
    scale = f"{said.value}/{said.best}" if said.value is not None else ""
    return Shown(record, name, scale, publisher.check_address(record))


def changed_at(record: Record) -> datetime:
    """Return when readers last saw something change."""
    return record.retracted_at or record.corrected_at or record.published_at


def report_of(records: Sequence[Record]) -> dict[str, Any]:
    """Sum up the newest versions of an article's publications, in reading order."""
    first = to_wire(max(records, key=lambda record: record.sequence))
    counted = Counter(record.label or RETRACTED for record in records)
    return {
        "desk": first["desk"],
        "article": first["article"],
        "counts": {state: counted[state] for state in (*LABELS, RETRACTED)},
        "updated_at": max(map(changed_at, records)),
        "publications": [to_wire(record) for record in records],
    }
