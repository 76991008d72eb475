"""Debates as CheckThat! issued them: tables with labels, and rankings of 2019."""

from collections.abc import Sequence
from pathlib import Path

from annotations.extraction import Profile, extract

TRAINED_ON = "train"


def is_table(path: Path) -> bool:
    """Tell whether a table is for measuring: labelled, and not what was trained on."""
    with path.open(encoding="utf-8") as lines:
        head = next(lines, "")
    return "class_label" in head and TRAINED_ON not in path.stem


def mean_average_precision(paths: Sequence[Path], profile: Profile) -> float:
    """Return the official measure of 2019: average precision of each debate, then the mean."""
    return sum(average_precision(path, profile) for path in paths) / len(paths)


def average_precision(path: Path, profile: Profile) -> float:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    said = [(row[2], row[-1].strip() == "1") for row in rows if len(row) > 3]
    ranked = sorted(
        ((score(text, profile), label) for text, label in said), key=lambda one: -one[0]
    )
    found = total = 0.0
    for place, (_score, is_worthy) in enumerate(ranked, start=1):
        if is_worthy:
            found += 1
            total += found / place
    return total / found if found else 0.0


def score(text: str, profile: Profile) -> float:
    found = extract(text, language="en", profile=profile)
    return max((one.check_worthiness for one in found), default=0.0)
