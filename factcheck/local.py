"""The whole newsroom on one machine: services, web, worker and beat, until Ctrl-C."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

from factcheck import local_services
from factcheck.supervisor import Supervisor, free_port, say, supervised, wait_for_port

HOST = "127.0.0.1"


def run(*, base: Path, var: Path, port: int, demo: bool) -> None:
    """Run until somebody stops it.

    Raises LocalServiceError or ChildDied, with the reason, where it cannot go on.
    """
    chosen = free_port(HOST, port)
    if chosen != port:
        say(f"Port {port} is taken; using {chosen}.")
    with ExitStack() as stack:
        _start_services(stack, var)
        manage("migrate", "--verbosity", "0", base=base)
        manage("collectstatic", "--no-input", "--verbosity", "0", base=base)
        children = stack.enter_context(supervised())
        _start_programs(children, var, chosen)
        wait_for_port(HOST, chosen, children)
        _welcome(children, base, f"http://{HOST}:{chosen}", demo=demo)
        children.watch()


def manage(*arguments: str, base: Path) -> None:
    """Run a management command in a process of its own, as an operator would."""
    with supervised() as children:
        children.start("setup", [sys.executable, str(base / "manage.py"), *arguments], {})
        if children.children["setup"].wait():
            children.check()


def _start_services(stack: ExitStack, var: Path) -> None:
    """Start only what the environment does not name."""
    postgres, redis = "DATABASE_URL" not in os.environ, "REDIS_URL" not in os.environ
    if postgres or redis:
        stack.enter_context(local_services.running(var, postgres=postgres, redis=redis))


def _start_programs(children: Supervisor, var: Path, port: int) -> None:
    celery = [sys.executable, "-m", "celery", "-A", "factcheck"]
    queues = ["-Q", "interactive,bulk", "-c", "2", "--without-gossip", "--without-mingle"]
    children.start(
        "web",
        [
            *(sys.executable, "-m", "granian", "--interface", "asginl", "--loop", "asyncio"),
            *("--host", HOST, "--port", str(port), "--workers", "1", "--no-access-log"),
            *("--log-level", "warning", "--workers-kill-timeout", "5"),
            "factcheck.asgi:application",
        ],
        {"DATABASE_POOL": "true"},
    )
    children.start(
        "worker", [*celery, "worker", "-n", "worker@local", *queues, "-l", "WARNING"], {}
    )
    beat = ["beat", "-l", "WARNING", "-s", str(var / "beat-schedule"), "--pidfile="]
    children.start("beat", [*celery, *beat], {})


def _welcome(children: Supervisor, base: Path, address: str, *, demo: bool) -> None:
    say(f"\nfactcheck is ready: {address}/\n")
    if demo:
        command = [sys.executable, str(base / "manage.py"), "seed", "--address", address]
        children.start("seed", command, {})
        if children.children["seed"].wait():
            children.check()
        del children.children["seed"]
    say("Stop with Ctrl-C.")
