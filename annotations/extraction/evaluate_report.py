"""The figures of all parts together, as an object and as a plain table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotations.extraction import evaluate_parts as parts
from annotations.extraction.evaluate_gold import Gold
from annotations.extraction.evaluate_measures import (
    Choice,
    Found,
    Ranking,
    Worthiness,
    measured,
    ranked,
)
from annotations.extraction.evaluate_parts import Reading
from annotations.extraction.profiles import Profile

WIDTH = 22


@dataclass(frozen=True, slots=True)
class Report:
    """A part that nobody labelled is not in it."""

    worthiness: Worthiness | None
    ranking: Ranking | None
    parts: dict[str, Found]
    facets: dict[str, Found]
    confusion: dict[str, dict[str, int]]

    def to_dict(self) -> dict[str, object]:
        return {
            "check_worthiness": self.worthiness.to_dict() if self.worthiness else None,
            "within_article": self.ranking.to_dict() if self.ranking else None,
            "parts": {name: found.to_dict() for name, found in self.parts.items()},
            "facets": {name: found.to_dict() for name, found in self.facets.items()},
            "confusion": self.confusion,
        }


def evaluate(rows: Sequence[Gold], *, profile: Profile = Profile.STANDARD) -> Report:
    """Read each sentence as an article of its own and compare."""
    readings = [Reading.of(row, profile) for row in rows]
    worthy = [
        Choice(one.score, one.gold.check_worthy)
        for one in readings
        if one.gold.check_worthy is not None
    ]
    found = {
        "kind": parts.kinds(readings),
        "kind within facets": parts.kinds(readings, within_facets=True),
        "claimant": parts.claimants(readings),
        "claimant resolved": parts.claimants(readings, resolved=True),
        "quantities": parts.mentions(readings, "quantities"),
        "  with unit and hedge": parts.mentions(readings, "quantities", with_unit=True),
        "dates": parts.mentions(readings, "dates"),
    }
    return Report(
        worthiness=measured(worthy) if worthy else None,
        ranking=ranked(_by_article(readings)),
        parts={name: one for name, one in found.items() if one.wanted or one.given},
        facets=parts.facets(readings),
        confusion=parts.confusion(readings),
    )


def _by_article(readings: Sequence[Reading]) -> Iterator[list[Choice]]:
    """Yield the scores of each article that the labels name."""
    found: dict[str, list[Choice]] = {}
    for one in readings:
        if one.gold.article and one.gold.check_worthy is not None:
            name = f"{one.gold.language} {one.gold.article}"
            found.setdefault(name, []).append(Choice(one.score, one.gold.check_worthy))
    yield from found.values()


def lines(report: Report) -> Iterator[str]:
    if report.worthiness:
        yield from _worthiness(report.worthiness)
    if report.ranking:
        yield ""
        yield report.ranking.line()
    for title, table in (("part", report.parts), ("facet", report.facets)):
        if table:
            yield ""
            yield f"{title:{WIDTH}}  precision  recall     F1   right  of"
            yield from (_found(name, found) for name, found in table.items())
    if report.confusion:
        yield ""
        yield f"{'labelled kind':{WIDTH}}  said to be"
    for kind, said in report.confusion.items():
        yield f"{kind:{WIDTH}}  {', '.join(f'{name} {count}' for name, count in said.items())}"


def _worthiness(worthiness: Worthiness) -> Iterator[str]:
    yield f"check-worthiness  {worthiness.line()}"
    yield ""
    yield "score from  sentences  mean score  in truth worthy"
    for one in worthiness.bins:
        yield f"{one.floor:10.1f}{one.count:11d}{one.mean_score:12.3f}{one.worthy:17.3f}"


def _found(name: str, found: Found) -> str:
    shares = f"{found.precision:11.3f}{found.recall:8.3f}{found.f1:7.3f}"
    return f"{name:{WIDTH}}{shares}{found.right:8d}{found.wanted:4d}"
