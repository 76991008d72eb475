"""Downloading everything published: how fast, from which moment on, and at what cost in memory."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from time import perf_counter

import psutil

from bench import newsroom
from bench.addresses import API, EDITOR
from bench.figures import Line, show
from bench.scratch import Scratch, resident_bytes
from bench.wire import Connection

SIZES = (6_000, 10_000, 30_000, 100_000)
FORMATS = ("jsonl", "csv")
FIRST_BYTE_AT_MOST, GROWTH_AT_MOST, LINES_AT_LEAST = 50, 20, 30_000
WHOLE_AT_MOST = {6_000: 200.0, 30_000: 1_000.0}
PEERS = {6_000: "dc 1,300-1,600, LS 7,000", 30_000: "dc 5,900, LS 40,000"}
PEERS_GROWTH = {30_000: "dc 800, LS 300-400"}
SAMPLE_EVERY = 0.01


@dataclass(slots=True)
class Peak:
    growth: int = 0


def main(scratch: Scratch, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="export")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="publications")
    sizes = parser.parse_args(options).sizes
    port = scratch.start_web()
    lines = [line for size in sizes for line in _measured(scratch, port, size)]
    return show(lines)


def _measured(scratch: Scratch, port: int, size: int) -> list[Line]:
    house = newsroom.published(size)
    newsroom.build(house)
    reader = Connection(port, f"Cookie: {newsroom.session_cookie(EDITOR)}")
    reader.ask("GET", f"{API}/exports/?format=csv&article=1")  # what is loaded once does not count
    return [line for name in FORMATS for line in _lines_of(scratch, reader, name, house.sentences)]


def _lines_of(scratch: Scratch, reader: Connection, name: str, size: int) -> list[Line]:
    with _peak_of(scratch.trees("web")) as peak:
        started = perf_counter()
        status, pieces = reader.begin("GET", f"{API}/exports/?format={name}")
        count = next(pieces).count(b"\n")
        first = perf_counter() - started
        count += sum(piece.count(b"\n") for piece in pieces)
        whole = perf_counter() - started
    if status != 200 or count - (name == "csv") != size:
        raise AssertionError(f"{status}: {count} lines instead of {size}")
    what = f"{size:,} publications, {name}"
    return [
        Line(
            f"{what}: first byte", first * 1000, "ms", FIRST_BYTE_AT_MOST, peers=PEERS.get(size, "")
        ),
        Line(
            f"{what}: whole", whole * 1000, "ms", WHOLE_AT_MOST.get(size), peers=PEERS.get(size, "")
        ),
        Line(f"{what}: lines", count / whole, "/s", at_least=LINES_AT_LEAST),
        Line(
            f"{what}: memory growth",
            peak.growth / 1e6,
            "MB",
            GROWTH_AT_MOST,
            peers=PEERS_GROWTH.get(size, ""),
        ),
    ]


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
