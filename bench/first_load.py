"""What a browser loads before a page is usable, its memory empty."""

import gzip
import re
from collections.abc import Collection, Sequence
from posixpath import dirname
from typing import NamedTuple

from bench.wire import Connection

LINKED = re.compile(rb'<(?:link|script)[^>]*(?:href|src)="(/static/[^"]+)"', re.DOTALL)
CONTROLLERS = re.compile(rb'data-controller="([^"]+)"')
IMPORTED = re.compile(rb'from ?"\./([^"]+)"')
IMPORTED_FOR_CONTROLLERS = re.compile(rb'import\("\./([^"]+)"\)')


class Loaded(NamedTuple):
    requests: int
    size: int


def first_load(browser: Connection, pages: Sequence[str]) -> Loaded:
    """Follow the links and imports of a page and its fragments; count files, and bytes as sent."""
    bodies = {path: browser.ask("GET", path).body for path in pages}
    html = b"".join(map(_text, bodies.values()))
    controllers = {one.decode() for one in CONTROLLERS.findall(html)}
    waiting = [one.decode() for one in LINKED.findall(html)]
    while waiting:
        path = waiting.pop()
        if path not in bodies:
            bodies[path] = browser.ask("GET", path).body
            waiting += _imports(path, _text(bodies[path]), controllers)
    return Loaded(len(bodies), sum(map(len, bodies.values())))


def _imports(path: str, script: bytes, controllers: Collection[str]) -> list[str]:
    if not path.endswith(".js"):
        return []
    when_named = map(bytes.decode, IMPORTED_FOR_CONTROLLERS.findall(script))
    names = [one for one in when_named if one.split(".")[0] in controllers]
    names += map(bytes.decode, IMPORTED.findall(script))
    return [f"{dirname(path)}/{name}" for name in names]


def _text(body: bytes) -> bytes:
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
