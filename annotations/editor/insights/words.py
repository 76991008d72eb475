"""Figures in words: durations, shares and days, as a page and a table say them."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR, DAY = 60, 3_600, 86_400
UNITS = ((DAY, "days"), (HOUR, "hours"), (MINUTE, "minutes"), (1, "seconds"))


def duration(seconds: float) -> str:
    """Say a duration in one unit, with a digit more where it is small."""
    size, name = unit(seconds)
    value = seconds / size
    shown = number_format(value, decimal_pos=0 if value >= 10 or size == 1 else 1)
    return _PATTERNS[name]() % {"number": shown}


def unbroken(seconds: float) -> str:
    """Say a duration within a sentence: number and unit stay on one line."""
    return duration(seconds).replace(" ", "\N{NO-BREAK SPACE}")


def unit(seconds: float) -> tuple[int, str]:
    """Return the largest unit of which there are at least two, its size in seconds first."""
    return next((one for one in UNITS if seconds >= 2 * one[0]), UNITS[-1])


def unit_name(name: str) -> str:
    return {
        "days": _("days"),
        "hours": _("hours"),
        "minutes": _("minutes"),
        "seconds": _("seconds"),
    }[name]


def sentences(number: int) -> str:
    return ngettext("%(number)s sentence", "%(number)s sentences", number) % {
        "number": number_format(number, force_grouping=True)
    }


def alpha(value: float | None) -> str:
    return "–" if value is None else number_format(value, decimal_pos=2)


def day(on: date) -> str:
    # Translators: a day and its month, short, in the letters of Django's date formats.
    return date_format(on, _("j M"))


_PATTERNS = {
    "days": lambda: _("%(number)s days"),
    "hours": lambda: _("%(number)s h"),
    "minutes": lambda: _("%(number)s min"),
    "seconds": lambda: _("%(number)s s"),
}
