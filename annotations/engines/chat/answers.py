"""What the model answered, checked: nothing is taken that does not stand in the sentence."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from annotations.engines.base import Failure
from annotations.engines.chat.questions import KINDS, LONGEST_SENT
from annotations.extraction import Kind, Sentence, Span

MOST_WORDS = 3
LONGEST_CLAIMANT = 200
MOST_TOKENS = 10_000_000


class Passing(Exception):
    """A trouble that another try may not meet; `after` is how long the server asks to wait."""

    def __init__(self, failure: Failure, detail: str = "", after: float | None = None) -> None:
        super().__init__(detail)
        self.failure, self.detail, self.after = failure, detail, after


class Truncated(Passing):
    """The answer ended before its end: fewer sentences may fit."""

    def __init__(self) -> None:
        super().__init__(Failure.MALFORMED, "cut off")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the model says of a sentence; places count from the sentence's start."""

    worth: float
    kind: Kind
    claimant: Span | None
    words: tuple[Span, ...]
    dropped: int


@dataclass(frozen=True, slots=True)
class Reply:
    """The envelope: the model's text, and what it cost if the server says so."""

    content: str
    tokens: int | None
    is_whole: bool


def opened(raw: bytes) -> Reply:
    data = _parsed(raw)
    try:
        choice = data["choices"][0]
        content, ending = choice["message"]["content"], choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise Passing(Failure.MALFORMED, "no message in it") from error
    if not isinstance(content, str):
        raise Passing(Failure.MALFORMED, "no text in it")
    return Reply(content, _tokens(data), is_whole=ending != "length")


def judgements(content: str, asked: Mapping[int, Sentence]) -> dict[int, Judgement]:
    """Read one judgement for each sentence that was asked for; what else is said is not read."""
    data = _parsed(content)
    rows = data.get("sentences") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise Passing(Failure.MALFORMED, "no list of sentences")
    judged: dict[int, Judgement] = {}
    for row in rows:
        place = _place(row, asked)
        if place is not None and place not in judged and (one := _judgement(row, asked[place])):
            judged[place] = one
    if judged.keys() != asked.keys():
        raise Passing(Failure.MALFORMED, f"{len(asked) - len(judged)} sentences not judged")
    return judged


def _parsed(text: str | bytes) -> Any:
    """Read JSON; a number of a million digits and a hill of brackets are no JSON for us."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Passing(Failure.MALFORMED, "not JSON") from error


def _tokens(data: Any) -> int | None:
    usage = data.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if _is_whole(total) and 0 < total <= MOST_TOKENS else None


def _place(row: object, asked: Mapping[int, Sentence]) -> int | None:
    place = row.get("index") if isinstance(row, dict) else None
    return place if _is_whole(place) and place in asked else None


def _judgement(row: Mapping[str, Any], sentence: Sentence) -> Judgement | None:
    worth, kind = row.get("check_worthy"), row.get("kind")
    if not _is_share(worth) or kind not in KINDS:
        return None
    exact = sentence.exact[:LONGEST_SENT]
    claimant = _span(row.get("claimant"), exact)
    if claimant and claimant.end - claimant.start > LONGEST_CLAIMANT:
        claimant = None
    given = row.get("words")
    words = tuple(_apart(given, exact)) if isinstance(given, list) else ()
    named = (row.get("claimant") is not None) + (len(given) if isinstance(given, list) else 0)
    taken = (claimant is not None) + len(words)
    return Judgement(float(worth), Kind(kind), claimant, words, named - taken)


def _apart(given: list[Any], exact: str) -> Iterator[Span]:
    """Yield the first passages that stand in the sentence and do not overlap."""
    taken: list[Span] = []
    for one in given:
        span = _span(one, exact)
        if span and all(span.end <= held.start or held.end <= span.start for held in taken):
            taken.append(span)
            yield span
        if len(taken) == MOST_WORDS:
            return


def _span(given: object, exact: str) -> Span | None:
    """Find the words in the sentence: they decide, the place only tells which of several."""
    passage = given if isinstance(given, dict) else {}
    text, hint = passage.get("text"), passage.get("start")
    if not isinstance(text, str) or not any(char.isalnum() for char in text):
        return None
    text = text.strip()
    near = hint if _is_whole(hint) and 0 <= hint < len(exact) else 0
    found = {exact.find(text, near), exact.rfind(text, 0, near + len(text))} - {-1}
    if not found:
        return None
    start = min(found, key=lambda place: (abs(place - near), place))
    return Span(start, start + len(text))


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_share(value: object) -> TypeGuard[float]:
    """Tell a probability from everything else, also from what is no number at all."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
