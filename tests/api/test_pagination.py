import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.api.errors import BadQuery
from annotations.api.pagination import decoded, encoded
from tests.api.conftest import problem

ORDER = ("-score", "-id")


class TestCursor:
    @given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 2**63 - 1))
    def test_can_be_read_back(self, score, number):
        assert decoded(encoded(ORDER, [score, number]), ORDER) == [score, number]

    def test_of_another_order_is_refused(self):
        with pytest.raises(BadQuery):
            decoded(encoded(("-id",), [1]), ORDER)

    @given(st.text())
    def test_out_of_the_air_is_refused(self, text):
        with pytest.raises(BadQuery):
            decoded(text, ORDER)

    @pytest.mark.parametrize(
        "place", [[None], ["x"], [{}], [[]], [True], [10**40], [1.5], ["2024-01-01"]]
    )
    def test_with_a_strange_place_breaks_nothing(self, as_user, annotator, article, place):
        cursor = encoded(("-id",), place) if place != [10**40] else "WyItaWQiLDFlNDBd"

        response = as_user(annotator).get(f"/articles/?cursor={cursor}")

        assert response.status_code in {200, 400}

    def test_with_a_strange_time_breaks_nothing(self, as_user, annotator, article):
        for value in ({}, 5, "x", "9999-12-31T23:59:59-23:00", None):
            cursor = encoded(("-published_at", "-id"), [value, 1])

            response = as_user(annotator).get(f"/articles/?ordering=-published_at&cursor={cursor}")

            if response.status_code != 200:
                problem(response, status=400, code="bad_query")
