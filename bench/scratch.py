"""The installation that a part measures: its servers, its programs, and what they cost."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from factcheck import local
from factcheck.local_services import LocalServices
from factcheck.supervisor import Supervisor, free_port, wait_for_port

FIRST_PORT = 18_400 + os.getpid() % 10_000  # servers that share a port would not say so


# Requests are counted as ever, but no program of ours is sent away.
_SO_MANY = "1000000"
_LIMITS = "API_REQUESTS_A_MINUTE", "API_READER_REQUESTS_A_MINUTE", "READER_PAGES_A_MINUTE"
UNHINDERED = dict.fromkeys(_LIMITS, _SO_MANY)


@dataclass(frozen=True, slots=True)
class Scratch:
    var: Path
    services: LocalServices
    programs: Supervisor

    def start_web(
        self, command: Sequence[str] | None = None, environment: Mapping[str, str] | None = None
    ) -> int:
        """Start the web server as `make run` does, or as told; return its port.

        A command says `{port}` where the port belongs.
        """
        port = free_port(local.HOST, FIRST_PORT)
        chosen = [part.format(port=port) for part in command or ()] or local.web_command(port)
        own = local.WEB_ENVIRONMENT | UNHINDERED
        self.programs.start("web", chosen, {**own, **(environment or {})})
        wait_for_port(local.HOST, port, self.programs)
        return port

    def start_worker(self, pool: str = local.POOL) -> None:
        self.programs.start("worker", local.worker_command(pool), {})

    def stop(self, name: str) -> None:
        self.programs.end(name)

    def stop_all(self) -> None:
        for name in list(self.programs.children):
            self.stop(name)

    def trees(self, *names: str) -> list[psutil.Process]:
        """Return the processes of these programs; `postgresql` and `redis` are the servers."""
        pids = {"postgresql": self.services.postgres.pid, "redis": self.services.redis.pid}
        pids |= {name: child.pid for name, child in self.programs.children.items()}
        return [one for name in names for one in _with_children(pids[name])]


def cpu_seconds(processes: Sequence[psutil.Process]) -> float:
    """Return what these processes have used, and their children that have ended.

    One that has ended since it was named counts among the children of its parent.
    """
    return _sum(processes, lambda one: sum(one.cpu_times()[:4]))


def resident_bytes(processes: Sequence[psutil.Process]) -> int:
    return int(_sum(processes, lambda one: one.memory_info().rss))


def proportional_bytes(processes: Sequence[psutil.Process]) -> int:
    """Return the memory of these processes, what they share counted once (Linux); else resident."""
    return int(
        _sum(processes, lambda one: getattr(one.memory_full_info(), "pss", one.memory_info().rss))
    )


def _sum(processes: Sequence[psutil.Process], of: Callable[[psutil.Process], float]) -> float:
    """Add up what is said of processes; some of the database's end whenever they like."""
    total = 0.0
    for one in processes:
        with suppress(psutil.NoSuchProcess):
            total += of(one)
    return total


def _with_children(pid: int | None) -> list[psutil.Process]:
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]
