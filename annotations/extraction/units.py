"""The noun that a number counts, in the singular."""

import re
from dataclasses import dataclass
from functools import cache

from annotations.extraction.languages.base import Counting

WORD = re.compile(r"[ \u00a0\u202f]((?:[dlDL]['’])?[^\W\d_][\w’'-]*)")
MEASURE = re.compile(
    r"[ \u00a0\u202f]?(km/h|km/s|m/s|km²|km|kg|mg|µg|mm|cm|ml|cl|hl|m²|m³|mph|GWh|MWh|TWh|kWh"
    r"|GW|MW|kW|°C|°F|(?<=\d)[CF]|hPa|ppm|dB|[kMG]?Hz|ha|Go|Mo|To|GB|MB|TB|min|g|t|l|m)(?![\w’'])"
)
HYPHENATED = re.compile(r"-([a-z]+)(?:-old)?(?![\w])")
DEGREES = {"C": "°C", "F": "°F"}
LONGEST = 4
VERBISH = re.compile(r"(?:ed|ing|ly)$")


@dataclass(frozen=True, slots=True)
class Noun:
    end: int
    unit: str
    half: bool = False


def counted_noun(
    exact: str, at: int, counting: Counting, *, is_single: bool = False
) -> Noun | None:
    """Return the noun after the number that ends at `at`, if one follows."""
    if match := MEASURE.match(exact, at):
        return Noun(match.end(), DEGREES.get(match[1], match[1]))
    return _worded_noun(exact, at, counting, is_single) if counting.not_counted else None


def _worded_noun(exact: str, at: int, counting: Counting, is_single: bool) -> Noun | None:
    if match := HYPHENATED.match(exact, at):
        return Noun(match.end(), singular(match[1], counting))
    half = _half(counting).match(exact, at)
    noun = _noun(exact, half.end() if half else at, counting, is_single)
    if noun and not half and (late := _half(counting).match(exact, noun.end)):
        return Noun(late.end(), noun.unit, half=True)
    return Noun(noun.end, noun.unit, half=half is not None) if noun else None


def _noun(exact: str, at: int, counting: Counting, is_single: bool) -> Noun | None:
    if counting.plural_ends:
        return _up_to_plural(exact, at, counting)
    for _ in range(2):
        match = WORD.match(exact, at)
        if match is None or _is_not_counted(match[1], counting):
            return None
        if match[1].lower() not in counting.adjectives:
            bare = re.sub(r"^[dD]['’]", "", match[1])
            fits = is_single or _may_be_many(bare)
            return Noun(match.end(), singular(bare, counting)) if fits else None
        at = match.end()
    return None


def _may_be_many(word: str) -> bool:
    return word[-1:] in "sxz" or word[:1].isupper()


def _up_to_plural(exact: str, at: int, counting: Counting) -> Noun | None:
    """Read adjectives and nouns up to the plural that the number asks for."""
    seen: list[str] = []
    first_end = at
    for _ in range(LONGEST):
        match = WORD.match(exact, at)
        if match is None or _is_not_counted(match[1], counting):
            break
        seen.append(match[1])
        at = match.end()
        first_end = first_end if len(seen) > 1 else at
        if _is_plural(match[1], counting):
            return Noun(at, _phrase(seen, counting))
    if len(seen) != 1 or VERBISH.search(seen[0]) or seen[0][0].isupper():
        return None
    return Noun(first_end, _phrase(seen, counting))


def _phrase(seen: list[str], counting: Counting) -> str:
    """Return the head with the nouns before it, without adjectives and proper names."""
    kept = [
        word
        for word in seen[:-1]
        if word.islower() and word not in counting.adjectives and not VERBISH.search(word)
    ]
    return " ".join([*kept, singular(seen[-1], counting)])


def _is_not_counted(word: str, counting: Counting) -> bool:
    plain = word.lower().replace("’", "'")
    return plain in counting.not_counted or plain in counting.numbers


def _is_plural(word: str, counting: Counting) -> bool:
    low = word.lower()
    return low in counting.invariable or (
        low.endswith("s") and not low.endswith(("ss", "us", "is"))
    )


def singular(word: str, counting: Counting) -> str:
    low = word.lower()
    if low in counting.invariable:
        return counting.invariable[low]
    if counting.plural_ends:
        return _english_singular(low)
    return low[:-1] if low.endswith(("s", "eaux", "eux")) and len(low) > 2 else low


def _english_singular(low: str) -> str:
    if low.endswith("ies"):
        return low[:-3] + "y"
    if low.endswith(("sses", "xes", "ches", "shes")):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low


@cache
def _half(counting: Counting) -> re.Pattern[str]:
    return re.compile(counting.half, re.IGNORECASE)
