"""Dates in words, and the days, weeks, months or years they stand for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from annotations.extraction import moments
from annotations.extraction.languages.base import Calendar, Folded, either, folded, lowered
from annotations.extraction.moments import Resolved, Scene
from annotations.extraction.records import DateMention

LOOK_BACK = 64
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"\d{4}")
COUNTED_BACK = "before"
DAY_OR_MONTH = re.compile(r"\d{4}-\d\d(?:$|-\d\d)")
NUMERIC = re.compile(r"\d[./-]\s?\d")
NEED_DIGIT = frozenset({"days", "days_across", "day", "decade"})
NEED_YEAR = frozenset({"full", "month_year", "season_year", "years", "year_end", "year"})
NEED_NUMERIC = frozenset({"numeric", "iso"})
NEED_MONTH = frozenset({"full", "days", "days_across", "day", "months", "month_year", "month"})
NEED_WEEKDAY = frozenset({"weekday", "weekdays", "night"})

RESOLVERS: Mapping[str, Callable[[re.Match[str], Scene], Resolved | None]] = {
    "full": moments.full_day,
    "numeric": moments.full_day,
    "iso": moments.full_day,
    "days": moments.day_range,
    "days_across": moments.days_across,
    "day": moments.day_of_year,
    "months": moments.month_range,
    "month_year": moments.month_of_year,
    "month": moments.bare_month,
    "quarter": moments.quarter,
    "half": moments.half_year,
    "decade": moments.decade,
    "season_year": moments.season,
    "season": moments.season,
    "season_ahead": moments.season_ahead,
    "years": moments.year_range,
    "year_end": moments.year_end,
    "year": moments.year,
    "weekday": moments.weekday,
    "night": moments.night,
    "weekdays": moments.weekdays,
    "clock": moments.clock,
    "start_of": moments.start_of,
    "end_of": moments.end_of,
    "offset": moments.offset_day,
    "today": moments.today,
    "last_night": moments.last_night,
    "this": moments.this_span,
    "shifted": moments.shifted_span,
    "ago": moments.ago,
    "before": moments.ago,
    "ahead": moments.ahead,
}


def find(exact: str, calendar: Calendar, published_at: date | None) -> tuple[DateMention, ...]:
    """Return the dates of a sentence; relative ones need the day of publication."""
    if not calendar.cue.search(exact):
        return ()
    is_ahead = calendar.future.search(exact) or calendar.foretold.search(exact)
    scene = Scene(calendar, published_at, is_ahead is not None)
    found = _all(exact, scene)
    found.sort(key=lambda mention: (mention.start, -mention.end))
    return tuple(_apart(found))


def _all(exact: str, scene: Scene) -> list[DateMention]:
    idle = _idle(exact, scene.calendar)
    found: list[DateMention] = []
    for rule, known in scene.calendar.rules:
        if rule in idle:
            continue
        for match in known.finditer(exact):
            seen = _seen(exact, match, scene)
            if rule == COUNTED_BACK:
                seen = replace(seen, published=_anchor(found, match.start()) or seen.published)
            resolved = RESOLVERS[rule](match, seen)
            if resolved is not None:
                place = match.start(), match.end()
                found.append(DateMention(match.group(), *place, resolved.iso, resolved.precision))
    return found


def _anchor(found: Sequence[DateMention], at: int) -> date | None:
    """Return the day or month named before, from which `two weeks earlier` counts."""
    named = [one for one in found if one.end <= at and DAY_OR_MONTH.match(one.iso or "")]
    if not named:
        return None
    iso = max(named, key=lambda one: one.end).iso or ""
    return date.fromisoformat(f"{iso}-01"[:10])


def _idle(exact: str, calendar: Calendar) -> set[str]:
    """Return the rules that need a digit, a month or another word that is not there."""
    low = lowered(exact)
    idle = {
        rule for rule, needed in calendar.needs.items() if not any(word in low for word in needed)
    }
    for rules, is_seen in _families(exact, calendar):
        if not is_seen:
            idle |= rules
    return idle


def _families(exact: str, calendar: Calendar) -> Iterator[tuple[frozenset[str], bool]]:
    month, weekday = _names(calendar)
    yield NEED_DIGIT, DIGIT.search(exact) is not None
    yield NEED_YEAR, YEAR.search(exact) is not None
    yield NEED_NUMERIC, NUMERIC.search(exact) is not None
    yield NEED_MONTH, month.search(exact) is not None
    yield NEED_WEEKDAY, weekday.search(exact) is not None


@cache
def _names(calendar: Calendar) -> tuple[Folded, Folded]:
    """Return the patterns of a language's months and weekdays."""
    months, weekdays = (either(frozenset(names)) for names in (calendar.months, calendar.weekdays))
    return folded(months), folded(weekdays)


def _seen(exact: str, match: re.Match[str], scene: Scene) -> Scene:
    """Return the scene of one date: beside `said` it is past, after `from` or `until` ahead."""
    before = exact[max(0, match.start() - LOOK_BACK) : match.start()]
    if not scene.is_future:
        is_day = match.groupdict().get("weekday") is not None
        is_onward = is_day and scene.calendar.onward.search(before) is not None
        return replace(scene, is_future=True) if is_onward else scene
    is_told = scene.calendar.told.search(before) or scene.calendar.telling.match(exact, match.end())
    return replace(scene, is_future=False) if is_told else scene


def _apart(found: list[DateMention]) -> Iterator[DateMention]:
    """Yield the longest of the mentions that overlap."""
    reach = 0
    for place, mention in enumerate(found):
        if mention.start < reach:
            continue
        rivals = (other for other in found[place + 1 : place + 6] if other.start < mention.end)
        if any(other.end - other.start > mention.end - mention.start for other in rivals):
            continue
        yield mention
        reach = mention.end
