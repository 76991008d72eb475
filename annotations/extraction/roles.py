"""What a sentence is for on the page. Boilerplate is named, never thrown away."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotations.extraction.languages.base import Reading
from annotations.extraction.lines import BREAK, LIST_MARK
from annotations.extraction.records import Role, Sentence, Span

LAST_MARKS = frozenset(".!?…:;,؟。")
SITE_SUFFIX = re.compile(r"\s[–—|-]\s(?:[A-ZÀ-Þ][\w.]*\s?){1,5}$")
NAVIGATION = re.compile(r"[^|]{1,40}(?:\|[^|]{1,40})+")
LINK = re.compile(r"(?:https?://|www\.)\S+")
WORD = re.compile(r"[^\W_]")
CREDIT = re.compile(
    r"\(?(?:file )?(?:photos?|pictures?|images?|credit|crédits?|©)\b", re.IGNORECASE
)
LONGEST_CAPTION = 2
LONGEST_TITLE = 180
TAIL = 120


def assign(text: str, spans: Sequence[Span], reading: Reading) -> list[Sentence]:
    """Give each span its role, from its words and from the lines around it."""
    sentences: list[Sentence] = []
    opening = True
    for place, span in enumerate(spans):
        exact = text[span.start : span.end]
        alone = _is_alone(text, spans, place)
        role = _own_role(exact, reading) or _line_role(exact, alone, opening, len(spans))
        opening = opening and role not in (Role.HEADLINE, Role.BODY)
        sentences.append(Sentence(span.start, span.end, exact, role))
        if role is Role.CAPTION and CREDIT.match(exact):
            _caption_line(text, sentences)
    return sentences


def _caption_line(text: str, sentences: list[Sentence]) -> None:
    """Take what stands before a credit on its line for the caption it belongs to."""
    for place in range(len(sentences) - 2, max(-1, len(sentences) - 2 - LONGEST_CAPTION), -1):
        sentence, later = sentences[place], sentences[place + 1]
        if any(True for _ in _breaks(text, sentence.end, later.start)):
            return
        if sentence.role is Role.BODY:
            sentences[place] = replace(sentence, role=Role.CAPTION)


def _own_role(exact: str, reading: Reading) -> Role | None:
    """Return the role that the words alone give away."""
    bare = exact.lstrip("•◦▪‣·*–—->»→►▶ \t\u00a0([")
    order = (
        (Role.BOILERPLATE, not WORD.search(exact) or LINK.fullmatch(exact)),
        (Role.BYLINE, reading.byline.search(bare)),
        (Role.BOILERPLATE, reading.furniture.search(bare) or _is_navigation(exact)),
        (Role.CAPTION, reading.caption.search(exact) or reading.credit.search(exact[-TAIL:])),
        (Role.LIST_ITEM, LIST_MARK.match(exact)),
    )
    return next((role for role, applies in order if applies), None)


def _line_role(exact: str, alone: bool, opening: bool, count: int) -> Role:
    """Return the role that the place on the page gives away."""
    ended = exact.rstrip('»”"’) \u00a0\u202f')[-1:] in LAST_MARKS
    if count == 1 or not alone or ended or len(exact) > LONGEST_TITLE:
        return Role.BODY
    return Role.HEADLINE if opening else Role.SUBHEADING


def _is_navigation(exact: str) -> bool:
    return len(exact) <= 160 and NAVIGATION.fullmatch(exact) is not None


def _is_alone(text: str, spans: Sequence[Span], place: int) -> bool:
    """Tell whether the span has its line to itself."""
    above = spans[place - 1].end if place else 0
    below = spans[place + 1].start if place + 1 < len(spans) else len(text)
    first = not place or any(True for _ in _breaks(text, above, spans[place].start))
    last = place + 1 == len(spans) or any(True for _ in _breaks(text, spans[place].end, below))
    return first and last


def _breaks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return BREAK.finditer(text, start, end)
