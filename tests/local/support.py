"""What the tests of the local services do with them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import redis

from factcheck.local_services import processes

ROOT = Path(__file__).parents[2]
OWNER = Path(__file__).with_name("owner.py")
IS_ROOT = os.geteuid() == 0


@contextlib.contextmanager
def owner(var, *options):
    """Run the services in a process of their own, in a group of its own as a terminal makes it."""
    process = subprocess.Popen(
        [sys.executable, OWNER, var, *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    )
    servers = []
    with process:
        try:
            line = process.stdout.readline()
            assert line, process.stderr.read()
            report = json.loads(line)
            servers += [processes.Known(pid, processes.started(pid)) for pid in report["pids"]]
            yield process, report
        finally:
            process.terminate()
            process.wait()
            end(servers)


def end(servers):
    """End those that the owner did not; a pid that is no longer theirs is left alone."""
    for server in servers:
        if server.is_alive:
            server.send(signal.SIGINT)
            assert server.wait(20)


@contextlib.contextmanager
def stranger(uid):
    """A process of the servers' own user that has nothing to do with them."""
    with subprocess.Popen(["/bin/sleep", "600"], user=uid if IS_ROOT else None) as process:
        try:
            yield process
        finally:
            process.kill()


def write(services, word):
    with psycopg.connect(services.database_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS words (word text)")
        connection.execute("INSERT INTO words VALUES (%s)", [word])
    with redis.Redis.from_url(services.redis_url) as client:
        client.rpush("words", word)


def read(services):
    with psycopg.connect(services.database_url) as connection:
        stored = [word for (word,) in connection.execute("SELECT word FROM words")]
    with redis.Redis.from_url(services.redis_url, decode_responses=True) as client:
        return stored, client.lrange("words", 0, -1)


def wait_until_gone(pids):
    deadline = time.monotonic() + 20
    while alive := [pid for pid in pids if processes.started(pid)]:
        assert time.monotonic() < deadline, f"{alive} still run"
        time.sleep(0.02)


def connect(services):
    return psycopg.connect(services.database_url)


def data_folder(report):
    with psycopg.connect(report["database_url"]) as connection:
        (folder,) = connection.execute("SHOW data_directory").fetchone()
    return folder
