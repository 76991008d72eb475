"""Published records in the formats that publishers read. A format is one row of `EXPORTERS`."""

from annotations.exports.base import Exporter, gzipped, stream
from annotations.exports.csv import CSV
from annotations.exports.jsonl import JSONL
from annotations.exports.records import COLUMNS, Record, record_of, to_wire

__all__ = [
    "COLUMNS",
    "EXPORTERS",
    "Exporter",
    "Record",
    "gzipped",
    "record_of",
    "stream",
    "to_wire",
]

EXPORTERS = {"jsonl": JSONL, "csv": CSV}
