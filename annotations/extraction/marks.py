"""Pairs of quotation marks and brackets within a block."""

import re
from collections.abc import Iterator

from annotations.extraction.records import Span

MARK = re.compile('[«»“”„‟"‘’()\\[\\]]')
CLOSERS = {"»": "«", "”": "“„‟", "“": "„", ")": "(", "]": "[", "’": "‘"}
OPENERS = frozenset("«“„‟(‘[")
QUOTES = frozenset('«“„‟"‘')
DEPTH = 6
LONGEST = 2000


def pairs(text: str, start: int, end: int) -> list[Span]:
    """Return the matched pairs, marks included, in order of their start."""
    found: list[Span] = []
    stack: list[tuple[str, int]] = []
    for match in MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        opened = _opener(text, at, mark, stack, end)
        if opened is not None:
            found.append(Span(stack[opened][1], at + 1))
            del stack[opened:]
        elif _opens(text, at, mark, start):
            stack.append((mark, at))
    found.sort(key=lambda span: (span.start, -span.end))
    return [span for span in found if span.end - span.start <= LONGEST]


def outermost(spans: list[Span]) -> Iterator[Span]:
    """Yield the spans that lie in no other; they must come in order of start."""
    reach = -1
    for span in spans:
        if span.start >= reach:
            yield span
            reach = span.end


def _opener(text: str, at: int, mark: str, stack: list[tuple[str, int]], end: int) -> int | None:
    """Return the place on the stack of the mark that this one closes."""
    if mark == "’" and at + 1 < end and text[at + 1].isalnum():
        return None
    wanted = '"' if mark == '"' else CLOSERS.get(mark, "")
    for place in range(len(stack) - 1, max(-1, len(stack) - 1 - DEPTH), -1):
        if stack[place][0] in wanted:
            return place
    return None


def _opens(text: str, at: int, mark: str, start: int) -> bool:
    if mark == '"':
        return at == start or not text[at - 1].isalnum()
    return mark in OPENERS
