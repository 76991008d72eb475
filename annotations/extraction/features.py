"""What is seen of a sentence before it is scored, the same in every language."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from annotations.extraction.languages.base import Tone
from annotations.extraction.phrases import Phrase
from annotations.extraction.records import DateMention, Quantity, Span

MONEY = re.compile(r"[A-Z]{3}")
PROPER = re.compile(r"(?<=[^.!?«“\"(\s])\s(?:[dlDL]['’])?([A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)*)")
WORD = re.compile(r"[^\W\d_]+")
STOPS = (".", "!", "?", "…", ":", ";")
CLOSERS = '»”"’)\u00a0\u202f '
QUOTED_WORDS = 4
SHORT = 6
SPEECH = "speech"
SPOKEN = frozenset({"first_person", "second_person"})
REPORTED = frozenset({"claimant", "quotation"})
IN_SPEECH = (
    "figure",
    "percent_or_money",
    "date",
    "names",
    "length",
    "action",
    "comparison",
    "public_matter",
    "state",
    "position",
    "negation",
    "hedge",
    "modal",
    "ability",
    "future",
)
TYPICAL = 20


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence with what the other stages found in it; places count from its start."""

    exact: str
    quotes: tuple[Span, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    claimant: Phrase | None
    tone: Tone


@dataclass(frozen=True, slots=True)
class Hit:
    """How strongly a feature is present, and where."""

    value: float
    start: int
    end: int


def hits(evidence: Evidence) -> Iterator[tuple[str, Hit]]:
    """Yield the features that are present, by name."""
    found = {name: hit for name, look in FEATURES.items() if (hit := look(evidence)) is not None}
    yield from found.items()
    if SPOKEN.isdisjoint(found) or not REPORTED.isdisjoint(found):
        return
    whole = Hit(1.0, 0, len(evidence.exact))
    yield SPEECH, whole
    for name in IN_SPEECH:
        if name in found:
            yield f"{SPEECH}_{name}", replace(whole, value=found[name].value)


def _span(found: Quantity | DateMention | Span | None) -> Hit | None:
    return Hit(1.0, found.start, found.end) if found else None


def _figure(evidence: Evidence) -> Hit | None:
    return _span(next(iter(evidence.quantities), None))


def _several_figures(evidence: Evidence) -> Hit | None:
    return _span(evidence.quantities[1]) if len(evidence.quantities) > 1 else None


def _percent_or_money(evidence: Evidence) -> Hit | None:
    units = ("%", "point", "fraction", "ratio")
    return _span(
        next(
            (
                found
                for found in evidence.quantities
                if found.unit and (found.unit in units or MONEY.fullmatch(found.unit))
            ),
            None,
        )
    )


def _date(evidence: Evidence) -> Hit | None:
    return _span(next(iter(evidence.dates), None))


def _claimant(evidence: Evidence) -> Hit | None:
    said = evidence.claimant
    return Hit(1.0, said.start, said.start + len(said.text)) if said else None


def _quotation(evidence: Evidence) -> Hit | None:
    for quote in evidence.quotes:
        if len(WORD.findall(evidence.exact[quote.start : quote.end])) >= QUOTED_WORDS:
            return Hit(1.0, quote.start, quote.end)
    return None


def _bare_quotation(evidence: Evidence) -> Hit | None:
    """See a quotation that fills the sentence, with nobody named who says it."""
    whole = len(evidence.exact)
    for quote in evidence.quotes:
        if not evidence.claimant and quote.end - quote.start > 0.8 * whole:
            return Hit(1.0, quote.start, quote.end)
    return None


def _names(evidence: Evidence) -> Hit | None:
    found = list(PROPER.finditer(evidence.exact))
    if not found:
        return None
    return Hit(min(len(found), 3) / 3, found[0].start(1), found[0].end(1))


def _length(evidence: Evidence) -> Hit | None:
    words = _word_count(evidence.exact)
    return Hit(math.log1p(words) / math.log1p(TYPICAL), 0, len(evidence.exact))


def _short(evidence: Evidence) -> Hit | None:
    is_short = _word_count(evidence.exact) < SHORT
    return Hit(1.0, 0, len(evidence.exact)) if is_short else None


@lru_cache(maxsize=4)
def _word_count(text: str) -> int:
    return len(WORD.findall(text))


def _question(evidence: Evidence) -> Hit | None:
    asks = evidence.exact.rstrip('»”"’) \u00a0\u202f').endswith(("?", "؟", "？"))
    return Hit(1.0, 0, len(evidence.exact)) if asks else None


def _exclamation(evidence: Evidence) -> Hit | None:
    at = evidence.exact.find("!")
    return Hit(1.0, at, at + 1) if at >= 0 else None


def _told_now(*, in_title: bool) -> Callable[[Evidence], Hit | None]:
    """Return a feature that sees a deed told in the present, in a title or in a sentence."""

    def look(evidence: Evidence) -> Hit | None:
        if evidence.exact.rstrip(CLOSERS).endswith(STOPS) is in_title:
            return None
        match = evidence.tone.headline.search(evidence.exact)
        return Hit(1.0, match.start(), match.end()) if match else None

    return look


def _firm_forecast(evidence: Evidence) -> Hit | None:
    """See an announcement that names its day, its figure or the one who makes it."""
    match = evidence.tone.future.search(evidence.exact)
    is_firm = evidence.dates or evidence.quantities or evidence.claimant
    return Hit(1.0, match.start(), match.end()) if match and is_firm else None


def _said(name: str) -> Callable[[Evidence], Hit | None]:
    """Return a feature that looks for one of the language's word lists."""

    def look(evidence: Evidence) -> Hit | None:
        match = getattr(evidence.tone, name).search(evidence.exact)
        return Hit(1.0, match.start(), match.end()) if match else None

    return look


FEATURES: dict[str, Callable[[Evidence], Hit | None]] = {
    "figure": _figure,
    "several_figures": _several_figures,
    "percent_or_money": _percent_or_money,
    "date": _date,
    "claimant": _claimant,
    "quotation": _quotation,
    "bare_quotation": _bare_quotation,
    "names": _names,
    "length": _length,
    "short": _short,
    "question": _question,
    "exclamation": _exclamation,
    "public_matter": _said("public"),
    "action": _said("action"),
    "title_deed": _told_now(in_title=True),
    "present_deed": _told_now(in_title=False),
    "position": _said("position"),
    "state": _said("state"),
    "comparison": _said("comparison"),
    "cause": _said("cause"),
    "negation": _said("negation"),
    "hedge": _said("hedge"),
    "modal": _said("modal"),
    "ability": _said("ability"),
    "future": _said("future"),
    "firm_forecast": _firm_forecast,
    "first_person": _said("first_person"),
    "second_person": _said("second_person"),
    "opinion": _said("opinion"),
    "vague": _said("vague"),
    "procedure": _said("procedure"),
    "truism": _said("truism"),
}

NAMES = (*FEATURES, SPEECH, *(f"{SPEECH}_{name}" for name in IN_SPEECH))
