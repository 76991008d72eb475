"""From text to sentences with exact places."""

import re
from collections.abc import Iterator

from annotations.extraction import languages, lines, marks, roles, stops
from annotations.extraction.languages.base import Language
from annotations.extraction.records import Sentence, Span

WORD = re.compile(r"[^\W_]")


def segment(text: str, language: str) -> list[Sentence]:
    """Return the sentences of a text, in order; every non-blank character is in one."""
    known = languages.find(language)
    return roles.assign(text, split(text, known), known.reading)


def split(text: str, language: Language) -> list[Span]:
    """Return the places of the sentences, without white space at their ends."""
    return [
        piece
        for block in lines.blocks(text, language.reading)
        for piece in _pieces(text, block, language)
    ]


def _pieces(text: str, block: Span, language: Language) -> Iterator[Span]:
    """Cut one block; what holds no word joins the piece beside it."""
    pending: Span | None = None
    worded = False
    for piece in _cuts(text, block, language):
        has_word = WORD.search(text, piece.start, piece.end) is not None
        if pending is not None and worded and has_word:
            yield pending
            pending = piece
        else:
            pending = Span(pending.start if pending else piece.start, piece.end)
        worded = worded or has_word
    if pending is not None:
        yield pending


def _cuts(text: str, block: Span, language: Language) -> Iterator[Span]:
    guarded = list(marks.outermost(marks.pairs(text, block.start, block.end)))
    start = block.start
    for end in stops.ends(text, block, guarded, language.reading):
        piece = lines.trimmed(text, start, end)
        if piece.start < piece.end:
            yield piece
        start = end
    piece = lines.trimmed(text, start, block.end)
    if piece.start < piece.end:
        yield piece
