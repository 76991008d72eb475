import pytest

from annotations.models import ExtractionRun, Verdict
from tests.api.conftest import problem
from tests.factories import annotated, published

NEW = "Une association a compté 300 manifestants devant la mairie."


@pytest.fixture
def words(article):
    return [one.exact for one in article.sentences.order_by("start")]


@pytest.fixture
def revise(as_user, annotator, article):
    """Send a new text as somebody who saw the article's first version."""

    def revise(text, *, version=1, **headers):
        path = f"/articles/{article.pk}/revisions/"
        return as_user(annotator).post(path, {"text": text}, version=version, headers=headers)

    return revise


@pytest.mark.usefixtures("empty_redis")
class TestCreate:
    def test_says_what_became_of_the_sentences(self, revise, article, annotator, words):
        first, second, third = article.sentences.order_by("start")[:3]
        for one in (first, second, third):
            annotated(one, by=annotator)
        now = words[1].replace("millions", "milliards")

        response = revise(f"{NEW} {words[0]} {now}")

        body = response.json()
        assert response.status_code == 201, body
        assert response["ETag"].startswith('"2.')
        assert body["article"]["revision"]["number"] == 2
        assert body["article"]["extraction"] == "queued"
        assert body["sentences"] == {
            "kept": [first.pk],
            "changed": [{"sentence": second.pk, "was": words[1], "now": now}],
            "gone": [{"sentence": third.pk, "was": words[2], "now": None}],
            "back": [],
        }
        assert body["article"]["counts"]["states"] == {
            **dict.fromkeys(Verdict.State.values, 0),
            "proposed": 1,
            "returned": 1,
        }

    def test_takes_html(self, as_user, annotator, article, words):
        page = f"<html><body><article><p>{words[0]} {NEW} {words[2]}</p></article></body></html>"

        response = as_user(annotator).post(
            f"/articles/{article.pk}/revisions/", {"html": page}, version=1
        )

        assert response.status_code == 201, response.content
        article.refresh_from_db()
        assert article.current_revision.raw == page

    def test_is_done_once_under_one_key(self, revise, article):
        answers = [revise(NEW, **{"Idempotency-Key": "r-1"}) for _ in range(2)]

        assert [one.status_code for one in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert answers[0]["ETag"] == answers[1]["ETag"]
        assert article.revisions.count() == 2
        assert ExtractionRun.objects.filter(revision__article=article).count() == 2

    def test_refuses_the_text_that_is_there(self, revise, article):
        text = article.current_revision.text

        problem(revise(text), status=409, code="unchanged")

    def test_refuses_a_version_that_is_no_more_and_shows_what_stands(self, revise):
        revise(NEW)

        response = revise(f"{NEW} {NEW}")

        body = problem(response, status=412, code="stale")
        assert body["current"]["revision"]["number"] == 2
        assert response["ETag"] == '"2"'

    def test_refuses_without_the_version_that_was_seen(self, revise):
        problem(revise(NEW, version=None), status=428, code="precondition_required")

    @pytest.mark.parametrize(
        "body", [{}, {"text": ""}, {"text": " "}, {"text": NEW, "html": "<p>"}]
    )
    def test_refuses_what_is_no_text(self, as_user, annotator, article, body):
        response = as_user(annotator).post(f"/articles/{article.pk}/revisions/", body, version=1)

        problem(response, status=400, code="bad_input")

    def test_refuses_the_text_of_another_article(self, revise, as_user, annotator, article):
        body = {"text": NEW, "source_url": article.source_url, "desk": article.desk.slug}
        other = as_user(annotator).post("/articles/", body).json()

        refused = problem(revise(NEW), status=409, code="duplicate")

        assert refused["first"]["id"] == other["id"]


@pytest.mark.usefixtures("empty_redis")
class TestList:
    def test_shows_every_text_newest_first(self, revise, as_user, annotator, article):
        first = article.current_revision
        revise(NEW)

        newest, oldest = (
            as_user(annotator).get(f"/articles/{article.pk}/revisions/").json()["results"]
        )

        assert (newest["number"], newest["length"]) == (2, len(NEW))
        assert newest["created_by"] == annotator.name
        assert (oldest["number"], oldest["sha256"]) == (1, first.sha256)
        assert (oldest["length"], oldest["created_by"]) == (len(first.text), None)

    def test_is_read_page_by_page_in_the_same_number_of_queries(
        self, revise, as_user, annotator, article, django_assert_max_num_queries
    ):
        for number in range(5):
            revise(f"{NEW} {number}.", version=number + 1)
        caller, path = as_user(annotator), f"/articles/{article.pk}/revisions/"

        with django_assert_max_num_queries(5):
            page = caller.get(f"{path}?page_size=4").json()

        rest = caller.get(page["next"].partition("/api/v1")[2]).json()
        numbers = [one["number"] for one in page["results"] + rest["results"]]
        assert numbers == [6, 5, 4, 3, 2, 1]


@pytest.mark.usefixtures("empty_redis")
class TestSentences:
    def test_of_an_older_text_say_so(self, revise, as_user, annotator, reviewer, article):
        first, second = article.sentences.order_by("start")[:2]
        published(first, annotator=annotator, reviewer=reviewer)
        annotated(second, by=annotator)
        article.refresh_from_db()

        revise(NEW)

        caller = as_user(annotator)
        assert caller.get(f"/sentences/{first.pk}/").json()["revision"] == 1
        assert caller.get("/sentences/").json()["results"] == []
        assert caller.get(f"/articles/{article.pk}/sentences/").json()["results"] == []
        [out] = caller.get("/publications/").json()["results"]
        assert (out["revision"]["number"], out["selector"]["exact"]) == (1, first.exact)
        assert [one["id"] for one in caller.get("/verdicts/").json()["results"]] == [
            first.verdict.pk
        ]

    def test_of_an_older_text_take_no_label(self, revise, as_user, annotator, article):
        first = article.sentences.first()
        annotated(first, by=annotator)
        revise(NEW)

        response = as_user(annotator).put(
            f"/sentences/{first.pk}/annotation/", {"label": "disputed"}, version=1
        )

        problem(response, status=409, code="left_behind")


class TestReadIn:
    """Labels that say in which text their writer read the sentence."""

    @pytest.fixture
    def changed(self, revise, article, annotator, words):
        sentence = article.sentences.order_by("start")[1]
        annotated(sentence, by=annotator)
        now = words[1].replace("millions", "milliards")
        revise(" ".join([words[0], now, *words[2:]]))
        return sentence

    def put(self, caller, sentence, **said):
        return caller.put(f"/sentences/{sentence.pk}/annotation/", {"label": "disputed"} | said)

    def test_are_refused_where_the_words_changed(self, as_user, reviewer, changed):
        caller = as_user(reviewer)

        problem(self.put(caller, changed, read_in=1), status=412, code="words_changed")
        accepted = self.put(caller, changed, read_in=2)

        assert accepted.status_code == 200
        assert accepted.json()["words"] == caller.get(f"/sentences/{changed.pk}/").json()["exact"]

    def test_are_refused_with_what_stands(self, as_user, annotator, changed, words):
        path, said = f"/sentences/{changed.pk}/annotation/", {"label": "disputed", "read_in": 1}

        response = as_user(annotator).put(path, said, version=2)

        body = problem(response, status=412, code="words_changed")
        assert (body["current"]["label"], body["current"]["words"]) == ("verified", words[1])

    def test_are_taken_for_what_stands_where_they_say_nothing(self, as_user, reviewer, changed):
        assert self.put(as_user(reviewer), changed).status_code == 200

    def test_count_where_the_words_stand(
        self, as_user, annotator, reviewer, revise, article, words
    ):
        sentence = article.sentences.order_by("start")[1]
        annotated(sentence, by=annotator)
        revise(f"{NEW} {words[1]}")

        assert self.put(as_user(reviewer), sentence, read_in=1).status_code == 200

    @pytest.mark.parametrize("number", [0, 3, 2**31, "x"])
    def test_name_a_text_that_there_is(self, as_user, reviewer, changed, number):
        body = problem(
            self.put(as_user(reviewer), changed, read_in=number), status=400, code="bad_input"
        )

        assert body["errors"][0]["pointer"] == "/read_in"

    def test_of_a_step_are_refused_all(self, as_user, reviewer, changed, article):
        path = f"/articles/{article.pk}/annotations/"
        step = {"label": "disputed", "sentences": [{"id": changed.pk}]}

        refused = as_user(reviewer).post(path, step | {"read_in": 1})

        problem(refused, status=412, code="words_changed")
        assert as_user(reviewer).post(path, step | {"read_in": 2}).status_code == 200

    def test_say_why_they_came_back_in_the_language_of_the_answer(
        self, as_user, reviewer, changed, words
    ):
        path = f"/verdicts/{Verdict.objects.get(sentence=changed).pk}/"

        said = [
            as_user(reviewer).get(path, headers={"accept-language": one}).json()["comment"]
            for one in ("en", "fr")
        ]

        assert said[0].startswith(f"This was labelled when it said: “{words[1]}”")
        assert said[1].startswith("Cette phrase a reçu son étiquette quand elle disait")
