"""Print our measurements beside their targets: `python bench/run.py [PART …] [--option …]`."""

import argparse
import subprocess
import sys
from pathlib import Path

PARTS = (
    *("extraction", "tagging", "lists", "editor", "plans", "export", "ingest", "pools", "servers"),
    *("mirror", "startup"),
)
ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run the parts one after the other, each by itself; options go to every part named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    chosen, options = parser.parse_known_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"There is no part {', '.join(sorted(unknown))}; choose from {PARTS}.")
    failed = [part for part in chosen.parts or PARTS if not _succeeds(part, options)]
    if failed:
        print(f"\nNot as it should be: {', '.join(failed)}.")
    return 1 if failed else 0


def _succeeds(part: str, options: list[str]) -> bool:
    print(f"\n== {part} ==", flush=True)
    command = [sys.executable, "-m", "bench.part", part, *options]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
