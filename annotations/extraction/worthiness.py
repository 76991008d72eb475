"""How check-worthy a sentence is, and why: a linear model over what is seen of it."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from annotations.extraction import encoder, reasons, wording
from annotations.extraction.encoder import Matrix
from annotations.extraction.features import Hit
from annotations.extraction.profiles import Profile
from annotations.extraction.records import Signal

THRESHOLD = 0.5
NOTICEABLE = 0.15
DIGITS = 4
STEEPEST = 30.0
FILE = "check_worthiness_{}.json"
READING = "reading"
GENERAL = frozenset({"length", "short"})
USUAL = {"length": 0.85}  # what nearly every sentence has is no reason


@dataclass(frozen=True, slots=True)
class Leaning:
    """How far the encoder draws a text: to being worth checking, and from opinion to the rest."""

    worth: float
    other: float = 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """Coefficients: of the features by name, of the words by bucket, of the encoder by place.

    `bend` is where the scale begins to flatten, below and above: beyond what calibration saw,
    more of the same adds less and less. `other` and the encoder's second column tell what is not
    worth checking apart.
    """

    engine: str
    intercept: float
    usual_reading: float
    bend: tuple[float, float]
    features: Mapping[str, float]
    words: Sequence[float]
    encoder: Matrix
    other: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weighing:
    """What drew the score up or down, in log-odds.

    The score is a probability: more than 0.5 is worth checking. `is_read` is what is so only
    because of how it reads.
    """

    engine: str
    hits: Mapping[str, Hit]
    pulls: Mapping[str, float]
    score: float
    is_read: bool


def weigh(exact: str, hits: Mapping[str, Hit], leaning: float | None = None) -> Weighing:
    """Weigh a sentence; without the encoder's leaning, by the model that needs none."""
    model = load(Profile.FAST if leaning is None else Profile.STANDARD)
    pulls = {
        name: model.features.get(name, 0.0) * (hit.value - USUAL.get(name, 0.0))
        for name, hit in hits.items()
    }
    reading = wording.pull(exact, model.words) + (leaning or 0.0) - model.usual_reading
    seen = model.intercept + math.fsum(pulls.values())
    score = _chance(bent(seen + reading, model.bend), is_never=asks(hits) or "truism" in hits)
    return Weighing(model.engine, hits, pulls, score, score > THRESHOLD and seen <= 0)


def _chance(total: float, *, is_never: bool) -> float:
    chance = 1 / (1 + math.exp(-max(-STEEPEST, min(STEEPEST, total))))
    return round(chance / 2 if is_never else chance, DIGITS)


def bent(total: float, bend: tuple[float, float]) -> float:
    """Flatten log-odds far from nought; near it they stay what they are."""
    reach = bend[1] if total > 0 else bend[0]
    return math.copysign(reach * math.log1p(abs(total) / reach), total)


def leanings(texts: Sequence[str]) -> list[Leaning]:
    """Return how far the encoder draws each text."""
    drawn = encoder.default().encode(texts) @ load(Profile.STANDARD).encoder
    return [Leaning(float(worth), float(other)) for worth, other in drawn]


def is_other(hits: Mapping[str, Hit], leaning: Leaning | None) -> bool | None:
    """Tell scene, procedure and the personal from opinion; None where only the words can tell."""
    if leaning is None:
        return None
    weights = load(Profile.STANDARD).other
    drawn = math.fsum(weights.get(name, 0.0) * hit.value for name, hit in hits.items())
    return weights["intercept"] + drawn + leaning.other > 0


def asks(hits: Mapping[str, Hit]) -> bool:
    """Tell whether the author asks: a question is never worth checking, whatever it presupposes."""
    return "question" in hits and "claimant" not in hits


def signals(exact: str, weighing: Weighing, at: int) -> tuple[Signal, ...]:
    """Return what moved the score up, strongest first, placed in the article."""
    found = tuple(_features(exact, weighing, at))
    if weighing.is_read or (weighing.score > THRESHOLD and not found):
        return (*found, reasons.signal(READING, at, at + len(exact)))
    return found


def _features(exact: str, weighing: Weighing, at: int) -> Iterator[Signal]:
    pulls = weighing.pulls
    drawn = [name for name in weighing.hits if name in reasons.KNOWN and pulls[name] >= NOTICEABLE]
    drawn.sort(key=lambda name: (name in GENERAL, -pulls[name]))
    for name in drawn:
        hit = weighing.hits[name]
        quote = exact[hit.start : hit.end]
        yield reasons.signal(name, at + hit.start, at + hit.end, quote=quote)


@cache
def load(profile: Profile) -> Model:
    """Read the trained coefficients, once; those of words and encoder are kept in thousandths."""
    source = resources.files("annotations.extraction").joinpath("models", FILE.format(profile))
    data = json.loads(source.read_text(encoding="utf-8"))
    usual = math.fsum(data["features"][name] * value for name, value in USUAL.items())
    return Model(
        engine=profile.engine,
        intercept=float(data["intercept"]) + usual,
        usual_reading=float(data["usual_reading"]),
        bend=(float(data["bend"][0]), float(data["bend"][1])),
        features={name: float(weight) for name, weight in data["features"].items()},
        words=tuple(weight / 1000 for weight in data["words"]),
        encoder=np.array([data["encoder"], data["encoder_other"]], dtype=np.float32).T
        / np.float32(1000),
        other={name: float(weight) for name, weight in data["other"].items()},
    )
