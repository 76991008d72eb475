"""What a page of a list costs over HTTP: the first, the fiftieth, in a small house and a large one."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import orjson
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Article
from bench import newsroom
from bench.addresses import ADDRESSES, API, EDITOR, Address
from bench.figures import percentile, print_table
from bench.scratch import Scratch
from bench.wire import Connection, timed

SIZES = (1_000, 100_000)
FAR = 50  # the page that is far down the list
MILLISECONDS_AT_MOST, STATEMENTS_AT_MOST = 10.0, 8
WORKBENCH_AT_MOST = 15.0
WORKBENCH = "workbench of an article"
PEERS = {
    "queue: to check": "dc 94-104 ms, 88 statements, 105 kB; LS 129-191 ms",
    "API verdicts: label": "dc 107 ms; LS 203 ms",
    WORKBENCH: "dc 91 ms in 10 calls; LS 1,049 ms in 15 calls",
}
SHOWN = (
    *("queue", "queue: to check", "queue: done", "review", "publications"),
    *("API articles: one desk", "API sentences: by worth", "API sentences: label"),
    *("API verdicts: state", "API verdicts: label", "API publications", "API changes"),
)


@dataclass(frozen=True, slots=True)
class Cost:
    sentences: int
    name: str
    page: int
    milliseconds: float
    statements: int
    size: int

    @property
    def is_good(self) -> bool:
        limit = WORKBENCH_AT_MOST if self.name == WORKBENCH else MILLISECONDS_AT_MOST
        return self.milliseconds <= limit and self.statements <= STATEMENTS_AT_MOST

    def cells(self) -> list[str]:
        limit = WORKBENCH_AT_MOST if self.name == WORKBENCH else MILLISECONDS_AT_MOST
        return [
            f"{self.sentences:,}",
            self.name,
            f"{self.page}",
            f"{self.milliseconds:.1f} ms",
            f"{self.statements}",
            f"{self.size / 1000:.0f} kB",
            f"≤ {limit:.0f} ms, ≤ {STATEMENTS_AT_MOST}" + "  missed" * (not self.is_good),
            PEERS.get(self.name, ""),
        ]


def main(scratch: Scratch, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="lists")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="sentences")
    parser.add_argument("--times", type=int, default=20, help="how often each page is read")
    chosen = parser.parse_args(options)
    port = scratch.start_web()
    costs = [
        cost for size in chosen.sizes for cost in _costs_in_house(size, port, times=chosen.times)
    ]
    head = ["sentences", "list", "page", "p50", "statements", "size", "target", "peers"]
    print_table(head, [cost.cells() for cost in costs])
    return all(cost.is_good for cost in costs)


def _costs_in_house(sentences: int, port: int, *, times: int) -> list[Cost]:
    newsroom.build(newsroom.Newsroom(sentences))
    reader = Connection(port, f"Cookie: {newsroom.session_cookie(EDITOR)}")

    def cost(name: str, page: int, path: str) -> Cost:
        path = path.replace(" ", "%20")
        read = [timed(reader, [("GET", path, None)] * count) for count in (3, times)]
        size = len(reader.ask("GET", path).body)
        return Cost(sentences, name, page, percentile(read[-1], 0.5), _statements(path), size)

    costs = [cost(WORKBENCH, 1, _workbench())]
    for address in ADDRESSES:
        if address.name in SHOWN:
            costs.append(cost(address.name, 1, address.path))
            page, path = _far_page(address, reader)
            if page > 1:
                costs.append(cost(address.name, page, path))
    return costs


def _workbench() -> str:
    """Name an article with labels and with work left."""
    newest = Article.objects.filter(desk__slug="desk-1", verdicts__isnull=False).order_by("-pk")
    return f"/articles/{newest.values_list('pk', flat=True)[0]}/"


def _statements(path: str) -> int:
    client = newsroom.client(EDITOR)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def _far_page(address: Address, reader: Connection) -> tuple[int, str]:
    """Turn pages up to the fiftieth, or the last; return its number and its path."""
    number, path = 1, address.path
    while number < FAR and (following := _following(address, path, reader)):
        number, path = number + 1, following
    return number, path


def _following(address: Address, path: str, reader: Connection) -> str:
    """Read where the next page begins; empty on the last."""
    body = reader.ask("GET", path).body
    if address.is_page:
        link = re.search(
            rb'href="(\?[^"]*before=\d+[^"]*)" rel="next"|rel="next" href="([^"]+)"', body
        )
        return (
            f"{urlsplit(path).path}{(link[1] or link[2]).decode()}".replace("&amp;", "&")
            if link
            else ""
        )
    answer = orjson.loads(body)
    if answer.get("has_more"):
        return f"{API}/changes/?desk=desk-1&cursor={answer['next_cursor']}"
    parts = urlsplit(answer.get("next") or "")
    return f"{parts.path}?{parts.query}" if parts.path else ""
