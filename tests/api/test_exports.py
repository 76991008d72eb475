import csv
import gzip
import json
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from io import StringIO

import pytest
import zstandard
from django.db import connection
from django.utils import timezone

from annotations.models import Verdict
from annotations.workflow import api_keys, publishing, verdicts
from tests.api.conftest import problem
from tests.api.copies import copy
from tests.api.test_publications import correct, retract
from tests.conftest import wait_until, web_process
from tests.exports.selecting import resolve
from tests.factories import AT, ArticleFactory, DeskFactory, UserFactory, annotated, published

READ = {
    None: bytes,
    "gzip": gzip.decompress,
    "zstd": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}
COPIES = 9_999  # more than fits between a server and a reader that waits


def content(response):
    return b"".join(response)


def lines(response):
    return [json.loads(line) for line in content(response).splitlines()]


class TestDownload:
    def test_gives_each_publication_a_line_in_log_order(self, as_key, out, reviewer, desk):
        correct(out[0], reviewer)
        retract(out[1], reviewer)

        response = as_key("read:published").get("/exports/?format=jsonl")

        assert [(row["id"], row["version"]) for row in lines(response)] == [
            *((one.verdict_id, 1) for one in out[2:]),
            (out[0].verdict_id, 2),
        ]
        assert response["Content-Type"] == "application/jsonl"
        assert f'attachment; filename="publications-{desk.slug}-' in response["Content-Disposition"]

    def test_reads_with_one_statement(self, as_key, out, django_assert_max_num_queries):
        caller = as_key("read:published")
        caller.get("/health/live/")

        # the key, its noted use, where the log stands; two settings and a savepoint around the one
        with django_assert_max_num_queries(8):
            assert len(lines(caller.get("/exports/"))) == 6

    def test_speaks_csv(self, as_key, out):
        response = as_key("read:published").get("/exports/?format=csv")

        rows = list(csv.DictReader(StringIO(content(response).decode(), newline="")))
        assert [row["exact"] for row in rows] == [one.exact for one in out]
        assert response["Content-Type"] == "text/csv; charset=utf-8"

    def test_makes_cells_safe_for_spreadsheets(self, as_key, annotator, reviewer, sentence):
        published(sentence, annotator=annotator, reviewer=reviewer, rationale="=1+1")

        response = as_key("read:published").get("/exports/?format=csv&bom=true")

        text = content(response).decode("utf-8-sig")
        assert next(csv.DictReader(StringIO(text, newline="")))["rationale"] == "'=1+1"

    def test_closes_with_the_count_when_asked(self, as_key, out):
        rows = lines(as_key("read:published").get("/exports/?trailer=true"))

        assert rows[-1] == {"count": 6}

    @pytest.mark.parametrize("name", ["jsonl", "csv"])
    def test_tells_the_number_of_lines_when_asked(self, as_key, out, reviewer, name):
        retract(out[0], reviewer)

        response = as_key("read:published").get(f"/exports/?format={name}&count=true")

        assert response["X-Total-Count"] == "5"
        assert content(response).count(b"\n") == 5 + (name == "csv")

    def test_tells_that_there_is_nothing(self, as_key):
        response = as_key("read:published").get("/exports/?count=true")

        assert (response["X-Total-Count"], content(response)) == ("0", b"")

    @pytest.mark.parametrize(
        ("offer", "coding"),
        [
            ("gzip", "gzip"),
            ("br, gzip;q=0.5", "gzip"),
            ("gzip;q=0", None),
            ("gzip;q=0.0", None),
            ("gzip, deflate, br, zstd", "zstd"),
            ("gzip, zstd;q=0.5", "gzip"),
            ("zstd;q=0, gzip", "gzip"),
            ("x-gzip", "gzip"),
            ("gzip;q=much", None),
            ("identity", None),
            ("", None),
        ],
    )
    def test_is_compressed_where_that_is_taken(self, as_key, out, offer, coding):
        response = as_key("read:published").get("/exports/", headers={"Accept-Encoding": offer})

        data = content(response)
        assert response.get("Content-Encoding") == coding
        assert "Accept-Encoding" in response["Vary"]
        assert len(READ[coding](data).splitlines()) == 6

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("label=disputed", 1),
            ("label=verified", 5),
            ("language=fr", 6),
            ("language=f", 0),
            ("published_after=2026-01-01T00:00:00Z", 0),
            ("published_before=2026-01-01T00:00:00Z", 6),
            ("published_before=2025-03-12T09:00:00Z", 0),
            ("claimant=Personne", 0),
            ("rating=1", 0),
            ("article=1", 0),
        ],
    )
    def test_can_be_filtered(self, as_key, out, reviewer, query, count):
        correct(out[0], reviewer)

        assert len(lines(as_key("read:published").get(f"/exports/?{query}"))) == count

    @pytest.mark.parametrize(
        "query",
        [
            "format=xml",
            "label=dismissed",
            "format=csv&trailer=true",
            "format=jsonl&bom=true",
            "format=claimreview&count=true",
            "format=datafeed&trailer=true",
            "format=jsonl&quotes=false",
            "lable=disputed",
            "since=2025-01-01T00:00:00Z",
        ],
    )
    def test_refuses_what_it_does_not_know(self, as_key, query):
        response = as_key("read:published").get(f"/exports/?{query}")

        problem(response, status=400, code="bad_query")

    def test_gives_a_person_all_desks_or_the_one_that_is_named(self, as_user, annotator, out):
        other = DeskFactory()
        annotator.memberships.create(desk=other)
        colleague = UserFactory(on=other, role="reviewer")
        article = ArticleFactory(desk=other, sentences=1)
        published(article.sentences.get(), annotator=annotator, reviewer=colleague)
        caller = as_user(annotator)

        assert len(lines(caller.get("/exports/"))) == 7
        assert len(lines(caller.get(f"/exports/?desk={other.slug}"))) == 1

    def test_knows_no_desks_of_others(self, as_key, out):
        response = as_key("read:published").get(f"/exports/?desk={DeskFactory().slug}")

        problem(response, status=404, code="not_found")


class TestDocuments:
    @pytest.fixture
    def rated(self, desk, article, annotator, reviewer):
        """Two publications with a rating, the first retracted, of a desk with a site."""
        desk.check_url, desk.site_url = "https://journal.example/{id}", "https://journal.example/"
        desk.save()
        article.source_url = "https://ailleurs.example/1"
        article.save()
        first, second = article.sentences.order_by("start")[:2]
        for sentence in (first, second):
            annotated(sentence, by=annotator, label="disputed")
            verdict = Verdict.objects.get(sentence=sentence)
            verdicts.approve(verdict=verdict, by=reviewer, at=AT, based_on=1, rating=2)
        gone, stands = publishing.publish(article=article, by=reviewer, at=AT)
        retract(gone, reviewer)
        return gone, stands

    def test_give_what_is_rated_as_claim_reviews(self, as_key, rated):
        response = as_key("read:published").get("/exports/?format=claimreview")

        review, last = json.loads(content(response))
        assert review["url"] == f"https://journal.example/{rated[1].verdict_id}"
        assert review["reviewRating"]["alternateName"] == "Plutôt faux"
        assert last["variableMeasured"][0]["value"] == 1
        assert response["Content-Type"] == "application/ld+json"
        assert ".claimreview.json" in response["Content-Disposition"]

    @pytest.mark.parametrize("query", ["", "&label=disputed", "&rating=2"])
    def test_keep_what_is_gone_in_the_feed_newest_first(self, as_key, rated, query):
        response = as_key("read:published").get(f"/exports/?format=datafeed{query}")

        first, second = json.loads(content(response))["dataFeedElement"]
        assert "dateDeleted" in first
        assert second["item"]["identifier"].endswith(f":{rated[1].verdict_id}")

    def test_give_annotations_that_find_their_sentence(self, as_key, rated):
        response = as_key("read:published").get("/exports/?format=webannotation")

        [item] = json.loads(content(response))["first"]["items"]
        text = rated[1].sentence.revision.text
        assert resolve(item["target"], text) == (rated[1].start, rated[1].end)

    def test_want_one_desk_for_a_feed(self, as_user, annotator):
        annotator.memberships.create(desk=DeskFactory())

        response = as_user(annotator).get("/exports/?format=datafeed")

        problem(response, status=400, code="bad_input")

    def test_read_texts_in_one_statement_a_batch(self, as_key, out, django_assert_max_num_queries):
        caller = as_key("read:published")
        caller.get("/health/live/")

        with django_assert_max_num_queries(9):  # as for lines, and the texts
            assert json.loads(content(caller.get("/exports/?format=webannotation")))["total"] == 6

    def test_read_a_large_text_by_itself(self, as_key, out, monkeypatch):
        monkeypatch.setattr("annotations.exports.texts.LARGE", 10)

        response = as_key("read:published").get("/exports/?format=webannotation")

        assert json.loads(content(response))["total"] == 6


class TestReport:
    def test_says_what_is_left_out_and_why(self, as_key, out):
        body = as_key("read:published").get("/exports/report/?format=claimreview").json()

        assert (body["written"], body["left_out"]) == (0, 6)
        counts = {one["rule"]: one["count"] for one in body["errors"]}
        assert counts == {"CR-E1": 6, "CR-E4": 6}
        assert all(one["meaning"] for one in body["errors"])

    def test_counts_warnings_apart(self, as_key, out):
        body = as_key("read:published").get("/exports/report/?format=claimreview").json()

        assert {one["rule"] for one in body["warnings"]} >= {"CR-W4"}

    def test_is_made_of_formats_with_rules(self, as_key):
        response = as_key("read:published").get("/exports/report/?format=csv")

        problem(response, status=400, code="bad_query")


@pytest.fixture
def key_text(transactional_db):
    desk = DeskFactory()
    manager = UserFactory(on=desk, role="manager")
    annotator = UserFactory(on=desk)
    article = ArticleFactory(desk=desk, sentences=1)
    first = published(article.sentences.get(), annotator=annotator, reviewer=manager)
    copy(first, times=COPIES)
    issued = api_keys.issue(
        desk=desk, name="CMS", scopes=["read:published"], by=manager, at=timezone.now()
    )
    return issued.text


class TestServed:
    """Downloads from the real web server."""

    def test_streams_to_the_end_and_frees_the_cursor_when_the_reader_leaves(self, key_text):
        with web_process() as port:
            with asked(port, key_text) as answer:
                whole = answer.read()
                is_chunked = answer.headers["Transfer-Encoding"] == "chunked"
            with asked(port, key_text) as answer:
                first = answer.read(100)
                wait_until(lambda: _open_cursors() == 1)
            wait_until(lambda: _open_cursors() == 0, seconds=10)

        assert is_chunked
        assert len(whole.splitlines()) == COPIES + 1
        assert whole.startswith(first)


@contextmanager
def asked(port, key):
    """Ask for the export; leave when done, however much of it was read."""
    connected = HTTPConnection("127.0.0.1", port, timeout=30)
    connected.request("GET", "/api/v1/exports/", headers={"Authorization": f"Api-Key {key}"})
    with closing(connected), connected.getresponse() as answer:
        yield answer


def _open_cursors():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
        )
        return cursor.fetchone()[0]
