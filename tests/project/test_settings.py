import os
import subprocess
import sys

import pytest
from django.conf import settings

SAFE = {"SECRET_KEY": "a-long-and-random-text-only-for-this-test-0123456789-abcdefghij"}


def start(**environment):
    clean = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "HOME", "LANG", "VAR_DIR"}
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )


class TestStart:
    def test_is_safe_in_production(self):
        done = start(**SAFE)

        assert done.returncode == 0, done.stderr

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("DEBUG", "perhaps"),
            ("DATABASE_URL", "mysql://x/y"),
            ("REDIS_URL", "memcached://x"),
            ("LOG_LEVEL", "LOUD"),
            ("ARTICLE_MAX_BYTES", "huge"),
            ("CHAT_URL", "models.example"),
            ("CHAT_URL", "https://name:word@models.example/v1"),
            ("CHAT_SECONDS", "9999"),
            ("CHAT_MAX_CALLS", "0"),
            ("API_READER_REQUESTS_A_MINUTE", "-1"),
            ("READER_PAGES_A_MINUTE", "many"),
        ],
    )
    def test_stops_at_a_wrong_value_and_names_it(self, name, value):
        done = start(**SAFE, **{name: value})

        assert done.returncode != 0
        assert name in done.stderr.strip().splitlines()[-1]

    def test_says_what_is_missing_without_its_own_insides(self):
        done = start()

        assert done.returncode == 1
        assert done.stderr.startswith("SECRET_KEY must be set")
        assert len(done.stderr.splitlines()) == 1

    def test_wants_the_name_of_a_model_that_is_to_be_asked(self):
        done = start(**SAFE, CHAT_URL="https://models.example/v1")

        assert "CHAT_MODEL must be set" in done.stderr.strip().splitlines()[-1]

    def test_takes_a_model_that_is_set_up(self):
        service = {"CHAT_URL": "https://models.example/v1", "CHAT_MODEL": "m", "CHAT_KEY": "k-1"}

        assert start(**SAFE, **service).returncode == 0

    def test_sends_no_key_in_the_clear_and_does_not_show_it(self):
        service = {"CHAT_URL": "http://models.example/v1", "CHAT_MODEL": "m", "CHAT_KEY": "k-1"}

        done = start(**SAFE, **service)

        assert "CHAT_KEY must be sent over https://" in done.stderr.strip().splitlines()[-1]
        assert "k-1" not in done.stderr

    def test_wants_a_secret_key_in_production(self):
        done = start()

        assert done.returncode != 0
        assert "SECRET_KEY" in done.stderr.strip().splitlines()[-1]
