"""Event streams over the real server: who hears what, when they end, and what they leave behind."""

import os
import signal
import socket
import subprocess
import threading
import time
from contextlib import contextmanager

import httpx
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from redis import Redis

from annotations.models import ExtractionRun
from annotations.workflow import extraction_runs, news
from factcheck.local import web_command
from tests.conftest import _test_database_url, own_port, wait_until
from tests.editor.test_news import messages
from tests.factories import ArticleFactory, UserFactory, annotated

ROOM = 20  # more than the pool of database connections holds
ENVIRONMENT = {
    "DATABASE_POOL": "true",
    "LIVE_STREAMS": str(ROOM),
    "LIVE_HEARTBEAT_SECONDS": "1",
    "DJANGO_SETTINGS_MODULE": "tests.settings",
}


class Listener:
    """What a browser's EventSource does, without coming back by itself."""

    def __init__(self, address, user, **headers):
        self.text, self.status, self.has_ended = "", None, False
        cookies = {"factcheck_session": session_of(user)}
        self._client = httpx.Client(cookies=cookies, headers=headers, timeout=30)
        self._thread = threading.Thread(target=self._listen, args=(address,), daemon=True)
        self._thread.start()
        wait_until(lambda: self.status is not None)

    def heard(self, kind):
        return messages(self.text).get(kind)

    def close(self):
        self._response.close()
        self._thread.join(10)

    def _listen(self, address):
        try:
            with self._client, self._client.stream("GET", address) as self._response:
                self.headers = self._response.headers
                self.status = self._response.status_code
                for line in self._response.iter_lines():
                    self.text += line + "\n"
        except (httpx.HTTPError, httpx.StreamError, OSError):
            pass
        self.has_ended = True


def session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies["factcheck_session"].value


@contextmanager
def web(**more):
    """Serve the test database as the newsroom is served, from one process."""
    port = own_port()
    command = web_command(port)
    command[command.index("--workers") + 1] = "1"  # so that its room can be counted
    environment = os.environ | ENVIRONMENT | {"DATABASE_URL": _test_database_url()} | more
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until(lambda: _answers(f"{address}/api/v1/health/live/"))
            yield process, address
        finally:
            process.terminate()
            process.wait(30)


def _answers(address):
    try:
        return httpx.get(address).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def running(django_db_setup):
    with web() as (_, address):
        yield address


@pytest.fixture
def server(transactional_db, empty_redis, running):
    return running


@pytest.fixture
def colleague(desk):
    return UserFactory(on=desk, display_name="Sacha Model")


@pytest.fixture
def article(desk):
    return ArticleFactory(desk=desk)


@pytest.fixture
def listening(server, article):
    """Open pages: `listening(user, page=…)`; those `opened` are closed in the end."""
    opened = []

    def listen(user, *, page="mine", since=0, **headers):
        query = f"?page={page}&since={since}"
        opened.append(Listener(f"{server}/articles/{article.pk}/news/{query}", user, **headers))
        return opened[-1]

    listen.opened = opened
    yield listen
    for one in opened:
        one.close()
    wait_until(lambda: subscriptions() == 0)


def subscriptions():
    with Redis.from_url(settings.REDIS_URL) as redis:
        return dict(redis.pubsub_numsub(news.CHANNEL))[news.CHANNEL.encode()]


class TestStream:
    def test_brings_a_colleagues_label(self, listening, annotator, colleague, article):
        page = listening(annotator)
        wait_until(lambda: page.heard("back") is not None)

        annotated(article.sentences.first(), by=colleague, label="disputed")

        wait_until(lambda: page.heard("sentences"))
        (one,) = page.heard("sentences")["sentences"]
        assert 'data-mark="disputed"' in one["html"]

    def test_catches_up_on_what_happened_before(self, listening, annotator, colleague, article):
        annotated(article.sentences.first(), by=colleague)

        page = listening(annotator)

        wait_until(lambda: page.heard("sentences"))

    def test_does_not_bring_back_what_the_page_itself_asked_for(
        self, listening, server, annotator, colleague, article
    ):
        mine, other_tab = listening(annotator, page="mine"), listening(annotator, page="other")
        wait_until(lambda: mine.heard("back") and other_tab.heard("back"))
        first, second, _ = article.sentences.all()

        with news.sent_by("mine"):
            annotated(first, by=annotator)
        wait_until(lambda: other_tab.heard("sentences"))
        annotated(second, by=colleague)
        wait_until(lambda: mine.heard("sentences"))

        assert [one["id"] for one in mine.heard("sentences")["sentences"]] == [second.pk]

    def test_brings_the_progress_of_an_extraction(self, listening, annotator, article):
        page = listening(annotator)
        wait_until(lambda: page.heard("back"))
        run = ExtractionRun.objects.select_related("revision__article").get()
        run.sentences_total = 9

        news.progressed(run, done=4)

        wait_until(lambda: page.heard("progress"))
        assert "4 of 9 sentences read" in page.heard("progress")["html"]

    def test_tells_that_an_extraction_was_asked_for(
        self, listening, annotator, colleague, article, now
    ):
        page = listening(annotator)
        wait_until(lambda: page.heard("back"))

        extraction_runs.request(article=article, by=colleague, at=now)

        wait_until(lambda: page.heard("extraction") is not None)

    def test_says_who_comes_and_goes(self, listening, annotator, colleague):
        mine = listening(annotator)
        wait_until(lambda: mine.heard("people"))

        theirs = listening(colleague, page="theirs")
        wait_until(lambda: "Sacha Model" in mine.heard("people")["html"])
        theirs.close()

        wait_until(lambda: "Sacha Model" not in mine.heard("people")["html"])


class TestCleaningUp:
    def test_leaves_no_subscription_behind(self, listening, annotator):
        pages = [listening(annotator, page=f"p{number}") for number in range(5)]
        wait_until(lambda: all(page.heard("back") for page in pages))
        assert subscriptions() == 1

        for page in pages:
            page.close()

        wait_until(lambda: subscriptions() == 0)

    def test_holds_no_database_connection_while_it_waits(self, listening, server, annotator):
        pages = [listening(annotator, page=f"p{number}") for number in range(ROOM)]
        wait_until(lambda: all(page.heard("back") for page in pages))

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
            )
            assert cursor.fetchone() == (0,)
        assert httpx.get(f"{server}/api/v1/health/ready/").status_code == 200

    def test_refuses_more_pages_than_it_has_room_for(self, listening, annotator):
        pages = [listening(annotator, page=f"p{number}") for number in range(ROOM)]

        refused = listening(annotator, page="one-more")

        assert (refused.status, refused.headers["Retry-After"]) == (503, "60")
        pages[0].close()
        wait_until(lambda: listening(annotator, page="again").status == 200)

    def test_gives_places_back_that_were_left_at_once(self, server, listening, annotator, article):
        port = httpx.URL(server).port
        session = session_of(annotator)
        head = f"Host: 127.0.0.1\r\nCookie: factcheck_session={session}\r\n\r\n"
        for _ in range(2 * ROOM):
            with socket.create_connection(("127.0.0.1", port)) as asking:
                asking.sendall(f"GET /articles/{article.pk}/news/ HTTP/1.1\r\n{head}".encode())

        wait_until(lambda: listening(annotator, page="later").status == 200)
        for page in list(listening.opened):
            page.close()
        wait_until(lambda: subscriptions() == 0)


class TestEnd:
    def test_of_the_server_ends_the_streams_at_once(
        self, transactional_db, empty_redis, annotator, article
    ):
        with web() as (process, address):
            page = Listener(f"{address}/articles/{article.pk}/news/?page=mine", annotator)
            wait_until(lambda: page.heard("back"))
            asked = time.monotonic()

            process.send_signal(signal.SIGTERM)
            process.wait(15)

            assert page.has_ended
            assert time.monotonic() - asked < 10
        wait_until(lambda: subscriptions() == 0)

    def test_comes_after_a_while_so_that_the_browser_comes_again(
        self, transactional_db, empty_redis, annotator, article
    ):
        with web(LIVE_SECONDS="1") as (_, address):
            page = Listener(f"{address}/articles/{article.pk}/news/?page=mine", annotator)

            wait_until(lambda: page.has_ended)

            assert page.text.startswith("retry: 1000\n")


class TestRedis:
    def test_that_goes_away_is_said_and_caught_up_later(
        self, listening, annotator, colleague, article, services
    ):
        page = listening(annotator)
        wait_until(lambda: page.heard("back"))
        services.redis.kill()
        try:
            wait_until(lambda: page.heard("away") is not None)
            annotated(article.sentences.first(), by=colleague)
            wait_until(lambda: page.heard("sentences"))
        finally:
            services.redis.start()

        wait_until(lambda: page.text.count("event: back") == 2)
