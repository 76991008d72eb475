"""The geometry of charts: widths in hundredths of the frame, heights in pixels.

So a chart fits every width while its words keep their size. Colours and patterns are the style
sheet's; words are the pages'.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

from django.utils.formats import number_format

HEIGHT = 200  # of a plot over time, without what is written below it
TOP = 16  # room for the uppermost number
GAP = 0.2  # of a column's place
TICKS = 4
FEW = 8  # columns, wide enough for their names
ROW, BAR = 44, 14  # of a chart with a bar in each row
TALL = 60  # a row with a line below what is said of it


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a column or bar; `mark` names its colour and pattern."""

    mark: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the plot with its number, or a place below it with its date."""

    at: float
    name: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Dot:
    mark: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    mark: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Plot:
    """Columns, or dots and lines, over time."""

    height: int
    across: list[Tick]
    below: list[Tick]
    parts: list[Part]
    dots: list[Dot]
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Row:
    """A name with what is said of it, and its bar or dot below."""

    y: float
    name: str
    said: str
    parts: list[Part]
    dots: list[Dot]
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Rows:
    height: int
    rows: list[Row]
    ends: tuple[str, str, str] | None = None  # what stands below: left, middle, right


def columns(names: Sequence[str], values: Sequence[dict[str, int]]) -> Plot:
    """Stack the values of each column, the first mark at the bottom."""
    top, across = _scale(max((sum(one.values()) for one in values), default=0))
    place = 100 / max(1, len(values))
    parts = []
    for number, one in enumerate(values):
        foot: float = HEIGHT
        for mark, value in one.items():
            height = (HEIGHT - TOP) * value / top
            foot -= height
            if value:
                x = number * place + place * GAP / 2
                parts.append(_part(mark, x, foot, place * (1 - GAP), height))
    return Plot(HEIGHT, across, _below(names), parts, [], [])


def lines(names: Sequence[str], series: dict[str, Sequence[float | None]]) -> Plot:
    """Join the dots of each series; where a value is missing, the line is broken."""
    known = [value for values in series.values() for value in values if value is not None]
    top, across = _scale(max(known, default=0))
    dots, joined = [], []
    for mark, values in series.items():
        own = [_dot(mark, place, len(values), value, top) for place, value in enumerate(values)]
        dots += [dot for dot in own if dot]
        joined += [Line(mark, a.x, a.y, b.x, b.y) for a, b in pairwise(own) if a and b]
    return Plot(HEIGHT, across, _below(names), [], dots, joined)


def bars(rows: Sequence[tuple[str, str, dict[str, int]]]) -> Rows:
    """Draw a bar a row, all to one measure; each row has a name and its number in words."""
    longest = max((sum(values.values()) for _, _, values in rows), default=0) or 1
    drawn = []
    for number, (name, said, values) in enumerate(rows):
        x, parts = 0.0, []
        for mark, value in values.items():
            width = 100 * value / longest
            if value:
                parts.append(_part(mark, x, number * ROW + 22, width, BAR))
            x += width
        drawn.append(Row(number * ROW + 14, name, said, parts, [], []))
    return Rows(len(rows) * ROW, drawn)


def intervals(
    rows: Sequence[tuple[str, str, float | None, float | None, float | None]],
    *,
    ends: tuple[str, str, str],
) -> Rows:
    """Draw a dot a row between -1 and 1, on the line of its interval."""
    drawn = []
    for number, (name, said, value, low, high) in enumerate(rows):
        y = number * TALL + 45
        dots = [] if value is None else [Dot("value", _between(value), y)]
        line = []
        if low is not None and high is not None:
            line = [Line("interval", _between(low), y, _between(high), y)]
        drawn.append(Row(number * TALL + 14, name, said, [], dots, line))
    return Rows(len(rows) * TALL + 22, drawn, ends)


def _between(value: float) -> float:
    return round(2 + 96 * (value + 1) / 2, 2)


def _part(mark: str, x: float, y: float, width: float, height: float) -> Part:
    return Part(mark, round(x, 2), round(y, 2), round(width, 2), round(height, 2))


def _dot(mark: str, place: int, places: int, value: float | None, top: float) -> Dot | None:
    if value is None:
        return None
    x = 100 * (place + 0.5) / places
    share = max(0.0, value) / top
    return Dot(mark, round(x, 2), round(HEIGHT - (HEIGHT - TOP) * share, 2))


def _scale(largest: float) -> tuple[float, list[Tick]]:
    """Return a round top, and the lines across, all whole numbers."""
    step = _round_step(largest / TICKS) if largest else 1
    count = max(1, -int(-largest // step))
    ticks = [
        Tick(
            round(HEIGHT - (HEIGHT - TOP) * place / count, 2),
            number_format(place * step, decimal_pos=0),
        )
        for place in range(count + 1)
    ]
    return step * count, ticks


def _round_step(step: float) -> float:
    """Round up to 1, 2 or 5 times a power of ten, at least 1."""
    power = 10.0 ** floor(log10(step))
    return max(1.0, next(power * one for one in (1, 2, 5, 10) if power * one >= step))


def _below(names: Sequence[str]) -> list[Tick]:
    """Name the first and the last column, and those at the thirds where there is room.

    Where there are few, each name stands below the middle of its column.
    """
    last = len(names) - 1
    shown = sorted({0, last} | ({last // 3, 2 * last // 3} if last > TICKS else set()))
    ends = {} if last < FEW else {0: (0.0, "start"), last: (100.0, "end")}
    return [
        _tick(names[one], *ends.get(one, (100 * (one + 0.5) / len(names), "middle")))
        for one in shown
    ]


def _tick(name: str, at: float, anchor: str) -> Tick:
    return Tick(round(at, 2), name, anchor)
