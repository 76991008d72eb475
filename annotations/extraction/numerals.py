"""Numbers, in digits or in words, with their value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from annotations.extraction.languages.base import Counting, either

LONGEST_DIGITS = 18
MILLION = 10**6


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it is written; `worded` when it is in letters."""

    start: int
    end: int
    value: int | float
    worded: bool


def find(exact: str, counting: Counting) -> Iterator[Numeral]:
    """Yield the numbers of a sentence in order. Bare articles (a, un) are numbers too."""
    for match in _numeral(counting).finditer(exact):
        if match.lastgroup == "digits":
            if len(match.group()) <= LONGEST_DIGITS:
                yield Numeral(
                    match.start(), match.end(), from_digits(match.group(), counting), worded=False
                )
        else:
            value = from_words(match.group(), counting)
            yield Numeral(match.start(), match.end(), value, worded=True)


def from_digits(digits: str, counting: Counting) -> int | float:
    bare = re.sub(counting.grouping + r"(?=\d{3})", "", digits)
    bare = bare.replace(",", ".")
    if bare.count(".") > 1:
        bare = bare.replace(".", "")
    return float(bare) if "." in bare else int(bare)


def from_words(text: str, counting: Counting) -> int:
    """Add up number words: each scale multiplies what stands before it."""
    total = current = 0
    for word in _word(counting).findall(text.lower()):
        scale = counting.scales.get(word)
        if scale is None:
            current += counting.numbers[word]
        elif scale == 100:
            current = max(current, 1) * scale
        else:
            total += max(current, 1) * scale
            current = 0
    return total + current


def shared_scale(first: float, later: str, counting: Counting) -> int:
    """Return the scale that the first of two numbers leaves to the second: two or three million."""
    scales = [counting.scales.get(word, 1) for word in _word(counting).findall(later.lower())]
    largest = max(scales, default=1)
    return largest if first < largest and scales and len(scales) > 1 else 1


@cache
def _word(counting: Counting) -> re.Pattern[str]:
    named = either(frozenset([*counting.numbers, *counting.scales]))
    return re.compile(rf"(?<!\w)(?:{named})(?!\w)")


@cache
def _numeral(counting: Counting) -> re.Pattern[str]:
    """Match digits or words. An article counts only before a scale: `a million`, not `a four`."""
    small = [scale for scale, value in counting.scales.items() if value < MILLION]
    first = either(frozenset([*counting.numbers, *small]) - counting.articles)
    later = either(frozenset([*counting.numbers, *counting.scales]) - {"a", "an"})
    more = rf"(?:(?:[-\s]|{counting.joined})(?:{later})(?!\w))*"
    article, scale = either(counting.articles), either(frozenset(counting.scales))
    return re.compile(
        rf"(?P<digits>(?<![\w.,=/&?#@])(?:\d{{1,3}}(?:{counting.grouping}\d{{3}})+(?!\d)|\d+)"
        rf"(?:{counting.decimal}\d+)?)"
        rf"|(?P<words>(?<![\w-])(?:(?:{article})\s(?:{scale})(?!\w){more}"
        rf"|(?:{first})(?!\w){more}|(?:{article})(?!\w)))",
        re.IGNORECASE,
    )
