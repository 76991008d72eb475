import pytest
from django.utils import timezone

from annotations.models import Annotation, AuditEvent
from tests.api.conftest import problem
from tests.factories import annotated, approved, published

EVIDENCE = {"url": "https://source.example/a", "title": "A", "quote": "q", "stance": "refutes"}


@pytest.fixture
def url(sentence):
    return f"/sentences/{sentence.pk}/annotation/"


class TestPut:
    def test_needs_no_version_the_first_time(self, as_user, annotator, url):
        response = as_user(annotator).put(
            url, {"label": "disputed", "rationale": "Non.", "evidence": [EVIDENCE]}
        )

        body = response.json()
        assert response.status_code == 200
        assert response["ETag"] == f'"{body["version"]}"'
        assert (body["label"], body["rationale"]) == ("disputed", "Non.")
        assert body["evidence"][0] | EVIDENCE == body["evidence"][0]

    def test_changes_what_one_saw(self, as_user, annotator, url):
        caller = as_user(annotator)
        version = caller.put(url, {"label": "verified"}).json()["version"]

        response = caller.put(url, {"label": "disputed"}, version=version)

        assert response.json()["version"] == version + 1

    def test_keeps_what_is_left_out(self, as_user, annotator, url):
        caller = as_user(annotator)
        body = {"label": "verified", "rationale": "Vu.", "evidence": [EVIDENCE]}
        version = caller.put(url, body).json()["version"]

        changed = caller.put(url, {"label": "disputed"}, version=version).json()

        assert changed["rationale"] == "Vu."
        assert len(changed["evidence"]) == 1

    def test_wants_a_version_once_one_stands(self, as_user, annotator, url):
        caller = as_user(annotator)
        caller.put(url, {"label": "verified"})

        response = caller.put(url, {"label": "disputed"})

        problem(response, status=428, code="precondition_required")

    @pytest.mark.parametrize("version", [0, 7, 10**30, "abc"])
    def test_refuses_stale_writes_with_what_stands(self, as_user, annotator, url, version):
        caller = as_user(annotator)
        caller.put(url, {"label": "verified"})

        response = caller.put(url, {"label": "disputed"}, version=version)

        body = problem(response, status=412, code="stale")
        assert body["current"]["label"] == "verified"
        assert response["ETag"] == f'"{body["current"]["version"]}"'

    def test_says_that_nothing_stands_to_a_version_out_of_the_air(self, as_user, annotator, url):
        response = as_user(annotator).put(url, {"label": "verified"}, version=3)

        assert problem(response, status=412, code="stale")["current"] is None

    def test_can_be_repeated_without_harm(self, as_user, annotator, url):
        caller = as_user(annotator)
        first = caller.put(url, {"label": "verified"})

        second = caller.put(url, {"label": "verified"})

        assert second.json() == first.json()
        assert AuditEvent.objects.filter(action="annotation.put").count() == 1

    @pytest.mark.parametrize("header", ["*", '"1", "2"'])
    def test_takes_one_version_only(self, as_user, annotator, url, header):
        response = as_user(annotator).put(url, {"label": "verified"}, headers={"If-Match": header})

        assert response.status_code in {400, 428}

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({}, "/label"),
            ({"label": "true"}, "/label"),
            ({"label": None}, "/label"),
            ({"label": "verified", "rationale": 5}, "/rationale"),
            ({"label": "verified", "rationale": "\x00"}, "/rationale"),
            ({"label": "verified", "evidence": {}}, "/evidence"),
            ({"label": "verified", "evidence": [EVIDENCE, {}]}, "/evidence/1/url"),
            ({"label": "verified", "evidence": [{"url": "ftp://x.example"}]}, "/evidence/0/url"),
            ({"label": "verified", "evidence": [{"url": "javascript:1"}]}, "/evidence/0/url"),
            ({"label": "verified", "evidence": [EVIDENCE | {"stance": "x"}]}, "/evidence/0/stance"),
            ({"label": "verified", "evidence": [EVIDENCE] * 51}, "/evidence"),
        ],
    )
    def test_refuses_what_cannot_be_used(self, as_user, annotator, url, body, pointer):
        response = as_user(annotator).put(url, body)

        errors = problem(response, status=400, code="bad_input")["errors"]
        assert [error["pointer"] for error in errors] == [pointer]

    @pytest.mark.parametrize("pk", [0, 2**31, 2**63, 10**30])
    def test_finds_no_sentence_out_of_the_air(self, as_user, as_key, annotator, pk):
        for caller in (as_user(annotator), as_key("write:annotations")):
            response = caller.put(f"/sentences/{pk}/annotation/", {"label": "verified"})

            problem(response, status=404, code="not_found")

    def test_refuses_published_sentences(self, as_user, annotator, reviewer, sentence, url):
        published(sentence, annotator=annotator, reviewer=reviewer)

        response = as_user(reviewer).put(url, {"label": "verified"})

        problem(response, status=409, code="already_published")

    def test_asks_the_database_few_times(self, as_key, sentence, url, django_assert_num_queries):
        caller = as_key("write:annotations")
        caller.get(url)

        with django_assert_num_queries(6):
            response = caller.put(url, {"label": "verified"})

        assert response.status_code == 200


class TestGet:
    def test_shows_ones_own(self, as_user, annotator, sentence, url):
        annotated(sentence, by=annotator)

        response = as_user(annotator).get(url)

        assert response.json()["label"] == "verified"
        assert response["ETag"].startswith(f'"{response.json()["version"]}.')

    def test_shows_nobody_elses(self, as_user, annotator, reviewer, sentence, url):
        annotated(sentence, by=annotator)

        problem(as_user(reviewer).get(url), status=404, code="not_found")


class TestDelete:
    def test_withdraws_ones_own(self, as_user, annotator, sentence, url):
        version = annotated(sentence, by=annotator).version

        response = as_user(annotator).delete(url, version=version)

        assert (response.status_code, response.content) == (204, b"")
        assert not Annotation.objects.given().exists()

    def test_wants_a_version(self, as_user, annotator, sentence, url):
        annotated(sentence, by=annotator)

        problem(as_user(annotator).delete(url), status=428, code="precondition_required")

    def test_finds_nothing_to_withdraw(self, as_user, annotator, url):
        problem(as_user(annotator).delete(url, version=1), status=404, code="not_found")

    def test_leaves_colleagues_alone(self, as_user, annotator, reviewer, sentence, url):
        version = annotated(sentence, by=annotator).version

        response = as_user(reviewer).delete(url, version=version)

        problem(response, status=404, code="not_found")
        assert Annotation.objects.given().count() == 1


class TestUndo:
    def test_takes_the_last_change_back(self, as_user, annotator, sentence, url):
        caller = as_user(annotator)
        version = caller.put(url, {"label": "verified"}).json()["version"]
        caller.put(url, {"label": "disputed"}, version=version)

        body = caller.post(f"{url}undo/").json()

        assert body["label"] == "verified"

    def test_says_that_nothing_is_left(self, as_user, annotator, sentence, url):
        caller = as_user(annotator)
        caller.put(url, {"label": "verified"})

        withdrawn = caller.post(f"{url}undo/").json()
        again = caller.post(f"{url}undo/")

        assert withdrawn["label"] is None
        problem(again, status=409, code="nothing_to_undo")

    def test_refuses_approved_work_of_published_sentences(
        self, as_user, annotator, reviewer, sentence, url
    ):
        approved(sentence, annotator=annotator, reviewer=reviewer, at=timezone.now())
        as_user(reviewer).post(f"/articles/{sentence.article_id}/publish/")

        response = as_user(annotator).post(f"{url}undo/")

        problem(response, status=409, code="already_published")
