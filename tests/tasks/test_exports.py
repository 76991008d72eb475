"""Exports through a real worker, which is killed in the middle."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from annotations import tasks
from annotations.models import Export
from tests.api.copies import copy
from tests.conftest import wait_until, worker_process
from tests.factories import ArticleFactory, ExportFactory, published
from tests.tasks.conftest import kill_group

COPIES = 30_000


@pytest.fixture
def folder(monkeypatch, settings, tmp_path):
    """A folder that workers and this process share."""
    settings.EXPORTS_DIR = tmp_path
    monkeypatch.setenv("EXPORTS_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def export(transactional_db, empty_redis, folder, desk, annotator, manager):
    sentence = ArticleFactory(desk=desk, sentences=1).sentences.get()
    copy(published(sentence, annotator=annotator, reviewer=manager), times=COPIES)
    return ExportFactory(desk=desk, created_by=manager, has_trailer=True)


def state_of(export):
    export.refresh_from_db()
    return export.state


class TestWorker:
    def test_that_is_killed_is_followed_by_one_that_writes_it_whole(
        self, export, impatient, folder, manager
    ):
        with worker_process(name="first", queues="bulk") as process:
            tasks.send_export(export)
            wait_until(lambda: state_of(export) == "running")
            kill_group(process)
        assert state_of(export) == "running"

        with worker_process(name="second", queues="bulk"):
            wait_until(lambda: tasks.recover_lost_exports() or state_of(export) == "succeeded")

        assert export.workers_lost == 1
        assert [file.name for file in folder.iterdir()] == [export.file]
        client = Client()
        client.force_login(manager)
        lines = b"".join(client.get(reverse("api:export-file", args=[export.pk]))).splitlines()
        assert json.loads(lines[-1]) == {"count": COPIES + 1} == {"count": len(lines) - 1}

    def test_says_why_there_is_no_file(self, export, folder):
        folder.joinpath(".keep").touch()
        Export.objects.update(format="jsonl", filters={"published_after": "never"})
        with worker_process(name="first", queues="bulk"):
            tasks.send_export(export)
            wait_until(lambda: state_of(export) == "failed")

        assert "ValueError" in export.error
        assert export.errors["fr"]
