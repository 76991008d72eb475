"""From an empty folder to the first page, as `make run` does it, and what the house then weighs."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter

import psutil
from django.conf import settings
from dotenv import dotenv_values

from bench.figures import Line, show
from bench.part import temporary_folder
from bench.scratch import Scratch, proportional_bytes

SETTLING = 8  # seconds until nothing is busy with starting any more
PATIENCE = 60
READY = re.compile(r"factcheck is ready: http://([\d.]+):(\d+)/")
SEEDED = "Stop with Ctrl-C."
OURS = ("DATABASE_URL", "REDIS_URL")
PROGRAMS = {
    "PostgreSQL": "postgres",
    "Redis": "redis-server",
    "web": "factcheck.web",
    "worker": " worker ",
    "beat": " beat ",
}


def main(_scratch: Scratch, _options: Sequence[str]) -> bool:
    if set(OURS) & dotenv_values(settings.BASE_DIR / ".env").keys():
        raise SystemExit("The .env file names services: this part starts and fills its own.")
    with temporary_folder() as var:
        with _running(var) as (program, page, seeded):
            time.sleep(SETTLING)
            memory = _memory(program.pid)
        with _running(var) as (_program, second_page, _seeded):
            pass
    return show(
        [
            Line("empty folder to first page", page, "s", 10, peers="dc 12.4, LS 33"),
            Line("  … to the whole demo newsroom", seeded, "s"),
            Line("second start to first page", second_page, "s", 15),
            Line(
                "memory at rest, all processes",
                sum(memory.values()),
                "MB",
                600,
                peers="dc 732, LS 255-945",
            ),
            *(Line(f"  {name}", value, "MB") for name, value in memory.items()),
        ]
    )


@contextmanager
def _running(var: Path) -> Iterator[tuple[subprocess.Popen[str], float, float]]:
    """Run the newsroom; yield it with the seconds to its first page and to its last seed."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    started = perf_counter()
    program = subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "local", "--port", "18500"],
        env=environment | {"VAR_DIR": str(var), "STATIC_ROOT": str(var / "static"), "DEMO": "true"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        host, port = _said(program, READY).groups()
        _first_page(host, int(port))
        page = perf_counter() - started
        _said(program, re.compile(re.escape(SEEDED)))
        yield program, page, perf_counter() - started
    finally:
        program.send_signal(signal.SIGINT)
        program.communicate(timeout=PATIENCE)


def _said(program: subprocess.Popen[str], words: re.Pattern[str]) -> re.Match[str]:
    lines = []
    for line in program.stdout or ():
        lines.append(line)
        if found := words.search(line):
            return found
    raise AssertionError("The newsroom did not start:\n" + "".join(lines[-15:]))


def _first_page(host: str, port: int) -> None:
    connection = HTTPConnection(host, port)
    connection.request("GET", "/login/")
    answer = connection.getresponse()
    if answer.status != 200:
        raise AssertionError(f"The login page answers {answer.status}.")
    connection.close()


def _memory(pid: int) -> dict[str, float]:
    """Return the megabytes of each program, what processes share counted once."""
    memory = dict.fromkeys([*PROGRAMS, "the rest"], 0.0)
    root = psutil.Process(pid)
    for process in [root, *root.children(recursive=True)]:
        words = f"{process.name()} {' '.join(process.cmdline())} "
        name = next((name for name, sign in PROGRAMS.items() if sign in words), "the rest")
        memory[name] += proportional_bytes([process]) / 1e6
    return memory
