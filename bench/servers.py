"""The same application under several web servers: why `make run` starts the one that it does."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench import newsroom
from bench.addresses import API, EDITOR
from bench.figures import Stopwatch, percentile, print_table
from bench.scratch import Scratch, cpu_seconds, proportional_bytes
from bench.wire import Connection, Request, at_once

CLIENTS = 8
FEW_CONNECTIONS = {"DATABASE_POOL": "true"}


@dataclass(frozen=True, slots=True)
class Server:
    name: str
    command: Sequence[str] = field(default_factory=list)


def _granian(interface: str, workers: int, *more: str) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", interface, "--host", "127.0.0.1"),
        *("--port", "{port}", "--workers", str(workers), "--no-access-log"),
        *("--log-level", "error", *more),
    ]


def _uvicorn(workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "uvicorn", "--host", "127.0.0.1", "--port", "{port}"),
        *("--workers", str(workers), "--no-access-log", "--log-level", "warning"),
        *("--lifespan", "off", *ASGI),
    ]


ASGI = ("--factory", "django.core.asgi:get_asgi_application")
WSGI = ("factcheck.wsgi:application",)
LOOP = ("--loop", "asyncio")
THREADS = ("--blocking-threads", "64")
SERVERS = (
    Server("granian wsgi, 1 worker", _granian("wsgi", 1, *THREADS, *WSGI)),
    Server("granian wsgi, 2 workers", _granian("wsgi", 2, *THREADS, *WSGI)),
    Server("granian asginl, 1 worker", _granian("asginl", 1, *LOOP, *ASGI)),
    Server("granian asginl, 2 workers", _granian("asginl", 2, *LOOP, *ASGI)),
    Server("granian asgi, 1 worker", _granian("asgi", 1, *LOOP, *ASGI)),
    Server("uvicorn, 1 worker", _uvicorn(1)),
    Server("uvicorn, 2 workers", _uvicorn(2)),
)


def main(scratch: Scratch, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="servers")
    parser.add_argument("--requests", type=int, default=60, help="of each client")
    parser.add_argument("--only", default="", help="servers whose name begins so")
    parser.add_argument("--sentences", type=int, default=60_000)
    chosen = parser.parse_args(options)
    newsroom.build(newsroom.fresh(chosen.sentences))
    keys = [newsroom.key_text(3 + number) for number in range(CLIENTS)]
    cookie = newsroom.session_cookie(EDITOR)
    head = ["server", "work", "per second", "p50 ms", "p95 ms", "CPU ms", "memory MB"]
    rows: list[list[str]] = []
    for number, server in enumerate(SERVERS):
        if server.name.startswith(chosen.only):
            rows += _measured(scratch, server, chosen.requests, keys, cookie, 200 * number)
    print_table(head, rows)
    return True


def _measured(
    scratch: Scratch,
    server: Server,
    requests: int,
    keys: Sequence[str],
    cookie: str,
    first_article: int,
) -> list[list[str]]:
    port = scratch.start_web(server.command)
    first = first_article * newsroom.PER_ARTICLE + 1

    def with_key(number: int) -> Connection:
        return Connection(port, f"Authorization: Api-Key {keys[number]}")

    def with_cookie(_number: int) -> Connection:
        return Connection(port, f"Cookie: {cookie}")

    health: list[Request] = [("GET", f"{API}/health/live/", None)] * requests
    queue: list[Request] = [("GET", "/", None)] * (requests // 2)
    at_once(with_cookie, [[*queue[:5], *health[:5]]] * CLIENTS)
    rows = [
        _row(scratch, server, "health", with_cookie, [health] * CLIENTS),
        _row(scratch, server, "queue page", with_cookie, [queue] * CLIENTS),
        _row(scratch, server, "label, 1 client", with_key, [_labels(first, requests)]),
        _row(
            scratch,
            server,
            f"label, {CLIENTS} clients",
            with_key,
            [_labels(first + 600 * (1 + client), requests) for client in range(CLIENTS)],
        ),
    ]
    scratch.stop("web")
    return rows


def _labels(first: int, count: int) -> list[Request]:
    return [
        ("PUT", f"{API}/sentences/{pk}/annotation/", {"label": "verified"})
        for pk in range(first, first + count)
    ]


def _row(
    scratch: Scratch,
    server: Server,
    work: str,
    connect: Callable[[int], Connection],
    requests: Sequence[Sequence[Request]],
) -> list[str]:
    web = scratch.trees("web")
    before = cpu_seconds(web)
    with Stopwatch() as watch:
        durations = at_once(connect, requests)
    cpu = (cpu_seconds(web) - before) / len(durations) * 1000
    return [
        server.name,
        work,
        f"{len(durations) / watch.seconds:.0f}",
        f"{percentile(durations, 0.5):.1f}",
        f"{percentile(durations, 0.95):.1f}",
        f"{cpu:.1f}",
        f"{proportional_bytes(web) / 1e6:.0f}",
    ]
