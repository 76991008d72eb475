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
        ],
    )
    def test_stops_at_a_wrong_value_and_names_it(self, name, value):
        done = start(**SAFE, **{name: value})

        assert done.returncode != 0
        assert name in done.stderr.strip().splitlines()[-1]

    def test_wants_a_secret_key_in_production(self):
        done = start()

        assert done.returncode != 0
        assert "SECRET_KEY" in done.stderr.strip().splitlines()[-1]
