import csv
import json
import re
from datetime import datetime
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from annotations.exports import EXPORTERS, stream
from annotations.exports.csv import HEADER, safe
from tests.exports.strategies import records, words

TEXTS = [
    name
    for name in HEADER
    if name
    not in {"evidence", "rating", "rating_best", "id", "sequence", "version", "start", "end"}
    and not name.endswith(("_at", "_id", "_number"))
    and name != "annotators"
]


def read(data):
    return list(csv.DictReader(StringIO(data.decode(), newline="")))


def unsafe(cell):
    return cell[1:] if re.match(r"'+[=+\-@\t\r]", cell) else cell


def csv_of(some, **options):
    return b"".join(stream(EXPORTERS["csv"], some, **options))


class TestEncode:
    @given(st.lists(records, max_size=4))
    def test_gives_back_every_text(self, some):
        rows = read(csv_of(some))

        assert [[unsafe(row[name]) for name in TEXTS] for row in rows] == [
            [getattr(record, name) for name in TEXTS] for record in some
        ]

    @given(records)
    def test_gives_back_evidence_and_times(self, record):
        [row] = read(csv_of([record]))

        assert json.loads(row["evidence"]) == record.evidence
        assert datetime.fromisoformat(row["published_at"]) == record.published_at
        assert (row["rating"] or None) == (None if record.rating is None else str(record.rating))

    @given(records)
    def test_holds_no_cell_that_a_spreadsheet_would_run(self, record):
        [row] = read(csv_of([record]))

        assert not [
            cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        ]

    @given(records)
    def test_says_times_in_utc(self, record):
        [row] = read(csv_of([record]))

        assert row["published_at"].endswith("Z")

    @given(st.lists(records, max_size=4))
    def test_quotes_as_the_csv_module_does(self, some):
        data = csv_of(some)

        again = StringIO(newline="")
        csv.writer(again).writerows(csv.reader(StringIO(data.decode(), newline="")))
        assert again.getvalue().encode() == data

    def test_begins_with_a_mark_of_byte_order_when_asked(self):
        assert csv_of([], bom=True).startswith(b"\xef\xbb\xbfid,")
        assert csv_of([]).startswith(b"id,")


class TestSafe:
    @given(words)
    def test_can_be_undone(self, text):
        assert unsafe(safe(text)) == text
