"""Say how good the engine is on labelled sentences: JSON Lines, or ClaimBuster's tables."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from annotations.extraction.evaluate_gold import BadGold, read
from annotations.extraction.evaluate_report import evaluate, lines
from annotations.extraction.profiles import Profile

BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        rows = [row for path in options.files for row in read(path)]
    except (BadGold, OSError) as error:
        sys.stderr.write(f"evaluate: {error}\n")
        return BAD_INPUT
    kept = [row for row in rows if options.split in (None, row.split)]
    report = evaluate(kept, profile=Profile(options.profile))
    shown = [json.dumps(report.to_dict(), ensure_ascii=False)] if options.json else lines(report)
    try:
        sys.stdout.writelines(f"{line}\n" for line in shown)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    name = "python -m annotations.extraction.evaluate"
    parser = argparse.ArgumentParser(prog=name, description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    profiles = [profile.value for profile in Profile]
    parser.add_argument("--profile", choices=profiles, default=Profile.STANDARD.value)
    parser.add_argument("--split", help="only the rows of this split")
    parser.add_argument("--json", action="store_true", help="one JSON object, not a table")
    return parser


if __name__ == "__main__":
    sys.exit(main())
