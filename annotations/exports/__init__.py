"""Published records in the formats that publishers read. A format is one row of `EXPORTERS`."""

from annotations.exports.base import CODINGS, Exporter, compressed, stream
from annotations.exports.claimreview import CLAIM_REVIEW
from annotations.exports.csv import CSV
from annotations.exports.datafeed import DATA_FEED
from annotations.exports.documents import Document, Setting, Snapshot, Tally, tallied, written
from annotations.exports.jsonl import JSONL
from annotations.exports.publishers import Publisher, base_of, publisher_of
from annotations.exports.records import COLUMNS, Record, record_of, to_wire
from annotations.exports.selections import (
    counted,
    log_behind,
    reading,
    records_of,
    selected,
    standing_behind,
)
from annotations.exports.texts import Texts
from annotations.exports.webannotation import WEB_ANNOTATION

__all__ = [
    "CODINGS",
    "COLUMNS",
    "DOCUMENTS",
    "EXPORTERS",
    "Document",
    "Exporter",
    "Publisher",
    "Record",
    "Setting",
    "Snapshot",
    "Tally",
    "Texts",
    "base_of",
    "compressed",
    "counted",
    "log_behind",
    "publisher_of",
    "reading",
    "record_of",
    "records_of",
    "selected",
    "standing_behind",
    "stream",
    "tallied",
    "to_wire",
    "written",
]

DOCUMENTS = {
    "webannotation": WEB_ANNOTATION,
    "claimreview": CLAIM_REVIEW,
    "datafeed": DATA_FEED,
}
EXPORTERS: dict[str, Exporter | Document] = {"jsonl": JSONL, "csv": CSV, **DOCUMENTS}
