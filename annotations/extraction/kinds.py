"""Which kind of statement a sentence is, and every facet that applies to it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from annotations.extraction import worthiness
from annotations.extraction.features import CLOSERS, STOPS, Evidence, Hit
from annotations.extraction.languages.base import Aspect, Folded, Language, Reporting
from annotations.extraction.lines import LIST_MARK
from annotations.extraction.quoting import is_mainly_quoted
from annotations.extraction.records import Facet, Kind, Role

BY_ROLE = {
    Role.BOILERPLATE: Kind.BOILERPLATE,
    Role.BYLINE: Kind.BOILERPLATE,
    Role.CAPTION: Kind.CAPTION,
}
STATEMENTS = frozenset(
    {
        Kind.NUMERIC,
        Kind.QUOTATION,
        Kind.ATTRIBUTION,
        Kind.EVENT,
        Kind.STATE,
        Kind.PREDICTION,
    }
)
PLAUSIBLE = 0.4
DENIAL_REACH = 24
PLAIN_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}(?:T|$)")


@dataclass(frozen=True, slots=True)
class Weighed:
    """How worth checking a sentence is, and whether it is no opinion where it is not."""

    score: float
    is_other: bool | None = None


def decide(
    role: Role,
    hits: Mapping[str, Hit],
    evidence: Evidence,
    known: Language,
    *,
    weighed: Weighed,
    published_on: date | None,
) -> Kind:
    """Return the first kind that applies; a near miss is still named for what it states."""
    by_form = BY_ROLE.get(role) or (Kind.QUESTION if worthiness.asks(hits) else None)
    if by_form:
        return by_form
    score = weighed.score
    is_near = score > PLAUSIBLE and not (
        _is_judged(hits) or known.aspect.teaser.search(evidence.exact)
    )
    if score > worthiness.THRESHOLD or is_near:
        return next(_statements(hits, evidence, known, published_on))
    if _asks_in_quotes(evidence):
        return Kind.QUESTION
    return _unchecked(hits, evidence, known.aspect, is_other=weighed.is_other)


def facets(kind: Kind, evidence: Evidence, known: Language) -> tuple[Facet, ...]:
    """Return all that applies to a statement, its kind first; other kinds stand alone."""
    found = [Facet(kind.value)]
    if kind in STATEMENTS:
        found += [facet for facet in _applying(evidence, known) if facet not in found]
    return tuple(found)


def _applying(evidence: Evidence, known: Language) -> Iterator[Facet]:
    exact, aspect = evidence.exact, known.aspect
    if evidence.quantities:
        yield Facet.NUMERIC
    if evidence.claimant:
        yield Facet.ATTRIBUTION
        if evidence.quotes:
            yield Facet.QUOTATION
    if _is_reserved(exact, aspect):
        yield Facet.HEDGED
    for facet, words in (
        (Facet.NEGATION, aspect.negation),
        (Facet.CAUSAL, aspect.causal),
        (Facet.COMPARISON, aspect.comparison),
    ):
        if words.search(exact):
            yield facet
    if (
        evidence.quantities
        and _is_event(exact, aspect, known.reporting)
        and not aspect.trend.search(exact)
    ):
        yield Facet.EVENT


def _asks_in_quotes(evidence: Evidence) -> bool:
    """See a quoted question that the sentence opens with: `“Where is it?” she asked`."""
    first = next(iter(evidence.quotes), None)
    if first is None or first.start > 0:
        return False
    return evidence.exact[first.start : first.end].rstrip('»”" \u00a0\u202f').endswith("?")


def _is_judged(hits: Mapping[str, Hit]) -> bool:
    judged = (
        *("opinion", "first_person", "vague", "exclamation", "bare_quotation"),
        *("procedure", "truism"),
    )
    return any(name in hits for name in judged)


def _unchecked(
    hits: Mapping[str, Hit], evidence: Evidence, aspect: Aspect, *, is_other: bool | None
) -> Kind:
    exact = evidence.exact
    if (
        not hits.keys().isdisjoint(("procedure", "truism"))
        or aspect.personal.search(exact)
        or aspect.teaser.search(exact)
    ):
        return Kind.OTHER
    ahead = "future" in hits or aspect.forecast.search(evidence.exact)
    is_personal = "first_person" in hits or "claimant" in hits
    if ahead and "opinion" not in hits and "first_person" not in hits:
        return Kind.PREDICTION
    if aspect.looming.search(evidence.exact) and not is_personal:
        return Kind.PREDICTION
    if is_other is None:
        is_judged = _is_judged(hits) or "modal" in hits or "claimant" in hits
        is_other = not is_judged and _is_event(evidence.exact, aspect)
    return Kind.OTHER if is_other else Kind.OPINION


def _statements(
    hits: Mapping[str, Hit], evidence: Evidence, known: Language, published_on: date | None
) -> Iterator[Kind]:
    """Yield the kinds of statement that apply, the one with precedence first."""
    aspect = known.aspect
    future = hits.get("future")
    is_ahead = future is not None and not _is_added(evidence.exact, future.start, aspect)
    if is_ahead or _is_forecast(evidence, aspect, published_on):
        yield Kind.PREDICTION
    if evidence.claimant and is_mainly_quoted(evidence, known.reporting):
        yield Kind.QUOTATION
    if _is_numeric(evidence, aspect):
        yield Kind.NUMERIC
    if evidence.claimant:
        yield Kind.ATTRIBUTION
    if _is_event(evidence.exact, aspect) or _is_told_briefly(evidence.exact, aspect):
        yield Kind.EVENT
    yield Kind.STATE


def _is_added(exact: str, at: int, aspect: Aspect) -> bool:
    """See what is only said besides: `“They fled,” she said, adding that it will be proved`."""
    added = aspect.added.search(exact)
    return added is not None and added.end() <= at


def _is_forecast(evidence: Evidence, aspect: Aspect, published_on: date | None) -> bool:
    """See what is to come: by tense, by promise, or by a day after publication."""
    exact = evidence.exact
    if aspect.forecast.search(exact) or _is_headline(exact, aspect.headline_ahead, aspect):
        return True
    if evidence.claimant and _is_promised(exact, aspect):
        return True
    return _is_ahead(evidence, published_on) and not any(_deeds(exact, aspect))


def _is_headline(exact: str, known: Folded, aspect: Aspect) -> bool:
    """See words that mean something of their own only in a line without a full stop."""
    if exact.rstrip(CLOSERS).endswith(STOPS):
        return False
    told, done = known.search(exact), next(_deeds(exact, aspect), None)
    return told is not None and (done is None or done.start() >= told.end())


def _is_told_briefly(exact: str, aspect: Aspect) -> bool:
    """See a deed told in a line without a full stop, whatever its verb, if it has one."""
    if _is_headline(exact, aspect.headline, aspect):
        return True
    is_title = not exact.rstrip(CLOSERS).endswith(STOPS) and not LIST_MARK.match(exact)
    return is_title and aspect.lasting.search(exact) is None


def _is_promised(exact: str, aspect: Aspect) -> bool:
    """See the future as it was told: `he said that the road would open`."""
    promised = aspect.promised.search(exact)
    return promised is not None and aspect.clause.search(exact, 0, promised.start()) is not None


def _is_reserved(exact: str, aspect: Aspect) -> bool:
    """See reserve: in words, or in a conditional that nothing announces."""
    if aspect.hedged.search(exact):
        return True
    return aspect.promised.search(exact) is not None and not _is_promised(exact, aspect)


def _is_ahead(evidence: Evidence, published_on: date | None) -> bool:
    """Tell whether a date of the sentence begins after the day of publication."""
    if published_on is None:
        return False
    today = published_on.isoformat()
    starts = (mention.iso.partition("/")[0] for mention in evidence.dates if mention.iso)
    days = (start.partition("T")[0] for start in starts if PLAIN_DAY.match(start))
    return any(day > today[: len(day)] for day in days)


def _is_numeric(evidence: Evidence, aspect: Aspect) -> bool:
    """Tell whether an amount is what is claimed, not only who or what is meant: the two sides."""
    settled = [match.end() for match in aspect.settled.finditer(evidence.exact)]
    return any(
        found.unit == "fraction" or not any(found.start < end <= found.end for end in settled)
        for found in evidence.quantities
    )


def _is_event(exact: str, aspect: Aspect, reporting: Reporting | None = None) -> bool:
    """Tell what happened from what is: a deed that is not denied, before any word of being.

    That it was not done, or that nobody did it, is told of an occasion, and counts as what
    happened. With `reporting`, saying something is no deed.
    """
    lasting = aspect.lasting.search(exact)
    for done in _deeds(exact, aspect):
        if lasting and lasting.start() < done.start():
            return False
        if reporting and reporting.verb.match(exact, done.start()):
            continue
        if aspect.nobody.search(exact) or not _is_never(exact, done.start(), done.end(), aspect):
            return True
    return False


def _deeds(exact: str, aspect: Aspect) -> Iterator[re.Match[str]]:
    """Yield what was done, without what only describes: `a road built in 1980`, `a man who fled`.

    Right after a comma a participle describes, unless the comma closes what another one opened.
    """
    reach = 0
    for done in aspect.done.finditer(exact):
        before = exact[reach : done.start()]
        reach = done.end()
        opens_aside = exact.endswith(", ", 0, done.start()) and exact.count(",", 0, reach) == 1
        if not opens_aside and aspect.relative.search(before) is None:
            yield done


def _is_never(exact: str, start: int, end: int, aspect: Aspect) -> bool:
    """Tell whether it was never done, or not in all that time: that is how things are."""
    denied = aspect.never.search(exact, max(0, start - DENIAL_REACH))
    if denied is not None and denied.end() <= end + 1:
        return True
    return aspect.nothing.match(exact, end) is not None
