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
        setup = stack.enter_context(supervised())
        _manage(setup, base, "collectstatic", "--no-input", "--verbosity", "0")
        _start_services(stack, var)
        _manage(setup, base, "migrate", "--verbosity", "0")
        setup.finish()
        children = stack.enter_context(supervised())
        _start_programs(children, var, chosen)
        wait_for_port(HOST, chosen, children)
        _welcome(children, base, f"http://{HOST}:{chosen}", demo=demo)
        children.watch()


def _manage(children: Supervisor, base: Path, name: str, *arguments: str) -> None:
    """Start a management command, as an operator would."""
    children.start(name, [sys.executable, str(base / "manage.py"), name, *arguments], {})


def _start_services(stack: ExitStack, var: Path) -> None:
    """Start only what the environment does not name."""
    postgres, redis = "DATABASE_URL" not in os.environ, "REDIS_URL" not in os.environ
    if postgres or redis:
        stack.enter_context(local_services.running(var, postgres=postgres, redis=redis))


def _start_programs(children: Supervisor, var: Path, port: int) -> None:
    celery = [sys.executable, "-m", "celery", "-A", "factcheck", "--quiet"]
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
        with supervised() as seeding:
            _manage(seeding, base, "seed", "--address", address)
            seeding.finish(beside=children)
    say("Stop with Ctrl-C.")
