import gzip
import json
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.http import http_date

from annotations import tasks
from annotations.models import Export, Publication
from annotations.workflow import export_files
from tests.api.conftest import problem
from tests.factories import DeskFactory, ExportFactory, UserFactory


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    return settings.EXPORTS_DIR


@pytest.fixture
def caller(as_key, empty_redis):
    return as_key("read:published")


@pytest.fixture
def asked(caller, django_capture_on_commit_callbacks):
    """Ask for an export as publishers do; return what is known of it then."""

    def ask(**body):
        response = caller.post("/exports/", body)
        assert response.status_code == 202, response.content
        return response.json()

    return ask


class TestAsk:
    def test_is_accepted_and_waits_for_a_worker(self, caller, out, desk):
        response = caller.post("/exports/", {"format": "csv", "filters": {"label": "verified"}})

        body = response.json()
        assert response.status_code == 202
        assert response["Location"].endswith(f"/api/v1/exports/{body['id']}/")
        assert body["state"] == "queued"
        assert body["progress"] == {"done": 0, "total": None}
        assert (body["format"], body["filters"]) == ("csv", {"label": "verified"})
        assert (body["desk"], body["file"]) == (desk.slug, None)

    @pytest.mark.parametrize(
        "body",
        [
            {"format": "xml"},
            {"filters": {"label": "dismissed"}},
            {"filters": {"published_after": "yesterday"}},
            {"format": "csv", "trailer": True},
            {"format": "jsonl", "bom": True},
            {"compression": "zip"},
            {"filters": {"lable": "disputed"}},
            {"filter": {"label": "disputed"}},
        ],
    )
    def test_refuses_what_it_does_not_know(self, caller, body):
        problem(caller.post("/exports/", body), status=400, code="bad_input")
        assert not Export.objects.exists()

    def test_gives_the_first_answer_to_a_repeated_request(self, caller):
        headers = {"Idempotency-Key": "once"}

        first, second = (caller.post("/exports/", {}, headers=headers) for _ in range(2))

        assert first.json() == second.json()
        assert Export.objects.count() == 1

    def test_refuses_more_than_a_few_at_once(self, asked, caller, monkeypatch):
        monkeypatch.setattr(export_files, "ACTIVE_AT_MOST", 1)
        asked()

        problem(caller.post("/exports/", {}), status=409, code="too_many_exports")

    def test_wants_one_desk(self, as_user, manager):
        manager.memberships.create(desk=DeskFactory(), role="manager")

        problem(as_user(manager).post("/exports/", {}), status=400, code="bad_input")


class TestWatch:
    def test_says_how_far_it_is(self, caller, desk):
        export = ExportFactory(desk=desk, done=500, total=1200)

        response = caller.get(f"/exports/{export.pk}/")

        assert response.json()["progress"] == {"done": 500, "total": 1200}
        assert response["Retry-After"] == "2"

    def test_says_why_it_failed(self, caller, desk):
        export = ExportFactory(desk=desk, state="failed", error="Le disque est plein.")

        body = caller.get(f"/exports/{export.pk}/").json()

        assert (body["state"], body["error"]) == ("failed", "Le disque est plein.")

    def test_takes_a_fixed_number_of_queries(self, caller, desk, django_assert_num_queries):
        export = ExportFactory(desk=desk)
        caller.get("/health/live/")

        with django_assert_num_queries(3):  # the key, its noted use, the export with its desk
            caller.get(f"/exports/{export.pk}/")


@pytest.fixture
def written(transactional_db, out, asked):
    """Ask for an export and have it written here; return its address and what it holds."""

    def write(**body):
        answer = asked(**body)
        tasks.write_export.apply(kwargs={"export_id": answer["id"]})
        export = Export.objects.get(pk=answer["id"])
        assert export.state == "succeeded", export.error
        return f"/exports/{export.pk}/file/"

    return write


def content(response):
    return b"".join(response) if response.streaming else response.content


class TestFile:
    @pytest.mark.parametrize("name", ["jsonl", "csv", "webannotation"])
    def test_holds_what_the_stream_holds(self, caller, written, name):
        streamed = content(caller.get(f"/exports/?format={name}&label=verified"))

        response = caller.get(written(format=name, filters={"label": "verified"}))

        data = content(response)
        if name == "webannotation":
            data, streamed = (json.loads(one)["first"]["items"] for one in (data, streamed))
            for one in (*data, *streamed):
                one.pop("generated")
        assert data == streamed
        assert "attachment" in response["Content-Disposition"]

    def test_is_what_its_row_says(self, caller, written, folder):
        data = content(caller.get(written(trailer=True)))

        [file] = folder.iterdir()
        body = caller.get(f"/exports/{Export.objects.get().pk}/").json()
        assert json.loads(data.splitlines()[-1]) == {"count": 6}
        assert (body["size"], body["progress"]) == (len(data), {"done": 6, "total": 6})
        assert body["file"].endswith(f"/api/v1/exports/{body['id']}/file/")
        assert file.stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700

    def test_says_what_its_rules_leave_out(self, caller, written):
        written(format="claimreview")

        assert caller.get(f"/exports/{Export.objects.get().pk}/").json()["left_out"] == 6

    def test_can_be_compressed(self, caller, written):
        response = caller.get(written(compression="gzip"))

        assert len(gzip.decompress(content(response)).splitlines()) == 6
        assert response["Content-Type"] == "application/gzip"
        assert response["Content-Disposition"].endswith('.jsonl.gz"')

    def test_filters_by_times_and_article(self, caller, written):
        after = (Publication.objects.first().published_at - timedelta(days=1)).isoformat()

        address = written(filters={"published_after": after, "article": 1})

        assert content(caller.get(address)) == b""

    def test_is_not_sent_again_to_who_has_it(self, caller, written):
        address = written()
        etag = caller.get(address)["ETag"]

        response = caller.get(address, headers={"If-None-Match": etag})

        assert response.status_code == 304

    def test_is_not_sent_again_to_who_has_it_since_then(self, caller, written):
        address = written()
        modified = caller.get(address)["Last-Modified"]

        response = caller.get(address, headers={"If-Modified-Since": modified})

        assert (response.status_code, content(response)) == (304, b"")

    def test_tells_its_size_without_its_content(self, caller, written):
        address = written()

        response = caller.head(address)

        assert content(response) == b""
        assert int(response["Content-Length"]) == Export.objects.get().size
        assert response["Accept-Ranges"] == "bytes"


class TestRange:
    @pytest.mark.parametrize(
        ("asked_for", "start", "end"),
        [("0-9", 0, 10), ("10-", 10, None), ("-7", -7, None), ("5-999999999", 5, None)],
    )
    def test_gives_the_part(self, caller, written, asked_for, start, end):
        address = written()
        whole = content(caller.get(address))

        response = caller.get(address, headers={"Range": f"bytes={asked_for}"})

        part = content(response)
        assert response.status_code == 206
        assert part == whole[start:end]
        first = len(whole) + start if start < 0 else start
        assert response["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
        assert response["Content-Length"] == str(len(part))

    @pytest.mark.parametrize("asked_for", ["0-1,5-6", "9-3", "-", "x-y", "lines=1-2"])
    def test_gives_the_whole_where_it_cannot_be_read(self, caller, written, asked_for):
        address = written()

        response = caller.get(address, headers={"Range": f"bytes={asked_for}"})

        assert response.status_code == 200
        assert len(content(response)) == Export.objects.get().size

    @pytest.mark.parametrize("asked_for", ["999999-", "-0"])
    def test_refuses_one_beyond_the_end(self, caller, written, asked_for):
        address = written()

        response = caller.get(address, headers={"Range": f"bytes={asked_for}"})

        problem(response, status=416, code="range_not_satisfiable")
        assert response["Content-Range"] == f"bytes */{Export.objects.get().size}"

    def test_goes_on_only_with_the_same_file(self, caller, written):
        address = written()
        whole = caller.get(address)
        older = http_date(Export.objects.get().finished_at.timestamp() - 60)
        conditions = [whole["ETag"], whole["Last-Modified"], '"another"', older, "nonsense"]

        answers = [
            caller.get(address, headers={"Range": "bytes=5-", "If-Range": one}).status_code
            for one in conditions
        ]

        assert answers == [206, 206, 200, 200, 200]


class TestNoFile:
    def test_before_it_is_written(self, caller, desk):
        export = ExportFactory(desk=desk)

        problem(caller.get(f"/exports/{export.pk}/file/"), status=409, code="not_ready")

    def test_after_its_time(self, caller, written):
        address = written()
        Export.objects.update(expires_at=timezone.now())

        problem(caller.get(address), status=410, code="expired")

    def test_where_somebody_deleted_it(self, caller, written, folder):
        address = written()
        for file in folder.iterdir():
            file.unlink()

        problem(caller.get(address), status=410, code="expired")

    def test_of_another_desk(self, as_key, written):
        address = written()
        stranger = as_key("read:all", by=UserFactory(on=DeskFactory(), role="manager"))

        for path in (address, address.removesuffix("file/")):
            problem(stranger.get(path), status=404, code="not_found")
        problem(stranger.delete(address.removesuffix("file/")), status=404, code="not_found")


class TestRemove:
    def test_takes_the_file_away(self, caller, written, folder):
        address = written()

        response = caller.delete(address.removesuffix("file/"))

        assert response.status_code == 204
        assert caller.get(address).status_code == 404
        assert list(folder.iterdir()) == []
