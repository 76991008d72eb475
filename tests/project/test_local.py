"""The one command that a newcomer types, from an empty folder to Ctrl-C."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import psutil
import pytest
from django.conf import settings

KEPT = {"PATH", "HOME", "LANG", "PYTHONPATH", "COVERAGE_PROCESS_START"}


@contextlib.contextmanager
def newsroom(var, port):
    environment = {name: value for name, value in os.environ.items() if name in KEPT}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "local", "--port", str(port)],
        cwd=settings.BASE_DIR,
        env=environment | {"VAR_DIR": str(var), "STATIC_ROOT": str(var.parent / "static")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


@pytest.fixture
def folder():
    """A folder that the servers' own user may pass through, as anybody's clone usually is."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def read_until(process, words):
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return "".join(said)
    pytest.fail(f"It ended without {words!r}:\n{''.join(said)}")


def get(address, **headers):
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:  # noqa: S310
        return answer.read().decode()


def programs_of(process):
    return {child.pid for child in psutil.Process(process.pid).children(recursive=True)}


def test_the_whole_newsroom_starts_works_stops_and_starts_again(folder):
    var = folder / "var"

    with newsroom(var, 20_100) as process:
        said = read_until(process, "Stop with Ctrl-C")
        address = re.search(r"ready: (\S+)", said).group(1)
        key, export = re.search(r'curl -H "Authorization: (Api-Key \S+)" "(\S+)"', said).groups()
        assert "camille" in said
        assert 'name="password"' in get(address)
        assert len(get(export, Authorization=key).splitlines()) >= 5
        pids = programs_of(process)
    assert process.returncode == 0
    assert not [pid for pid in pids if psutil.pid_exists(pid)]

    with newsroom(var, 20_100) as process:
        said = read_until(process, "Stop with Ctrl-C")
        assert "(0 new steps)" in said
        worker = next(
            child
            for child in psutil.Process(process.pid).children()
            if "worker" in child.cmdline() and "celery" in child.cmdline()
        )
        worker.kill()
        said = read_until(process, "worker ended with code -9")
        process.wait(timeout=60)
    assert process.returncode == 1
