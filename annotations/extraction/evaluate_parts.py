"""What the engine read in a labelled sentence, and how much of each part is right."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from annotations.extraction.evaluate_gold import Gold, Mention
from annotations.extraction.evaluate_measures import Found
from annotations.extraction.pipeline import extract
from annotations.extraction.profiles import Profile
from annotations.extraction.records import DateMention, Finding, Quantity, Span

WORD = re.compile(r"\w+")
OF_GOLD = 0.5
OF_GIVEN = 0.34

Part = Literal["quantities", "dates"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A labelled sentence with what was found in it; where it was cut, the best piece speaks."""

    gold: Gold
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, gold: Gold, profile: Profile) -> "Reading":
        found = extract(
            gold.text, language=gold.language, published_at=gold.published_on, profile=profile
        )
        return cls(gold, tuple(found))

    @property
    def best(self) -> Finding | None:
        return max(self.findings, key=lambda one: one.check_worthiness, default=None)

    @property
    def score(self) -> float:
        return self.best.check_worthiness if self.best else 0.0

    @property
    def kind(self) -> str:
        return str(self.best.kind) if self.best else ""

    @property
    def facets(self) -> frozenset[str]:
        return frozenset(str(facet) for facet in self.best.facets) if self.best else frozenset()

    @property
    def speaker(self) -> str:
        return next((one.claimant.text for one in self.findings if one.claimant), "")

    @property
    def speaker_resolved(self) -> str:
        return next((one.claimant.name for one in self.findings if one.claimant), "")

    def mentions(self, part: Part) -> list[Mention]:
        found: Iterable[Quantity | DateMention] = (
            mention for finding in self.findings for mention in getattr(finding, part)
        )
        return [_mention(one) for one in found]


def _mention(found: Quantity | DateMention) -> Mention:
    span = Span(found.start, found.end)
    if isinstance(found, DateMention):
        return Mention(span, found.iso)
    return Mention(span, found.value, found.unit, found.modifier)


def kinds(readings: Sequence[Reading], *, within_facets: bool = False) -> Found:
    """Count kinds that are the labelled one, or are at least among its facets."""
    labelled = [one for one in readings if one.gold.kind]
    right = sum(
        one.kind == one.gold.kind or (within_facets and one.kind in (one.gold.facets or ()))
        for one in labelled
    )
    return Found(right, len(labelled), len(labelled))


def confusion(readings: Sequence[Reading]) -> dict[str, dict[str, int]]:
    """Count for each labelled kind which kinds were said."""
    pairs = Counter((one.gold.kind, one.kind) for one in readings if one.gold.kind)
    table: dict[str, dict[str, int]] = {}
    for (wanted, given), count in sorted(pairs.items(), key=lambda pair: (pair[0][0], -pair[1])):
        table.setdefault(str(wanted), {})[given] = count
    return table


def facets(readings: Sequence[Reading]) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for one in readings:
        if one.gold.facets is None:
            continue
        for name in sorted(one.gold.facets | one.facets):
            wanted, given = name in one.gold.facets, name in one.facets
            found[name] = found.get(name, Found()) + Found(wanted and given, wanted, given)
    return dict(sorted(found.items()))


def claimants(readings: Sequence[Reading], *, resolved: bool = False) -> Found:
    total = Found()
    for one in readings:
        wanted = one.gold.speaker_resolved if resolved else one.gold.speaker
        if one.gold.speaker is None:
            continue
        given = one.speaker_resolved if resolved else one.speaker
        total += Found(is_same_speaker(wanted or "", given), bool(wanted), bool(given))
    return total


def is_same_speaker(wanted: str, given: str) -> bool:
    """Tell whether half of the labelled words were found, and not too many others with them."""
    labelled, found = set(WORD.findall(wanted.lower())), set(WORD.findall(given.lower()))
    shared = len(labelled & found)
    return bool(shared) and shared >= OF_GOLD * len(labelled) and shared >= OF_GIVEN * len(found)


def mentions(readings: Sequence[Reading], part: Part, *, with_unit: bool = False) -> Found:
    total = Found()
    for one in readings:
        wanted: tuple[Mention, ...] | None = getattr(one.gold, part)
        if wanted is not None:
            given = one.mentions(part)
            total += Found(_matched(wanted, given, with_unit), len(wanted), len(given))
    return total


def _matched(wanted: Sequence[Mention], given: Sequence[Mention], with_unit: bool) -> int:
    left, right = list(given), 0
    for one in wanted:
        match = next((other for other in left if _is_same(one, other, with_unit)), None)
        if match is not None:
            left.remove(match)
            right += 1
    return right


def _is_same(one: Mention, other: Mention, with_unit: bool) -> bool:
    meets = one.span.start < other.span.end and other.span.start < one.span.end
    alike = (one.unit, one.modifier) == (other.unit, other.modifier)
    return meets and one.value == other.value and (alike or not with_unit)
