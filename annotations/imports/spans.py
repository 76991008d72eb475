"""Spans of other tools on our texts. We count code points; browsers counted UTF-16 units.

Where a span comes with its words, they decide; a span that fits nowhere is not guessed at.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_WORD = re.compile(r"\w")


class Span(NamedTuple):
    """A stretch of the text, and what had to be done to find it: nothing, utf16, trimmed, moved."""

    start: int
    end: int
    repair: str = ""


def located(text: str, start: int, end: int, exact: str | None = None) -> Span | None:
    """Return the span in code points, or None where the text holds no such thing."""
    counted = [Span(start, end), *_from_utf16(text, start, end)]
    inside = [one for one in counted if 0 <= one.start < one.end <= len(text)]
    if exact is None or not exact.strip():
        return _whole_words(text, inside)
    for one in inside:
        if text[one.start : one.end] == exact:
            return one
    for one in inside:
        if _bare(text[one.start : one.end]) == _bare(exact):
            return Span(one.start, one.end, one.repair or "trimmed")
    return _nearest(text, exact.strip(), start)


def best(sentences: Sequence[tuple[int, int]], start: int, end: int) -> int | None:
    """Return which sentence holds most of a span, the first of equals; None where none does."""
    shared = [min(end, last) - max(start, first) for first, last in sentences]
    most = max(shared, default=0)
    return shared.index(most) if most > 0 else None


def _from_utf16(text: str, start: int, end: int) -> list[Span]:
    """Read the offsets as UTF-16 units, where that makes a difference."""
    if text.isascii() or not 0 <= start < end:
        return []
    first, last = _points(text, start), _points(text, end)
    if first is None or last is None or (first, last) == (start, end):
        return []
    return [Span(first, last, "utf16")]


def _points(text: str, units: int) -> int | None:
    """Count the code points before so many UTF-16 units; None inside of a character."""
    raw = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
    try:
        return len(raw.decode("utf-16-le")) if len(raw) == 2 * units else None
    except UnicodeDecodeError:
        return None


def _whole_words(text: str, spans: list[Span]) -> Span | None:
    """Take the first that cuts no word in two, else the first."""
    whole = [one for one in spans if not _cuts(text, one.start) and not _cuts(text, one.end)]
    return next(iter(whole or spans), None)


def _cuts(text: str, offset: int) -> bool:
    return 0 < offset < len(text) and all(map(_WORD.match, text[offset - 1 : offset + 1]))


def _bare(text: str) -> str:
    """Leave out what tools change on the way: spaces at the ends, line breaks."""
    return " ".join(text.replace("\\n", " ").split())


def _nearest(text: str, exact: str, start: int) -> Span | None:
    found = [one.start() for one in re.finditer(re.escape(exact), text)]
    if not found:
        return None
    first = min(found, key=lambda place: abs(place - start))
    return Span(first, first + len(exact), "moved")
