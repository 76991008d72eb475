import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck import env


class TestReaders:
    @pytest.mark.parametrize(
        ("value", "read"),
        [
            ("yes", lambda: env.flag("NAME")),
            ("five", lambda: env.integer("NAME", 5, low=1, high=9)),
            ("10", lambda: env.integer("NAME", 5, low=1, high=9)),
            ("LOUD", lambda: env.choice("NAME", "INFO", among=("INFO", "DEBUG"))),
        ],
    )
    def test_names_the_variable_and_what_is_allowed(self, monkeypatch, value, read):
        monkeypatch.setenv("NAME", value)

        with pytest.raises(ImproperlyConfigured, match=rf"NAME must be .*{value}"):
            read()

    def test_wants_a_text_that_has_no_default(self, monkeypatch):
        monkeypatch.delenv("NAME", raising=False)

        with pytest.raises(ImproperlyConfigured, match="NAME must be set"):
            env.text("NAME")

    def test_splits_words(self, monkeypatch):
        monkeypatch.setenv("NAME", "a.example, b.example,")

        assert env.words("NAME") == ["a.example", "b.example"]


class TestToken:
    def test_may_be_left_out(self, monkeypatch):
        monkeypatch.delenv("NAME", raising=False)

        assert env.token("NAME", at_least=16) == ""

    @pytest.mark.parametrize("value", ["short", "with a space in it", "é" * 20])
    def test_is_one_long_word(self, monkeypatch, value):
        monkeypatch.setenv("NAME", value)

        with pytest.raises(ImproperlyConfigured, match="NAME must be one word"):
            env.token("NAME", at_least=16)


class TestSecret:
    def test_is_made_once_and_kept_from_others(self, monkeypatch, tmp_path):
        monkeypatch.delenv("NAME", raising=False)
        file = tmp_path / "var" / "secret"

        first = env.secret("NAME", kept_in=file)

        assert env.secret("NAME", kept_in=file) == first
        assert len(first) > 50
        assert file.stat().st_mode & 0o077 == 0

    def test_must_be_given_where_none_may_be_made(self, monkeypatch):
        monkeypatch.delenv("NAME", raising=False)

        with pytest.raises(ImproperlyConfigured, match="NAME must be set"):
            env.secret("NAME", kept_in=None)


class TestAddresses:
    def test_reads_a_database_with_a_password(self):
        read = env.database("postgresql://me:p%40ss@db.example:5433/news?sslmode=require")

        assert read["NAME"] == "news"
        assert (read["USER"], read["PASSWORD"]) == ("me", "p@ss")
        assert (read["HOST"], read["PORT"]) == ("db.example", "5433")
        assert read["OPTIONS"] == {"sslmode": "require"}

    def test_reads_a_database_behind_a_socket(self):
        read = env.database("postgresql://me@/news?host=%2Ftmp%2Fx")

        assert (read["HOST"], read["NAME"], read["OPTIONS"]) == ("/tmp/x", "news", {})  # noqa: S108

    @pytest.mark.parametrize("url", ["sqlite:///db", "postgresql://me@host", "nonsense"])
    def test_refuses_what_is_no_postgresql(self, url):
        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
            env.database(url)

    def test_refuses_what_is_no_redis(self):
        with pytest.raises(ImproperlyConfigured, match="REDIS_URL"):
            env.redis("http://localhost")

    @pytest.mark.parametrize(
        "url",
        ["models.example/v1", "ftp://models.example", "https://", "https://m.example/v1?key=1"],
    )
    def test_refuses_what_is_no_service(self, monkeypatch, url):
        monkeypatch.setenv("NAME", url)

        with pytest.raises(ImproperlyConfigured, match="NAME must look like"):
            env.service("NAME")

    @pytest.mark.parametrize("url", ["https://models.example/v1", "http://127.0.0.1:8080/v1"])
    def test_lets_a_key_go_where_nobody_listens(self, monkeypatch, url):
        monkeypatch.setenv("NAME", " k-1 ")

        assert env.service_key("NAME", sent_to=url) == "k-1"

    @pytest.mark.parametrize("key", ["two words", "k\nX-Other: 1", "clé"])
    def test_refuses_a_key_that_is_no_word(self, monkeypatch, key):
        monkeypatch.setenv("NAME", key)

        with pytest.raises(ImproperlyConfigured, match="NAME must be one word"):
            env.service_key("NAME", sent_to="https://models.example/v1")

    @pytest.mark.parametrize(
        ("redis", "broker"),
        [
            ("redis://localhost:6379/1", "redis://localhost:6379/1"),
            ("unix:///run/r.sock?db=2", "redis+socket:///run/r.sock?virtual_host=2"),
            ("unix:///run/r.sock", "redis+socket:///run/r.sock?virtual_host=0"),
        ],
    )
    def test_says_sockets_in_the_words_of_celery(self, redis, broker):
        assert env.broker(redis) == broker
