import pytest
from django.test import Client

from annotations.api.problems import flattened
from annotations.api.views.articles import ArticleViewSet
from tests.api.conftest import problem


class TestUnauthenticated:
    @pytest.mark.parametrize(
        "header",
        [
            None,
            "Api-Key",
            "Api-Key x",
            "Api-Key 1234abcd.wrong",
            "Api-Key é.è",
            "Bearer x",
            "Basic eDp5",
        ],
    )
    @pytest.mark.usefixtures("db")
    def test_is_told_how_to_come_in(self, nobody, header):
        headers = {"Authorization": header} if header else {}

        response = nobody.get("/articles/", headers=headers)

        body = response.json()
        problem(response, status=401, code=body["code"])
        assert body["code"] in {"not_authenticated", "authentication_failed"}
        assert response["WWW-Authenticate"].startswith("Api-Key ")


class TestSession:
    def test_needs_the_token_for_writes(self, annotator):
        client = Client(enforce_csrf_checks=True)
        client.force_login(annotator)

        response = client.post("/api/v1/articles/", "{}", content_type="application/json")

        problem(response, status=403, code="permission_denied")


class TestMethod:
    def test_that_is_not_there_is_a_problem(self, as_user, annotator):
        response = as_user(annotator).delete("/articles/")

        problem(response, status=405, code="method_not_allowed")
        assert response["Allow"] == "GET, POST, HEAD, OPTIONS"


class TestAccept:
    def test_that_nothing_meets_is_a_problem(self, as_user, annotator):
        response = as_user(annotator).get("/articles/", headers={"Accept": "image/png"})

        problem(response, status=406, code="not_acceptable")

    def test_of_a_browser_is_answered_with_json(self, as_user, annotator):
        accept = "text/html,application/xhtml+xml,*/*;q=0.8"

        response = as_user(annotator).get("/articles/", headers={"Accept": accept})

        assert response["Content-Type"] == "application/json"


class TestFailureOfOurs:
    def test_is_a_problem_without_a_trace(self, annotator, monkeypatch, caplog):
        def fail(*_arguments):
            raise ZeroDivisionError("secret")

        monkeypatch.setattr(ArticleViewSet, "list", fail)
        client = Client(raise_request_exception=False)
        client.force_login(annotator)

        response = client.get("/api/v1/articles/")

        problem(response, status=500, code="server_error")
        assert b"secret" not in response.content
        assert "unexpected failure in the API" in caplog.text


class TestFlattened:
    def test_points_at_each_field(self):
        detail = {
            "evidence": {1: {"url": ["Wrong."]}},
            "a/b": ["Bad."],
            "non_field_errors": ["No."],
        }

        assert [error["pointer"] for error in flattened(detail)] == ["/evidence/1/url", "/a~1b", ""]

    def test_names_parameters_plainly(self):
        assert [
            error["parameter"] for error in flattened({"page_size": ["Bad."]}, place="parameter")
        ] == ["page_size"]
