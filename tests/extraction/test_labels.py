"""The labelled development set holds together: spans, facets, dates."""

import json
import re
from pathlib import Path

import pytest

DATA = Path(__file__).parent.parent / "data"
ISO = re.compile(
    r"\d{4}(?:-(?:\d\d(?:-\d\d(?:T\d\d:\d\d)?)?|W\d\d|Q[1-4]|SP|SU|AU|WI))?(?:/[\d-]{4,10})?"
)
CHECKED = {"numeric", "quotation", "attribution", "event", "state", "prediction"}


def rows(language):
    lines = (DATA / f"claims_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(("language", "least"), [("fr", 300), ("en", 200)])
class TestLabels:
    def test_are_many_and_each_its_own(self, language, least):
        found = rows(language)

        assert len(found) >= least
        assert len({row["text"] for row in found}) == len({row["id"] for row in found})

    def test_have_spans_that_hold_their_words(self, language, least):
        for row in rows(language):
            for label in [*row["quantities"], *row["dates"]]:
                start, end = label["span"]
                assert row["text"][start:end] == label["text"]

    def test_have_dates_in_the_agreed_forms(self, language, least):
        found = [label["iso"] for row in rows(language) for label in row["dates"]]

        assert not [iso for iso in found if not ISO.fullmatch(iso)]

    def test_have_facets_that_follow_from_the_other_labels(self, language, least):
        for row in rows(language):
            facets = set(row["facets"])
            is_said = row["check_worthy"] and row["speaker"]

            assert row["type"] in facets
            assert row["check_worthy"] == 0 or row["type"] in CHECKED
            assert not row["speaker"] or row["speaker"] in row["text"]
            assert ("numeric" in facets) == bool(row["check_worthy"] and row["quantities"])
            assert ("attribution" in facets) >= bool(is_said)
