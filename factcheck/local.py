"""The whole newsroom on one machine: services, web, worker and beat, until Ctrl-C."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from factcheck import local_services
from factcheck.supervisor import ChildDied, Supervisor, free_port, say, supervised, wait_for_port

HOST = "127.0.0.1"
WEB_ENVIRONMENT = {"DATABASE_POOL": "true"}
POOL = "prefork"
# In a container one is root; what workers take is JSON, which runs nothing.
ROOT_IS_FINE = "ignore:You're running the worker with superuser privileges"
CELERY = (sys.executable, "-W", ROOT_IS_FINE, "-m", "celery", "--quiet", "-A")


def command(*, base: Path, var: Path, port: int, demo: bool) -> list[str]:
    """Say how this module is run by itself: without Django it weighs a third."""
    places = ["--base", str(base), "--var", str(var), "--port", str(port)]
    return [sys.executable, "-m", "factcheck.local", *places, *(["--demo"] if demo else [])]


def main(arguments: Sequence[str]) -> int:
    """Run, and return the code to end with."""
    parser = ArgumentParser(prog="factcheck.local")
    for place in ("--base", "--var"):
        parser.add_argument(place, type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--demo", action="store_true")
    try:
        run(**vars(parser.parse_args(arguments)))
    except (local_services.LocalServiceError, ChildDied) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
    return 0


def run(*, base: Path, var: Path, port: int, demo: bool) -> None:
    """Run until somebody stops it.

    Raises LocalServiceError or ChildDied, with the reason, where it cannot go on.
    """
    chosen = free_port(HOST, port)
    if chosen != port:
        say(f"Port {port} is taken; using {chosen}.")
    with ExitStack() as stack:
        setup = stack.enter_context(supervised())
        _manage(setup, base, "prepare", "--held", held=True)
        services = _start_services(stack, var)
        stack.callback(setup.stop)  # before the services that it uses
        setup.release("prepare")
        children = stack.enter_context(supervised())
        children.start("web", web_command(chosen, "--held"), WEB_ENVIRONMENT, held=True)
        setup.finish(beside=children)
        children.release("web")
        _start_workers(children, var)
        wait_for_port(HOST, chosen, children)
        _welcome(children, base, f"http://{HOST}:{chosen}", demo=demo)
        children.watch(also=partial(_check_services, services))


def _manage(
    children: Supervisor, base: Path, name: str, *arguments: str, held: bool = False
) -> None:
    """Start a management command, as an operator would."""
    command = [sys.executable, str(base / "manage.py"), name, *arguments]
    children.start(name, command, {}, held=held)


def _start_services(stack: ExitStack, var: Path) -> dict[str, local_services.Server]:
    """Start only what the environment does not name; return what was started."""
    wanted = {
        "postgres": not os.environ.get("DATABASE_URL"),
        "redis": not os.environ.get("REDIS_URL"),
    }
    if not any(wanted.values()):
        return {}
    services = stack.enter_context(local_services.running(var, **wanted))
    servers = {"postgres": services.postgres, "redis": services.redis}
    return {name: server for name, server in servers.items() if wanted[name]}


def _check_services(services: dict[str, local_services.Server]) -> None:
    """Raise ChildDied if a server of ours is gone."""
    for name, server in services.items():
        if server.pid is None:
            raise ChildDied(f"The local {name} server ended; its log is in the folder var/log.")


def web_command(port: int, *words: str) -> list[str]:
    """Say how the pages and the API are served.

    Threads are made as they are needed: most of them wait with a page for news. granian warns
    of their number at every start, so only its errors are shown.
    """
    return [
        *(sys.executable, "-m", "factcheck.web", *words, "--interface", "wsgi"),
        *("--host", HOST, "--port", str(port), "--workers", "2", "--blocking-threads", "64"),
        *("--no-access-log", "--log-level", "error", "--workers-kill-timeout", "5"),
        "factcheck.wsgi:application",
    ]


def worker_command(pool: str = POOL) -> list[str]:
    """Say how the extraction is run: in processes, which `bench/pools.py` compares with threads."""
    queues = ["-Q", "interactive,webhooks,imports,bulk", "-P", pool, "-c", "2"]
    quiet = ["--without-gossip", "--without-mingle", "-l", "WARNING"]
    return [*CELERY, "factcheck", "worker", "-n", "worker@local", *queues, *quiet]


def _start_workers(children: Supervisor, var: Path) -> None:
    children.start("worker", worker_command(), {})
    beat = ["beat", "-l", "WARNING", "-s", str(var / "beat-schedule"), "--pidfile="]
    children.start("beat", [*CELERY, "factcheck.beat", *beat], {})


def _welcome(children: Supervisor, base: Path, address: str, *, demo: bool) -> None:
    say(f"\nfactcheck is ready: {address}/\n")
    if demo:
        with supervised() as seeding:
            _manage(seeding, base, "seed", "--address", address)
            seeding.finish(beside=children)
    say("Stop with Ctrl-C.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
