"""The patterns around a number, compiled once for each language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from annotations.extraction.languages.base import Counting, either


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of one language, compiled once."""

    counting: Counting
    scale: re.Pattern[str]
    short_scale: re.Pattern[str]
    dozen: re.Pattern[str]
    percent: re.Pattern[str]
    points: re.Pattern[str]
    money: re.Pattern[str]
    ratio: re.Pattern[str]
    out_of: re.Pattern[str]
    part_of: re.Pattern[str]
    upto: re.Pattern[str]
    between: re.Pattern[str]
    change: re.Pattern[str]
    hedge: re.Pattern[str]
    late_hedge: re.Pattern[str]
    fraction: re.Pattern[str]
    lone: re.Pattern[str]
    half_of: re.Pattern[str]
    link: re.Pattern[str]
    half: re.Pattern[str]


@cache
def grammar_of(counting: Counting) -> Grammar:
    link = rf"\s?(?:{counting.link})?"
    return Grammar(
        counting=counting,
        scale=_ignoring_case(
            rf"(?P<half>{counting.half})?\s?-?(?P<scale>{_any(counting.scales)})(?!\w)"
            rf"(?P<and_half>{counting.half}(?!\w))?"
        ),
        short_scale=re.compile(rf"\s?(?P<scale>{_any(counting.short_scales)})(?=$|[\s€$£.,;:)])"),
        dozen=_ignoring_case(
            rf"(?<!\bun)(?<!\bune)(?<!\ba)\s(?P<scale>{_any(counting.dozens)})s?(?!\w)"
        ),
        percent=_ignoring_case(rf"\s?-?(?:{counting.percent})"),
        points=_ignoring_case(rf"\s?-?(?:{counting.points})"),
        money=_ignoring_case(rf"{link}-?(?P<money>{_any(counting.money)})(?!\w)"),
        ratio=_ignoring_case(rf"\s?{counting.times}(?!\w)"),
        out_of=_ignoring_case(rf"\s(?:{counting.out_of})\s"),
        part_of=_ignoring_case(rf"\s(?:{counting.part_of})\s"),
        upto=_ignoring_case(rf"\s(?:{counting.to})\s[€$£¥]?"),
        between=_ignoring_case(rf"(?:{counting.between})\s[€$£¥]?$"),
        change=_ignoring_case(counting.change),
        hedge=_ignoring_case(
            rf"(?<!\w)(?P<hedge>{_any(counting.hedges)})\s?(?:les\s|des\s|the\s|un\s|a\s)?[€$£¥]?$"
        ),
        late_hedge=_ignoring_case(rf"\s(?P<hedge>{_any(counting.late_hedges)})(?!\w)"),
        fraction=_ignoring_case(
            rf"[\s-](?P<fraction>{_any(counting.fractions)})(?!\w)"
            rf"{counting.fraction_end}"
        ),
        lone=_ignoring_case(counting.lone),
        half_of=_ignoring_case(rf"(?<!\w){counting.half_of}"),
        link=_ignoring_case(r"\s(?:de|of)\s"),
        half=_ignoring_case(rf"{counting.half}(?!\w)"),
    )


@cache
def hedge_tails(counting: Counting) -> frozenset[str]:
    """Return the last words of the hedges: they may be capitalised before a number."""
    return frozenset(hedge.split()[-1] for hedge in counting.hedges)


def _any(choices: Iterable[str]) -> str:
    return either(frozenset(choices))


def _ignoring_case(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)
