"""Dates as newsrooms write them. What names no zone comes back without one."""

import re
from datetime import UTC, datetime
from typing import NamedTuple

from annotations.imports.names import plain

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan",
            "fevrier february fevr fev feb",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T,à]+(.+))?")
_DAY_FIRST = re.compile(r"(?:le )?(\d{1,2})(?:er)? ([^\W\d]+)\.? (\d{4})(?:[ ,à]+(.+))?", re.I)
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.? (\d{1,2}),? (\d{4})(?:[ ,]+(.+))?", re.I)
_CLOCK = re.compile(r"(\d{1,2})[:hH](\d{2})?(?::(\d{2}))?")


class Read(NamedTuple):
    """A moment, and whether the day could also have been the month."""

    moment: datetime
    is_ambiguous: bool = False


def read(value: str) -> Read | None:
    """Read a date and perhaps a time; None where it is neither."""
    text = value.strip()
    try:
        return Read(datetime.fromisoformat(text))
    except ValueError:
        pass
    for pattern, understand in _FORMS:
        if found := pattern.fullmatch(text):
            return _moment(*understand(found.groups()), found.groups()[3] or "")
    return None


def read_stamp(value: str) -> datetime | None:
    """Read what a machine wrote: seconds since 1970, or a date."""
    if re.fullmatch(r"\d{9,10}", value.strip()):
        return datetime.fromtimestamp(int(value), UTC)
    found = read(value.removesuffix(" UTC").strip())
    return found.moment if found else None


def _moment(year: int, month: int, day: int, is_ambiguous: bool, clock: str) -> Read | None:
    hours = _CLOCK.fullmatch(clock.strip()) if clock else None
    if clock and not hours:
        return None
    hour, minute, second = (int(one or 0) for one in hours.groups()) if hours else (0, 0, 0)
    try:
        return Read(datetime(year, month, day, hour, minute, second), is_ambiguous)  # noqa: DTZ001
    except ValueError:
        return None


def _by_numbers(parts: tuple[str, ...]) -> tuple[int, int, int, bool]:
    first, second, year = int(parts[0]), int(parts[1]), int(parts[2])
    if second > 12:
        return year, first, second, False
    return year, second, first, first <= 12 and first != second


def _by_day(parts: tuple[str, ...]) -> tuple[int, int, int, bool]:
    return int(parts[2]), _MONTHS.get(plain(parts[1]), 0), int(parts[0]), False


def _by_month(parts: tuple[str, ...]) -> tuple[int, int, int, bool]:
    return int(parts[2]), _MONTHS.get(plain(parts[0]), 0), int(parts[1]), False


_FORMS = ((_NUMBERS, _by_numbers), (_DAY_FIRST, _by_day), (_MONTH_FIRST, _by_month))
