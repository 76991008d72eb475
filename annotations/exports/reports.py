"""An article's published outcome, and how one publication is shown to readers."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from annotations.exports.publishers import Publisher
from annotations.exports.records import Record, record_of, to_wire
from annotations.exports.scales import LABELS, outcome, spoken

RETRACTED = "retracted"


class Seen(NamedTuple):
    """A publication as readers meet it: what the log says, and what became of its words since.

    Where the article has a newer text without them, they stood last in the text of this number,
    until that time.
    """

    record: Record
    left_behind_in: int | None = None
    left_behind_at: datetime | None = None

    @property
    def changed_at(self) -> datetime:
        """When readers last saw something change."""
        changed = changed_at(self.record)
        is_said = self.left_behind_at is not None and not self.record.retracted_at
        return max(changed, self.left_behind_at or changed) if is_said else changed


class Shown(NamedTuple):
    """A publication in the words of its desk; a retracted one has no outcome any more."""

    record: Record
    name: str
    scale: str
    address: str
    before: str = ""
    is_left_behind: bool = False

    @property
    def state(self) -> str:
        return self.record.label or RETRACTED


def seen(row: Any) -> Seen:
    """Take a row of the log that was read for readers."""
    return Seen(record_of(row), row.left_behind_in, row.left_behind_at)


def shown(one: Seen, publisher: Publisher) -> Shown:
    said = outcome(one.record)
    name = said.names[spoken(publisher.language)]
    scale = f"{said.value}/{said.best}" if said.value is not None else ""
    return Shown(
        one.record,
        name,
        scale,
        publisher.check_address(one.record),
        is_left_behind=one.left_behind_in is not None and bool(one.record.label),
    )


def changed_at(record: Record) -> datetime:
    """Return when the log last said something of it."""
    return record.retracted_at or record.corrected_at or record.published_at


def report_of(of_article: Sequence[Seen]) -> dict[str, Any]:
    """Sum up the newest versions of an article's publications, in reading order."""
    first = to_wire(max((one.record for one in of_article), key=attrgetter("sequence")))
    counted = Counter(one.record.label or RETRACTED for one in of_article)
    return {
        "desk": first["desk"],
        "article": first["article"],
        "counts": {state: counted[state] for state in (*LABELS, RETRACTED)},
        "updated_at": max(one.changed_at for one in of_article),
        "publications": [
            to_wire(one.record) | {"left_behind_in": one.left_behind_in} for one in of_article
        ],
    }
