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

from factcheck.local import web_command

KEPT = {"PATH", "HOME", "LANG", "PYTHONPATH", "COVERAGE_PROCESS_START"}


@contextlib.contextmanager
def newsroom(var, port, **services):
    process = subprocess.Popen(
        [sys.executable, "manage.py", "local", "--port", str(port)],
        cwd=settings.BASE_DIR,
        env=environment(var) | services,
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


def environment(var):
    """What a newcomer's shell has, and the folders of this test."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    return kept | {"VAR_DIR": str(var), "STATIC_ROOT": str(var.parent / "static")}


def run_held(var):
    """Run the web server held, with nobody there to release it."""
    return subprocess.run(
        web_command(20_100, "--held"),
        env=environment(var) | {"DEMO": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


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


def wait_for_program(process, *words):
    """Return the program of the newsroom whose command line has these words, once it runs."""
    while process.poll() is None:
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if set(words) <= set(child.cmdline()):
                    return child
    pytest.fail(f"It ended before {words} ran:\n{process.stdout.read()}")


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


def test_a_start_that_fails_says_which_step_and_why(folder):
    nowhere = {"DATABASE_URL": f"postgresql://nobody@/none?host={folder}"}

    with newsroom(folder / "var", 20_100, **nowhere, REDIS_URL="redis://127.0.0.1:1") as process:
        said = read_until(process, "Its last words") + process.stdout.read()

    assert process.returncode == 1
    assert "prepare ended with code 1" in said
    assert "No such file or directory" in said
    assert "This was migrate." in said


def test_ctrl_c_ends_a_start_that_is_not_done(folder):
    with newsroom(folder / "var", 20_100) as process:
        web = wait_for_program(process, "factcheck.web", "--held")
        pids = {web.pid, *programs_of(process)}

    assert process.returncode == 0
    assert not [pid for pid in pids if psutil.pid_exists(pid)]


def test_the_web_server_collects_its_files_and_ends_where_nobody_releases_it(folder):
    held = run_held(folder / "var")

    assert (held.returncode, held.stderr) == (1, "")
    assert (folder / "static" / "staticfiles.json").exists()


def test_a_web_server_that_cannot_collect_its_files_says_so(folder):
    (folder / "static").touch()

    held = run_held(folder / "var")

    assert held.returncode == 1
    assert held.stderr.endswith("This was collectstatic.\n")
