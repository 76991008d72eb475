import socket
import subprocess
import sys

import psutil
import pytest

from factcheck.supervisor import ChildDied, free_port, supervised, wait_for_port
from tests.conftest import wait_until

PYTHON = [sys.executable, "-u", "-c"]
HELD = """
from factcheck.supervisor import wait_for_release
print("loaded")
wait_for_release()
print("released")
"""
PARENT = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid)
os.kill(os.getpid(), 9)
"""
DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1); time.sleep(60)"


def _runs(pid):
    """Whether a process still runs; whoever reaps it may take longer."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _start_deaf(programs, monkeypatch):
    monkeypatch.setattr("factcheck.supervisor.PATIENCE", 0.5)
    programs.start("deaf", [*PYTHON, DEAF], {})
    while not programs.tails["deaf"]:
        programs.check()
    return programs.children["deaf"]


class TestSupervisor:
    def test_shows_what_programs_say_behind_their_names(self, capfd):
        with supervised() as programs:
            programs.start("web", [*PYTHON, "print('bonjour')"], {})
            programs.finish()

        assert "   web │ bonjour" in capfd.readouterr().out

    def test_says_why_a_program_died(self):
        with supervised() as programs:
            programs.start("worker", [*PYTHON, "print('no disk'); raise SystemExit(3)"], {})

            with pytest.raises(ChildDied, match=r"(?s)code 3.*no disk"):
                programs.watch(also=lambda: None)

    def test_ends_what_a_program_that_died_had_started(self):
        with supervised() as programs:
            programs.start("worker", [*PYTHON, PARENT], {})

            with pytest.raises(ChildDied) as died:
                programs.watch(also=lambda: None)

        orphan = int(str(died.value).splitlines()[-1])
        wait_until(lambda: not _runs(orphan), seconds=10)

    def test_minds_those_beside_while_it_waits(self):
        with supervised() as programs, supervised() as brief:
            programs.start("web", [*PYTHON, "raise SystemExit(1)"], {})
            brief.start("seed", [*PYTHON, "import time; time.sleep(60)"], {})

            with pytest.raises(ChildDied, match="web ended"):
                brief.finish(beside=programs)

    def test_ends_them_all(self):
        with supervised() as programs:
            programs.start("web", [*PYTHON, "import time; time.sleep(60)"], {})
            child = programs.children["web"]

        assert child.returncode is not None

    def test_ends_one_and_leaves_the_others(self):
        with supervised() as programs:
            for name in ("web", "worker"):
                programs.start(name, [*PYTHON, "import time; time.sleep(60)"], {})
            worker = programs.children["worker"]

            programs.end("worker")

            assert worker.returncode == -15
            assert [child.poll() for child in programs.children.values()] == [None]

    def test_kills_who_does_not_listen(self, monkeypatch):
        with supervised() as programs:
            child = _start_deaf(programs, monkeypatch)

        assert child.returncode == -9

    def test_kills_the_one_it_ends_that_does_not_listen(self, monkeypatch):
        with supervised() as programs:
            child = _start_deaf(programs, monkeypatch)

            programs.end("deaf")

            assert child.returncode == -9


class TestHeld:
    def test_waits_to_be_released(self):
        with supervised() as programs:
            programs.start("web", [*PYTHON, HELD], {}, held=True)
            while programs.tails["web"] != ["loaded"]:
                programs.check()

            programs.release("web")
            programs.finish()

            assert programs.tails["web"] == ["loaded", "released"]

    def test_ends_with_its_supervisor(self):
        held = subprocess.run([*PYTHON, HELD], stdin=subprocess.DEVNULL, capture_output=True)

        assert (held.returncode, held.stdout) == (1, b"loaded\n")

    def test_may_be_dead_when_it_is_released(self):
        with supervised() as programs:
            programs.start("web", [*PYTHON, "raise SystemExit(1)"], {}, held=True)
            programs.children["web"].wait()

            programs.release("web")

            with pytest.raises(ChildDied, match="web ended with code 1"):
                programs.check()


class TestPorts:
    def test_takes_the_next_one(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]

            assert free_port("127.0.0.1", port) > port

    def test_does_not_wait_for_the_dead(self):
        with supervised() as programs:
            programs.start("web", [*PYTHON, "raise SystemExit(1)"], {})

            with pytest.raises(ChildDied, match="web ended"):
                wait_for_port("127.0.0.1", free_port("127.0.0.1", 20_000), programs)
