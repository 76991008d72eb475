from datetime import UTC, datetime

import pytest
from django.conf import settings

from annotations.models import Article, Candidate, ExtractionRun, IdempotentRequest
from tests.api.conftest import problem
from tests.factories import ArticleFactory, DeskFactory, annotated, approved

TEXT = "Le ministère a annoncé huit missiles. Le budget atteint 3 millions d’euros en 2024."


@pytest.mark.usefixtures("empty_redis")
class TestCreate:
    def test_adds_an_article_and_queues_its_extraction(self, as_user, annotator, desk):
        response = as_user(annotator).post(
            "/articles/",
            {
                "desk": desk.slug,
                "text": TEXT,
                "title": "Huit missiles",
                "published_at": "2024-11-26T10:00:00+01:00",
                "source": "Journal",
                "source_url": "https://journal.example/1",
            },
        )

        body = response.json()
        assert response.status_code == 201
        assert response["Location"] == f"http://testserver/api/v1/articles/{body['id']}/"
        assert body["published_at"] == "2024-11-26T09:00:00Z"
        assert body["extraction"] == "queued"
        assert body["source"] == "Journal"
        assert body["language"] == "fr"
        assert Article.objects.get().current_revision.text == TEXT

    def test_keeps_the_text_as_it_came(self, as_user, annotator, desk):
        text = "\r\n  « Huit\u202fmissiles\u00a0» 🙂, a dit le ministre.  \n\n"

        as_user(annotator).post("/articles/", {"desk": desk.slug, "text": text, "language": "fr"})

        assert Article.objects.get().current_revision.text == text

    def test_takes_html(self, as_user, annotator, desk):
        page = f"<html><body><article><h1>Titre</h1><p>{TEXT * 5}</p></article></body></html>"

        response = as_user(annotator).post("/articles/", {"desk": desk.slug, "html": page})

        assert response.status_code == 201
        assert "<p>" not in Article.objects.get().current_revision.text

    def test_can_be_put_into_the_bulk_queue(self, as_key, desk):
        body = {"desk": desk.slug, "text": TEXT, "queue": "bulk"}

        as_key("write:articles").post("/articles/", body)

        assert ExtractionRun.objects.get().queue == "bulk"

    def test_needs_no_desk_from_who_has_only_one(self, as_key):
        response = as_key("write:articles").post("/articles/", {"text": TEXT})

        assert response.status_code == 201

    def test_refuses_the_same_text_and_names_the_first(self, as_user, annotator):
        caller = as_user(annotator)
        first = caller.post("/articles/", {"text": TEXT}).json()

        response = caller.post("/articles/", {"text": TEXT})

        body = problem(response, status=409, code="duplicate")
        assert body["first"]["id"] == first["id"]
        assert body["first"]["url"].endswith(f"/api/v1/articles/{first['id']}/")

    def test_refuses_a_desk_of_others_as_unknown(self, as_user, annotator):
        foreign = DeskFactory()

        response = as_user(annotator).post("/articles/", {"desk": foreign.slug, "text": TEXT})

        problem(response, status=404, code="not_found")

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({}, "/text", "one_of_text_html_url"),
            ({"text": TEXT, "html": "<p>"}, "/text", "one_of_text_html_url"),
            ({"text": TEXT, "url": "https://journal.example/1"}, "/text", "one_of_text_html_url"),
            ({"url": ""}, "/url", "blank"),
            ({"url": "file:///etc/passwd"}, "/url", "invalid"),
            ({"url": "http://127.0.0.1:9/"}, "/url", "not_fetched"),
            ({"text": ""}, "/text", "blank"),
            ({"text": " \n "}, "/text", "empty"),
            ({"text": 5}, "/text", "invalid"),
            ({"text": ["a"]}, "/text", "invalid"),
            ({"text": "a\x00b"}, "/text", "null_characters_not_allowed"),
            ({"text": "a\x07b"}, "/text", "control_character"),
            ({"text": TEXT, "language": "klingon"}, "/language", "unknown_language"),
            ({"text": TEXT, "published_at": "yesterday"}, "/published_at", "invalid"),
            ({"text": TEXT, "source_url": "javascript:alert(1)"}, "/source_url", "invalid"),
            ({"text": TEXT, "queue": "fast"}, "/queue", "invalid_choice"),
            ({"text": TEXT, "title": "x" * 501}, "/title", "max_length"),
            ([], "", "invalid"),
        ],
    )
    def test_refuses_what_cannot_be_used(self, as_user, annotator, body, pointer, code):
        response = as_user(annotator).post("/articles/", body)

        errors = problem(response, status=400, code="bad_input")["errors"]
        assert [(error["pointer"], error["code"]) for error in errors] == [(pointer, code)]

    @pytest.mark.parametrize(
        "raw", [b"{", b'{"text": "\xff"}', b"\xef\xbb\xbf", b"NaN", b"[" * 5000]
    )
    def test_refuses_what_is_no_json(self, as_user, annotator, raw):
        response = as_user(annotator).client.post(
            "/api/v1/articles/", raw, content_type="application/json"
        )

        problem(response, status=400, code="malformed")

    def test_refuses_too_long_a_text(self, as_user, annotator, settings):
        settings.ARTICLE_MAX_BYTES = 1000

        response = as_user(annotator).post("/articles/", {"text": "a " * 501})

        problem(response, status=413, code="too_large")

    def test_refuses_too_large_a_body(self, as_user, annotator):
        body = {"text": "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE}

        response = as_user(annotator).post("/articles/", body)

        problem(response, status=413, code="too_large")

    def test_refuses_forms(self, as_user, annotator):
        response = as_user(annotator).client.post("/api/v1/articles/", {"text": TEXT})

        problem(response, status=415, code="unsupported_media_type")


@pytest.mark.usefixtures("empty_redis")
class TestIdempotencyKey:
    def test_gives_the_first_answer_again(self, as_user, annotator):
        caller = as_user(annotator)
        headers = {"Idempotency-Key": "one"}

        first = caller.post("/articles/", {"text": TEXT}, headers=headers)
        second = caller.post("/articles/", {"text": TEXT}, headers=headers)

        assert (second.status_code, second.json()) == (201, first.json())
        assert second["Location"] == first["Location"]
        assert Article.objects.count() == 1

    def test_refuses_another_body(self, as_user, annotator):
        caller = as_user(annotator)
        headers = {"Idempotency-Key": "one"}
        caller.post("/articles/", {"text": TEXT}, headers=headers)

        response = caller.post("/articles/", {"text": TEXT + " Et puis."}, headers=headers)

        problem(response, status=422, code="idempotency_key_reused")

    def test_is_free_again_after_a_refusal(self, as_user, annotator):
        caller = as_user(annotator)
        headers = {"Idempotency-Key": "one"}
        caller.post("/articles/", {"text": " "}, headers=headers)

        response = caller.post("/articles/", {"text": TEXT}, headers=headers)

        assert response.status_code == 201
        assert IdempotentRequest.objects.count() == 1

    def test_is_not_shared_between_people(self, as_user, annotator, outsider):
        headers = {"Idempotency-Key": "one"}
        as_user(annotator).post("/articles/", {"text": TEXT}, headers=headers)

        response = as_user(outsider).post("/articles/", {"text": "Autre. " + TEXT}, headers=headers)

        assert response.status_code == 201

    def test_refuses_too_long_a_key(self, as_user, annotator):
        headers = {"Idempotency-Key": "x" * 256}

        response = as_user(annotator).post("/articles/", {"text": TEXT}, headers=headers)

        problem(response, status=400, code="malformed")


class TestList:
    def test_shows_the_newest_first(self, as_user, annotator, desk):
        older, newer = ArticleFactory.create_batch(2, desk=desk)

        body = as_user(annotator).get("/articles/").json()

        assert [row["id"] for row in body["results"]] == [newer.pk, older.pk]
        assert body["next"] is None

    def test_asks_the_database_a_fixed_number_of_times(
        self, as_user, annotator, desk, django_assert_num_queries
    ):
        ArticleFactory.create_batch(6, desk=desk, source_name=None)
        caller = as_user(annotator)

        with django_assert_num_queries(4):  # the session, the person, the desks, the articles
            response = caller.get("/articles/")

        assert len(response.json()["results"]) == 6

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("state=extracting", ["new"]),
            ("state=open", ["english", "french"]),
            ("language=fr", ["new", "french"]),
            ("language=en", ["english"]),
            ("source=Herald", ["english"]),
            ("q=FRENCH", ["french"]),
            ("q=phrase -is:title", ["english", "french"]),
            ("q=label:disputed", []),
            ("q=is:title -lang:fr", ["english"]),
            ("published_after=2025-01-01T00:00:00Z", ["english"]),
            ("ordering=-published_at", ["english", "french"]),
        ],
    )
    def test_can_be_filtered(self, as_user, annotator, desk, query, found):
        ArticleFactory(desk=desk, title="french", published_at=datetime(2024, 5, 1, tzinfo=UTC))
        ArticleFactory(
            desk=desk,
            title="english",
            language="en-GB",
            source_name="Herald",
            published_at=datetime(2025, 5, 1, tzinfo=UTC),
        )
        ArticleFactory(desk=desk, title="new", extracted=False)

        body = as_user(annotator).get(f"/articles/?{query}").json()

        assert [row["title"] for row in body["results"]] == found

    @pytest.mark.parametrize(
        "query",
        [
            *("state=x", "page_size=0", "page_size=501", "cursor=x", "published_after=x"),
            *("q=labl:x", "q=label:x", "q=after:x"),
        ],
    )
    def test_refuses_what_it_does_not_know(self, as_user, annotator, query):
        response = as_user(annotator).get(f"/articles/?{query}")

        body = problem(response, status=400, code="bad_query")
        assert [error["parameter"] for error in body["errors"]] == [query.split("=")[0]]

    def test_hides_what_belongs_to_others(self, as_user, outsider, article):
        caller = as_user(outsider)

        assert caller.get("/articles/").json()["results"] == []
        problem(caller.get(f"/articles/?desk={article.desk.slug}"), status=404, code="not_found")


class TestRetrieve:
    def test_counts_by_label_and_state(self, as_user, annotator, reviewer, article):
        first, second, third = article.sentences.order_by("start")[:3]
        approved(first, annotator=annotator, reviewer=reviewer)
        annotated(second, by=annotator, label="disputed")
        annotated(third, by=annotator, label="dismissed")

        body = as_user(annotator).get(f"/articles/{article.pk}/").json()

        assert body["counts"]["labels"] == {
            "verified": 1,
            "unverified": 0,
            "disputed": 1,
            "dismissed": 1,
        }
        assert body["counts"]["states"]["approved"] == 1
        assert body["counts"]["states"]["proposed"] == 2
        assert body["revision"]["number"] == 1
        assert len(body["revision"]["sha256"]) == 64

    def test_is_not_sent_again_while_nothing_changed(self, as_user, annotator, article, sentence):
        caller = as_user(annotator)
        etag = caller.get(f"/articles/{article.pk}/")["ETag"]

        unchanged = caller.get(f"/articles/{article.pk}/", headers={"If-None-Match": etag})
        annotated(sentence, by=annotator)
        changed = caller.get(f"/articles/{article.pk}/", headers={"If-None-Match": etag})

        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert changed.status_code == 200
        assert changed["ETag"] != etag

    @pytest.mark.parametrize("pk", [0, 999_999, 10**30])
    def test_knows_no_other_numbers(self, as_user, annotator, pk):
        problem(as_user(annotator).get(f"/articles/{pk}/"), status=404, code="not_found")


class TestSentences:
    def test_reads_in_order_with_exact_places(self, as_user, annotator, article):
        text = article.current_revision.text

        rows = as_user(annotator).get(f"/articles/{article.pk}/sentences/").json()["results"]

        assert [row["index"] for row in rows] == [0, 1, 2, 3, 4, 5]
        assert all(text[row["start"] : row["end"]] == row["exact"] for row in rows)
        assert rows[0]["candidate"]["signals"][0]["id"] == "figure"
        assert rows[0]["annotation"] is None

    @pytest.mark.parametrize(
        ("language", "said"),
        [("fr", "Contient un chiffre\u202f: 3"), ("de", "Contains a figure: 3")],
    )
    def test_says_the_signals_in_the_reader_s_language(
        self, as_user, annotator, article, language, said
    ):
        kept = {"id": "figure", "start": 0, "end": 5, "params": {"quote": "3"}}
        Candidate.objects.update(signals=[kept])
        path = f"/articles/{article.pk}/sentences/"

        response = as_user(annotator).get(path, headers={"Accept-Language": language})

        (signal,) = response.json()["results"][0]["candidate"]["signals"]
        assert signal == kept | {"text": said}
        assert "Accept-Language" in response["Vary"]

    def test_is_sent_again_in_another_language(self, as_user, annotator, article):
        path = f"/articles/{article.pk}/sentences/"
        english = as_user(annotator).get(path)
        known = {"If-None-Match": english["ETag"]}

        same = as_user(annotator).get(path, headers=known)
        french = as_user(annotator).get(path, headers=known | {"Accept-Language": "fr"})

        assert (same.status_code, french.status_code) == (304, 200)

    def test_shows_ones_own_annotation(self, as_user, annotator, reviewer, article, sentence):
        annotated(sentence, by=annotator)

        [mine, *_] = as_user(annotator).get(f"/articles/{article.pk}/sentences/").json()["results"]
        [theirs, *_] = as_user(reviewer).get(f"/articles/{article.pk}/sentences/").json()["results"]

        assert mine["annotation"]["label"] == "verified"
        assert theirs["annotation"] is None
        assert theirs["verdict"]["label"] == "verified"

    def test_pages_through_all(self, as_user, annotator, article):
        caller = as_user(annotator)
        page = caller.get(f"/articles/{article.pk}/sentences/?page_size=4").json()

        rest = caller.client.get(page["next"]).json()

        assert [row["index"] for row in page["results"] + rest["results"]] == [0, 1, 2, 3, 4, 5]
        assert rest["next"] is None

    def test_asks_the_database_a_fixed_number_of_times(
        self, as_user, annotator, article, django_assert_num_queries
    ):
        for sentence in article.sentences.all():
            annotated(sentence, by=annotator)
        caller = as_user(annotator)

        # the session, the person, the article, the sentences, annotations, their evidence
        with django_assert_num_queries(6):
            caller.get(f"/articles/{article.pk}/sentences/")
