import zlib
from itertools import islice

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from annotations.exports import CODINGS, EXPORTERS, compressed, stream
from annotations.exports.base import BATCH, FIRST, PULSE
from annotations.exports.selectors import quote_context
from tests.exports.strategies import records


class TestStream:
    @given(records)
    def test_reads_no_further_than_it_writes(self, record):
        read = []

        def source():
            for number in range(BATCH * 3):
                read.append(number)
                yield record

        pieces = stream(EXPORTERS["jsonl"], source())
        sizes = [len(read) for _piece in pieces]

        assert sizes == [FIRST, FIRST + BATCH, FIRST + 2 * BATCH, 3 * BATCH]


DECODERS = {
    "gzip": lambda: zlib.decompressobj(16 + zlib.MAX_WBITS),
    "zstd": lambda: zstandard.ZstdDecompressor().decompressobj(),
}


@pytest.mark.parametrize("coding", CODINGS)
class TestCompressed:
    @given(pieces=st.lists(st.binary(max_size=200), min_size=1))
    def test_gives_back_what_it_was_given(self, coding, pieces):
        squeezed = b"".join(compressed(pieces, coding))

        assert DECODERS[coding]().decompress(squeezed) == b"".join(pieces)

    def test_lets_the_first_piece_be_read_at_once(self, coding):
        first = next(compressed([b"first line\n", b"second line\n"], coding))

        assert DECODERS[coding]().decompress(first) == b"first line\n"

    def test_lets_a_sign_of_life_through_at_once(self, coding):
        read = DECODERS[coding]()

        told = [read.decompress(piece) for piece in compressed([b"first", PULSE, PULSE], coding)]

        assert told[:3] == [b"first", PULSE, PULSE]

    def test_asks_for_pieces_one_by_one(self, coding):
        taken = []

        list(islice(compressed((taken.append(n) or b"x" for n in range(9)), coding), 1))

        assert taken == [0]


class TestQuoteContext:
    @given(st.text(min_size=1), st.data())
    def test_surrounds_the_span(self, text, data):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))

        prefix, suffix = quote_context(text, start, end)

        assert text[:start].endswith(prefix)
        assert text[end:].startswith(suffix)
        assert text.find(prefix + text[start:end] + suffix) == start - len(prefix)
