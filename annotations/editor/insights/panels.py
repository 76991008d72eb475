"""The panels of the page: each a chart, what it says in a sentence, and the table behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.editor.insights import charts, words
from annotations.models import Desk, Label, figures
from annotations.models.agreement import Agreement

NAMELESS = "–"  # an engine, before a worker took the run
BY_WEEK_FROM = 45  # days; shorter periods are shown day by day


@dataclass(frozen=True, slots=True)
class Period:
    """The desks and days that are asked for, and by whom."""

    by: figures.Sight
    desks: Sequence[Desk]
    since: datetime
    until: datetime
    days: int

    @property
    def ids(self) -> list[int]:
        return [one.pk for one in self.desks]

    @property
    def hides_some(self) -> bool:
        """Tell whether colleagues' labels are left out."""
        return not self.by.blind.isdisjoint(self.ids)

    @property
    def is_by_week(self) -> bool:
        return self.days >= BY_WEEK_FROM

    def steps(self, *, by_week: bool) -> list[date]:
        """Return every day, or every Monday, also those on which nothing happened."""
        first, last = self.since.date(), self.until.date()
        if by_week:
            first -= timedelta(days=first.weekday())
        step = timedelta(days=7 if by_week else 1)
        return [first + step * number for number in range((last - first) // step + 1)]


@dataclass(frozen=True, slots=True)
class Table:
    heads: list[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Panel:
    """`legend` names the marks of the chart; `note` says how to read it."""

    name: str
    title: str
    said: str
    table: Table
    plot: charts.Plot | None = None
    rows: charts.Rows | None = None
    legend: list[tuple[str, str]] = field(default_factory=list)
    unit: str = ""
    note: str = ""


def backlog(period: Period) -> Panel:
    """What is open, by the age of its article; of all times, since it is still to do."""
    found = {one.age: one for one in figures.backlog(period.ids, at=period.until)}
    ages = [
        _("Under a day"),
        _("1 to 3 days"),
        _("3 to 7 days"),
        _("7 to 30 days"),
        _("Over 30 days"),
    ]
    rows = [
        (
            name,
            found[age].sentences if age in found else 0,
            found[age].articles if age in found else 0,
        )
        for age, name in enumerate(ages)
    ]
    total = sum(sentences for _name, sentences, _articles in rows)
    said = _("Nothing waits to be decided.")
    if total:
        oldest = min(one.oldest for one in found.values())
        age = words.unbroken((period.until - oldest).total_seconds())
        said = _("%(sentences)s to decide. The oldest article has waited %(age)s.") % {
            "sentences": words.sentences(total),
            "age": age,
        }
    return Panel(
        "backlog",
        _("Backlog"),
        said,
        Table([_("Age"), _("Sentences"), _("Articles")], [list(row) for row in rows]),
        rows=charts.bars([(name, str(number), {"left": number}) for name, number, _ in rows])
        if total
        else None,
        note=_("Open sentences by the age of their article, whatever the period."),
    )


def labels(period: Period) -> Panel:
    """Labels given, day by day or week by week."""
    found = figures.labels(period.ids, by=period.by, since=period.since, by_week=period.is_by_week)
    steps = period.steps(by_week=period.is_by_week)
    values = [{str(one): found.get((on, one), 0) for one in Label.values} for on in steps]
    total = sum(found.values())
    heads = [_("Week from") if period.is_by_week else _("Day")]
    return Panel(
        "labels",
        _("Labels given"),
        _labels_said(total) if total else _nothing(),
        Table(
            [*heads, *(str(one.label) for one in Label)],
            [[on, *value.values()] for on, value in zip(steps, values, strict=True)],
        ),
        plot=charts.columns([words.day(on) for on in steps], values) if total else None,
        legend=[(str(one.value), str(one.label)) for one in Label],
        note=_seen(
            period,
            _("Counted on the day when each was first given, with the label that stands now."),
        ),
    )


def pace(period: Period) -> Panel:
    """From the article's arrival to the approval, week by week."""
    found = {one.week: one for one in figures.pace(period.ids, since=period.since)}
    steps = period.steps(by_week=True)
    slowest = max((one.slow for one in found.values()), default=0)
    size, name = words.unit(slowest)
    series: dict[str, Sequence[float | None]] = {
        "median": [found[on].median / size if on in found else None for on in steps],
        "slow": [found[on].slow / size if on in found else None for on in steps],
    }
    verdicts = sum(one.verdicts for one in found.values())
    return Panel(
        "pace",
        _("Time to verdict"),
        _pace_said(found[max(found)], verdicts) if found else _nothing(),
        Table(
            [_("Week from"), _("Approvals"), _("Median"), _("9 in 10 within")],
            [
                [on, found[on].verdicts, *map(words.duration, found[on][2:])]
                for on in steps
                if on in found
            ],
        ),
        plot=charts.lines([words.day(on) for on in steps], series) if found else None,
        legend=[("median", _("Median")), ("slow", _("9 in 10 within"))],
        unit=words.unit_name(name),
        note=_("From the arrival of the article to the approval that stands, by week of approval."),
    )


def agreement(period: Period) -> Panel:
    """Krippendorff's alpha of each desk on which two people labelled the same sentences."""
    found = figures.agreements(period.ids, by=period.by, since=period.since)
    desks = [(one, found[one.pk]) for one in period.desks if one.pk in found]
    rows = [(desk.name, _alpha_said(one), one.alpha, one.low, one.high) for desk, one in desks]
    is_open = any(not desk.is_blind for desk, _one in desks)
    note = _("1: always the same label; 0: no more than by chance. With an interval of 95%.")
    if is_open:
        note += " " + _("Where colleagues’ labels can be seen, agreement says less.")
    heads = [_("Desk"), _("Alpha"), _("From"), _("To"), _("Sentences"), _("Labels")]
    return Panel(
        "agreement",
        _("Agreement"),
        _("Krippendorff’s alpha of sentences that two or more people labelled.")
        if rows
        else _("No sentence was labelled by two people in this period."),
        Table(
            heads,
            [
                [desk.name, *map(words.alpha, (one.alpha, one.low, one.high)), *one[1:3]]
                for desk, one in desks
            ],
        ),
        rows=charts.intervals(rows, ends=("−1", "0", "1")) if rows else None,
        note=_seen(period, note),
    )


def health(period: Period) -> Panel:
    """How extraction went, engine by engine."""
    found = figures.health(period.ids, since=period.since)
    runs = sum(sum(one[1:5]) for one in found)
    lost = sum(one.failed for one in found)
    marks = ("succeeded", "fallback", "failed", "active")
    bars = [
        (one.engine or NAMELESS, _health_said(one), dict(zip(marks, one[1:5], strict=True)))
        for one in found
    ]
    names = [_("Succeeded"), _("Another engine stepped in"), _("Failed"), _("Not finished")]
    times = [_("Wait, median"), _("Wait, 9 in 10"), _("Reading, median"), _("Reading, 9 in 10")]
    return Panel(
        "extraction",
        _("Extraction"),
        _health_in_all(runs, lost),
        Table(
            [_("Engine"), *names, *times],
            [
                [one.engine or NAMELESS, *one[1:5], *_times(one.waited), *_times(one.took)]
                for one in found
            ],
        ),
        rows=charts.bars(bars) if runs else None,
        legend=list(zip(marks, names, strict=True)),
        note=_("By the engine that was asked. Waiting is the time in the queue."),
    )


def _health_in_all(runs: int, lost: int) -> str:
    if not runs:
        return _nothing()
    if not lost:
        return ngettext(
            "%(runs)s extraction, and it did not fail.",
            "%(runs)s extractions, none of which failed.",
            runs,
        ) % {"runs": runs}
    return ngettext(
        "%(runs)s extraction, which failed.",
        "%(runs)s extractions, %(failed)s of which failed.",
        runs,
    ) % {"runs": runs, "failed": lost}


PANELS = {
    "backlog": backlog,
    "agreement": agreement,
    "labels": labels,
    "pace": pace,
    "extraction": health,
}


def _seen(period: Period, note: str) -> str:
    """Say where something is left out."""
    if not period.hides_some:
        return note
    left_out = _("Where a desk is blind, without the open sentences that you have not labelled.")
    return f"{note} {left_out}"


def _nothing() -> str:
    return _("Nothing in this period.")


def _labels_said(number: int) -> str:
    return ngettext(
        "%(number)s label in this period.", "%(number)s labels in this period.", number
    ) % {"number": number}


def _pace_said(last: figures.Pace, verdicts: int) -> str:
    return ngettext(
        "%(number)s approval. In the last week with any: half within %(median)s, "
        "nine in ten within %(slow)s.",
        "%(number)s approvals. In the last week with any: half within %(median)s, "
        "nine in ten within %(slow)s.",
        verdicts,
    ) % {
        "number": verdicts,
        "median": words.unbroken(last.median),
        "slow": words.unbroken(last.slow),
    }


def _alpha_said(one: Agreement) -> str:
    if one.low is None:
        return _("%(alpha)s · %(sentences)s, too few for an interval") % {
            "alpha": words.alpha(one.alpha),
            "sentences": words.sentences(one.sentences),
        }
    return _("%(alpha)s, from %(low)s to %(high)s · %(sentences)s") % {
        "alpha": words.alpha(one.alpha),
        "low": words.alpha(one.low),
        "high": words.alpha(one.high),
        "sentences": words.sentences(one.sentences),
    }


def _health_said(one: figures.Health) -> str:
    if not one.waited or not one.took:
        return str(sum(one[1:5]))
    return _("%(number)s · wait %(wait)s, reading %(read)s") % {
        "number": sum(one[1:5]),
        "wait": words.duration(one.waited[0]),
        "read": words.duration(one.took[0]),
    }


def _times(both: list[float] | None) -> list[str]:
    return [words.duration(one) for one in both] if both else ["–", "–"]
