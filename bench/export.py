"""Downloading everything published: how fast, from which moment on, and at what cost in memory.

Beside it what a publisher asks for between downloads: a page of a list, near and far, and the log
when nothing is new.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from time import perf_counter

import psutil

from annotations.exports import EXPORTERS
from annotations.models import Desk
from bench import newsroom
from bench.addresses import API, EDITOR
from bench.figures import Line, show
from bench.near_and_far import near_and_far
from bench.scratch import Scratch, cpu_seconds, resident_bytes
from bench.wire import Connection

SIZES = (6_000, 10_000, 30_000, 100_000, 1_000_000)
FIRST_BYTE_AT_MOST, FIRST_OF_A_MILLION, GROWTH_AT_MOST, LINES_AT_LEAST = 50, 100, 20, 30_000
WHOLE_AT_MOST = {6_000: 200.0, 30_000: 1_000.0}
PEERS = {6_000: "dc 1,300-1,600, LS 7,000", 30_000: "dc 5,900, LS 40,000"}
PEERS_GROWTH = {30_000: "dc 800, LS 300-400"}
SAMPLE_EVERY = 0.01
TICK = 0.01  # seconds: shorter is no processor time that the system tells of
FAST = ("jsonl", "csv")
CHECKED = re.compile(rb'"(?:written|left out)","(?:schema:)?value":(\d+)')


@dataclass(slots=True)
class Peak:
    growth: int = 0


@dataclass(slots=True)
class Download:
    """What one download took: seconds to the first piece and to the last, and of the processor."""

    first: float
    whole: float
    processor: float
    publications: int


def main(scratch: Scratch, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="export")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="publications")
    parser.add_argument("--formats", nargs="+", default=list(EXPORTERS), choices=list(EXPORTERS))
    chosen = parser.parse_args(options)
    port = scratch.start_web()
    reached = [_measure(scratch, port, size, chosen.formats) for size in chosen.sizes]
    return all(reached)


def _measure(scratch: Scratch, port: int, size: int, formats: Sequence[str]) -> bool:
    house = newsroom.published(size)
    newsroom.build(house)
    Desk.objects.update(
        check_url="https://journal.example/{id}",
        site_url="https://journal.example/",
        reviews_without_rating=True,
    )
    reader = Connection(port, f"Cookie: {newsroom.session_cookie(EDITOR)}")
    reader.ask("GET", f"{API}/exports/?format=csv&article=1")  # what is loaded once does not count
    lines = [line for name in formats for line in _lines_of(scratch, reader, name, house.sentences)]
    return show(lines + near_and_far(reader, house.sentences))


def _lines_of(scratch: Scratch, reader: Connection, name: str, size: int) -> list[Line]:
    web = scratch.trees("web")
    with _peak_of(web) as peak:
        done = _download(reader, name, web)
    if done.publications != size:
        raise AssertionError(f"{done.publications} publications instead of {size}")
    what = f"{size:,} publications, {name}"
    first_at_most = FIRST_BYTE_AT_MOST if size < 1_000_000 else FIRST_OF_A_MILLION
    peers = PEERS.get(size, "")
    lines_at_least = LINES_AT_LEAST if name in FAST else None
    whole_at_most = WHOLE_AT_MOST.get(size) if name in FAST else None
    growth = peak.growth / 1e6
    return [
        Line(f"{what}: first byte", done.first * 1000, "ms", first_at_most, peers=peers),
        Line(f"{what}: whole", done.whole * 1000, "ms", whole_at_most, peers=peers),
        Line(f"{what}: lines", size / done.whole, "/s", at_least=lines_at_least),
        Line(
            f"{what}: lines, of the web server's processor", size / max(done.processor, TICK), "/s"
        ),
        Line(
            f"{what}: memory growth", growth, "MB", GROWTH_AT_MOST, peers=PEERS_GROWTH.get(size, "")
        ),
    ]


def _download(reader: Connection, name: str, web: Sequence[psutil.Process]) -> Download:
    before, started = cpu_seconds(web), perf_counter()
    status, pieces = reader.begin("GET", f"{API}/exports/?format={name}")
    last = next(pieces)
    first = perf_counter() - started
    count = last.count(b"\n")
    for piece in pieces:
        count += piece.count(b"\n")
        last = (last + piece)[-2_000:]
    whole = perf_counter() - started
    if status != 200:
        raise AssertionError(f"{status}: {last!r}")
    found = sum(map(int, CHECKED.findall(last))) if name not in FAST else count - (name == "csv")
    return Download(first, whole, cpu_seconds(web) - before, found)


@contextmanager
def _peak_of(processes: Sequence[psutil.Process]) -> Iterator[Peak]:
    """Watch how far the memory of processes grows while the block runs."""
    peak, over, before = Peak(), Event(), resident_bytes(processes)

    def watch() -> None:
        while not over.wait(SAMPLE_EVERY):
            peak.growth = max(peak.growth, resident_bytes(processes) - before)

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()
