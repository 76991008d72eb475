import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from annotations.models import Desk
from factcheck.plans import KEPT_AFTER, kept_for_writes


@pytest.fixture
def thresholds():
    """After how many uses a statement was prepared, as each request saw it."""
    return []


@pytest.fixture
def answer(db, thresholds):
    def view(request):
        Desk.objects.exists()
        thresholds.append(connection.connection.prepare_threshold)
        return HttpResponse()

    return kept_for_writes(view)


class TestKeptForWrites:
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_prepares_what_changes_something(self, answer, thresholds, method):
        answer(getattr(RequestFactory(), method)("/"))

        assert thresholds == [KEPT_AFTER]

    def test_plans_each_list_anew_also_after_a_write(self, answer, thresholds):
        answer(RequestFactory().post("/"))
        answer(RequestFactory().get("/"))

        assert thresholds == [KEPT_AFTER, None]

    def test_needs_no_database_where_the_view_needs_none(self):
        response = kept_for_writes(lambda _request: HttpResponse(status=404))(
            RequestFactory().post("/")
        )

        assert response.status_code == 404
