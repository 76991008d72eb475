import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.api.errors import BadQuery
from annotations.api.pagination import decoded, encoded
from annotations.models import Membership
from tests.api.conftest import problem
from tests.factories import ArticleFactory, DeskFactory, published

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


class TestDeskByDesk:
    @pytest.fixture
    def desks(self, annotator, reviewer, desk):
        """Three desks of one reviewer, with three publications each."""
        desks = [desk, DeskFactory(), DeskFactory()]
        for other in desks[1:]:
            Membership.objects.create(desk=other, user=reviewer, role="reviewer")
            Membership.objects.create(desk=other, user=annotator, role="annotator")
        for one in desks:
            for sentence in ArticleFactory(desk=one, sentences=3).sentences.all():
                published(sentence, annotator=annotator, reviewer=reviewer)
        return desks

    @pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 8, 9])
    def test_shows_each_publication_once_in_order(self, as_user, reviewer, desks, size):
        seen, path = [], f"/publications/?page_size={size}"
        while path:
            body = as_user(reviewer).get(path).json()
            seen += [(one["desk"], one["sequence"]) for one in body["results"]]
            path = (body["next"] or "").partition("/api/v1")[2]

        slugs = [one.slug for one in sorted(desks, key=lambda one: -one.pk)]
        assert seen == [(slug, number) for slug in slugs for number in (3, 2, 1)]

    def test_takes_one_statement_more_where_a_page_reaches_into_another_desk(
        self, as_user, reviewer, desks, django_assert_num_queries
    ):
        caller = as_user(reviewer)
        first = caller.get("/publications/?page_size=1").json()["next"].partition("/api/v1")[2]

        with django_assert_num_queries(5):  # session, desks, logs, within the desk
            caller.get(first)
        with django_assert_num_queries(6):
            caller.get(first.replace("page_size=1", "page_size=5"))
