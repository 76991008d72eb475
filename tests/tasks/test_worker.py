"""What real worker processes do, over real PostgreSQL and Redis."""

from datetime import timedelta
from functools import partial

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from annotations.extraction import ENGINE
from annotations.models import Desk, ExtractionRun, Worker
from annotations.workflow import revisions, workers
from annotations.workflow.intake import Draft
from tests.chat import always, chat_server
from tests.conftest import wait_until, worker_process
from tests.factories import annotated
from tests.tasks.conftest import (
    assert_extracted_once,
    beat_process,
    count,
    has_waited,
    held,
    kill_children,
    kill_group,
    send,
    wait_for_state,
    wait_with_watch,
)

State = ExtractionRun.State


class TestExtraction:
    def test_goes_from_the_queue_to_sentences(self, worker, add):
        (run,) = add()

        wait_for_state(run, State.SUCCEEDED)

        assert_extracted_once(1)
        assert run.workers_lost == 0
        article = run.revision.article
        assert article.state == article.State.OPEN

    def test_of_a_new_text_keeps_what_was_carried_over(self, worker, add, annotator):
        (run,) = add()
        wait_for_state(run, State.SUCCEEDED)
        article = run.revision.article
        sentence = article.sentences.order_by("start")[3]
        annotated(sentence, by=annotator, rationale="Vu.")

        draft = Draft(text=f"{article.title}\n\nUne phrase de plus. {sentence.exact}")
        again, _carried = revisions.revise(
            article=article, draft=draft, by=annotator, at=timezone.now(), based_on=1
        )
        send(again)
        wait_for_state(again, State.SUCCEEDED)

        found = list(again.revision.sentences.order_by("start"))
        assert [one.index for one in found] == [0, 1, 2]
        assert found[2] == sentence
        assert found[2].annotations.get().rationale == "Vu."
        assert all(one.candidate.engine == ENGINE for one in found)

    def test_of_one_pasted_article_overtakes_an_import(self, add, empty_redis):
        add(40, queue="bulk")
        with worker_process(name="single", concurrency=1):
            wait_until(lambda: count("succeeded") >= 3)
            before = count("succeeded")
            (run,) = add(mark="Collé")
            wait_for_state(run, State.SUCCEEDED)

            first = ExtractionRun.objects.filter(started_at__lt=run.started_at).count()
            wait_until(lambda: count("succeeded") == 41)

        assert first <= before + 4
        assert first < 35

    def test_waits_for_a_passing_trouble_of_the_database(self, add, empty_redis, monkeypatch):
        monkeypatch.setenv("PGOPTIONS", "-c lock_timeout=100ms")
        (run,) = add(send=False)
        with worker_process(name="patient", concurrency=1):
            with held(run):
                first = wait_for_start(run)
                wait_for_start(run, after=first)
            wait_for_state(run, State.SUCCEEDED)

        assert (run.workers_lost, run.error) == (0, "")

    def test_that_takes_too_long_is_stopped_and_says_so(self, add, empty_redis, monkeypatch):
        monkeypatch.setenv("EXTRACTION_SECONDS", "1")
        (run,) = add(send=False)
        with worker_process(name="hurried", concurrency=1):
            with held(run, soft_time_limit=1, time_limit=60):
                wait_until(partial(has_waited, times=2, seen=set()))  # to store, to say so
            wait_for_state(run, State.FAILED)
            (other,) = add(mark="Autre", send=False)
            send(other, soft_time_limit=60, time_limit=90)
            wait_for_state(other, State.SUCCEEDED)

        assert "longer than 1 seconds" in run.errors["en"]
        assert run.revision.article.sentences.count() == 0


class TestLanguageModel:
    def test_reads_for_the_desk_that_chose_it(self, add, desk, empty_redis, monkeypatch):
        with chat_server() as chat:
            monkeypatch.setenv("CHAT_URL", chat.url)
            monkeypatch.setenv("CHAT_MODEL", "small")
            Desk.objects.update(engine="chat")
            with worker_process(name="asking", concurrency=1):
                (run,) = add()
                wait_for_state(run, State.SUCCEEDED)
                chat.answers(always(500))
                (other,) = add(mark="Autre")
                wait_for_state(other, State.SUCCEEDED)

        assert_extracted_once(2)
        assert (run.engine_asked, run.engine, run.fallback) == ("chat-1:small",) * 2 + ("",)
        assert run.engine_usage["calls"] == 1
        assert (other.engine_asked, other.engine) == ("chat-1:small", ENGINE)
        assert other.fallback == ExtractionRun.Fallback.BROKEN


class TestLostWorkers:
    def test_killed_in_an_import_leave_nothing_undone_or_doubled(self, add, impatient, empty_redis):
        add(200, queue="bulk")
        with worker_process(name="first") as process:
            wait_until(lambda: count("succeeded") >= 20)
            kill_group(process)
        assert count("succeeded") < 200

        with worker_process(name="second"):
            wait_with_watch(lambda: count("succeeded") == 200)

        assert_extracted_once(200)

    def test_survive_redis_killed_and_restarted(self, add, impatient, services, empty_redis):
        add(200, queue="bulk")
        with worker_process(name="steady"):
            wait_until(lambda: count("succeeded") >= 20)
            services.redis.kill()
            services.redis.start()
            assert count("succeeded") < 200
            wait_with_watch(lambda: count("succeeded") == 200)
            seen = timezone.now()
            wait_until(lambda: Worker.objects.filter(seen_at__gt=seen).exists())

        assert_extracted_once(200)

    def test_whose_child_is_killed_do_the_article_again(self, add, empty_redis):
        (run,) = add(send=False)
        with worker_process(name="bereft", concurrency=1) as process:
            with held(run):
                wait_for_state(run, State.RUNNING)
                kill_children(process)
                wait_until(lambda: _lost(run) == 1)
            wait_for_state(run, State.SUCCEEDED)

        assert_extracted_once(1)

    def test_three_times_on_one_article_keep_it_out_of_the_way(self, add, empty_redis):
        (run,) = add(send=False)
        with worker_process(name="poisoned", concurrency=1) as process:
            with held(run):
                for lost in range(3):
                    wait_until(lambda lost=lost: _lost(run) == lost and run.state == State.RUNNING)
                    kill_children(process)
            wait_for_state(run, State.FAILED)
            (other,) = add(mark="Autre")
            wait_for_state(other, State.SUCCEEDED)

        assert "died 3 times on this article" in run.errors["en"]


class TestWatch:
    def test_sends_again_what_the_broker_lost(self, add, impatient, empty_redis, tmp_path):
        add(5)
        cache.clear()

        with worker_process(name="watched"), beat_process(tmp_path):
            wait_until(lambda: count("succeeded") == 5)

        assert_extracted_once(5)

    def test_finds_what_could_not_be_sent(self, add, impatient, services, empty_redis):
        services.redis.stop()
        try:
            (run,) = add()
        finally:
            services.redis.start()

        with worker_process(name="late"):
            wait_with_watch(lambda: count("succeeded") == 1)

        run.refresh_from_db()
        assert run.workers_lost == 0


class TestPresence:
    def test_is_said_until_the_goodbye(self, transactional_db, empty_redis):
        with worker_process(name="polite"):
            assert workers.any_alive(at=timezone.now())

        assert not Worker.objects.exists()

    def test_is_said_again_after_the_database_was_away(
        self, transactional_db, services, empty_redis
    ):
        with worker_process(name="loyal", concurrency=1):
            connection.close()
            services.postgres.restart()
            back = timezone.now() + timedelta(seconds=1)

            wait_until(lambda: Worker.objects.filter(seen_at__gt=back).exists())


def wait_for_start(run, *, after=None):
    """Wait until a worker takes the run, or takes it again; return when that was."""

    def has_started():
        run.refresh_from_db()
        return run.started_at is not None and run.started_at != after

    wait_until(has_started)
    return run.started_at


def _lost(run):
    run.refresh_from_db()
    return run.workers_lost
