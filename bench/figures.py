"""Figures and how they are shown: ours, what it must reach, and what the peers do."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Self

PEERS_NOTE = "dc = doccano 1.8.4, LS = Label Studio 1.23.2, on PostgreSQL"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all values does not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


class Stopwatch:
    """Measures what happens in a `with` block, in seconds."""

    seconds = 0.0

    def __enter__(self) -> Self:
        self._started = perf_counter()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.seconds = self.so_far

    @property
    def so_far(self) -> float:
        return perf_counter() - self._started


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table. `at_most` and `at_least` are the targets, in the same unit."""

    work: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    peers: str = ""

    @property
    def is_reached(self) -> bool:
        too_much = self.at_most is not None and self.value > self.at_most
        too_little = self.at_least is not None and self.value < self.at_least
        return not (too_much or too_little)

    def cells(self) -> list[str]:
        mark = "" if self.is_reached else "  missed"
        return [self.work, f"{_number(self.value)} {self.unit}", self._target() + mark, self.peers]

    def _target(self) -> str:
        if self.at_most is not None:
            return f"≤ {_number(self.at_most)}"
        return f"≥ {_number(self.at_least)}" if self.at_least is not None else ""


def show(lines: Sequence[Line]) -> bool:
    """Print a table; say whether every target is reached."""
    print_table(["", "ours", "target", "peers"], [line.cells() for line in lines])
    return all(line.is_reached for line in lines)


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip(), flush=True)


def _number(value: float) -> str:
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.3f}"
