"""Dates and numbers, as a reader of each language writes them."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from annotations.workflow import checks

MOMENT = datetime(2024, 11, 26, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "name", "shown"),
    [
        ("fr", "DATETIME_FORMAT", "26 novembre 2024 à 9\u00a0h\u00a005"),
        ("fr", "SHORT_DATETIME_FORMAT", "26/11/2024 9\u00a0h\u00a005"),
        ("fr", "TIME_FORMAT", "9\u00a0h\u00a005"),
        ("fr", "DATE_FORMAT", "26 novembre 2024"),
        ("en", "DATETIME_FORMAT", "Nov. 26, 2024, 9:05 a.m."),
    ],
)
def test_a_moment(language, name, shown):
    with translation.override(language):
        assert date_format(MOMENT, name) == shown


@pytest.mark.parametrize(("language", "shown"), [("fr", "20\u00a0000"), ("en", "20,000")])
def test_a_large_number(language, shown):
    with translation.override(language):
        assert checks.grouped(20_000) == shown
