from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import translation
from django.utils.text import format_lazy

from annotations.models import Article, AuditEvent, ExtractionRun
from annotations.workflow import articles, audit, extraction_runs, intake, revisions
from tests.concurrency import at_once, while_held
from tests.workflow.extraction_runs.steps import State, carry_out, claim, recover


class TestFail:
    def test_keeps_the_error_and_records_it(self, run, article, now):
        token = uuid4()
        claim(run, now, token=token)

        extraction_runs.fail(run_id=run.pk, token=token, error="Trop\x00 long.", at=now)

        run.refresh_from_db()
        article.refresh_from_db()
        assert (run.state, run.error, run.finished_at) == (State.FAILED, "Trop long.", now)
        assert article.state == Article.State.FAILED
        event = AuditEvent.objects.latest("id")
        assert (event.action, event.actor) == ("extraction.failed", None)

    def test_keeps_the_error_of_a_run_that_nobody_could_take(self, run, now):
        extraction_runs.fail(run_id=run.pk, token=uuid4(), error="Non.", at=now)

        run.refresh_from_db()
        assert run.state == State.FAILED

    def test_speaks_the_language_of_the_desk_and_of_each_reader(self, run, now):
        error = format_lazy(extraction_runs.WORKERS_DIED, times=3)

        extraction_runs.fail(run_id=run.pk, token=uuid4(), error=error, at=now)

        run.refresh_from_db()
        assert run.error.startswith("L’agent d’extraction s’est arrêté 3 fois")
        with translation.override("en"):
            assert run.reason.startswith("The worker died 3 times")
        with translation.override("fr"):
            assert run.reason == run.error

    def test_leaves_alone_what_another_holds_and_what_has_ended(self, run, clock, now):
        claim(run, now)
        extraction_runs.fail(run_id=run.pk, token=uuid4(), error="Non.", at=now)
        run.refresh_from_db()
        assert run.state == State.RUNNING

        carry_out(run, clock, token=run.token)
        extraction_runs.fail(run_id=run.pk, token=run.token, error="Non.", at=now)

        run.refresh_from_db()
        assert run.state == State.SUCCEEDED


class TestRecover:
    @pytest.fixture
    def late(self, now, settings):
        return now + settings.RUN_SILENCE + timedelta(seconds=1)

    def test_sends_again_what_a_silent_worker_held(self, run, now, late):
        claim(run, now)

        assert recover(now).to_send == []
        assert recover(late) == ([run], 0)

        run.refresh_from_db()
        assert (run.state, run.workers_lost, run.dispatched_at) == (State.QUEUED, 1, late)

    def test_gives_up_after_three_lost_workers(self, run, now, late, settings):
        outcomes = []
        for _ in range(3):
            claim(run, late - settings.RUN_SILENCE - timedelta(seconds=1))
            outcomes.append(recover(late))

        run.refresh_from_db()
        assert [(len(one.to_send), one.failed) for one in outcomes] == [(1, 0), (1, 0), (0, 1)]
        assert (run.state, run.workers_lost) == (State.FAILED, 3)

    def test_leaves_what_still_waits_in_its_queue(self, run, late):
        assert recover(late, interactive=1).to_send == []
        assert recover(late, bulk=1).to_send == [run]

    def test_leaves_what_was_sent_a_moment_ago(self, run, now, late):
        assert recover(now, interactive=0).to_send == []
        assert recover(late).to_send == [run]
        assert recover(late).to_send == []

    def test_sends_only_as_many_as_messages_are_missing_the_oldest_first(
        self, desk, annotator, now, late
    ):
        runs = [
            articles.add(
                desk=desk,
                draft=intake.Draft(text=f"Texte {n}.", language="fr"),
                by=annotator,
                at=now + timedelta(milliseconds=n),
                queue=ExtractionRun.Queue.BULK,
            )
            for n in range(5)
        ]

        assert recover(late, bulk=3).to_send == runs[:2]

    def test_by_two_watches_at_once_sends_once(self, run, now, late):
        claim(run, now)

        assert [len(recover(late).to_send) for _ in range(2)] == [1, 0]

    @pytest.mark.django_db(transaction=True)
    def test_by_two_watches_in_two_connections_sends_once(self, run, now, late):
        claim(run, now)

        outcomes = at_once(*[lambda: recover(late)] * 3)

        run.refresh_from_db()
        assert sum(len(one.to_send) for one in outcomes) == 1
        assert run.workers_lost == 1


@pytest.mark.django_db(transaction=True)
class TestOrderOfLocks:
    """Nobody who holds a run waits for its article: who holds the article may wait for the run."""

    def held(self, article):
        return lambda: Article.objects.select_for_update(of=("self",)).get(pk=article.pk)

    def told(self, article, by, now):
        def tell():
            self.held(article)()
            audit.record("article.assigned", by=by, at=now, about=article)

        return tell

    def log(self, article):
        events = AuditEvent.objects.filter(article=article).order_by("pk")
        return [one.action for one in events]

    def test_claims_a_run_whoever_holds_its_article(self, run, article, now):
        with transaction.atomic():
            self.held(article)()
            [claimed, _] = at_once(
                lambda: extraction_runs._claim(run.pk, uuid4(), at=now), connection.close
            )

        run.refresh_from_db()
        assert (claimed.pk, run.state) == (run.pk, State.RUNNING)

    def test_gives_a_run_up_after_what_was_written_before(self, run, article, annotator, now):
        token = uuid4()
        claim(run, now, token=token)
        ExtractionRun.objects.filter(pk=run.pk).update(workers_lost=2)

        while_held(
            self.told(article, annotator, now),
            lambda: extraction_runs._claim(run.pk, token, at=now),
        )

        assert self.log(article)[-2:] == ["article.assigned", "extraction.failed"]

    def test_writes_of_a_failure_after_what_was_written_before(self, run, article, annotator, now):
        token = uuid4()
        claim(run, now, token=token)

        while_held(
            self.told(article, annotator, now),
            lambda: extraction_runs.fail(run_id=run.pk, token=token, error="Non.", at=now),
        )

        assert self.log(article)[-2:] == ["article.assigned", "extraction.failed"]

    def test_leaves_lost_runs_of_articles_that_somebody_holds(self, run, article, now, settings):
        claim(run, now)
        late = now + settings.RUN_SILENCE + timedelta(seconds=1)

        with transaction.atomic():
            self.held(article)()
            [seen, _] = at_once(lambda: recover(late), connection.close)

        assert seen == ([], 0)
        assert recover(late) == ([run], 0)

    def test_gives_up_a_run_that_a_new_text_took_away(self, run, article, annotator, now):
        token = uuid4()
        claim(run, now, token=token)
        draft = intake.Draft(text="Un autre texte.")
        seen = {"based_on": article.version, "by": annotator, "at": now}

        while_held(
            lambda: revisions.revise(article=article, draft=draft, **seen),
            lambda: extraction_runs.fail(run_id=run.pk, token=token, error="Non.", at=now),
        )

        assert not ExtractionRun.objects.filter(pk=run.pk).exists()
        assert not AuditEvent.objects.filter(action="extraction.failed").exists()

    def test_takes_away_a_run_that_fails(self, run, article, annotator, now):
        token = uuid4()
        claim(run, now, token=token)
        draft = intake.Draft(text="Un autre texte.")
        seen = {"based_on": article.version, "by": annotator, "at": now}

        while_held(
            lambda: extraction_runs.fail(run_id=run.pk, token=token, error="Non.", at=now),
            lambda: revisions.revise(article=article, draft=draft, **seen),
        )

        article.refresh_from_db()
        assert article.current_revision.number == 2
        told = self.log(article)
        assert told.index("extraction.failed") < told.index("article.revised")
