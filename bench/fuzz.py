"""Read random Unicode texts and check that nothing breaks and every place is exact.

    python -m bench.fuzz [--texts 1000000] [--progress FILE] [--every 200]

Text number N is always the same text, so that a failure can be repeated with `--only N`. With
`--progress` the number reached is kept in the file: a run that was stopped goes on from there.
Every two hundredth text (`--every`) is read with the encoder, the others without.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from annotations.extraction import Finding, Profile, extract

LANGUAGES = ("fr", "en", "fr", "en", "de", "ar", "und")
PLANES = (
    *((0x00, 0x7F), (0x00, 0x7F), (0x80, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x5D0, 0x6FF)),
    *((0x900, 0x97F), (0x2000, 0x206F), (0x2070, 0x218F), (0x2190, 0x27BF), (0x3000, 0x30FF)),
    *((0x4E00, 0x4FFF), (0xD800, 0xDFFF), (0xE000, 0xE0FF), (0xFE00, 0xFFFF)),
    *((0x1D400, 0x1D7FF), (0x1F1E6, 0x1FAFF), (0xE0000, 0xE01EF), (0x0, 0x10FFFF)),
)
WORDS = (
    *("Le ministre", "la maire", "Mme Le Goff", "M.", "Dr.", "J.-P.", "U.S.", "etc.", "p. ex."),
    *("a déclaré", "a-t-elle dit", "affirme que", "selon", "d’après", "cité par", "dément"),
    *("said", "according to", "told reporters that", "she added", "the mayor", "as reported by"),
    *(
        "Officials in Riga, Oslo and Rome",
        "which left",
        "did not pay",
        "since March",
        "before Christmas",
    ),
    *(
        "n’a pas été versée",
        "qui a fui",
        "jamais",
        "avant Noël",
        "Ce que contient",
        "est attendu lundi",
    ),
    *("deux", "trois quarts", "un sur cinq", "three times more", "half of", "a dozen", "zéro"),
    *("3 228", "3,2", "3.2", "1e9", "²", "٣", "½", "€", "£52m", "milliards d’euros", "%", "points"),
    *("lundi", "hier", "next week", "12 mars 2024", "31/02/2024", "à 25 h", "Q4 2024", "T4 2024"),
    *("en 9999", "il y a 999 ans", "depuis", "fin mai", "le week-end dernier", "between", "et"),
    *("«", "»", "“", "”", '"', "’", "(", ")", "[", "]", ".", "…", "?", "!", ",", ";", ":", "–"),
    *("\n", "\r\n", "\n\n", "\t", "\u00a0", "\u202f", "\u200b", "\x00", "\u2028", "e\u0301", "😀"),
    *(
        "Col. Jane Doe",
        "le député (LFI)",
        "rappelle-t-il",
        "peu après",
        "said late on",
        "— who left —",
    ),
    *("est passé de", "½", "4.5%-", "a dozen", "de 22 h à", "six of their last", "entre lundi et"),
    *("Lien source", "News 24 | Menu", "www.a.fr/x.html?y=1.2", "a@b.org", "1.", "a)", "•", "#"),
)
FIRST_DAY = date(1, 1, 1)
DAYS = (date.max - FIRST_DAY).days
LONGEST = (6, 6, 15, 15, 60)  # most faults need few words
SAVED_EACH = 500


class Broken(Exception):
    """A text that was read wrongly."""


def text_of(number: int) -> tuple[str, str, date | None]:
    """Return the text of this number, its language and the day of its publication."""
    chance = random.Random(number)
    parts = [_part(chance) for _ in range(chance.randint(0, chance.choice(LONGEST)))]
    day = FIRST_DAY + timedelta(days=chance.randint(0, DAYS)) if chance.random() < 0.7 else None
    return chance.choice(("", " ")).join(parts), chance.choice(LANGUAGES), day


def _part(chance: random.Random) -> str:
    if chance.random() < 0.6:
        return chance.choice(WORDS)
    low, high = chance.choice(PLANES)
    return "".join(chr(chance.randint(low, high)) for _ in range(chance.randint(1, 6)))


def check(number: int, profile: Profile) -> None:
    """Read one text; raise where a place does not hold, whatever else rises by itself."""
    text, language, day = text_of(number)
    found = list(extract(text, language=language, published_at=day, profile=profile))
    for wrong in _wrong(text, found):
        raise Broken(f"text {number}: {wrong}")


def _wrong(text: str, found: list[Finding]) -> Iterator[str]:
    if "".join(one.exact for one in found).split() != _joined(text, found).split():
        yield "joined sentences do not give the text"
    if _bare(text) != _bare("".join(one.exact for one in found)):
        yield "a character is lost or twice there"
    if any(one.end > other.start for one, other in pairwise(found)):
        yield "sentences overlap"
    for one in found:
        inside = [*one.quantities, *one.dates, *([one.claimant] if one.claimant else [])]
        if any(text[it.start : it.end] != it.text for it in inside):
            yield f"a find at {one.start} is not its place in the text"
        places = [*inside, *one.quotes, *one.signals]
        if not all(one.start <= it.start <= it.end <= one.end for it in places):
            yield f"a place lies outside its sentence at {one.start}"
        if not 0 <= one.check_worthiness <= 1:
            yield f"no probability at {one.start}"


def _joined(text: str, found: list[Finding]) -> str:
    return "".join(text[one.start : one.end] for one in found)


def _bare(text: str) -> str:
    return "".join(text.split())


def reached(progress: Path | None) -> int:
    return int(progress.read_text()) if progress and progress.exists() else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--every", type=int, default=200, help="read each nth with the encoder")
    parser.add_argument("--progress", type=Path, metavar="FILE", help="go on from, and keep, this")
    parser.add_argument("--only", type=int, metavar="N", help="read this text alone")
    options = parser.parse_args()
    if options.only is not None:
        check(options.only, Profile.STANDARD)
        return 0
    for number in range(reached(options.progress), options.texts):
        check(number, Profile.FAST if number % options.every else Profile.STANDARD)
        if options.progress and number % SAVED_EACH == 0:
            options.progress.write_text(str(number))
    if options.progress:
        options.progress.write_text(str(options.texts))
    print(f"{options.texts:,} texts read; every place exact")
    return 0


if __name__ == "__main__":
    sys.exit(main())
