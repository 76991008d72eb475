"""How right a list of answers is."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

THRESHOLD = 0.5
BINS = 10


@dataclass(frozen=True, slots=True)
class Found:
    """What was right, what was there in truth, and what was said to be there."""

    right: int = 0
    wanted: int = 0
    given: int = 0

    def __add__(self, other: "Found") -> "Found":
        return Found(self.right + other.right, self.wanted + other.wanted, self.given + other.given)

    @property
    def precision(self) -> float:
        return _share(self.right, self.given)

    @property
    def recall(self) -> float:
        return _share(self.right, self.wanted)

    @property
    def f1(self) -> float:
        return _share(2 * self.right, self.wanted + self.given)

    def to_dict(self) -> dict[str, float]:
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {**asdict(self), **{name: round(share, 4) for name, share in shares.items()}}


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence's score, and whether it is worth checking in truth."""

    score: float
    is_worthy: bool

    @property
    def is_chosen(self) -> bool:
        return self.score > THRESHOLD


@dataclass(frozen=True, slots=True)
class Bin:
    """The sentences whose scores lie between two bounds."""

    floor: float
    count: int
    mean_score: float
    worthy: float


@dataclass(frozen=True, slots=True)
class Worthiness:
    """How well the scores tell the sentences apart, and how far they can be taken at their word."""

    found: Found
    count: int
    auc: float
    calibration_error: float
    bins: tuple[Bin, ...]

    def to_dict(self) -> dict[str, object]:
        return {
            **self.found.to_dict(),
            "sentences": self.count,
            "auc": round(self.auc, 4),
            "calibration_error": round(self.calibration_error, 4),
            "bins": [asdict(one) for one in self.bins],
        }

    def line(self) -> str:
        found = self.found
        return (
            f"P {found.precision:.3f}  R {found.recall:.3f}  F1 {found.f1:.3f}  AUC {self.auc:.3f}"
            f"  ECE {self.calibration_error:.3f}  ({found.wanted} of {self.count})"
        )


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well the scores order the sentences of one article, on average over the articles."""

    articles: int
    average_precision: float
    auc: float

    def to_dict(self) -> dict[str, float]:
        return {
            "articles": self.articles,
            "average_precision": round(self.average_precision, 4),
            "auc": round(self.auc, 4),
        }

    def line(self) -> str:
        mean = f"MAP {self.average_precision:.3f}  AUC {self.auc:.3f}"
        return f"within an article  {mean}  ({self.articles} articles)"


def ranked(articles: Iterable[Sequence[Choice]]) -> Ranking | None:
    """Measure the articles that hold both, sentences worth checking and others."""
    mixed = [one for one in articles if len({choice.is_worthy for choice in one}) > 1]
    if not mixed:
        return None
    precision = sum(map(_average_precision, mixed)) / len(mixed)
    return Ranking(len(mixed), precision, sum(map(_auc, mixed)) / len(mixed))


def _average_precision(choices: Sequence[Choice]) -> float:
    """Return the mean precision at each worthy sentence; equal scores count against it."""
    order = sorted(choices, key=lambda one: (-one.score, one.is_worthy))
    places = [place for place, one in enumerate(order, start=1) if one.is_worthy]
    return _share(sum(found / place for found, place in enumerate(places, start=1)), len(places))


def measured(choices: Sequence[Choice]) -> Worthiness:
    found = Found(
        right=sum(one.is_chosen and one.is_worthy for one in choices),
        wanted=sum(one.is_worthy for one in choices),
        given=sum(one.is_chosen for one in choices),
    )
    bins = tuple(_bins(choices))
    error = sum(one.count * abs(one.mean_score - one.worthy) for one in bins)
    return Worthiness(found, len(choices), _auc(choices), _share(error, len(choices)), bins)


def _bins(choices: Sequence[Choice]) -> list[Bin]:
    bins = []
    for place in range(BINS):
        inside = [one for one in choices if min(int(one.score * BINS), BINS - 1) == place]
        if inside:
            mean = sum(one.score for one in inside) / len(inside)
            worthy = sum(one.is_worthy for one in inside) / len(inside)
            bins.append(Bin(place / BINS, len(inside), round(mean, 4), round(worthy, 4)))
    return bins


def _auc(choices: Sequence[Choice]) -> float:
    """Return how often a worthy sentence scores above another; equal scores count half."""
    ranked = sorted(choices, key=lambda one: one.score)
    total, place = 0.0, 0
    while place < len(ranked):
        end = place
        while end < len(ranked) and ranked[end].score == ranked[place].score:
            end += 1
        worthy = sum(one.is_worthy for one in ranked[place:end])
        total += worthy * (place + end + 1) / 2
        place = end
    positive = sum(one.is_worthy for one in choices)
    pairs = positive * (len(choices) - positive)
    return _share(total - positive * (positive + 1) / 2, pairs)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
