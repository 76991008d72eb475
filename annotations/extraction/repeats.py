"""What an article says twice: sentences that repeat each other, and figures that disagree."""

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from annotations.extraction.languages.base import words
from annotations.extraction.records import (
    Conflict,
    Facet,
    Finding,
    Kind,
    Quantity,
    Role,
    Span,
    Value,
)

KEPT = 1_000
FEWEST = 4
PREFIX = 6
ALIKE = 0.62
CONTAINED = 0.78
ABOUT = 0.3
SHARED_EVENT = 2
MOST_CONFLICTS = 3
SKIPPED = frozenset({Role.BOILERPLATE, Role.BYLINE, Role.CAPTION})
WORD = re.compile(r"[^\W\d_]{4,}|\d+(?:[.,]\d+)*")
GENERAL_UNITS = frozenset({"%", "point", "fraction", "ratio", "fois", "time", "score"})
LENGTHS = words(
    "an jour heure mois minute semaine seconde année year day hour month week minute second"
)


@dataclass(frozen=True, slots=True)
class Told:
    """An earlier sentence, as it is compared."""

    finding: Finding
    words: frozenset[str]
    figures: frozenset[str]


def relate(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings with links back: to what they repeat, and to figures they disagree with.

    Looks back at a bounded number of sentences, so that a long text takes no more memory.
    """
    told: OrderedDict[int, Told] = OrderedDict()
    by_word: dict[str, list[int]] = {}
    for finding in findings:
        if finding.role in SKIPPED or finding.kind is Kind.QUESTION:
            yield finding
            continue
        now = _told(finding)
        near = _nearest(now, told, by_word)
        first = next((one for one in near if _is_repeated(now, one)), None)
        if first is None:
            conflicts = tuple(_conflicts(now, near))[:MOST_CONFLICTS]
            yield replace(finding, conflicts=conflicts) if conflicts else finding
            _remember(now, told, by_word)
        else:
            yield replace(finding, repeats=Span(first.finding.start, first.finding.end))


def _told(finding: Finding) -> Told:
    """Take the words of a sentence by their beginnings, without who says it."""
    said = set(WORD.findall(finding.claimant.text.lower())) if finding.claimant else set()
    found = set(WORD.findall(finding.exact.lower())) - said
    return Told(
        finding,
        frozenset(word[:PREFIX] for word in found if not word[0].isdigit()),
        frozenset(str(found.value) for found in finding.quantities),
    )


def _remember(now: Told, told: OrderedDict[int, Told], by_word: dict[str, list[int]]) -> None:
    told[now.finding.start] = now
    for word in now.words:
        by_word.setdefault(word, []).append(now.finding.start)
    if len(told) > KEPT:
        _, old = told.popitem(last=False)
        for word in old.words:
            by_word[word].remove(old.finding.start)


def _nearest(now: Told, told: OrderedDict[int, Told], by_word: dict[str, list[int]]) -> list[Told]:
    """Return the earlier sentences that share enough words, the most alike first."""
    counts: dict[int, int] = {}
    for word in now.words:
        for start in by_word.get(word, ())[-KEPT // 10 :]:
            counts[start] = counts.get(start, 0) + 1
    shared = [start for start, count in counts.items() if count >= SHARED_EVENT]
    shared.sort(key=lambda start: (-_likeness(now, told[start]), start))
    return [told[start] for start in shared[:12]]


def _likeness(one: Told, other: Told) -> float:
    """Return the share of words that two sentences have in common."""
    together = len(one.words | other.words)
    return len(one.words & other.words) / together if together else 0.0


def _is_repeated(now: Told, earlier: Told) -> bool:
    """Tell whether the earlier sentence said it already: the same words, the same figures."""
    if min(len(now.words), len(earlier.words)) < FEWEST:
        return now.finding.exact == earlier.finding.exact and bool(now.words)
    if now.figures != earlier.figures or _is_negated(now) != _is_negated(earlier):
        return False
    if _likeness(now, earlier) >= ALIKE:
        return True
    fewest = min(len(now.words), len(earlier.words))
    return len(now.words & earlier.words) >= CONTAINED * fewest


def _is_negated(told: Told) -> bool:
    return Facet.NEGATION in told.finding.facets


def _conflicts(now: Told, near: Iterable[Told]) -> Iterator[Conflict]:
    """Yield the figures for the same thing in the same event that differ."""
    for earlier, mine in product(near, now.finding.quantities):
        for theirs in earlier.finding.quantities:
            if _disagree(mine, theirs) and _is_same_event(now, earlier, mine):
                yield Conflict(
                    start=mine.start,
                    end=mine.end,
                    text=mine.text,
                    other_start=theirs.start,
                    other_end=theirs.end,
                    other_text=theirs.text,
                    unit=mine.unit or "",
                )


def _disagree(mine: Quantity, theirs: Quantity) -> bool:
    """Tell whether two amounts count the same thing and cannot both be right."""
    if mine.unit is None or mine.unit != theirs.unit or mine.unit in GENERAL_UNITS | LENGTHS:
        return False
    if isinstance(mine.value, tuple) or isinstance(theirs.value, tuple):
        return False
    agree = _is_allowed(mine, theirs.value) or _is_allowed(theirs, mine.value)
    return mine.value != theirs.value and not agree


def _is_allowed(mine: Quantity, value: Value) -> bool:
    """Tell whether `more than ten` and twelve agree."""
    if isinstance(mine.value, tuple) or isinstance(value, tuple):
        return True
    bounds = {
        ">": value > mine.value,
        ">=": value >= mine.value,
        "<": value < mine.value,
        "<=": value <= mine.value,
        "~": abs(value - mine.value) <= ABOUT * max(abs(value), abs(mine.value)) / 2,
    }
    return bounds.get(mine.modifier or "", False)


def _is_same_event(now: Told, earlier: Told, figure: Quantity) -> bool:
    """Tell whether two sentences speak of one event: enough words beside the noun counted."""
    counted = {word[:PREFIX] for word in WORD.findall(figure.text.lower())}
    shared = (now.words & earlier.words) - counted
    fewest = min(len(now.words), len(earlier.words))
    return len(shared) >= SHARED_EVENT and len(shared) >= ABOUT * max(fewest - len(counted), 1)
