"""What one label costs over HTTP: kept-alive connections, each client on sentences of its own."""

import argparse
from collections.abc import Sequence

from bench import newsroom
from bench.figures import Line, Stopwatch, percentile, show
from bench.scratch import Scratch, cpu_seconds
from bench.wire import Connection, Request, at_once

CLIENTS = 8
SERVERS = ("web", "postgresql")


def main(scratch: Scratch, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="tagging")
    parser.add_argument("--labels", type=int, default=300, help="how many each client gives")
    parser.add_argument("--articles", type=int, default=2_000, help="of the newsroom")
    chosen = parser.parse_args(options)
    newsroom.build(newsroom.fresh(chosen.articles * newsroom.PER_ARTICLE))
    port = scratch.start_web()
    keys = [newsroom.key_text(3 + number) for number in range(CLIENTS)]
    labels, first = chosen.labels, 1 + CLIENTS
    at_once(lambda n: _connect(port, keys[n]), _work(CLIENTS, 20, first_article=1))

    alone, _wall, _cpu = _measure(scratch, port, keys[:1], labels, first_article=first)
    first += _articles(labels)
    together, wall, cpu = _measure(scratch, port, keys, labels, first_article=first)

    return show(
        [
            Line("1 client: p50", percentile(alone, 0.5), "ms", 5, peers="dc 16.7, LS 85"),
            Line("1 client: p95", percentile(alone, 0.95), "ms", 9, peers="dc 23.1, LS 103"),
            Line("1 client: slowest", max(alone), "ms"),
            Line(
                f"{CLIENTS} clients: labels",
                len(together) / wall,
                "/s",
                at_least=350,
                peers="dc 111, LS 19",
            ),
            Line(f"{CLIENTS} clients: p50", percentile(together, 0.5), "ms"),
            Line(
                f"{CLIENTS} clients: p95",
                percentile(together, 0.95),
                "ms",
                35,
                peers="dc 104, LS 527",
            ),
            Line(f"{CLIENTS} clients: slowest", max(together), "ms"),
            Line(
                "server CPU a label",
                cpu / len(together) * 1000,
                "ms",
                4,
                peers="dc 13.7, LS 54",
            ),
        ]
    )


def _measure(
    scratch: Scratch, port: int, keys: Sequence[str], labels: int, *, first_article: int
) -> tuple[list[float], float, float]:
    """Return the durations, the time they took together, and the servers' CPU seconds."""
    servers = scratch.trees(*SERVERS)
    before = cpu_seconds(servers)
    with Stopwatch() as watch:
        durations = at_once(
            lambda n: _connect(port, keys[n]),
            _work(len(keys), labels, first_article=first_article),
        )
    return durations, watch.seconds, cpu_seconds(servers) - before


def _connect(port: int, key: str) -> Connection:
    return Connection(port, f"Authorization: Api-Key {key}", "Accept: application/json")


def _work(clients: int, labels: int, *, first_article: int) -> list[list[Request]]:
    """Give each client the sentences of its own articles, in reading order."""
    first = (first_article - 1) * newsroom.PER_ARTICLE + 1
    span = _articles(labels) * newsroom.PER_ARTICLE
    return [
        [
            ("PUT", f"/api/v1/sentences/{pk}/annotation/", {"label": "verified"})
            for pk in range(first + client * span, first + client * span + labels)
        ]
        for client in range(clients)
    ]


def _articles(labels: int) -> int:
    return -(-labels // newsroom.PER_ARTICLE)
