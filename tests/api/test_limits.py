from collections import Counter
from itertools import cycle

import pytest

from annotations.api import limits
from annotations.workflow import hints, messages
from tests.api.conftest import problem


@pytest.fixture(autouse=True)
def third_is_too_much(settings, empty_redis, monkeypatch):
    """Two requests a minute, at a time that stands still."""
    settings.API_REQUESTS_A_MINUTE = 2
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000_060.5)


@pytest.fixture
def without_redis(services):
    services.redis.stop()
    yield
    services.redis.start()
    hints._silent_until["redis"] = 0.0


class TestPerKey:
    def test_says_what_is_left(self, as_key):
        caller = as_key("read:published")

        first, second = caller.get("/changes/"), caller.get("/changes/")

        names = ("Limit", "Remaining", "Reset", "Policy")
        assert [first[f"RateLimit-{name}"] for name in names] == ["2", "1", "20", "2;w=60"]
        assert second["RateLimit-Remaining"] == "0"

    def test_refuses_one_too_many_and_says_when_to_come_again(self, as_key):
        caller = as_key("read:published")
        caller.get("/changes/")
        caller.get("/publications/")

        response = caller.get("/changes/")

        problem(response, status=429, code="throttled")
        assert response["Retry-After"] == response["RateLimit-Reset"] == "20"

    def test_forgets_with_the_minute(self, as_key, monkeypatch):
        caller = as_key("read:published")
        answers = [caller.get("/changes/").status_code for _ in range(3)]
        monkeypatch.setattr(limits.time, "time", lambda: 1_000_000_080.0)

        assert [*answers, caller.get("/changes/").status_code] == [200, 200, 429, 200]

    def test_counts_each_key_for_itself(self, as_key):
        one, other = as_key("read:published"), as_key("read:published")
        for _ in range(3):
            one.get("/changes/")

        assert other.get("/changes/").status_code == 200

    def test_does_not_count_people(self, as_user, reviewer):
        caller = as_user(reviewer)

        answers = [caller.get("/changes/") for _ in range(3)]

        assert {one.status_code for one in answers} == {200}
        assert "RateLimit-Limit" not in answers[0]

    def test_counts_nobody_while_redis_is_away(self, as_key, without_redis, caplog):
        caller = as_key("read:published")

        answers = [caller.get("/changes/") for _ in range(3)]

        assert {one.status_code for one in answers} == {200}
        assert "Redis does not answer" in caplog.text
        assert len(caplog.records) == 1

    def test_can_be_switched_off(self, as_key, settings):
        settings.API_REQUESTS_A_MINUTE = 0
        caller = as_key("read:published")

        assert {caller.get("/changes/").status_code for _ in range(3)} == {200}


class TestShares:
    def test_a_process_counts_its_share_without_asking_again(self, as_key, settings):
        settings.API_REQUESTS_A_MINUTE = 600
        caller = as_key("read:published")

        left = [int(caller.get("/changes/")["RateLimit-Remaining"]) for _ in range(4)]

        assert left == [599, 598, 597, 596]
        assert _fetched() == 6

    def test_two_processes_never_give_more_than_the_limit(self, as_key, settings, monkeypatch):
        settings.API_REQUESTS_A_MINUTE = 400
        caller = as_key("read:published")
        of_processes = cycle(({}, {}))

        def ask():
            monkeypatch.setattr(limits, "_shares", next(of_processes))
            return caller.get("/changes/").status_code

        assert Counter(ask() for _ in range(410))[200] == 400


def _fetched():
    redis = messages.redis()
    [name] = redis.keys("factcheck:requests:*")
    return int(redis.get(name))
