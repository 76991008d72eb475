"""Giving an article to somebody, and saying how urgent it is, through the API."""

import pytest

from tests.api.conftest import problem


@pytest.fixture
def path(article):
    return f"/articles/{article.pk}/"


class TestPartialUpdate:
    def test_assigns_and_prioritises(self, as_user, reviewer, annotator, path):
        caller = as_user(reviewer)
        tag = caller.get(path)["ETag"].strip('"')
        changes = {
            "assignee": annotator.username,
            "priority": "urgent",
            "due_at": "2025-03-12T18:00:00+01:00",
        }

        body = caller.patch(path, changes, version=tag).json()

        assert {name: body[name] for name in changes} == changes | {
            "due_at": "2025-03-12T17:00:00Z"
        }

    def test_takes_and_gives_back(self, as_user, annotator, path):
        caller = as_user(annotator)
        taken = caller.patch(
            path, {"assignee": annotator.username}, version=caller.get(path)["ETag"].strip('"')
        )

        back = caller.patch(path, {"assignee": None}, version=taken["ETag"].strip('"'))

        assert taken.json()["assignee"] == annotator.username
        assert back.json()["assignee"] is None

    @pytest.mark.parametrize("changes", [{"priority": "high"}, {"due_at": "2025-03-12T18:00:00Z"}])
    def test_refuses_annotators_what_is_for_reviewers(self, as_user, annotator, path, changes):
        caller = as_user(annotator)

        response = caller.patch(path, changes, version=caller.get(path)["ETag"].strip('"'))

        problem(response, status=403, code="not_allowed")

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"assignee": "zoe"}, "unknown_member"),
            ({"priority": "odd"}, "invalid_choice"),
            ({"priority": 3}, "invalid_choice"),
            ({"due_at": "soon"}, "invalid"),
        ],
    )
    def test_refuses_what_cannot_be_used(self, as_user, reviewer, path, changes, code):
        caller = as_user(reviewer)

        response = caller.patch(path, changes, version=caller.get(path)["ETag"].strip('"'))

        [error] = problem(response, status=400, code="bad_input")["errors"]
        assert (error["pointer"], error["code"]) == (f"/{next(iter(changes))}", code)
