"""A publisher's mirror, killed again and again, while eight people publish, correct and retract.

It must end byte for byte equal to what is published. The mirror is the one of the documentation.
"""

import argparse
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import orjson
from django.db import connection

from annotations.models import Publication, Verdict
from bench import newsroom, writers
from bench.addresses import API
from bench.figures import Line, Stopwatch, show
from bench.relay import relayed
from bench.scratch import Scratch
from bench.wire import HOST, Connection

PROGRAM = Path(__file__).parent.parent / "docs" / "examples" / "mirror.py"
READER = 3  # the number of somebody who manages the desk
PATIENCE = 3_600.0
APPROVE = """
INSERT INTO annotations_verdict (desk_id, article_id, sentence_id, state, label, rationale,
    annotators, has_evidence, comment, approved_by_id, approved_at, version, updated_at)
SELECT 1, article_id, id, 'approved', 'verified', 'Compared with the published table.',
    1, false, '', 1, now(), 1, now() FROM annotations_sentence
"""


class Mirror:
    """The program, and what its copy holds."""

    def __init__(self, port: int, key: str, file: Path) -> None:
        self._command = [sys.executable, str(PROGRAM), f"http://{HOST}:{port}", key, str(file)]
        self._file = file

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run it until the block ends, and kill it then."""
        process = subprocess.Popen(self._command)
        try:
            yield
        finally:
            process.kill()
            process.wait()

    @property
    def place(self) -> str:
        return "".join(self._ask("SELECT cursor FROM place"))

    @property
    def lines(self) -> bytes:
        return ",".join(self._ask("SELECT line FROM item ORDER BY sequence DESC")).encode()

    def _ask(self, question: str) -> list[str]:
        try:
            with sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=60) as copy:
                return [row[0] for row in copy.execute(question)]
        except sqlite3.OperationalError:  # not made yet
            return []


def main(scratch: Scratch, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="mirror")
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--restarts", type=int, default=10)
    chosen = parser.parse_args(options)
    _prepare(scratch.var / "mirror.items", chosen.items)
    port, key = scratch.start_web(), newsroom.key_text(READER)
    before = Publication.objects.count()
    reader = Connection(port, f"Authorization: Api-Key {key}")
    with relayed(port) as relay:
        mirror = Mirror(relay.port, key, scratch.var / "mirror.sqlite")
        with Stopwatch() as writing:
            killed = _write_and_kill(mirror, chosen.restarts)
        with Stopwatch() as catching_up, mirror.running():
            wanted = _published(reader)
            _wait(lambda: mirror.lines == wanted)
    entries = Publication.objects.count()
    return show(
        [
            Line("entries written by 8 people", entries, ""),
            Line("… that stand in the end", Publication.objects.standing().count(), ""),
            Line(f"writing, the mirror killed {killed} times", writing.seconds, "s"),
            Line("entries", (entries - before) / writing.seconds, "/s"),
            Line("until the mirror is equal, byte for byte", catching_up.seconds, "s"),
            Line("requests of the mirror", relay.requests, ""),
            Line("… bytes that it was sent, with headers", relay.bytes, ""),
            Line("… bytes that it holds", len(wanted), ""),
        ]
    )


def _prepare(note: Path, items: int) -> None:
    """Make a newsroom of which all is approved, unless an interrupted run left one of this size."""
    if note.exists() and note.read_text() == str(items):
        print(f"going on behind {Publication.objects.count():,} entries", flush=True)
        return
    newsroom.build(newsroom.fresh(items))
    with connection.cursor() as cursor:
        cursor.execute(APPROVE)
        cursor.execute("ANALYZE annotations_verdict")
    note.write_text(str(items))


def _write_and_kill(mirror: Mirror, restarts: int) -> int:
    """Let eight people work; kill the mirror each time that it and they came a good way further.

    An interrupted run goes on where it was; returns how often this one killed it.
    """
    total, ways = Verdict.objects.count(), range(1, restarts + 1)
    ahead = [far for way in ways if (far := way * total // restarts) > writers.published()]
    with Stopwatch() as watch, writers.at_work() as work:
        for far in ahead:
            before = mirror.place
            with mirror.running():
                _wait(lambda before=before: mirror.place != before or writers.are_done(work))
                _wait(lambda far=far: writers.published() >= far or writers.are_done(work))
            print(f"{far:,} of {total:,} published after {watch.so_far:.0f} s", flush=True)
        _wait(lambda: writers.are_done(work))
    return len(ahead)


def _published(reader: Connection) -> bytes:
    """Return what the list of publications shows, page by page, as it comes over the wire."""
    lines, path = [], f"{API}/publications/?page_size=500"
    while path:
        body = reader.ask("GET", path).body
        lines.append(body[body.index(b"[") + 1 : body.rindex(b"]")])
        parts = urlsplit(orjson.loads(body)["next"] or "")
        path = f"{parts.path}?{parts.query}" if parts.path else ""
    return b",".join(one for one in lines if one)


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.25)
