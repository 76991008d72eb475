"""How check-worthy a sentence is, and why: a linear model over the features."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from annotations.extraction.features import Hit
from annotations.extraction.records import Signal

THRESHOLD = 0.5
NOTICEABLE = 0.15
DIGITS = 4
MODEL = "check_worthiness.json"

REASONS = {
    "figure": "Contains a figure: {}",
    "several_figures": "Contains a second figure: {}",
    "percent_or_money": "Contains a share or a sum: {}",
    "date": "Names a date: {}",
    "claimant": "Statement of a named source: {}",
    "quotation": "Quotes somebody: {}",
    "names": "Names a person, place or body: {}",
    "public_matter": "Concerns a public matter: {}",
    "action": "Says that something was done: {}",
    "state": "Says how something is: {}",
    "comparison": "Compares: {}",
    "cause": "Names a cause: {}",
    "negation": "Denies something: {}",
    "hedge": "Reported with reserve: {}",
    "future": "Announces something: {}",
    "firm_forecast": "Announces something that can be checked later: {}",
    "modal": "Says what can or must be: {}",
    "question": "Asks a question",
    "length": "Is a full statement",
    "short": "Is a short statement",
}
LONGEST_QUOTE = 60
GENERAL = frozenset({"length", "short"})


@dataclass(frozen=True, slots=True)
class Model:
    intercept: float
    weights: Mapping[str, float]


def score(hits: Mapping[str, Hit]) -> float:
    """Return a probability: more than 0.5 is worth checking."""
    model = load()
    total = model.intercept + sum(
        model.weights.get(name, 0.0) * hit.value for name, hit in hits.items()
    )
    chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    return round(chance / 2 if asks(hits) else chance, DIGITS)


def asks(hits: Mapping[str, Hit]) -> bool:
    """Tell whether the author asks: a question is never worth checking, whatever it presupposes."""
    return "question" in hits and "claimant" not in hits


def signals(exact: str, hits: Mapping[str, Hit], at: int) -> tuple[Signal, ...]:
    """Return what moved the score up, strongest first, placed in the article."""
    model = load()
    pulls = [
        (model.weights.get(name, 0.0) * hit.value, name, hit)
        for name, hit in hits.items()
        if name in REASONS
    ]
    pulls.sort(key=lambda pull: (pull[1] in GENERAL, -pull[0]))
    return tuple(
        Signal(
            name,
            REASONS[name].format(_short(exact[hit.start : hit.end])),
            at + hit.start,
            at + hit.end,
        )
        for pull, name, hit in pulls
        if pull >= NOTICEABLE
    )


@cache
def load() -> Model:
    """Read the trained coefficients, once."""
    source = resources.files("annotations.extraction").joinpath("models", MODEL)
    data = json.loads(source.read_text(encoding="utf-8"))
    return Model(float(data["intercept"]), {name: float(w) for name, w in data["weights"].items()})


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_QUOTE else flat[: LONGEST_QUOTE - 1] + "…"
