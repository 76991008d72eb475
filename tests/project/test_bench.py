import importlib
import subprocess
import sys

import pytest
from django.conf import settings

from bench.run import PARTS
from bench.smoke import SMALLEST


class TestEveryPart:
    @pytest.mark.parametrize("part", PARTS)
    def test_can_be_loaded(self, part):
        assert callable(importlib.import_module(f"bench.{part}").main)

    def test_runs_on_next_to_nothing(self):
        run = subprocess.run(
            [sys.executable, "-m", "bench.smoke"],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=600,
        )

        assert run.returncode == 0, run.stdout + run.stderr
        assert all(f"== {part} ==" in run.stdout for part in SMALLEST)
        assert set(PARTS) - set(SMALLEST) == {"editor", "servers", "startup"}
