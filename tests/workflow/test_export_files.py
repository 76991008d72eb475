"""Exports in files: who may ask, what a lost worker leaves, what is deleted when."""

import os
from datetime import timedelta
from uuid import uuid4

import pytest

from annotations.models import AuditEvent, Export
from annotations.workflow import export_files, export_writing
from annotations.workflow.errors import NotAllowed
from annotations.workflow.export_files import Order
from tests.api.copies import copy
from tests.factories import ArticleFactory, ExportFactory, published


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    settings.EXPORTS_DIR.mkdir()
    return settings.EXPORTS_DIR


@pytest.fixture
def out(transactional_db, desk, annotator, reviewer):
    sentence = ArticleFactory(desk=desk, sentences=1).sentences.get()
    return published(sentence, annotator=annotator, reviewer=reviewer)


def order(**said):
    return Order(**{"format": "jsonl", "filters": {}, "base": "https://factcheck.example"} | said)


def carry_out(export, now, token=None):
    export_files.carry_out(export_id=export.pk, token=token or uuid4(), clock=lambda: now)
    export.refresh_from_db()


def names(folder):
    return [file.name for file in folder.iterdir()]


class TestRequest:
    def test_leaves_a_trace(self, desk, manager, now):
        export = export_files.request(desk=desk, order=order(format="csv"), by=manager, at=now)

        event = AuditEvent.objects.get()
        assert (event.action, event.actor, event.desk) == ("export.requested", manager, desk)
        assert (export.state, export.format, export.dispatched_at) == ("queued", "csv", now)

    def test_refuses_who_is_no_manager(self, desk, reviewer, now):
        with pytest.raises(NotAllowed):
            export_files.request(desk=desk, order=order(), by=reviewer, at=now)

    def test_refuses_the_fifth_at_once(self, desk, manager, now):
        ExportFactory.create_batch(4, desk=desk)
        ExportFactory(desk=desk, state="failed", error="Plein.")

        with pytest.raises(export_files.TooManyExports):
            export_files.request(desk=desk, order=order(), by=manager, at=now)


class TestCarryOut:
    def test_writes_the_file_and_says_what_is_in_it(self, desk, out, now, settings, folder):
        export = ExportFactory(desk=desk)

        carry_out(export, now)

        assert (export.state, export.done, export.total) == ("succeeded", 1, 1)
        assert export.expires_at == now + settings.EXPORT_KEPT_FOR
        assert names(folder) == [export.file]
        assert AuditEvent.objects.filter(action="export.succeeded").exists()

    def test_does_nothing_where_another_worker_is_at_it(self, desk, out, now, folder):
        export = ExportFactory(desk=desk)
        Export.objects.update(state="running", token=uuid4(), started_at=now, heartbeat_at=now)

        carry_out(export, now)

        assert (export.state, names(folder)) == ("running", [])

    def test_begins_anew_after_a_worker_that_died(self, desk, out, now, folder):
        token = uuid4()
        export = ExportFactory(desk=desk)
        Export.objects.update(state="running", token=token, started_at=now, heartbeat_at=now)
        (folder / f"{export.pk}-{token}.part").write_text("half a li")

        carry_out(export, now, token)

        assert (export.state, export.workers_lost) == ("succeeded", 1)
        assert names(folder) == [export.file]
        assert (folder / export.file).read_bytes().endswith(b"}\n")

    def test_gives_up_after_three_workers(self, desk, out, now):
        export = ExportFactory(desk=desk, workers_lost=2)
        Export.objects.update(
            state="running", token=uuid4(), started_at=now, heartbeat_at=now - timedelta(days=1)
        )

        carry_out(export, now)

        assert export.state == "failed"
        assert set(export.errors) == {"en", "fr"}

    @pytest.mark.parametrize("is_removed", [True, False])
    def test_stops_when_it_is_taken_away(
        self, desk, out, manager, now, folder, monkeypatch, is_removed
    ):
        copy(out, times=1_000)
        monkeypatch.setattr(export_writing, "BEAT_EVERY", 0)
        export = ExportFactory(desk=desk)
        told = []

        def clock():
            """Be asked with each heartbeat; after the first, somebody steps in."""
            told.append(Export.objects.filter(pk=export.pk).values_list("done", flat=True).first())
            if len(told) == 5:
                if is_removed:
                    export_files.remove(export=export, by=manager, at=now)
                else:
                    Export.objects.update(token=uuid4())
            return now

        export_files.carry_out(export_id=export.pk, token=uuid4(), clock=clock)

        assert told[4] == 500
        assert names(folder) == []
        assert not Export.objects.filter(state="succeeded").exists()

    def test_leaves_no_file_where_writing_fails(self, desk, out, now, folder, monkeypatch):
        export = ExportFactory(desk=desk)

        def full(_descriptor):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            carry_out(export, now)

        assert names(folder) == []


class TestRecover:
    def test_sends_again_what_nobody_is_at(self, db, now):
        long_ago = now - timedelta(days=1)
        silent = ExportFactory(
            state="running", token=uuid4(), started_at=now, heartbeat_at=long_ago
        )
        unsent = ExportFactory(dispatched_at=long_ago)
        ExportFactory(dispatched_at=now)
        ExportFactory(state="running", token=uuid4(), started_at=now, heartbeat_at=now)

        to_send = export_files.recover(at=now)

        assert {one.pk for one in to_send} == {silent.pk, unsent.pk}
        silent.refresh_from_db()
        assert (silent.state, silent.workers_lost, silent.dispatched_at) == ("queued", 1, now)
        assert export_files.recover(at=now) == []


class TestRemove:
    def test_refuses_who_is_no_manager(self, desk, reviewer, now):
        with pytest.raises(NotAllowed):
            export_files.remove(export=ExportFactory(desk=desk), by=reviewer, at=now)

    def test_of_one_that_is_gone_already_is_no_error(self, desk, manager, now):
        export = ExportFactory(desk=desk)
        Export.objects.all().delete()

        export_files.remove(export=export, by=manager, at=now)


class TestForgetOld:
    def test_deletes_the_file_first_and_later_the_row(self, desk, out, now, settings, folder):
        export = ExportFactory(desk=desk)
        carry_out(export, now)

        assert export_files.forget_old(at=now) == 0
        assert export_files.forget_old(at=now + settings.EXPORT_KEPT_FOR) == 1
        assert (names(folder), Export.objects.count()) == ([], 1)
        export_files.forget_old(at=now + settings.EXPORT_KEPT_FOR + timedelta(days=31))
        assert not Export.objects.exists()

    def test_deletes_what_dead_workers_left(self, db, now, folder):
        old, new = folder / "1-dead.part", folder / "2-alive.part"
        for file, age in ((old, timedelta(days=2)), (new, timedelta(hours=1))):
            file.write_text("…")
            os.utime(file, ((now - age).timestamp(),) * 2)

        assert export_files.forget_old(at=now) == 1
        assert names(folder) == [new.name]
