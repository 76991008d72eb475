import pytest

from annotations.models import Publication, Verdict
from tests.api.conftest import problem
from tests.factories import annotated, published

ACTIONS = {
    "approve": {},
    "return": {"comment": "Voyez la source."},
    "adjudicate": {"label": "disputed", "rationale": "Deux sources."},
}


@pytest.fixture
def out_verdict(sentence, annotator, reviewer):
    return published(sentence, annotator=annotator, reviewer=reviewer).verdict


class TestList:
    def test_asks_the_database_a_fixed_number_of_times(
        self, as_user, annotator, article, django_assert_num_queries
    ):
        for sentence in article.sentences.all():
            annotated(sentence, by=annotator)
        caller = as_user(annotator)

        with django_assert_num_queries(4):  # the session, the person, the desks, the verdicts
            response = caller.get("/verdicts/?state=proposed")

        assert len(response.json()["results"]) == 6

    @pytest.mark.parametrize(
        ("query", "count"),
        [("state=proposed", 2), ("state=approved", 0), ("label=disputed", 1), ("article=999", 0)],
    )
    def test_can_be_filtered(self, as_user, annotator, article, query, count):
        first, second, third = article.sentences.order_by("start")[:3]
        annotated(first, by=annotator)
        annotated(second, by=annotator, label="disputed")
        annotated(third, by=annotator, label="dismissed")

        body = as_user(annotator).get(f"/verdicts/?{query}").json()

        assert len(body["results"]) == count


class TestRetrieve:
    def test_shows_what_each_annotator_said(self, as_user, annotator, reviewer, sentence):
        annotated(sentence, by=annotator, rationale="Oui.")
        annotated(sentence, by=reviewer, label="disputed")
        verdict = Verdict.objects.get()

        response = as_user(reviewer).get(f"/verdicts/{verdict.pk}/")

        body = response.json()
        assert response["ETag"].startswith(f'"{verdict.version}.')
        assert (body["state"], body["label"]) == ("contested", None)
        assert [one["label"] for one in body["annotations"]] == ["verified", "disputed"]
        assert body["annotations"][0]["author"] == annotator.name

    def test_is_decided_on_by_the_etag_that_it_was_given(self, as_user, reviewer, proposed):
        etag = as_user(reviewer).get(f"/verdicts/{proposed.pk}/")["ETag"]

        response = as_user(reviewer).post(
            f"/verdicts/{proposed.pk}/approve/", headers={"If-Match": etag}
        )

        assert response.json()["state"] == "approved"


class TestDecisions:
    @pytest.mark.parametrize(
        ("action", "state"),
        [("approve", "approved"), ("return", "returned"), ("adjudicate", "approved")],
    )
    def test_move_the_verdict_on(self, as_user, reviewer, proposed, action, state):
        response = as_user(reviewer).post(
            f"/verdicts/{proposed.pk}/{action}/", ACTIONS[action], version=proposed.version
        )

        body = response.json()
        assert (response.status_code, body["state"]) == (200, state)
        assert response["ETag"] == f'"{proposed.version + 1}"'

    @pytest.mark.parametrize("action", ACTIONS)
    def test_want_a_version(self, as_user, reviewer, proposed, action):
        response = as_user(reviewer).post(f"/verdicts/{proposed.pk}/{action}/", ACTIONS[action])

        problem(response, status=428, code="precondition_required")

    @pytest.mark.parametrize("action", ACTIONS)
    def test_refuse_stale_writes_with_what_stands(self, as_user, reviewer, proposed, action):
        response = as_user(reviewer).post(
            f"/verdicts/{proposed.pk}/{action}/", ACTIONS[action], version=proposed.version - 1
        )

        body = problem(response, status=412, code="stale")
        assert body["current"]["id"] == proposed.pk
        assert body["current"]["version"] == proposed.version

    @pytest.mark.parametrize("action", ACTIONS)
    def test_refuse_annotators(self, as_user, annotator, proposed, action):
        response = as_user(annotator).post(
            f"/verdicts/{proposed.pk}/{action}/", ACTIONS[action], version=proposed.version
        )

        problem(response, status=403, code="not_allowed")

    def test_refuse_ones_own_work(self, as_user, reviewer, sentence):
        annotated(sentence, by=reviewer)
        verdict = Verdict.objects.get()

        response = as_user(reviewer).post(
            f"/verdicts/{verdict.pk}/approve/", version=verdict.version
        )

        problem(response, status=409, code="own_work")

    @pytest.mark.parametrize(
        ("action", "body", "pointer"),
        [
            ("approve", {"rating": 99}, "/rating"),
            ("approve", {"rating": "x"}, "/rating"),
            ("return", {}, "/comment"),
            ("return", {"comment": "  "}, "/comment"),
            ("adjudicate", {"label": "disputed"}, "/rationale"),
            ("adjudicate", {"label": "x", "rationale": "y"}, "/label"),
        ],
    )
    def test_refuse_what_cannot_be_used(self, as_user, reviewer, proposed, action, body, pointer):
        response = as_user(reviewer).post(
            f"/verdicts/{proposed.pk}/{action}/", body, version=proposed.version
        )

        [error] = problem(response, status=400, code="bad_input")["errors"]
        assert error["pointer"] == pointer

    def test_keep_the_rating(self, as_user, reviewer, proposed):
        response = as_user(reviewer).post(
            f"/verdicts/{proposed.pk}/approve/", {"rating": 2}, version=proposed.version
        )

        assert response.json()["rating"] == 2


class TestCorrect:
    def test_appends_a_version_with_a_note(self, as_user, reviewer, out_verdict):
        body = {
            "label": "disputed",
            "rationale": "Nouvelle source.",
            "evidence": [{"url": "https://source.example/b", "stance": "refutes"}],
            "rating": 1,
            "note": "Le chiffre était faux.",
        }

        response = as_user(reviewer).post(
            f"/verdicts/{out_verdict.pk}/correct/", body, version=out_verdict.version
        )

        newest = Publication.objects.latest("version")
        assert response.json()["label"] == "disputed"
        assert (newest.kind, newest.version, newest.note) == (
            "correction",
            2,
            "Le chiffre était faux.",
        )
        assert newest.evidence[0]["url"] == "https://source.example/b"

    def test_wants_a_note(self, as_user, reviewer, out_verdict):
        response = as_user(reviewer).post(
            f"/verdicts/{out_verdict.pk}/correct/",
            {"label": "disputed"},
            version=out_verdict.version,
        )

        [error] = problem(response, status=400, code="bad_input")["errors"]
        assert error["pointer"] == "/note"

    def test_refuses_what_is_not_published(self, as_user, reviewer, proposed):
        response = as_user(reviewer).post(
            f"/verdicts/{proposed.pk}/correct/",
            {"label": "disputed", "note": "Faux."},
            version=proposed.version,
        )

        problem(response, status=409, code="wrong_state")


class TestRetract:
    def test_withdraws_the_label_in_public(self, as_user, reviewer, out_verdict):
        response = as_user(reviewer).post(
            f"/verdicts/{out_verdict.pk}/retract/",
            {"note": "Publié par erreur."},
            version=out_verdict.version,
        )

        assert response.json()["state"] == "retracted"
        assert Publication.objects.latest("version").kind == "retraction"
