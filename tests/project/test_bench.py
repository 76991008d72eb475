import importlib
import subprocess
import sys

import psutil
import pytest
from django.conf import settings

from bench.run import PARTS
from bench.scratch import cpu_seconds, proportional_bytes, resident_bytes
from bench.smoke import SMALLEST


class TestScratch:
    def test_counts_nothing_of_a_program_that_has_ended(self):
        program = subprocess.Popen([sys.executable, "-c", ""])
        ended = psutil.Process(program.pid)
        program.wait()

        assert [of([ended]) for of in (cpu_seconds, resident_bytes, proportional_bytes)] == [0] * 3


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
