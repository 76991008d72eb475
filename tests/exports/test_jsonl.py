import json
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from annotations.exports import EXPORTERS, to_wire
from annotations.exports.base import stream
from tests.exports.strategies import records


def read(data):
    return [json.loads(line) for line in data.decode().split("\n")[:-1]]


def plain(value):
    """What is left of a wire form after JSON: times are text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value


class TestEncode:
    @given(st.lists(records, max_size=4))
    def test_gives_back_what_it_was_given(self, some):
        data = EXPORTERS["jsonl"].encode(some)

        assert read(data) == [plain(to_wire(record)) for record in some]

    @given(records)
    def test_keeps_one_publication_on_one_line(self, record):
        assert EXPORTERS["jsonl"].encode([record]).count(b"\n") == 1


class TestTrailer:
    @given(st.lists(records, max_size=4))
    def test_closes_with_the_count_when_asked(self, some):
        data = b"".join(stream(EXPORTERS["jsonl"], some, trailer=True))

        assert read(data)[-1] == {"count": len(some)}

    @given(st.lists(records, max_size=4))
    def test_is_left_out_by_default(self, some):
        data = b"".join(stream(EXPORTERS["jsonl"], some))

        assert len(read(data)) == len(some)
