"""Train both check-worthiness models and say how good they are.

    python -m bench.train_check_worthiness --data DIRECTORY [--write]

`--data` holds `english_train.tsv`, and where there are any `english_dev.tsv` and
`english_dev-test.tsv`, which are only read to measure. The many sentences of debates and the
few of our own, which are news, each carry a fixed share of the total, and within each both
classes carry the same. What was held out under `tests/data` is never trained on.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from annotations.extraction import encoder, features, languages, wording
from annotations.extraction.evaluate_gold import Gold, read
from annotations.extraction.evaluate_measures import Choice, measured
from annotations.extraction.pipeline import Context, observe
from annotations.extraction.profiles import Profile
from bench.fitting import Array, Table, chances, fit, stack

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "annotations" / "extraction" / "models"
OURS = ROOT / "tests" / "data"
TRAINED = ("check_worthiness.jsonl", "claims_fr.jsonl", "claims_en.jsonl")
HELD_OUT = ("check_worthiness_held_out.jsonl", "claims_fr.jsonl", "claims_en.jsonl")
NAMES = list(features.FEATURES)

OWN_SHARE = 0.3
WORTH = 22_500.0
RIDGE = 10.0
LOOSE = 1e-6
ENCODER_SCALE = 3.0
WORDS_SCALE = 3.0
FEATURES_SCALE = 2.0
FOLDS = 5
WORTHY_IN_NEWS = 0.6
ALIKE = 0.58


@dataclass(frozen=True, slots=True)
class Set:
    """Labelled sentences with all that is seen of them."""

    rows: list[Gold]
    table: Table
    vectors: Array
    labels: Array

    def pick(self, chosen: Array) -> "Set":
        kept = chosen.astype(bool)
        rows = [row for row, is_kept in zip(self.rows, kept, strict=True) if is_kept]
        return Set(rows, self.table.pick(kept), self.vectors[kept], self.labels[kept])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="directory of ClaimBuster tables")
    parser.add_argument("--write", action="store_true", help="replace the committed models")
    options = parser.parse_args()
    debates = seen(list(read(options.data / "english_train.tsv")))
    own = seen(list(ours(TRAINED, "train")))
    tests = {name: seen(list(ours([name], "test"))) for name in HELD_OUT}
    for name in ("english_dev", "english_dev-test"):
        if (path := options.data / f"{name}.tsv").exists():
            tests[name] = seen(list(read(path)))
    for profile in Profile:
        weights = calibrated(profile, debates, own)
        report(profile, weights, tests)
        if options.write:
            write(profile, weights, own)


def ours(names: Sequence[str], split: str) -> Iterator[Gold]:
    """Yield our own sentences of one split; files without splits are wholly of one."""
    for name in names:
        yield from (row for row in read(OURS / name) if row.split in (None, split))


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
    return Set(rows, table, vectors, labels)


def _features(rows: Sequence[Gold]) -> Array:
    table = np.zeros((len(rows), len(NAMES)))
    for place, row in enumerate(rows):
        context = Context(row.language, languages.find(row.language), row.published_on)
        for name, hit in features.hits(observe(row.text, context)):
            table[place, NAMES.index(name)] = hit.value
    return table


def calibrated(profile: Profile, debates: Set, own: Set) -> Array:
    """Train on all, then stretch the scale until news that was not trained on comes out right."""
    unseen = np.zeros(len(own.rows))
    folds = np.array([group % FOLDS for group in groups(own.vectors)])
    for fold in range(FOLDS):
        rest = trained(profile, debates, own.pick(folds != fold))
        unseen[folds == fold] = own.pick(folds == fold).table.times(rest)
    slope, shift = stretch(unseen, own.labels)
    print(profile, f"slope {slope:.2f}, shift {shift:.2f}, worthy {own.labels.mean():.2f}")
    weights = trained(profile, debates, own) * slope
    weights[-1] += shift
    return weights


def trained(profile: Profile, debates: Set, own: Set) -> Array:
    table = as_seen(stack(debates.table, own.table), profile)
    shares = [balanced(debates.labels, 1 - OWN_SHARE), balanced(own.labels, OWN_SHARE)]
    ridge = np.full(table.size, RIDGE)
    ridge[-1] = LOOSE
    labels = np.concatenate([debates.labels, own.labels])
    return fit(table, labels, np.concatenate(shares), ridge)


def as_seen(table: Table, profile: Profile) -> Table:
    """Blank what the encoder says where the profile goes without it."""
    if profile is Profile.STANDARD:
        return table
    dense = table.dense.copy()
    dense[:, : encoder.default().width] = 0
    return replace(table, dense=dense)


def balanced(labels: Array, share: float) -> Array:
    """Return row weights that give both classes half of the share."""
    positive = labels.sum()
    each = np.where(labels == 1, 0.5 / positive, 0.5 / (len(labels) - positive))
    return np.asarray(each * share * WORTH)


def stretch(drawn: Array, labels: Array) -> tuple[float, float]:
    """Return slope and shift with which the log-odds are right for news (Platt's scaling)."""
    share = labels.mean()
    worth = np.where(labels == 1, WORTHY_IN_NEWS / share, (1 - WORTHY_IN_NEWS) / (1 - share))
    dense = np.column_stack([drawn, np.ones(len(drawn))])
    nothing = np.zeros(0, dtype=int)
    table = Table(dense, nothing, nothing, nothing.astype(float), 0)
    slope, shift = fit(table, labels, worth, np.full(2, LOOSE))
    return float(slope), float(shift)


def groups(vectors: Array) -> list[int]:
    """Number the sentences so that translations and rewordings share a number."""
    alike = vectors @ vectors.T > ALIKE
    numbers = list(range(len(vectors)))
    for place in range(len(vectors)):
        for other in np.flatnonzero(alike[place, :place]):
            old, new = numbers[other], numbers[place]
            numbers = [new if number == old else number for number in numbers]
    return numbers


def report(profile: Profile, weights: Array, tests: dict[str, Set]) -> None:
    for name, test in tests.items():
        scores = chances(as_seen(test.table, profile).times(weights))
        for language in sorted({row.language for row in test.rows}):
            chosen = [
                Choice(float(score), row.check_worthy)
                for score, row in zip(scores, test.rows, strict=True)
                if row.language == language
            ]
            print(profile, name, language, measured(chosen).line())


def usual_reading(own: Set, weights: Array, features_and_intercept: int) -> float:
    """Return how far words and encoder draw a sentence of news on average."""
    reading = weights.copy()
    reading[-features_and_intercept:] = 0
    return float(own.table.times(reading).mean())


def write(profile: Profile, weights: Array, own: Set) -> None:
    width = encoder.default().width
    words, vector, rest = np.split(weights, [wording.BUCKETS, wording.BUCKETS + width])
    usual = usual_reading(own, weights, len(rest))
    model = {
        "engine": profile.engine,
        "encoder_used": encoder.default().name if profile is Profile.STANDARD else None,
        "intercept": round(float(rest[-1]) + usual, 4),
        "usual_reading": round(usual, 4),
        "features": {
            name: round(float(one) * FEATURES_SCALE, 4)
            for name, one in zip(NAMES, rest[:-1], strict=True)
        },
        "encoder": [round(float(one) * ENCODER_SCALE * 1000) for one in vector],
        "words": [round(float(one) * WORDS_SCALE * 1000) for one in words],
    }
    path = MODELS / f"check_worthiness_{profile}.json"
    path.write_text(json.dumps(model, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"written to {path}")


if __name__ == "__main__":
    main()
