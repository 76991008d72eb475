"""A publisher's mirror, killed again and again, while eight people publish, correct and retract.

It must end byte for byte equal to what is published. The mirror is the one of the documentation.
"""

import argparse
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import orjson
from django.db import connection

from annotations.models import Article, Publication, User, Verdict
from annotations.workflow import publishing
from annotations.workflow.publishing import Correction
from bench import newsroom
from bench.addresses import API
from bench.figures import Line, Stopwatch, show
from bench.scratch import Scratch
from bench.wire import HOST, Connection

PROGRAM = Path(__file__).parent.parent / "docs" / "examples" / "mirror.py"
WRITERS, FIRST_WRITER, READER = 8, 11, 3  # numbers of people who manage the desk
PATIENCE = 3_600.0
APPROVE = """
INSERT INTO annotations_verdict (desk_id, article_id, sentence_id, state, label, rationale, annotators,
    has_evidence, comment, approved_by_id, approved_at, version, updated_at)
SELECT 1, article_id, id, 'approved', 'verified', 'Compared with the published table.', 1, false, '', 1,
    now(), 1, now() FROM annotations_sentence
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
    house = newsroom.fresh(chosen.items)
    newsroom.build(house)
    with connection.cursor() as cursor:
        cursor.execute(APPROVE)
        cursor.execute("ANALYZE annotations_verdict")
    port, key = scratch.start_web(), newsroom.key_text(READER)
    mirror = Mirror(port, key, scratch.var / "mirror.sqlite")
    with Stopwatch() as writing:
        _write_and_kill(mirror, chosen.restarts)
    reader = Connection(port, f"Authorization: Api-Key {key}")
    with Stopwatch() as catching_up, mirror.running():
        wanted = _published(reader)
        _wait(lambda: mirror.lines == wanted)
    entries = Publication.objects.count()
    standing = Publication.objects.standing().count()
    return show(
        [
            Line("entries written by 8 people", entries, ""),
            Line("… that stand in the end", standing, ""),
            Line(f"writing, the mirror killed {chosen.restarts} times", writing.seconds, "s"),
            Line("entries", entries / writing.seconds, "/s"),
            Line("until the mirror is equal, byte for byte", catching_up.seconds, "s"),
        ]
    )


def _write_and_kill(mirror: Mirror, restarts: int) -> None:
    """Let eight people work; kill the mirror each time that it and they came a good way further."""
    total = Verdict.objects.count()
    articles = list(Article.objects.order_by("pk"))
    people = User.objects.filter(pk__gte=FIRST_WRITER).order_by("pk")[:WRITERS]
    with ThreadPoolExecutor(WRITERS) as pool:
        work = [
            pool.submit(_write, articles[number::WRITERS], by) for number, by in enumerate(people)
        ]
        for number in range(restarts):
            before = mirror.place
            with mirror.running():
                _wait(lambda before=before: mirror.place != before or _are_done(work))
                _wait(lambda far=number * total // restarts: _out() >= far or _are_done(work))
        for one in work:
            one.result()


def _are_done(work: Sequence[Future[None]]) -> bool:
    return all(one.done() for one in work)


def _out() -> int:
    return Publication.objects.filter(kind=Publication.Kind.ORIGINAL).count()


def _write(articles: Sequence[Article], by: User) -> None:
    """Publish each article, then correct and retract some of it."""
    try:
        for article in articles:
            out = publishing.publish(article=article, by=by, at=newsroom.MADE_AT)
            for number, one in enumerate(out):
                _change(Verdict.objects.get(pk=one.verdict_id), number, by)
    finally:
        connection.close()


def _change(verdict: Verdict, number: int, by: User) -> None:
    if number % 3 == 0:
        publishing.correct(
            verdict=verdict,
            correction=Correction(label="disputed", note="A newer table came out: “4”."),
            by=by,
            at=newsroom.MADE_AT,
            based_on=verdict.version,
        )
        verdict.refresh_from_db()
    if number % 4 == 0:
        publishing.retract(
            verdict=verdict,
            note="The table was wrong.",
            by=by,
            at=newsroom.MADE_AT,
            based_on=verdict.version,
        )


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
        time.sleep(0.1)
