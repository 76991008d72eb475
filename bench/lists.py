"""What a page costs over HTTP: lists, their first page and the fiftieth, and the workbench."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

import orjson
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Article, Sentence
from bench import newsroom
from bench.addresses import ADDRESSES, API, EDITOR, Address
from bench.figures import Line, percentile, print_table, show
from bench.first_load import first_load
from bench.scratch import Scratch, cpu_seconds
from bench.wire import Connection, timed

SIZES = (1_000, 100_000)
FAR = 50  # the page that is far down the list
MILLISECONDS_AT_MOST, STATEMENTS_AT_MOST = 10.0, 8
WORKBENCH_AT_MOST = 15.0
KILOBYTES_AT_MOST, REQUESTS_AT_MOST = 120, 25
WORKBENCH, SENTENCE = "workbench of an article", "workbench: one sentence"
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
    processor: float
    statements: int
    size: int

    @property
    def limit(self) -> float:
        return WORKBENCH_AT_MOST if self.name == WORKBENCH else MILLISECONDS_AT_MOST

    @property
    def is_good(self) -> bool:
        return self.milliseconds <= self.limit and self.statements <= STATEMENTS_AT_MOST

    def cells(self) -> list[str]:
        return [
            f"{self.sentences:,}",
            self.name,
            f"{self.page}",
            f"{self.milliseconds:.1f} ms",
            f"{self.processor:.1f} ms",
            f"{self.statements}",
            f"{self.size / 1000:.0f} kB",
            f"≤ {self.limit:.0f} ms, ≤ {STATEMENTS_AT_MOST}" + "  missed" * (not self.is_good),
            PEERS.get(self.name, ""),
        ]


def main(scratch: Scratch, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="lists")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="sentences")
    parser.add_argument("--times", type=int, default=40, help="how often each page is read")
    chosen = parser.parse_args(options)
    port = scratch.start_web()
    costs = [
        cost for size in chosen.sizes for cost in _costs_in_house(scratch, size, port, chosen.times)
    ]
    head = ["sentences", "page of", "no.", "p50", "CPU", "statements", "size", "target", "peers"]
    print_table(head, [cost.cells() for cost in costs])
    loaded = first_load(_browser(port), [_workbench(), _sentence()])
    is_light = show(
        [
            Line("workbench, first load: bytes", loaded.size / 1000, "kB", KILOBYTES_AT_MOST),
            Line("workbench, first load: files", loaded.requests, "", REQUESTS_AT_MOST),
        ]
    )
    return is_light and all(cost.is_good for cost in costs)


def _costs_in_house(scratch: Scratch, sentences: int, port: int, times: int) -> list[Cost]:
    newsroom.build(newsroom.Newsroom(sentences))
    newsroom.rest()
    browser, reader = _browser(port), Connection(port, _cookie())

    def cost(name: str, page: int, path: str) -> Cost:
        """Ask as a browser does, for what is compressed on the wire."""
        path = path.replace(" ", "%20")
        timed(browser, [("GET", path, None)] * 3)
        web = scratch.trees("web")
        before = cpu_seconds(web)
        durations = timed(browser, [("GET", path, None)] * times)
        processor = (cpu_seconds(web) - before) / times * 1000
        size = len(browser.ask("GET", path).body)
        p50 = percentile(durations, 0.5)
        return Cost(sentences, name, page, p50, processor, _statements(path), size)

    costs = [cost(WORKBENCH, 1, _workbench()), cost(SENTENCE, 1, _sentence())]
    for address in ADDRESSES:
        if address.name in SHOWN:
            costs.append(cost(address.name, 1, address.path))
            page, path = _far_page(address, reader)
            if page > 1:
                costs.append(cost(address.name, page, path))
    return costs


def _cookie() -> str:
    return f"Cookie: {newsroom.session_cookie(EDITOR)}"


def _browser(port: int) -> Connection:
    return Connection(port, _cookie(), "Accept-Encoding: gzip")


def _article() -> int:
    """Choose an article with labels and with work left."""
    newest = Article.objects.filter(desk__slug="desk-1", verdicts__isnull=False).order_by("-pk")
    return newest.values_list("pk", flat=True)[0]


def _workbench() -> str:
    return f"/articles/{_article()}/"


def _sentence() -> str:
    """Name what the workbench asks for once it is there: its first candidate."""
    candidates = Sentence.objects.filter(article=_article(), candidate__is_candidate=True)
    return f"/sentences/{candidates.earliest('start').pk}/"


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
        link = re.search(rb'<a\s[^>]*rel="next"[^>]*>', body)
        address = re.search(rb'href="([^"]+)"', link[0]) if link else None
        return f"{urlsplit(path).path}{unescape(address[1].decode())}" if address else ""
    answer = orjson.loads(body)
    if answer.get("has_more"):
        return f"{API}/changes/?desk=desk-1&cursor={answer['next_cursor']}"
    parts = urlsplit(answer.get("next") or "")
    return f"{parts.path}?{parts.query}" if parts.path else ""
