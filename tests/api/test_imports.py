import csv
import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations import tasks
from annotations.models import Article, ExtractionRun, Import, ImportFault
from annotations.workflow import imports
from annotations.workflow.import_files import File
from annotations.workflow.imports import Wish
from tests.factories import DeskFactory, UserFactory

TEXT = "La ville a dépensé {n} millions d’euros pour ses écoles cette année, a dit le maire."
TABLE = "titre;texte;langue\r\n" + "\r\n".join(
    [f"Titre {n};{TEXT.format(n=n)};fr" for n in range(3)] + ["Vide;;fr", "Langue;Un texte.;xx"]
)


@pytest.fixture
def send(as_user, annotator, empty_redis):
    """Send a file as the body."""

    def send(content=TABLE, *, by=annotator, query="", content_type="text/csv", headers=None):
        client = as_user(by).client if not hasattr(by, "client") else by.client
        return client.post(
            f"/api/v1/imports/{query}",
            content.encode() if isinstance(content, str) else content,
            content_type=content_type,
            headers=headers or {},
        )

    return send


@pytest.fixture
def work(desk, annotator, now):
    """An import with two bad rows, carried out."""
    work = imports.request(
        desk=desk, file=File("a.csv", [TABLE.encode()]), wish=Wish(), by=annotator, at=now
    )
    carry_out(work)
    return work


def carry_out(work):
    tasks.carry_out_import.apply(kwargs={"import_id": work.pk}).get()
    work.refresh_from_db()


class TestCreate:
    def test_takes_a_body_of_csv(self, send, desk):
        answer = send(query=f"?desk={desk.slug}&source=La+Gazette")

        body = answer.json()
        assert answer.status_code == 202
        assert answer["Location"].endswith(f"/api/v1/imports/{body['id']}/")
        assert (body["state"], body["dry_run"], body["worker_running"]) == ("queued", False, False)
        assert body["progress"] == {"done": 0, "total": None, "percent": 0}
        assert (body["file"]["encoding"], body["file"]["shape"]) == ("utf-8", "csv")
        assert Import.objects.get().options == {"source": "La Gazette"}

    def test_takes_json_lines_of_a_key(self, send, as_key, now):
        content = json.dumps({"text": TEXT, "language": "fr"})

        answer = send(content, by=as_key("write:articles"), content_type="application/x-ndjson")

        assert answer.status_code == 202
        carry_out(Import.objects.get())
        assert Article.objects.count() == 1

    def test_takes_a_form(self, as_user, annotator, empty_redis):
        file = SimpleUploadedFile("articles d’été.csv", TABLE.encode())

        answer = as_user(annotator).client.post(
            "/api/v1/imports/", {"file": file, "dry_run": "true", "language": "fr"}
        )

        assert answer.status_code == 202
        assert answer.json()["dry_run"] is True
        assert answer.json()["file"]["name"] == "articles d’été.csv"

    def test_takes_what_curl_sends_without_a_type(self, send):
        answer = send(content_type="application/x-www-form-urlencoded")

        assert answer.status_code == 202

    def test_takes_the_same_key_once(self, send):
        headers = {"Idempotency-Key": "one"}

        first, again = send(headers=headers), send(headers=headers)

        assert (first.status_code, again.json()) == (202, first.json())
        assert send(TABLE + "\r\n", headers=headers).status_code == 422
        assert Import.objects.count() == 1

    def test_refuses_a_form_without_a_file(self, as_user, annotator):
        answer = as_user(annotator).client.post("/api/v1/imports/", {"dry_run": "true"})

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/file")

    @pytest.mark.parametrize(
        ("query", "pointer"),
        [("?format=xls", "/format"), ("?dry_run=perhaps", "/dry_run")],
    )
    def test_refuses_parameters_that_cannot_be(self, send, query, pointer):
        answer = send(query=query)

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)

    def test_refuses_a_file_that_is_too_large(self, send, settings):
        settings.IMPORT_MAX_BYTES = 1_000_000

        answer = send("a" * 1_000_001)

        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (413, "too_large")
        assert not Import.objects.exists()

    def test_does_not_find_a_foreign_desk(self, send):
        assert send(query=f"?desk={DeskFactory().slug}").status_code == 404


class TestShow:
    def test_tells_progress_counts_and_the_first_errors(self, as_user, annotator, work):
        body = as_user(annotator).get(f"/imports/{work.pk}/").json()

        assert (body["state"], body["error"]) == ("succeeded", None)
        assert body["progress"] == {"done": 5, "total": 5, "percent": 100}
        assert body["counts"] == {"added": 3, "known": 0, "refused": 2, "labels": 0}
        assert body["errors"][0] == {
            "row": 4,
            "line": 5,
            "column": "texte",
            "value": None,
            "code": "empty",
            "why": "There is no text to check.",
            "level": "error",
        }

    def test_is_not_sent_again_while_nothing_changed(self, as_user, annotator, work):
        caller = as_user(annotator)
        etag = caller.get(f"/imports/{work.pk}/")["ETag"]

        assert (
            caller.get(f"/imports/{work.pk}/", headers={"If-None-Match": etag}).status_code == 304
        )

    def test_needs_few_queries(self, as_user, annotator, work, django_assert_num_queries):
        caller = as_user(annotator)
        caller.get("/imports/")

        with django_assert_num_queries(6):
            caller.get(f"/imports/{work.pk}/")

    def test_is_not_found_by_others(self, as_user, outsider, work):
        for path in ("", "errors/", "errors.csv"):
            assert as_user(outsider).get(f"/imports/{work.pk}/{path}").status_code == 404


class TestErrors:
    @pytest.fixture
    def many(self, work):
        """Five and more."""
        ImportFault.objects.bulk_create(
            ImportFault(of=work, row=n, line=n, column="titre", code="empty", is_warning=False)
            for n in range(6, 20)
        )
        return work

    def test_are_listed_page_by_page(self, as_user, annotator, many, django_assert_max_num_queries):
        caller = as_user(annotator)
        caller.get(f"/imports/{many.pk}/errors/")

        with django_assert_max_num_queries(4):
            first = caller.get(f"/imports/{many.pk}/errors/?page_size=10").json()

        rest = caller.client.get(first["next"]).json()
        assert [one["row"] for one in first["results"] + rest["results"]] == [*range(4, 20)]
        assert rest["next"] is None

    def test_come_as_a_table_safe_to_open(self, as_user, annotator, work):
        ImportFault.objects.filter(code="empty").update(value="=HYPERLINK(1)")

        answer = as_user(annotator).get(f"/imports/{work.pk}/errors.csv")

        assert f"import-{work.pk}-errors.csv" in answer["Content-Disposition"]
        rows = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))
        assert rows[0] == ["row", "line", "column", "value", "why", "level"]
        assert rows[1] == [
            *("4", "5", "texte", "'=HYPERLINK(1)", "There is no text to check.", "error"),
        ]
        assert len(rows) == 3


class TestList:
    def test_gives_the_newest_first_in_few_queries(
        self, as_user, annotator, desk, now, django_assert_max_num_queries
    ):
        for n in range(6):
            file = File(f"{n}.csv", [TABLE.encode()])
            imports.request(desk=desk, file=file, wish=Wish(), by=annotator, at=now)
        caller = as_user(annotator)
        caller.get("/imports/")

        with django_assert_max_num_queries(5):
            body = caller.get("/imports/").json()

        assert [one["file"]["name"] for one in body["results"]] == [
            f"{n}.csv" for n in reversed(range(6))
        ]

    def test_shows_only_ones_own_desks(self, as_user, outsider, work):
        assert as_user(outsider).get("/imports/").json()["results"] == []


class TestDryRun:
    def test_is_confirmed_by_a_colleague(self, send, as_user, desk):
        number = send(query="?dry_run=true").json()["id"]
        carry_out(Import.objects.get())
        assert Article.objects.count() == 0
        colleague = as_user(UserFactory(on=desk))

        answer = colleague.post(f"/imports/{number}/confirm/")

        assert (answer.status_code, answer.json()["state"]) == (202, "queued")
        carry_out(Import.objects.get())
        assert (Article.objects.count(), ExtractionRun.objects.count()) == (3, 3)
        assert colleague.post(f"/imports/{number}/confirm/").status_code == 409

    def test_can_be_cancelled_while_it_waits(self, send, as_user, annotator):
        number = send().json()["id"]

        answer = as_user(annotator).post(f"/imports/{number}/cancel/")

        assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
        carry_out(Import.objects.get())
        assert Article.objects.count() == 0


def test_a_broken_import_says_why_in_the_readers_language(send, as_user, annotator):
    number = send("titre;chapeau\na;b").json()["id"]
    carry_out(Import.objects.get())

    body = as_user(annotator).get(f"/imports/{number}/").json()

    assert body["state"] == "failed"
    assert "titre, chapeau" in body["error"]
