"""What an export format is, and how any of them is written piece by piece."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import zstandard

from annotations.exports.records import Record

BATCH, FIRST = 500, 50  # records a piece, and in the first one: it is waited for
PULSE = b" "  # says that the work goes on where much is left out: else proxies would lose patience
_GZIP = 16 + zlib.MAX_WBITS


class Coding(NamedTuple):
    """A way to compress a stream, and how to let out what is inside so far."""

    start: Callable[[], Any]
    flush: int


CODINGS = {  # as HTTP names them, the better first
    "zstd": Coding(
        lambda: zstandard.ZstdCompressor(level=3).compressobj(),
        zstandard.COMPRESSOBJ_FLUSH_BLOCK,
    ),
    "gzip": Coding(lambda: zlib.compressobj(level=3, wbits=_GZIP), zlib.Z_SYNC_FLUSH),
}


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: how records become bytes, and what stands before and after them."""

    media_type: str
    suffix: str
    encode: Callable[[Iterable[Record]], bytes]
    head: bytes = b""
    trailer: Callable[[int], bytes] | None = None


def stream(
    exporter: Exporter, records: Iterable[Record], *, trailer: bool = False, bom: bool = False
) -> Iterator[bytes]:
    """Write records in pieces of bounded size, so that memory does not grow with the export."""
    head = b"\xef\xbb\xbf" * bom + exporter.head
    if head:
        yield head
    count = 0
    remaining = iter(records)
    while batch := list(islice(remaining, BATCH if count else FIRST)):
        count += len(batch)
        yield exporter.encode(batch)
    if trailer and exporter.trailer:
        yield exporter.trailer(count)


def compressed(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Compress on the way; the first piece leaves at once so that readers see it start."""
    start, flush = CODINGS[coding]
    squeeze = start()
    for number, piece in enumerate(pieces):
        squeezed = squeeze.compress(piece)
        if number == 0 or piece == PULSE:
            squeezed += squeeze.flush(flush)
        if squeezed:
            yield squeezed
    yield squeeze.flush()
