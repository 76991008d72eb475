"""First cut: lines, with the soft wraps of mail and agency wires joined again."""

import re
from collections.abc import Iterator

from annotations.extraction.languages.base import Reading
from annotations.extraction.records import Span

BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
FINAL = frozenset('.!?…:؟。！？»”"')
LIST_MARK = re.compile(r"(?:[•◦▪‣·*–—-]|\(?\d{1,3}[.)]|[a-zA-Z]\))\s")
WRAPPED_WIDTH = 40


def blocks(text: str, reading: Reading) -> Iterator[Span]:
    """Yield the stretches of text that no sentence crosses, without white space around them."""
    open_block: Span | None = None
    for line in _lines(text):
        if open_block is None:
            open_block = line
        elif _continues(text, open_block, line, reading):
            open_block = Span(open_block.start, line.end)
        else:
            yield open_block
            open_block = line
    if open_block is not None:
        yield open_block


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the white space at its ends; empty if there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for mark in BREAK.finditer(text):
        line = trimmed(text, start, mark.start())
        if line.start < line.end:
            yield line
        start = mark.end()
    line = trimmed(text, start, len(text))
    if line.start < line.end:
        yield line


def _continues(text: str, above: Span, below: Span, reading: Reading) -> bool:
    """Tell whether a line break is only a soft wrap: same sentence, next line."""
    if len(BREAK.findall(text, above.end, below.start)) > 1:
        return False
    if text[above.end - 1] in FINAL or LIST_MARK.match(text, below.start):
        return False
    if text[below.start].islower():
        return True
    tail = text[max(above.start, above.end - WRAPPED_WIDTH) : above.end]
    return len(tail) == WRAPPED_WIDTH and tail.split()[-1].lower() in reading.joiners
