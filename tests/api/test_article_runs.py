import pytest

from annotations.models import ExtractionRun
from tests.api.conftest import problem
from tests.factories import approved

TEXT = "Le ministère a annoncé huit missiles. Le budget atteint 3 millions d’euros en 2024."


@pytest.mark.usefixtures("empty_redis")
class TestExtract:
    def test_queues_extraction_again(self, as_user, annotator, article):
        response = as_user(annotator).post(f"/articles/{article.pk}/extract/")

        assert response.status_code == 202
        assert response.json()["state"] == "queued"

    def test_starts_no_second_one_while_one_is_queued(self, as_user, annotator, article):
        as_user(annotator).post(f"/articles/{article.pk}/extract/")
        as_user(annotator).post(f"/articles/{article.pk}/extract/")

        assert ExtractionRun.objects.filter(state="queued").count() == 1


class TestExtraction:
    def test_tells_how_it_goes(self, as_user, annotator, article):
        body = as_user(annotator).get(f"/articles/{article.pk}/extraction/").json()

        assert body["state"] == "succeeded"
        assert body["progress"] == {"done": 6, "total": 6}
        assert body["worker_running"] is False

    def test_tells_who_stepped_in_for_the_engine_that_was_asked(self, as_user, annotator, article):
        usage = {"calls": 3, "tokens": 900, "dropped": 0}
        ExtractionRun.objects.update(
            engine_asked="chat-1:small", engine="standard-3", fallback="busy", engine_usage=usage
        )

        told = as_user(annotator).get(f"/articles/{article.pk}/extraction/").json()

        assert (told["engine_asked"], told["engine"]) == ("chat-1:small", "standard-3")
        assert (told["fallback"], told["engine_usage"]) == ("busy", usage)

    @pytest.mark.usefixtures("alive_worker")
    def test_tells_that_a_worker_runs(self, as_user, annotator, article):
        body = as_user(annotator).get(f"/articles/{article.pk}/extraction/").json()

        assert body["worker_running"] is True


class TestPublish:
    def test_publishes_what_is_approved(self, as_user, annotator, reviewer, article, sentence):
        approved(sentence, annotator=annotator, reviewer=reviewer)

        body = as_user(reviewer).post(f"/articles/{article.pk}/publish/").json()

        assert [one["selector"]["exact"] for one in body["published"]] == [sentence.exact]

    def test_gives_the_first_answer_to_a_repeated_request(
        self, as_user, annotator, reviewer, article, sentence
    ):
        approved(sentence, annotator=annotator, reviewer=reviewer)
        headers, address = {"Idempotency-Key": "p-1"}, f"/articles/{article.pk}/publish/"

        first, second = (as_user(reviewer).post(address, headers=headers) for _ in range(2))

        assert (first.status_code, second.status_code) == (200, 200)
        assert first.json() == second.json()
        assert article.publications.count() == 1

    def test_refuses_when_nothing_is_approved(self, as_user, reviewer, article):
        response = as_user(reviewer).post(f"/articles/{article.pk}/publish/")

        problem(response, status=409, code="nothing_to_publish")

    def test_refuses_annotators(self, as_user, annotator, article):
        response = as_user(annotator).post(f"/articles/{article.pk}/publish/")

        problem(response, status=403, code="not_allowed")
