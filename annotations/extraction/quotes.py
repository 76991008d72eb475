"""The quoted stretches of a sentence."""

from annotations.extraction import marks
from annotations.extraction.records import Span


def find(exact: str) -> tuple[Span, ...]:
    """Return the outermost quotations, marks included, that hold at least one letter."""
    found = [
        span for span in marks.pairs(exact, 0, len(exact)) if exact[span.start] in marks.QUOTES
    ]
    return tuple(span for span in marks.outermost(found) if _has_letter(exact, span))


def _has_letter(exact: str, span: Span) -> bool:
    return any(char.isalpha() for char in exact[span.start : span.end])
