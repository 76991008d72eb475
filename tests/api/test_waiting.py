"""Long polls of the log: answered at once when something is new, without the database meanwhile."""

import time
from threading import BoundedSemaphore, Thread

import pytest
from django.db import connection

from annotations.api import waiting
from annotations.models import Publication
from annotations.workflow import hints, publishing
from tests.api.test_publications import retract
from tests.conftest import wait_until
from tests.factories import AT, ArticleFactory, approved, published

LISTENERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"


@pytest.fixture
def sentences(desk):
    return list(ArticleFactory(desk=desk, sentences=3).sentences.order_by("start"))


@pytest.fixture
def caller(as_key, empty_redis):
    return as_key("read:published")


@pytest.fixture
def without_redis(services):
    services.redis.stop()
    yield
    services.redis.start()
    hints._silent_until["redis"] = 0.0


class Poll:
    """A long poll in a thread of its own, as the web server has them."""

    def __init__(self, caller, cursor, *, seconds=25):
        self.answer = None
        self._path = f"/changes/?cursor={cursor}&wait={seconds}"
        self._caller = caller
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self):
        try:
            self.answer = self._caller.get(self._path)
        finally:
            connection.close()

    def result(self):
        self._thread.join(timeout=40)
        return self.answer


def listeners(redis):
    return sum(count for _name, count in redis.pubsub_numsub(*redis.pubsub_channels("*log*")))


def connections():
    with connection.cursor() as cursor:
        cursor.execute(LISTENERS)
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
class TestWaiting:
    def test_ends_with_the_first_news(self, caller, sentences, annotator, reviewer):
        approved(sentences[0], annotator=annotator, reviewer=reviewer)
        cursor = caller.get("/changes/").json()["next_cursor"]
        start = time.monotonic()
        poll = Poll(caller, cursor)
        wait_until(lambda: hints.ask(listeners))

        publishing.publish(article=sentences[0].article, by=reviewer, at=AT)

        body = poll.result().json()
        assert [row["sequence"] for row in body["results"]] == [1]
        assert time.monotonic() - start < 9, "it waited for its second look"

    def test_holds_no_connection_to_the_database(self, caller, sentences, annotator, reviewer):
        out = published(sentences[0], annotator=annotator, reviewer=reviewer)
        cursor = caller.get("/changes/").json()["next_cursor"]
        before = connections()
        polls = [Poll(caller, cursor) for _ in range(4)]
        wait_until(lambda: hints.ask(listeners) == 4)

        wait_until(lambda: connections() == before)

        retract(out, reviewer)
        assert {len(poll.result().json()["results"]) for poll in polls} == {1}

    def test_does_without_redis(self, caller, sentences, annotator, reviewer, without_redis):
        approved(sentences[0], annotator=annotator, reviewer=reviewer)
        cursor = caller.get("/changes/").json()["next_cursor"]
        poll = Poll(caller, cursor)

        publishing.publish(article=sentences[0].article, by=reviewer, at=AT)

        assert len(poll.result().json()["results"]) == 1
        assert Publication.objects.count() == 1


class TestAnswer:
    def test_comes_at_once_where_there_is_something(self, caller, out):
        assert len(caller.get("/changes/?wait=25").json()["results"]) == 6

    def test_is_empty_when_the_time_is_up(self, caller, out):
        cursor = caller.get("/changes/").json()["next_cursor"]

        body = caller.get(f"/changes/?cursor={cursor}&wait=1").json()

        assert body == {"results": [], "next_cursor": cursor, "has_more": False}

    def test_asks_for_patience_where_too_many_wait(self, caller, out, monkeypatch):
        cursor = caller.get("/changes/").json()["next_cursor"]
        full = BoundedSemaphore(1)
        full.acquire()
        monkeypatch.setattr(waiting, "_places", full)

        response = caller.get(f"/changes/?cursor={cursor}&wait=25")

        assert (response.json()["results"], response["Retry-After"]) == ([], "5")

    def test_is_not_sent_again_while_nothing_changed(self, caller, out):
        known = {"If-None-Match": caller.get("/changes/")["ETag"]}

        assert caller.get("/changes/", headers=known).status_code == 304
        assert caller.get("/changes/?page_size=2", headers=known).status_code == 200
