"""The first page of each list against its thousandth, and the log when nothing is new."""

from urllib.parse import urlsplit

import orjson

from bench.addresses import API
from bench.figures import Line, percentile
from bench.wire import Connection, Request, timed

FAR, TIMES, WORTH_COMPARING = 1_000, 40, 50
RATIO_AT_MOST, AT_MOST = 1.2, 10
LISTS = {
    "publications": f"{API}/publications/?page_size=20",
    "publications, one label": f"{API}/publications/?label=disputed&page_size=20",
    "changes": f"{API}/changes/?page_size=20",
    "articles": f"{API}/articles/?page_size=20",
    "sentences": f"{API}/sentences/?page_size=20",
    "verdicts": f"{API}/verdicts/?page_size=20",
}


def near_and_far(reader: Connection, size: int) -> list[Line]:
    """Ask for both pages in turn, so that what else the machine does is felt by both."""
    lines = []
    for name, path in LISTS.items():
        number, far = _far(reader, path)
        timed(reader, [("GET", one, None) for one in (path, far) * 3])
        turns: list[Request] = [("GET", one, None) for one in (path, far)] * TIMES
        durations = timed(reader, turns)
        first, last = (percentile(durations[start::2], 0.5) for start in (0, 1))
        what = f"{size:,} publications, {name}: page"
        lines.append(Line(f"{what} 1", first, "ms"))
        if number >= WORTH_COMPARING:
            lines.append(Line(f"{what} {number:,}", last, "ms"))
            lines.append(Line(f"{what} {number:,} to page 1", last / first, "×", RATIO_AT_MOST))
    return [*lines, _nothing_new(reader, size)]


def _far(reader: Connection, path: str) -> tuple[int, str]:
    """Turn pages up to the thousandth, or the last full one; return its number and address."""
    pages = [path]
    while len(pages) <= FAR and (following := _following(path, _read(reader, pages[-1]))):
        pages.append(following)
    far = pages[:FAR][-1] if len(pages) > FAR or len(pages) == 1 else pages[-2]
    return pages.index(far) + 1, far


def _read(reader: Connection, path: str) -> dict[str, object]:
    answer: dict[str, object] = orjson.loads(reader.ask("GET", path).body)
    return answer


def _following(path: str, answer: dict[str, object]) -> str:
    if answer.get("has_more"):
        return f"{path}&cursor={answer['next_cursor']}"
    parts = urlsplit(str(answer.get("next") or ""))
    return f"{parts.path}?{parts.query}" if parts.path else ""


def _nothing_new(reader: Connection, size: int) -> Line:
    path = f"{API}/changes/?page_size=500"
    pages = [path]
    while not pages or _read(reader, pages[-1])["has_more"]:
        pages.append(_following(path, _read(reader, pages[-1])))
    last = f"{path}&cursor={_read(reader, pages[-1])['next_cursor']}"
    durations = timed(reader, [("GET", last, None)] * TIMES)
    what = f"{size:,} publications, changes: nothing is new"
    return Line(what, percentile(durations, 0.5), "ms", AT_MOST)
