import time
from collections import Counter
from itertools import cycle

import pytest

from annotations.models import Desk
from annotations.workflow import hints, messages, rates
from tests.api.conftest import Caller, problem


@pytest.fixture(autouse=True)
def third_is_too_much(settings, empty_redis, monkeypatch):
    """Two requests a minute, at a time that stands still."""
    settings.API_REQUESTS_A_MINUTE = 2
    settings.API_READER_REQUESTS_A_MINUTE = 3
    monkeypatch.setattr(time, "time", lambda: 1_000_000_060.5)


@pytest.fixture
def without_redis(services):
    services.redis.stop()
    yield
    services.redis.start()
    hints._silent_until["redis"] = 0.0


@pytest.fixture
def feed(desk):
    """What anybody may read of a public desk."""
    Desk.objects.filter(pk=desk.pk).update(publishes_publicly=True)
    return f"/changes/?desk={desk.slug}"


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
        monkeypatch.setattr(time, "time", lambda: 1_000_000_080.0)

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


class TestPerAddress:
    def test_says_what_is_left_and_refuses_one_too_many(self, nobody, feed):
        answers = [nobody.get(feed) for _ in range(4)]

        problem(answers[3], status=429, code="throttled")
        assert [one["RateLimit-Remaining"] for one in answers] == ["2", "1", "0", "0"]
        assert answers[0]["RateLimit-Policy"] == "3;w=60"
        assert answers[3]["Retry-After"] == answers[3]["RateLimit-Reset"] == "20"
        assert "Cache-Control" not in answers[3]

    def test_counts_what_has_not_changed_too(self, nobody, feed):
        known = {"If-None-Match": nobody.get(feed)["ETag"]}

        answers = [nobody.get(feed, headers=known).status_code for _ in range(3)]

        assert answers == [304, 304, 429]

    def test_refuses_before_the_database_is_asked(self, nobody, feed, django_assert_num_queries):
        for _ in range(3):
            nobody.get(feed)

        with django_assert_num_queries(0):
            assert nobody.get(feed).status_code == 429

    def test_takes_one_trip_to_redis(self, nobody, feed, services):
        nobody.get(feed)
        redis = messages.redis()
        before = redis.info("commandstats")

        nobody.get(feed)

        after = redis.info("commandstats")
        assert _calls(after) - _calls(before) == {"cmdstat_incrby": 1, "cmdstat_expire": 1}

    def test_counts_each_address_for_itself(self, nobody, feed):
        for _ in range(4):
            nobody.get(feed)

        assert nobody.get(feed, REMOTE_ADDR="192.0.2.7").status_code == 200

    def test_counts_the_addresses_of_one_household_together(self, nobody, feed):
        addresses = [f"2001:db8:1:2::{n}" for n in range(1, 5)]

        answers = [nobody.get(feed, REMOTE_ADDR=one).status_code for one in addresses]

        assert answers == [200, 200, 200, 429]

    def test_goes_by_what_the_proxy_says(self, nobody, feed, settings):
        settings.PROXIES = 1
        forged = [f"198.51.100.{n}, 192.0.2.7" for n in range(4)]

        answers = [nobody.get(feed, headers={"X-Forwarded-For": one}).status_code for one in forged]
        other = nobody.get(feed, headers={"X-Forwarded-For": "192.0.2.8"})

        assert answers == [200, 200, 200, 429]
        assert other.status_code == 200

    def test_leaves_keys_and_people_alone(self, nobody, feed, as_key, as_user, reviewer):
        for _ in range(4):
            nobody.get(feed)

        assert as_key("read:published").get(feed).status_code == 200
        assert as_user(reviewer).get(feed).status_code == 200

    def test_counts_nobody_while_redis_is_away(self, nobody, feed, without_redis):
        answers = [nobody.get(feed) for _ in range(5)]

        assert {one.status_code for one in answers} == {200}
        assert "RateLimit-Limit" not in answers[0]

    def test_can_be_switched_off(self, nobody, feed, settings):
        settings.API_READER_REQUESTS_A_MINUTE = 0

        assert {nobody.get(feed).status_code for _ in range(5)} == {200}

    def test_keeps_no_number_of_them_in_the_process(self, nobody, feed, settings):
        settings.API_READER_REQUESTS_A_MINUTE = 1_000_000

        nobody.get(feed)

        assert not [name for name in rates._shares if name.startswith("from:")]


class TestWrongKeys:
    @pytest.fixture
    def stranger(self):
        return Caller(key="0123abcd.a-secret-that-nobody-has")

    def test_are_counted_with_the_readers_of_their_address(self, stranger, nobody, feed):
        answers = [stranger.get("/changes/") for _ in range(4)]

        assert [one.status_code for one in answers] == [401, 401, 401, 429]
        assert answers[3]["Retry-After"] == answers[3]["RateLimit-Reset"] == "20"
        assert nobody.get(feed).status_code == 429

    def test_keep_nobody_out_who_has_a_good_one(self, stranger, as_key):
        good = as_key("read:published")
        for _ in range(4):
            stranger.get("/changes/")

        assert good.get("/changes/").status_code == 200

    def test_take_one_look_up(self, db, stranger, django_assert_num_queries):
        with django_assert_num_queries(1):
            stranger.get("/changes/")
        with django_assert_num_queries(0):
            Caller(key="no key at all").get("/changes/")


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
            monkeypatch.setattr(rates, "_shares", next(of_processes))
            return caller.get("/changes/").status_code

        assert Counter(ask() for _ in range(410))[200] == 400


def _calls(stats):
    """Count what was asked of Redis, by command."""
    counts = Counter({name: one["calls"] for name, one in stats.items()})
    del counts["cmdstat_info"]
    return counts


def _fetched():
    redis = messages.redis()
    [name] = redis.keys("factcheck:requests:*")
    return int(redis.get(name))
