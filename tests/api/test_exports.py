import csv
import gzip
import json
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from io import StringIO

import pytest
from django.db import connection
from django.utils import timezone

from annotations.workflow import api_keys
from tests.api.conftest import problem
from tests.api.copies import copy
from tests.api.test_publications import correct, retract
from tests.conftest import wait_until, web_process
from tests.factories import ArticleFactory, DeskFactory, UserFactory, published

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

        # the key, its noted use; then two settings and a savepoint around the one statement
        with django_assert_max_num_queries(7):
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

    @pytest.mark.parametrize(
        ("offer", "coding"),
        [
            ("gzip", "gzip"),
            ("br, gzip;q=0.5", "gzip"),
            ("gzip;q=0", None),
            ("gzip;q=0.0", None),
            ("identity", None),
            ("", None),
        ],
    )
    def test_is_compressed_where_that_is_taken(self, as_key, out, offer, coding):
        response = as_key("read:published").get("/exports/", headers={"Accept-Encoding": offer})

        data = content(response)
        assert response.get("Content-Encoding") == coding
        assert "Accept-Encoding" in response["Vary"]
        assert len((gzip.decompress(data) if coding else data).splitlines()) == 6

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("label=disputed", 1),
            ("label=verified", 5),
            ("language=fr", 6),
            ("language=f", 0),
            ("published_after=2026-01-01T00:00:00Z", 0),
            ("article=1", 0),
        ],
    )
    def test_can_be_filtered(self, as_key, out, reviewer, query, count):
        correct(out[0], reviewer)

        assert len(lines(as_key("read:published").get(f"/exports/?{query}"))) == count

    @pytest.mark.parametrize(
        "query",
        ["format=xml", "label=dismissed", "format=csv&trailer=true", "format=jsonl&bom=true"],
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
