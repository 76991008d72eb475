"""Fit new sentences around those that people have already worked on."""

from collections.abc import Iterator, Sequence

from annotations.extraction.lines import BREAK, trimmed
from annotations.extraction.records import Span


def fit_to_pinned(text: str, proposed: Sequence[Span], pinned: Sequence[Span]) -> list[Span]:
    """Keep the pinned spans exactly; cut the proposed ones to what is left outside them."""
    held = sorted(pinned, key=lambda span: span.start)
    left = [trimmed(text, span.start, span.end) for span in _outside(proposed, held)]
    pieces = _joined(text, [piece for piece in left if piece.start < piece.end], held)
    return sorted([*pieces, *held], key=lambda span: (span.start, span.end))


def _outside(proposed: Sequence[Span], held: Sequence[Span]) -> Iterator[Span]:
    """Yield what the proposed spans leave outside the held ones, both in order."""
    place = 0
    for span in proposed:
        start = span.start
        while place < len(held) and held[place].end <= start:
            place += 1
        ahead = place
        while ahead < len(held) and held[ahead].start < span.end:
            if start < held[ahead].start:
                yield Span(start, held[ahead].start)
            start = max(start, held[ahead].end)
            ahead += 1
        if start < span.end:
            yield Span(start, span.end)


def _joined(text: str, pieces: Sequence[Span], held: Sequence[Span]) -> list[Span]:
    """Join pieces without a word to the one before, unless a held span lies between."""
    starts = {span.start for span in held}
    joined: list[Span] = []
    for piece in pieces:
        wordless = not any(char.isalnum() for char in text[piece.start : piece.end])
        if wordless and joined and _is_free(text, joined[-1].end, piece.start, starts):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def _is_free(text: str, start: int, end: int, starts: set[int]) -> bool:
    """Tell whether two pieces stand on one line with nothing but white space between them."""
    gap = text[start:end]
    is_blank = not gap or gap.isspace()
    return is_blank and not BREAK.search(gap) and starts.isdisjoint(range(start, end))
