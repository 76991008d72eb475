"""Plain text with a little form: headings, lists, paragraphs. Never HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+(?=\S)")
_NUMBERED = re.compile(r"^\s*\d")
_HEADING = re.compile(r"^#{1,4}\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a list or a paragraph, line by line; pages escape each line."""

    kind: str
    lines: tuple[str, ...]


def blocks(text: str) -> list[Block]:
    """Cut a text at its empty lines, and where a list or a heading begins or ends."""
    return [
        Block(kind, tuple(_bare(line, kind) for line in lines))
        for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
        for kind, lines in _runs(part)
    ]


def _runs(part: str) -> Iterator[tuple[str, list[str]]]:
    lines = [line.strip() for line in part.split("\n") if line.strip()]
    for kind, run in groupby(lines, key=_kind):
        yield kind, list(run)


def _kind(line: str) -> str:
    if _HEADING.match(line):
        return "heading"
    if _ITEM.match(line):
        return "numbers" if _NUMBERED.match(line) else "list"
    return "paragraph"


def _bare(line: str, kind: str) -> str:
    return line if kind == "paragraph" else _HEADING.sub("", _ITEM.sub("", line))
