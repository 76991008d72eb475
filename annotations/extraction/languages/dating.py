"""What calendars share whatever the language: how names and digits become parts of patterns."""

import re
from collections.abc import Iterable

from annotations.extraction.languages.base import either, pattern

HOUR = r"(?:[01]?\d|2[0-3])"
MINUTE = r"[0-5]\d"
ISO_DAY = r"\b(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b"

Rules = tuple[tuple[str, re.Pattern[str]], ...]


def any_of(names: Iterable[str]) -> str:
    return rf"(?:{either(frozenset(names))})"


def any_capitalized(names: Iterable[str]) -> str:
    """Match names that are told from other words by their capital, as “March” is."""
    return rf"(?-i:{either(frozenset(name.capitalize() for name in names))})"


def whole(word: str) -> str:
    return rf"{word}(?!\w)"


def amount(numerals: Iterable[str]) -> str:
    return rf"(?:\d{{1,3}}|{either(frozenset(numerals))})"


def year(units: str) -> str:
    """Match a year of the last centuries that is no count of anything, as “2000 €” is."""
    return rf"(?:1[5-9]\d\d|20\d\d)(?![\d\w{units}])"


def day(ordinals: str) -> str:
    return rf"(?:[12]\d|3[01]|0?[1-9])(?:{ordinals})?(?!\d)"


def rules(*written: tuple[str, str]) -> Rules:
    """Compile the ways to write a date; each names its resolver."""
    return tuple((resolver, pattern(way)) for resolver, way in written)
