"""Whether what a sentence claims stands mainly inside its quotation marks."""

import re

from annotations.extraction.features import Evidence
from annotations.extraction.languages.base import Reporting
from annotations.extraction.records import Span

MOSTLY = 0.4
LEAD_WORDS = 4
OPENING_WORDS = 3
FEW = 2
OPENING_MARK = re.compile(r"[«“\"][ \u00a0\u202f]?")
WORD = re.compile(r"[^\W\d_]+")


def is_mainly_quoted(evidence: Evidence, reporting: Reporting) -> bool:
    """Weigh the words inside the marks, and what leads into them."""
    exact = evidence.exact
    inside = [WORD.findall(exact[quote.start : quote.end]) for quote in evidence.quotes]
    if max(map(len, inside), default=0) < FEW:
        return False
    if sum(quote.end - quote.start for quote in evidence.quotes) >= MOSTLY * len(exact):
        return True
    if any(_is_predicate(exact, quote, reporting) for quote in evidence.quotes):
        return True
    return _opens_quoted(evidence, inside[0]) or _is_led_in(evidence)


def _is_predicate(exact: str, quote: Span, reporting: Reporting) -> bool:
    """See `the cabinet “has conceded nothing”`: what is said of the subject is quoted."""
    begins = OPENING_MARK.match(exact, quote.start)
    verb = reporting.finite.match(exact, begins.end()) if begins else None
    return verb is not None and len(WORD.findall(exact[quote.start : quote.end])) >= OPENING_WORDS


def _opens_quoted(evidence: Evidence, first: list[str]) -> bool:
    """See a full quotation that the sentence begins with."""
    lead = evidence.exact[: evidence.quotes[0].start]
    return not WORD.search(lead) and len(first) >= OPENING_WORDS


def _is_led_in(evidence: Evidence) -> bool:
    """See `the minister spoke of “a premeditated attack”`: little between speaker and quotation."""
    claimant = evidence.claimant
    if claimant is None:
        return False
    said = claimant.start + len(claimant.text)
    for quote in evidence.quotes:
        between = WORD.findall(evidence.exact[said : quote.start])
        if said <= quote.start and len(between) <= LEAD_WORDS:
            return len(WORD.findall(evidence.exact[quote.end :])) <= LEAD_WORDS
    return False
