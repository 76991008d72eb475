"""Who says it: reporting verbs in every order, and `selon`, `according to`."""

import re
from collections.abc import Iterator, Sequence

from annotations.extraction.languages.base import Reporting
from annotations.extraction.phrases import Phrase, after, before
from annotations.extraction.records import Span

HIDDEN = "•"
CLOSED = re.compile(r"[,»”\"’?!–—]\s?$")
NEAR = 3
LOOK_BACK = 24


def find(exact: str, quotes: Sequence[Span], reporting: Reporting) -> Phrase | None:
    """Return the phrase that names the one who speaks, or None where the author does."""
    open_text = _without_quotations(exact, quotes)
    return next(_candidates(open_text, reporting), None)


def reports(exact: str, reporting: Reporting) -> re.Match[str] | None:
    """Return the first words of reporting in a sentence."""
    if match := reporting.according.search(exact):
        return match
    verbs = reporting.verb.finditer(exact)
    return next((verb for verb in verbs if not _is_passive(exact, verb.start(), reporting)), None)


def _candidates(text: str, reporting: Reporting) -> Iterator[Phrase]:
    """Yield claimants, the surest construction first."""
    yield from _after_quotation(text, reporting)
    yield from _pronoun_after_verb(text, reporting)
    for known in (reporting.inverted, reporting.according):
        for match in known.finditer(text):
            if phrase := after(text, match.end(), reporting):
                yield phrase
    for match in reporting.verb.finditer(text):
        if _is_passive(text, match.start(), reporting):
            continue
        if phrase := before(text, match.start(), reporting):
            yield phrase
    yield from _late_subject(text, reporting)


def _after_quotation(text: str, reporting: Reporting) -> Iterator[Phrase]:
    """Find `…, a déclaré la ministre` and `…,” said the minister`."""
    for match in reporting.after_quote.finditer(text):
        if CLOSED.search(text[max(0, match.start() - NEAR) : match.start()]):
            phrase = after(text, match.end(), reporting)
            if phrase and (phrase.determined or phrase.text[0].isupper()):
                yield phrase


def _pronoun_after_verb(text: str, reporting: Reporting) -> Iterator[Phrase]:
    for match in reporting.pronoun_inverted.finditer(text):
        group = match.lastgroup or 0
        if CLOSED.search(text[max(0, match.start() - NEAR) : match.start()]):
            yield Phrase(match[group], match.start(group), match[group], determined=False)


def _late_subject(text: str, reporting: Reporting) -> Iterator[Phrase]:
    """Find the subject of a verb that reports only beside a quotation."""
    if HIDDEN not in text:
        return
    for match in reporting.after_quote.finditer(text):
        if phrase := before(text, match.start(), reporting):
            yield phrase


def _is_passive(text: str, at: int, reporting: Reporting) -> bool:
    return reporting.passive.search(text[max(0, at - LOOK_BACK) : at]) is not None


def _without_quotations(exact: str, quotes: Sequence[Span]) -> str:
    """Return the text with the words inside quotation marks hidden, at the same length."""
    shown = exact
    for quote in quotes:
        inside = quote.end - quote.start - 2
        shown = shown[: quote.start + 1] + HIDDEN * inside + shown[quote.end - 1 :]
    return shown
