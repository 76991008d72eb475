"""Train both check-worthiness models and say how good they are.

    python -m bench.train_check_worthiness --data DIRECTORY [--taught FILE] [--write]

`--data` holds `english_train.tsv`, and where there are any `english_dev.tsv` and
`english_dev-test.tsv`, which are only read to measure. The many sentences of debates and the
few of our own, which are news, each carry a fixed share of the total, and within each both
classes carry the same. With `--taught`, what a larger encoder said of a sentence (`bench.teach`)
counts as much as its label. What was held out under `tests/data` is never trained on. Everything
runs in one thread, whatever the environment says: several add up in another order, and the models
would not be the same to the last digit.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from annotations.extraction import encoder, features, languages, wording
from annotations.extraction.evaluate_gold import Gold, read
from annotations.extraction.evaluate_measures import Choice, measured
from annotations.extraction.pipeline import Context, observe
from annotations.extraction.profiles import Profile
from bench.fitting import Array, Table, chances, fit, least, stack

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "annotations" / "extraction" / "models"
OURS = ROOT / "tests" / "data"
TRAINED = ("check_worthiness.jsonl", "claims_fr.jsonl", "claims_en.jsonl")
HELD_OUT = ("check_worthiness_held_out.jsonl", "claims_fr.jsonl", "claims_en.jsonl")
NAMES = features.NAMES

OWN_SHARE = 0.2
WORTH = 22_500.0
RIDGE = 10.0
LOOSE = 1e-6
ENCODER_SCALE = 3.0
WORDS_SCALE = 3.0
FEATURES_SCALE = 2.0
FOLDS = 5
BELOW = 8.0
BENDS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 8.0, 100.0)
SLACK = 1.0
RIDGE_APART = 3.0
OPINION, OTHER = "opinion", "other"
BY_FORM = ("boilerplate", "caption", "question")
ALIKE = 0.58


@dataclass(frozen=True, slots=True)
class Set:
    """Labelled sentences with all that is seen of them, and what is to be learnt."""

    rows: list[Gold]
    table: Table
    vectors: Array
    labels: Array
    targets: Array

    def pick(self, chosen: Array) -> "Set":
        kept = chosen.astype(bool)
        rows = [row for row, is_kept in zip(self.rows, kept, strict=True) if is_kept]
        table, vectors = self.table.pick(kept), self.vectors[kept]
        return Set(rows, table, vectors, self.labels[kept], self.targets[kept])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="directory of ClaimBuster tables")
    parser.add_argument("--taught", type=Path, help="what bench.teach wrote")
    parser.add_argument("--write", action="store_true", help="replace the committed models")
    options = parser.parse_args()
    with threadpool_limits(limits=1):
        train(options.data, said_by(options.taught), replaces=options.write)


def said_by(taught: Path | None) -> Mapping[str, float]:
    return json.loads(taught.read_text(encoding="utf-8")) if taught else {}


def train(data: Path, taught: Mapping[str, float], *, replaces: bool) -> None:
    debates = softened(seen(list(read(data / "english_train.tsv"))), taught)
    own = seen(list(ours(TRAINED, "train")))
    tests = {name: seen(list(ours([name], "test"))) for name in HELD_OUT}
    for name in ("english_dev", "english_dev-test"):
        if (path := data / f"{name}.tsv").exists():
            tests[name] = seen(list(read(path)))
    held = seen([row for row in ours(HELD_OUT, "test") if row.kind not in BY_FORM])
    other = apart(own)
    for profile in Profile:
        model = calibrated(profile, debates, own, held)
        report(profile, model, tests)
        if replaces:
            write(profile, model, other, own)


def ours(names: Sequence[str], split: str) -> Iterator[Gold]:
    """Yield our own sentences of one split; files without splits are wholly of one."""
    for name in names:
        yield from (row for row in read(OURS / name) if row.split in (None, split))


def key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def softened(some: Set, taught: Mapping[str, float]) -> Set:
    """Let what a larger model says of a sentence count as much as its label."""
    said = [taught.get(key(row.text)) for row in some.rows]
    pairs = zip(said, some.labels, strict=True)
    targets = [label if one is None else (label + one) / 2 for one, label in pairs]
    return replace(some, targets=np.array(targets))


def seen(rows: list[Gold]) -> Set:
    vectors = encoder.default().encode([row.text for row in rows]).astype(float)
    dense = np.hstack(
        [vectors * ENCODER_SCALE, _features(rows) * FEATURES_SCALE, np.ones((len(rows), 1))]
    )
    found = [sorted(wording.buckets(row.text)) for row in rows]
    counts = [len(buckets) for buckets in found]
    table = Table(
        dense,
        np.repeat(np.arange(len(rows)), counts),
        np.array([bucket for buckets in found for bucket in buckets], dtype=int),
        np.repeat(WORDS_SCALE / np.sqrt(np.maximum(counts, 1)), counts),
        wording.BUCKETS,
    )
    labels = np.array([row.check_worthy for row in rows], dtype=float)
    return Set(rows, table, vectors, labels, labels)


def _features(rows: Sequence[Gold]) -> Array:
    table = np.zeros((len(rows), len(NAMES)))
    for place, row in enumerate(rows):
        context = Context(row.language, languages.find(row.language), row.published_on)
        for name, hit in features.hits(observe(row.text, context)):
            table[place, NAMES.index(name)] = hit.value
    return table


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of the log-odds, and where the scale bends below and above."""

    weights: Array
    bend: tuple[float, float]

    def scores(self, table: Table) -> Array:
        return chances(bent(table.times(self.weights), self.bend)[0])


def calibrated(profile: Profile, debates: Set, own: Set, held: Set) -> Fitted:
    """Train, then stretch the scale until news that was not trained on comes out right.

    How right is told crosswise: of each half by the scale that fits the other.
    """
    weights = trained(profile, debates, own)
    drawn = held.table.times(weights)
    odd = np.arange(len(drawn)) % 2 == 1
    chosen: list[Choice] = []
    for half in (odd, ~odd):
        slope, shift, bend = stretch(drawn[~half], held.labels[~half])
        scores = chances(bent(slope * drawn[half] + shift, bend)[0])
        chosen += [
            Choice(float(score), label == 1)
            for score, label in zip(scores, held.labels[half], strict=True)
        ]
    slope, shift, bend = stretch(drawn, held.labels)
    print(profile, f"slope {slope:.2f}, shift {shift:.2f}, bend {bend}")
    print(profile, "held out, crosswise", measured(chosen).line())
    weights *= slope
    weights[-1] += shift
    return Fitted(weights, bend)


def trained(profile: Profile, debates: Set, own: Set, *, start: Array | None = None) -> Array:
    """Fit what the profile sees; what it does not see weighs nothing."""
    table = stack(debates.table, own.table)
    blind = encoder.default().width if profile is Profile.FAST else 0
    seen_columns = np.r_[: table.width, table.width + blind : table.size]
    shares = [balanced(debates.labels, 1 - OWN_SHARE), balanced(own.labels, OWN_SHARE)]
    targets = np.concatenate([debates.targets, own.targets])
    ridge = np.full(len(seen_columns), RIDGE)
    ridge[-1] = LOOSE
    known = None if start is None else start[seen_columns]
    seen_table = replace(table, dense=table.dense[:, blind:])
    weights = np.zeros(table.size)
    weights[seen_columns] = fit(seen_table, targets, np.concatenate(shares), ridge, known)
    return weights


def balanced(labels: Array, share: float) -> Array:
    """Return row weights that give both classes half of the share."""
    positive = labels.sum()
    each = np.where(labels == 1, 0.5 / positive, 0.5 / (len(labels) - positive))
    return np.asarray(each * share * WORTH)


def stretch(drawn: Array, labels: Array) -> tuple[float, float, tuple[float, float]]:
    """Return slope, shift and bend with which the log-odds are right (Platt's scaling).

    Of the bends that fit about as well, the one that flattens most: what is surely worth checking
    is told apart by it, and certainty that nobody has measured is not claimed.
    """
    worth = np.ones(len(labels))
    found = [(*scaled(drawn, labels, worth, (BELOW, above)), above) for above in BENDS]
    least_loss = min(loss for loss, _point, _above in found)
    _loss, (slope, shift), above = next(one for one in found if one[0] <= least_loss + SLACK)
    return float(slope), float(shift), (BELOW, above)


def scaled(
    drawn: Array, labels: Array, worth: Array, bend: tuple[float, float]
) -> tuple[float, Array]:
    """Return the loss, and the slope and shift that give it, on a scale that bends so."""

    def objective(point: Array) -> tuple[float, Array]:
        odds, steepness = bent(point[0] * drawn + point[1], bend)
        loss = float(worth @ (np.logaddexp(0, odds) - labels * odds))
        errors = worth * (chances(odds) - labels) * steepness
        return loss, np.array([errors @ drawn, errors.sum()])

    point = least(objective, np.array([1.0, 0.0]))
    return objective(point)[0], point


def bent(odds: Array, bend: tuple[float, float]) -> tuple[Array, Array]:
    """Flatten log-odds as `worthiness.bent` does; also return how steep that leaves them."""
    reach = np.where(odds > 0, bend[1], bend[0])
    return np.sign(odds) * reach * np.log1p(np.abs(odds) / reach), 1 / (1 + np.abs(odds) / reach)


def apart(own: Set) -> Array:
    """Tell what is neither claim nor opinion from opinion, by encoder and features alone."""
    chosen = np.array([row.kind in (OPINION, OTHER) for row in own.rows])
    some = own.pick(chosen)
    table = replace(some.table, values=some.table.values * 0)
    labels = np.array([row.kind == OTHER for row in some.rows], dtype=float)
    ridge = np.full(table.size, RIDGE_APART)
    ridge[-1] = LOOSE
    unseen = np.zeros(len(labels))
    folds = np.array([group % FOLDS for group in groups(some.vectors)])
    worth = balanced(labels, 1.0) / WORTH * len(labels)
    for fold in range(FOLDS):
        rest = folds != fold
        weights = fit(table.pick(rest), labels[rest], worth[rest], ridge)
        unseen[~rest] = table.pick(~rest).times(weights)
    right = float(((unseen > 0) == labels).mean())
    print(f"other or opinion, in folds: {right:.3f} of {len(labels)} right")
    return fit(table, labels, worth, ridge)


def groups(vectors: Array) -> list[int]:
    """Number the sentences so that translations and rewordings share a number."""
    alike = vectors @ vectors.T > ALIKE
    numbers = list(range(len(vectors)))
    for place in range(len(vectors)):
        for other in np.flatnonzero(alike[place, :place]):
            old, new = numbers[other], numbers[place]
            numbers = [new if number == old else number for number in numbers]
    return numbers


def report(profile: Profile, model: Fitted, tests: dict[str, Set]) -> None:
    for name, test in tests.items():
        scores = model.scores(test.table)
        for language in sorted({row.language for row in test.rows}):
            chosen = [
                Choice(float(score), row.check_worthy)
                for score, row in zip(scores, test.rows, strict=True)
                if row.language == language
            ]
            print(profile, name, language, measured(chosen).line())


def by_name(rest: Array) -> dict[str, float]:
    pairs = zip(NAMES, rest[:-1], strict=True)
    return {name: round(float(one) * FEATURES_SCALE, 4) for name, one in pairs}


def usual_reading(own: Set, weights: Array, features_and_intercept: int) -> float:
    """Return how far words and encoder draw a sentence of news on average."""
    reading = weights.copy()
    reading[-features_and_intercept:] = 0
    return float(own.table.times(reading).mean())


def write(profile: Profile, fitted: Fitted, other: Array, own: Set) -> None:
    width = encoder.default().width
    cuts = [wording.BUCKETS, wording.BUCKETS + width]
    words, vector, rest = np.split(fitted.weights, cuts)
    _none, other_vector, other_rest = np.split(other, cuts)
    usual = usual_reading(own, fitted.weights, len(rest))
    model = {
        "engine": profile.engine,
        "encoder_used": encoder.default().name if profile is Profile.STANDARD else None,
        "intercept": round(float(rest[-1]) + usual, 4),
        "usual_reading": round(usual, 4),
        "bend": fitted.bend,
        "features": by_name(rest),
        "other": {**by_name(other_rest), "intercept": round(float(other_rest[-1]), 4)},
        "encoder": [round(float(one) * ENCODER_SCALE * 1000) for one in vector],
        "encoder_other": [round(float(one) * ENCODER_SCALE * 1000) for one in other_vector],
        "words": [round(float(one) * WORDS_SCALE * 1000) for one in words],
    }
    path = MODELS / f"check_worthiness_{profile}.json"
    path.write_text(json.dumps(model, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"written to {path}")


if __name__ == "__main__":
    main()
