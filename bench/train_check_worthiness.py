"""Train the check-worthiness model and write its coefficients.

    python -m bench.train_check_worthiness --data english_train.tsv [--own FILE] [--write]

The sentences of debates teach most of the weights; the news sentences of our own, few but
of the right kind, carry a fixed share of the total.
"""

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from annotations.extraction import features, languages
from annotations.extraction.pipeline import Context, observe

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "annotations" / "extraction" / "models" / "check_worthiness.json"
OWN = ROOT / "tests" / "data" / "check_worthiness.jsonl"
OWN_SHARE = 0.5
RIDGE = 3e-4
STEPS = 3000
RATE = 0.5
DIGITS = 4

Row = tuple[str, str, int]
NAMES = list(features.FEATURES)


def debates(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            yield "en", row["Text"], int(row["class_label"] == "Yes")


def own(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["language"], row["text"], row["check_worthy"]


def table(rows: list[Row]) -> tuple[np.ndarray, np.ndarray]:
    seen = np.zeros((len(rows), len(NAMES)))
    for place, (language, text, _) in enumerate(rows):
        context = Context(language, languages.find(language))
        for name, hit in features.hits(observe(text, context)):
            seen[place, NAMES.index(name)] = hit.value
    return seen, np.array([label for _, _, label in rows], dtype=float)


def balanced(labels: np.ndarray, share: float) -> np.ndarray:
    """Return row weights that give both classes half of the share."""
    positive = labels.sum()
    weights = np.where(labels == 1, 0.5 / positive, 0.5 / (len(labels) - positive))
    return np.asarray(weights * share)


def fit(seen: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Minimise the weighted log loss with a small ridge, by plain gradient descent."""
    coefficients, intercept = np.zeros(seen.shape[1]), 0.0
    for _ in range(STEPS):
        guess = 1 / (1 + np.exp(-(seen @ coefficients + intercept)))
        error = (guess - labels) * weights
        coefficients -= RATE * (seen.T @ error + RIDGE * coefficients)
        intercept -= RATE * float(error.sum())
    return coefficients, intercept


def f1(seen: np.ndarray, labels: np.ndarray, coefficients: np.ndarray, intercept: float) -> float:
    found = seen @ coefficients + intercept >= 0
    hits = float((found & (labels == 1)).sum())
    return 2 * hits / float(found.sum() + (labels == 1).sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="ClaimBuster training table")
    parser.add_argument("--own", type=Path, default=OWN)
    parser.add_argument("--write", action="store_true", help="replace the committed model")
    options = parser.parse_args()
    parts = [table(list(debates(options.data))), table(list(own(options.own)))]
    shares = [1 - OWN_SHARE, OWN_SHARE]
    weights = [balanced(part[1], share) for part, share in zip(parts, shares, strict=True)]
    model = fit(
        np.vstack([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        np.concatenate(weights),
    )
    for name, part in zip(("debates", "own news"), parts, strict=True):
        print(f"{name}: F1 {f1(*part, *model):.3f} on {len(part[1])} training sentences")
    if options.write:
        write(*model)


def write(coefficients: np.ndarray, intercept: float) -> None:
    weights = {name: round(float(w), DIGITS) for name, w in zip(NAMES, coefficients, strict=True)}
    model = {"intercept": round(intercept, DIGITS), "weights": weights}
    MODEL.write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")
    print(f"written to {MODEL}")


if __name__ == "__main__":
    main()
