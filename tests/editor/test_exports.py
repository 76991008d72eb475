import re

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.models import Export
from annotations.workflow import export_files
from tests.editor.conftest import html_of, logged_in
from tests.factories import DeskFactory, ExportFactory

PUBLICATIONS = reverse("editor:publications")
LIST = reverse("editor:exports")
ORDER = reverse("editor:export-order")


@pytest.fixture
def as_manager(manager, empty_redis):
    return logged_in(manager)


def ready(desk, **facts):
    return ExportFactory(
        desk=desk,
        state="succeeded",
        file="1-file",
        size=2_048,
        total=9,
        expires_at=timezone.now() + export_files.REMEMBERED_FOR,
        **facts,
    )


class TestPanel:
    def test_is_there_for_managers(self, as_manager):
        page = html_of(as_manager.get(PUBLICATIONS))

        assert "Write a file" in page
        assert "ClaimReview" in page

    def test_is_not_there_for_others(self, as_reviewer, desk):
        ready(desk)

        page = html_of(as_reviewer.get(PUBLICATIONS))

        assert "Write a file" not in page

    def test_asks_for_the_desk_where_one_manages_several(self, as_manager, manager, desk):
        other = DeskFactory()
        manager.memberships.create(desk=other, role="manager")

        page = html_of(as_manager.get(PUBLICATIONS))

        assert '<label for="export-desk">' in page


class TestList:
    def test_says_what_is_ready_and_how_far_the_others_are(self, as_manager, desk):
        one = ready(desk, format="csv", filters={"label": "disputed"})
        ExportFactory(desk=desk, state="queued", done=500, total=2_000)
        ExportFactory(desk=desk, state="failed", error="Full.", errors={"en": "The disk is full."})

        page = html_of(as_manager.get(LIST))

        assert f'href="{reverse("api:export-file", args=[one.pk])}"' in page
        assert "Download (2.0 KB)" in page
        assert "Disputed" in page
        assert re.search(r"500 of 2.?000 written", page)
        assert "The disk is full." in page
        assert "every 2s" in page

    def test_asks_no_more_once_all_is_written(self, as_manager, desk):
        ready(desk)

        assert "every 2s" not in html_of(as_manager.get(LIST))

    def test_says_that_no_worker_is_there(self, as_manager, desk):
        ExportFactory(desk=desk)

        assert "worker" in html_of(as_manager.get(LIST))

    def test_leaves_out_what_is_deleted(self, as_manager, desk):
        ready(desk)
        Export.objects.update(expires_at=timezone.now())

        assert "Download" not in html_of(as_manager.get(LIST))

    def test_takes_the_same_queries_however_many(
        self, as_manager, desk, django_assert_max_num_queries
    ):
        for _ in range(6):
            ready(desk)

        with django_assert_max_num_queries(3):  # session, person, exports
            page = html_of(as_manager.get(LIST))

        assert page.count("Download") == 6


class TestOrder:
    def test_queues_what_was_chosen(self, as_manager, desk):
        chosen = {"desk": desk.pk, "format": "csv", "label": "disputed", "is_compressed": "on"}

        response = as_manager.post(ORDER, chosen, headers={"HX-Request": "true"})

        export = Export.objects.get()
        assert (export.format, export.filters) == ("csv", {"label": "disputed"})
        assert (export.is_compressed, export.has_bom, export.has_trailer) == (True, True, False)
        assert "waiting for a worker" in html_of(response)

    def test_goes_back_to_the_page_without_scripts(self, as_manager, desk):
        response = as_manager.post(ORDER, {"desk": desk.pk, "format": "jsonl"})

        assert response["Location"] == PUBLICATIONS
        assert Export.objects.get().has_trailer

    def test_says_why_not(self, as_manager, desk):
        ExportFactory.create_batch(4, desk=desk)

        response = as_manager.post(ORDER, {"desk": desk.pk, "format": "jsonl"})

        assert response.status_code == 422
        assert 'role="alert"' in html_of(response)

    def test_knows_no_desk_of_others(self, as_manager):
        response = as_manager.post(ORDER, {"desk": DeskFactory().pk, "format": "jsonl"})

        assert response.status_code == 404
        assert not Export.objects.exists()


class TestRemove:
    def test_takes_it_off_the_list(self, as_manager, desk):
        address = reverse("editor:export-remove", args=[ready(desk).pk])

        response = as_manager.post(address, headers={"HX-Request": "true"})

        assert "Download" not in html_of(response)
        assert not Export.objects.exists()
