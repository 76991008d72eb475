"""A publisher's mirror, killed again and again, while eight people publish, correct and retract."""

import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.conf import settings as project
from django.db import connection
from django.utils import timezone

from annotations.models import Publication, Sentence, Verdict
from annotations.workflow import api_keys, publishing
from tests.conftest import NODE, wait_until
from tests.factories import AT, ArticleFactory, UserFactory

WRITERS, ARTICLES, SENTENCES = 8, 3, 20  # and every third is corrected, every fourth retracted
KILLED = 10
A_DATE = "Wed, 12 Mar 2025 09:00:00 GMT"
ENTRY = b'{"id": 7, "sequence": 1, "kind": "original"}'


def ready(desk, *, approved_by):
    """An article of which every sentence is approved."""
    article = ArticleFactory(desk=desk, sentences=1)
    first = article.sentences.get()
    sentences = Sentence.objects.bulk_create(
        Sentence(
            article=article,
            revision=first.revision,
            index=n,
            start=1000 * n,
            end=1000 * n + len(f"« {n} 🙂 »"),
            exact=f"« {n} 🙂 »",
        )
        for n in range(1, SENTENCES + 1)
    )
    Verdict.objects.bulk_create(
        Verdict(
            desk=desk,
            article=article,
            sentence=sentence,
            state="approved",
            label="verified",
            annotators=1,
            version=1,
            updated_at=AT,
            approved_by=approved_by,
            approved_at=AT,
        )
        for sentence in sentences
    )
    return article


def write(articles, by):
    """Publish each article, then correct and retract some of it."""
    try:
        for article in articles:
            for number, one in enumerate(publishing.publish(article=article, by=by, at=AT)):
                change(one, number, by)
    finally:
        connection.close()


def change(publication, number, by):
    verdict = Verdict.objects.get(pk=publication.verdict_id)
    if number % 3 == 0:
        publishing.correct(
            verdict=verdict,
            correction=publishing.Correction(label="disputed", note="Corrigé : « 4 »."),
            by=by,
            at=AT,
            based_on=verdict.version,
        )
        verdict.refresh_from_db()
    if number % 4 == 0:
        publishing.retract(verdict=verdict, note="Faux.", by=by, at=AT, based_on=verdict.version)


class Mirror:
    """A program of the examples, and how its copy is read."""

    def __init__(self, host, key, file):
        program = project.BASE_DIR / "docs" / "examples" / self.PROGRAM
        self._command = [self.INTERPRETER, str(program), host, key, str(file)]
        self._file = file

    def __enter__(self):
        self.process = subprocess.Popen(self._command)
        return self

    def __exit__(self, *_failure):
        self.process.kill()
        self.process.wait()


class InPython(Mirror):
    INTERPRETER, PROGRAM = sys.executable, "mirror.py"

    @property
    def lines(self):
        """What the copy holds, the newest first."""
        found = self._ask("SELECT line FROM item ORDER BY sequence DESC")
        return [line for (line,) in found]

    @property
    def place(self):
        return self._ask("SELECT cursor FROM place")

    def _ask(self, question):
        try:
            with sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=20) as copy:
                return copy.execute(question).fetchall()
        except sqlite3.OperationalError:  # not made yet
            return []


class InJavaScript(Mirror):
    INTERPRETER, PROGRAM = str(NODE), "mirror.js"

    @property
    def lines(self):
        """What the copy holds: every start writes down anew what is left."""
        items = {}
        for page in self._pages:
            for item in page["results"]:
                items.pop(item["id"], None)
                if item["kind"] != "retraction":
                    items[item["id"]] = item
        newest_first = sorted(items.values(), key=lambda item: -item["sequence"])
        return [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in newest_first]

    @property
    def place(self):
        return [page["next_cursor"] for page in self._pages[-1:]]

    @property
    def _pages(self):
        text = self._file.read_text() if self._file.exists() else ""
        return [json.loads(line) for line in text.split("\n")[:-1]]


def published_lines(client):
    """What `/publications/` shows, page by page, as it comes over the wire."""
    lines, url = [], "/api/v1/publications/?page_size=500"
    while url:
        answer = client.get(url)
        content = answer.content
        lines.append(content[content.index(b"[") + 1 : content.rindex(b"]")])
        url = answer.json()["next"]
    return b",".join(lines)


@pytest.fixture
def host(live_server, settings, empty_redis):
    settings.API_REQUESTS_A_MINUTE = 0
    return live_server.url


@pytest.fixture(params=[InPython, InJavaScript], ids=["python", "javascript"])
def program(request):
    return request.param


class Moody(BaseHTTPRequestHandler):
    """Answers with half a page, then with 429, then with a page, then that the key is revoked."""

    def do_GET(self):
        page = b'{"results": [%s], "next_cursor": "there"}' % ENTRY
        status, sent = self.server.moods.pop(0)
        self.server.asked.append(self.path)
        self.send_response(status)
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Retry-After", A_DATE if status == 503 else "0")
        self.end_headers()
        self.wfile.write(page[:sent])

    def log_message(self, *args):
        pass


@contextmanager
def moody():
    with HTTPServer(("127.0.0.1", 0), Moody) as server:
        server.moods, server.asked = [(200, 20), (429, 0), (503, 0), (200, None), (401, None)], []
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class TestPatience:
    def test_outlives_what_passes_and_ends_with_what_does_not(self, tmp_path, program):
        with moody() as server:
            host = f"http://127.0.0.1:{server.server_port}"
            mirror = program(host, "key", tmp_path / "copy")
            with mirror:
                code = mirror.process.wait(timeout=60)

        first = "/api/v1/changes/?wait=25"
        assert server.asked == [*[first] * 4, f"{first}&cursor=there"]
        assert code == 1
        assert json.loads(mirror.lines[0])["id"] == 7


class TestMirror:
    def test_ends_equal_to_what_is_published(self, host, desk, manager, client, tmp_path, program):
        people = [UserFactory(on=desk, role="reviewer") for _ in range(WRITERS)]
        work = [[ready(desk, approved_by=by) for _ in range(ARTICLES)] for by in people]
        key = api_keys.issue(
            desk=desk, name="Miroir", scopes=["read:published"], by=manager, at=timezone.now()
        ).text
        mirror = program(host, key, tmp_path / "copy")

        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [
                pool.submit(write, articles, by) for articles, by in zip(work, people, strict=True)
            ]
            for _time in range(KILLED):
                before = mirror.place
                with mirror:
                    wait_until(
                        lambda before=before: (
                            mirror.place != before or all(one.done() for one in writing)
                        )
                    )
            for one in writing:
                one.result(timeout=300)
        last = Publication.objects.latest("sequence")
        with mirror:
            client.force_login(manager)
            wanted = published_lines(client)
            wait_until(lambda: ",".join(mirror.lines).encode() == wanted)

        assert last.sequence == Publication.objects.count() > WRITERS * ARTICLES * SENTENCES
        assert len(mirror.lines) == Publication.objects.standing().count()
