"""Where a sentence ends inside a block: full stops that are not abbreviations, and a few others."""

import re
from collections.abc import Iterator, Sequence

from annotations.extraction.languages.base import Reading, words
from annotations.extraction.records import Span

EMOJI = "\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d"
STOP = re.compile(rf"(?P<stop>[.!?…؟۔。！？]+)|(?P<emoji>[{EMOJI}]+)|(?P<close>[»”])")
CLOSING = re.compile(rf"(?:[\s]?»|[”\"’)\]]|\[\d{{1,3}}\]|\s?[{EMOJI}]+(?!\w))*")
OPENING = re.compile(r"[\s«“„\"‘'’(\[¿¡–—-]*")
NEXT_WORD = re.compile(r"[^\W_]\.|[^\W_]+")
TOKEN_BEFORE = 24
PLAIN = 4
ACRONYM = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]")
LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[ivxIVX]{1,4}|[A-Za-z])")
GLUED_RIGHT = re.compile(r"(?:[«“]\s?)?[A-ZÀ-Þ](?:[a-zà-ÿ]{1,30}\b(?!\.\w)|['’][A-ZÀ-Þa-zà-ÿ])")
GLUED_LEFT = re.compile(r"(?:[a-zà-ÿ]{2}|\d{2}|%|[»”)])$")
SUFFIXES = words("com net org fr uk eu de io js py info gov edu tv ai be ch ca md")


def ends(text: str, block: Span, guarded: Sequence[Span], reading: Reading) -> Iterator[int]:
    """Yield each offset inside the block after which a new sentence begins."""
    piece = block.start
    guards = iter(guarded)
    guard = next(guards, None)
    for match in _marks(text, block, reading):
        at = match.start()
        while guard is not None and guard.end <= at:
            guard = next(guards, None)
        end = _end(text, match, block)
        if end <= piece or (guard is not None and guard.start < at and end < guard.end):
            continue
        if end < block.end and _is_end(text, match, end, Span(piece, block.end), reading):
            yield end
            piece = end


def _marks(text: str, block: Span, reading: Reading) -> Iterator[re.Match[str]]:
    """Yield stops and glued page furniture together, in order."""
    stops = STOP.finditer(text, block.start, block.end)
    stop = next(stops, None)
    for glued in reading.glued.finditer(text, block.start, block.end):
        while stop is not None and stop.start() < glued.start():
            yield stop
            stop = next(stops, None)
        yield glued
    while stop is not None:
        yield stop
        stop = next(stops, None)


def _end(text: str, match: re.Match[str], block: Span) -> int:
    if match.re is not STOP:
        return match.start()
    closing = CLOSING.match(text, match.end(), block.end)
    return closing.end() if closing else match.end()


def _is_end(text: str, match: re.Match[str], end: int, rest: Span, reading: Reading) -> bool:
    """Judge one mark; `rest` runs from the start of the open sentence to the end of the block."""
    if match.re is not STOP or _is_credit_ahead(text, end, rest, reading):
        return match.re is not STOP and _is_glued(text, match, rest)
    if match.lastgroup == "close":
        return reading.new_clause.match(text, end, rest.end) is not None
    if text[end].isspace():
        return _opens_another(text, match, end, rest, reading)
    return match.lastgroup == "stop" and _lacks_space(text, match.start(), end, rest)


def _opens_another(text: str, match: re.Match[str], end: int, rest: Span, reading: Reading) -> bool:
    """Tell whether what follows the white space begins a sentence."""
    word = _next_word(text, end, rest)
    if word is None or word[0].islower():
        return _is_careless(text, match, rest, word, reading)
    if match.lastgroup == "emoji":
        return _has_word(text, rest.start, match.start())
    if match.group() == ".":
        return not _is_abbreviation(text, match.start(), rest, word.lower(), reading)
    is_quoted = end > match.end() and match.group()[-1] in "?!"
    return not is_quoted or reading.speech_ahead.match(text, end, rest.end) is None


def _is_careless(
    text: str, match: re.Match[str], rest: Span, word: str | None, reading: Reading
) -> bool:
    """Tell whether a plain word ends and another sentence begins, only without its capital."""
    if word is None:
        return match.lastgroup == "stop"
    token = _token(text, match.start(), rest.start)
    is_plain = len(token) >= PLAIN and token.isalpha() and token.islower()
    is_whole = is_plain and token not in reading.abbreviations
    return match.group() == "." and is_whole and word in reading.starters


def _is_abbreviation(text: str, at: int, rest: Span, word: str, reading: Reading) -> bool:
    if LIST_NUMBER.fullmatch(text[rest.start : at].strip()[:6]):
        return True
    token = _token(text, at, rest.start)
    low = token.lower()
    if low in reading.titles or (len(token) == 1 and word.endswith(".")):  # z. B.
        return True
    initial = len(token) == 1 and token.isupper()
    if low in reading.abbreviations or initial or ACRONYM.fullmatch(token):
        return word not in reading.starters
    return False


def _token(text: str, at: int, floor: int) -> str:
    """Return the word that the stop at `at` belongs to."""
    start = at
    lowest = max(floor, at - TOKEN_BEFORE)
    while start > lowest and (text[start - 1].isalnum() or text[start - 1] in ".-"):
        start -= 1
    return text[start:at].lstrip(".-")


def _lacks_space(text: str, at: int, end: int, rest: Span) -> bool:
    """Tell whether the stop ends a sentence though the space after it is missing."""
    right = GLUED_RIGHT.match(text, end, rest.end)
    if right is None or right.group().lower() in SUFFIXES:
        return False
    left = text[max(rest.start, at - TOKEN_BEFORE) : at]
    if not GLUED_LEFT.search(left):
        return False
    token = left.split()[-1] + text[end : end + TOKEN_BEFORE].split()[0]
    return not any(mark in token.lower() for mark in ("/", "@", "www", "_", "\\"))


def _is_glued(text: str, match: re.Match[str], rest: Span) -> bool:
    before = text[match.start() - 1] if match.start() > rest.start else " "
    at_tail = match.end() == rest.end and before.isspace()
    return before.islower() or at_tail


def _is_credit_ahead(text: str, end: int, rest: Span, reading: Reading) -> bool:
    """Tell whether only the photographer's name is left: it stays with its caption."""
    if rest.end - end > 100:
        return False
    return reading.credit.match(text[end : rest.end].lstrip()) is not None


def _next_word(text: str, end: int, rest: Span) -> str | None:
    opening = OPENING.match(text, end, rest.end)
    found = NEXT_WORD.match(text, opening.end() if opening else end, rest.end)
    return found.group()[:40] if found else None


def _has_word(text: str, start: int, end: int) -> bool:
    return any(char.isalnum() for char in text[start : min(end, start + 200)])
