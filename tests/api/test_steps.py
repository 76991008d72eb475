import pytest

from annotations.models import Annotation
from tests.api.conftest import problem


@pytest.fixture
def url(article):
    return f"/articles/{article.pk}/"


@pytest.fixture
def seen(article):
    return [{"id": one.pk} for one in article.sentences.order_by("index")[:3]]


def labels():
    return list(Annotation.objects.order_by("sentence__index").values_list("label", flat=True))


class TestLabels:
    def test_gives_many_sentences_one_label(self, as_user, annotator, url, seen):
        body = {"label": "dismissed", "sentences": seen}

        changed = as_user(annotator).post(f"{url}annotations/", body).json()["changed"]

        assert [one["sentence"] for one in changed] == [one["id"] for one in seen]
        assert {one["annotation"]["label"] for one in changed} == {"dismissed"}

    def test_repeated_under_its_key_is_done_once(self, as_user, annotator, url, seen):
        caller, headers = as_user(annotator), {"Idempotency-Key": "k-1"}
        body = {"label": "dismissed", "sentences": seen}

        answers = [caller.post(f"{url}annotations/", body, headers=headers) for _ in range(2)]

        assert answers[0].json() == answers[1].json()
        assert set(Annotation.objects.values_list("version", flat=True)) == {1}

    def test_refuses_all_with_what_stands_where_one_is_stale(self, as_user, annotator, url, seen):
        caller = as_user(annotator)
        caller.put(f"/sentences/{seen[1]['id']}/annotation/", {"label": "verified"})

        response = caller.post(f"{url}annotations/", {"label": "disputed", "sentences": seen})

        assert problem(response, status=412, code="stale")["current"]["label"] == "verified"
        assert labels() == ["verified"]

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"label": "verified"}, "/sentences"),
            ({"label": "verified", "sentences": []}, "/sentences"),
            ({"label": "true", "sentences": [{"id": 1}]}, "/label"),
            ({"label": "verified", "sentences": [{"id": "x"}]}, "/sentences/0/id"),
            ({"label": "verified", "sentences": [{"id": 1}] * 201}, "/sentences"),
        ],
    )
    def test_refuses_what_cannot_be_used(self, as_user, annotator, url, body, pointer):
        response = as_user(annotator).post(f"{url}annotations/", body)

        errors = problem(response, status=400, code="bad_input")["errors"]
        assert [error["pointer"] for error in errors] == [pointer]


class TestUndoAndRedo:
    def test_go_back_and_forth_over_a_step_of_many(self, as_user, annotator, url, seen):
        caller = as_user(annotator)
        caller.post(f"{url}annotations/", {"label": "disputed", "sentences": seen})

        undone = caller.post(f"{url}undo/").json()["changed"]
        after_undo = labels()
        redone = caller.post(f"{url}redo/").json()["changed"]

        assert [one["annotation"]["label"] for one in undone] == [None] * 3
        assert after_undo == [""] * 3
        assert [one["annotation"]["label"] for one in redone] == ["disputed"] * 3
        assert labels() == ["disputed"] * 3

    def test_an_undo_repeated_under_its_key_undoes_one_step(self, as_user, annotator, url, seen):
        caller, headers = as_user(annotator), {"Idempotency-Key": "k-2"}
        for one in seen:
            caller.put(f"/sentences/{one['id']}/annotation/", {"label": "verified"})

        for _ in range(3):
            caller.post(f"{url}undo/", headers=headers)

        assert labels() == ["verified", "verified", ""]

    def test_say_that_nothing_is_left(self, as_user, annotator, url):
        caller = as_user(annotator)

        problem(caller.post(f"{url}undo/"), status=409, code="nothing_to_undo")
        problem(caller.post(f"{url}redo/"), status=409, code="nothing_to_redo")

    def test_work_on_one_sentence(self, as_user, annotator, seen):
        caller, url = as_user(annotator), f"/sentences/{seen[0]['id']}/annotation/"
        caller.put(url, {"label": "verified"})
        caller.post(f"{url}undo/")

        body = caller.post(f"{url}redo/").json()

        assert (body["label"], body["version"]) == ("verified", 3)
