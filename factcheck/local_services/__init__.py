"""PostgreSQL and Redis of our own, under ``var/``, where the environment names none.

Both listen on unix sockets only, in a folder nobody else can enter, and keep their data between
runs. One owner runs them at a time; it stops them when it ends, by Ctrl-C and SIGTERM too. After
a crash the next owner stops what is left in good order, then starts afresh on the same data.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from factcheck.local_services import places, processes
from factcheck.local_services.errors import LocalServiceError
from factcheck.local_services.places import Addresses, addresses
from factcheck.local_services.postgres_server import PostgresServer
from factcheck.local_services.redis_server import RedisServer
from factcheck.local_services.server import Server

__all__ = [
    "Addresses",
    "LocalServiceError",
    "LocalServices",
    "Server",
    "addresses",
    "is_running",
    "running",
]

ENDING = (signal.SIGTERM, signal.SIGHUP)
INTERRUPTING = (*ENDING, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class LocalServices:
    """The servers while they run; one that was not asked for has no pid."""

    database_url: str
    redis_url: str
    postgres: Server
    redis: Server


def is_running(var: Path) -> bool:
    """Whether both servers of this folder answer, whoever runs them."""
    folder = places.socket_folder(var)
    return all(map(places.answers, (places.postgres_socket(folder), places.redis_socket(folder))))


@contextmanager
def running(var: Path, *, postgres: bool = True, redis: bool = True) -> Iterator[LocalServices]:
    """Run the servers for as long as the block lasts."""
    location = _prepare(var)
    services = LocalServices(
        database_url=addresses(var).database_url,
        redis_url=addresses(var).redis_url,
        postgres=PostgresServer(location),
        redis=RedisServer(location),
    )
    with ExitStack() as stack:
        stack.enter_context(_owner(location))
        stack.enter_context(_signals_as_exit())
        stack.callback(_stop, services, os.getpid())
        for server, wanted in ((services.postgres, postgres), (services.redis, redis)):
            if wanted:
                server.start()
        yield services


def _prepare(var: Path) -> places.Places:
    try:
        return places.prepare(var)
    except OSError as error:
        raise LocalServiceError(f"{var} cannot be used for local services: {error}") from error


@contextmanager
def _owner(location: places.Places) -> Iterator[None]:
    """Be the only one who runs the servers of this folder."""
    file = location.lock("owner")
    who = file.read_text() if file.exists() else ""
    refusal = (
        f"The local services of {location.var} are already run by process {who.strip()}. "
        "Use them while it runs, or stop it first."
    )
    with processes.locked(file, refusal=refusal) as descriptor:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield


def _stop(services: LocalServices, owner: int) -> None:
    """Stop both, whatever comes in between; a forked child of the owner leaves them alone."""
    if os.getpid() != owner:
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTING)
    try:
        services.redis.stop()
        services.postgres.stop()
        with suppress(OSError):  # not empty after a crash, or swept away already
            services.postgres.places.sockets.rmdir()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _signals_as_exit() -> Iterator[None]:
    """Let SIGTERM and a closed terminal unwind the program, unless it has its own way."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ours = [number for number in ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _exit)
    try:
        yield
    finally:
        for number in ours:
            if signal.getsignal(number) is _exit:
                signal.signal(number, signal.SIG_DFL)


def _exit(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
