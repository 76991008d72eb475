"""What the stages need to know of a language: words and patterns, no code."""

import re
from dataclasses import dataclass


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """Where sentences end, and which lines are not the article itself."""

    titles: frozenset[str]
    abbreviations: frozenset[str]
    starters: frozenset[str]
    joiners: frozenset[str]
    furniture: re.Pattern[str]
    glued: re.Pattern[str]
    byline: re.Pattern[str]
    caption: re.Pattern[str]
    credit: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    reading: Reading
