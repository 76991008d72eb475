from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from redis import Redis

from annotations import tasks
from annotations.models import ExtractionRun
from annotations.workflow import articles, intake


@pytest.fixture
def run(desk, annotator):
    draft = intake.Draft(text="Le budget atteint 3 millions en 2025.", language="fr")
    return articles.add(desk=desk, draft=draft, by=annotator, at=timezone.now())


def extract(run):
    """Do the task here and now, with all that Celery does around it."""
    outcome = tasks.extract.apply(kwargs={"run_id": run.pk}, task_id=str(uuid4()))
    run.refresh_from_db()
    return outcome


class TestExtract:
    def test_carries_the_run_out(self, run):
        assert extract(run).successful()

        assert (run.state, run.sentences_done) == ("succeeded", 1)

    def test_takes_a_deleted_run_for_done(self, run):
        run.revision.article.delete()

        assert tasks.extract.apply(kwargs={"run_id": run.pk}, task_id=str(uuid4())).successful()

    def test_ignores_what_a_later_version_may_add_to_the_message(self, run):
        message = {"run_id": run.pk, "colour": "blue"}

        assert tasks.extract.apply(kwargs=message, task_id=str(uuid4())).successful()

    def test_keeps_a_lasting_error_with_what_to_do(self, run):
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE annotations_candidate ADD CONSTRAINT broken CHECK (engine = 'none')"
            )

        assert extract(run).failed()

        assert run.state == ExtractionRun.State.FAILED
        assert "IntegrityError" in run.errors["en"]
        assert "tell whoever runs the workbench" in run.errors["en"]

    @pytest.mark.django_db(transaction=True)
    def test_gives_the_run_back_before_it_tries_again(self, run):
        token = uuid4()
        ExtractionRun.objects.filter(pk=run.pk).update(
            state="running", token=token, started_at=timezone.now(), heartbeat_at=timezone.now()
        )

        tasks.extract.on_retry(OperationalError(), str(token), (), {"run_id": run.pk}, None)

        run.refresh_from_db()
        assert (run.state, run.workers_lost) == ("queued", 0)


class TestSend:
    def test_waits_for_the_commit(self, run, empty_redis, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
            tasks.send(run)
            assert messages(run.queue) == 0

        assert len(callbacks) == 1
        assert messages(run.queue) == 1

    @pytest.mark.parametrize("queue", ExtractionRun.Queue.values)
    def test_puts_the_message_into_the_run_s_queue(
        self, run, queue, empty_redis, django_capture_on_commit_callbacks
    ):
        run.queue = queue

        with django_capture_on_commit_callbacks(execute=True):
            tasks.send(run)

        assert {name: messages(name) for name in ("interactive", "bulk")} == {
            "interactive": int(queue == "interactive"),
            "bulk": int(queue == "bulk"),
        }


class TestRecoverLostRuns:
    def test_leaves_alone_what_waits_and_sends_what_was_lost(
        self, run, empty_redis, settings, django_capture_on_commit_callbacks
    ):
        ExtractionRun.objects.update(dispatched_at=timezone.now() - 2 * settings.RUN_SILENCE)
        with django_capture_on_commit_callbacks(execute=True):
            tasks.recover_lost_runs()
        assert messages("interactive") == 1

        ExtractionRun.objects.update(dispatched_at=timezone.now() - 2 * settings.RUN_SILENCE)
        with django_capture_on_commit_callbacks(execute=True):
            tasks.recover_lost_runs()

        assert messages("interactive") == 1


def messages(queue):
    with Redis.from_url(tasks.settings.REDIS_URL) as redis:
        return redis.llen(queue)
