"""Logistic regression over many rows, by L-BFGS, in numpy alone."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Objective = Callable[[Array], tuple[float, Array]]

STEPS = 200
MEMORY = 10
TOLERANCE = 1e-4
SUFFICIENT = 1e-4
SHORTEST = 1e-12


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of dense values, and for each row some places of a wide table with few values."""

    dense: Array
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Array
    width: int

    @property
    def size(self) -> int:
        return self.width + self.dense.shape[1]

    def times(self, weights: Array) -> Array:
        drawn = self.values * weights[self.columns]
        sparse = np.bincount(self.rows, drawn, minlength=len(self.dense))
        return np.asarray(sparse + self.dense @ weights[self.width :])

    def back(self, errors: Array) -> Array:
        drawn = self.values * errors[self.rows]
        sparse = np.bincount(self.columns, drawn, minlength=self.width)
        return np.concatenate([sparse, self.dense.T @ errors])

    def pick(self, chosen: NDArray[np.bool_]) -> "Table":
        place = np.cumsum(chosen) - 1
        kept = chosen[self.rows]
        return Table(
            self.dense[chosen],
            place[self.rows[kept]],
            self.columns[kept],
            self.values[kept],
            self.width,
        )


def stack(upper: Table, lower: Table) -> Table:
    return Table(
        np.vstack([upper.dense, lower.dense]),
        np.concatenate([upper.rows, lower.rows + len(upper.dense)]),
        np.concatenate([upper.columns, lower.columns]),
        np.concatenate([upper.values, lower.values]),
        upper.width,
    )


def fit(
    table: Table, labels: Array, weights: Array, ridge: Array, start: Array | None = None
) -> Array:
    """Return the coefficients with the least weighted log loss and ridge, sought from `start`."""

    def objective(point: Array) -> tuple[float, Array]:
        drawn = table.times(point)
        loss = float(weights @ (np.logaddexp(0, drawn) - labels * drawn))
        slope = table.back(weights * (chances(drawn) - labels)) + ridge * point
        return loss + 0.5 * float(ridge @ point**2), slope

    return least(objective, np.zeros(table.size) if start is None else start)


def chances(drawn: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(drawn, -30, 30))))


def least(objective: Objective, point: Array) -> Array:
    """Go downhill, with the curvature guessed from the last steps."""
    value, slope = objective(point)
    past: list[tuple[Array, Array]] = []
    for _ in range(STEPS):
        if np.abs(slope).max() < TOLERANCE * max(1.0, abs(value)):
            break
        ahead = _direction(slope, past)
        step = 1.0 if past else 1.0 / float(np.abs(slope).sum())
        wanted = SUFFICIENT * float(slope @ ahead)
        reached, new_slope = objective(point + step * ahead)
        while step > SHORTEST and reached > value + step * wanted:
            step /= 2
            reached, new_slope = objective(point + step * ahead)
        value = reached
        past = [*past, (step * ahead, new_slope - slope)][-MEMORY:]
        point, slope = point + step * ahead, new_slope
    return point


def _direction(slope: Array, past: list[tuple[Array, Array]]) -> Array:
    ahead = -slope
    shares = []
    for moved, turned in reversed(past):
        share = float(moved @ ahead) / float(moved @ turned)
        shares.append(share)
        ahead = ahead - share * turned
    if past:
        moved, turned = past[-1]
        ahead = ahead * float(moved @ turned) / float(turned @ turned)
    for (moved, turned), share in zip(past, reversed(shares), strict=True):
        ahead = ahead + moved * (share - float(turned @ ahead) / float(moved @ turned))
    return np.asarray(ahead)
