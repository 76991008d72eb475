from datetime import timedelta
from uuid import uuid4

import pytest

from annotations import extraction
from annotations.models import Article, AuditEvent, Candidate, Sentence
from annotations.workflow import articles, extraction_runs, intake
from tests.concurrency import at_once
from tests.workflow.extraction_runs.steps import TEXT, State, carry_out, claim


class TestCarryOut:
    def test_stores_what_the_engine_finds_at_its_exact_place(self, run, article, clock):
        carry_out(run, clock)

        found = list(extraction.extract(TEXT, language="fr"))
        sentences = Sentence.objects.filter(article=article).order_by("index")
        assert [(s.start, s.end, s.exact, s.role) for s in sentences] == [
            (one.start, one.end, one.exact, one.role) for one in found
        ]
        assert [s.index for s in sentences] == list(range(len(found)))
        assert all(TEXT[s.start : s.end] == s.exact for s in sentences)
        assert [s.candidate.check_worthiness for s in sentences] == [
            one.check_worthiness for one in found
        ]

    def test_leaves_the_run_succeeded(self, run, article, clock):
        carry_out(run, clock)

        article.refresh_from_db()
        assert (run.state, run.engine, run.error) == (State.SUCCEEDED, extraction.ENGINE, "")
        assert run.sentences_done == run.sentences_total == article.sentences.count()
        assert run.finished_at > run.started_at
        assert article.open_candidates == Candidate.objects.proposed().count()
        assert AuditEvent.objects.latest("id").action == "extraction.succeeded"

    def test_says_all_along_how_far_it_is(self, run, now):
        seen = []

        def clock():
            run.refresh_from_db()
            seen.append((run.state, run.sentences_done, run.heartbeat_at))
            return now + timedelta(seconds=len(seen))

        carry_out(run, clock)

        done = [number for state, number, _ in seen if state == State.RUNNING]
        beats = [at for state, _, at in seen if state == State.RUNNING]
        assert done == sorted(done)
        assert sorted(set(done)) == list(range(run.sentences_total + 1))
        assert beats == sorted(beats)

    def test_does_nothing_where_it_is_done_or_gone(self, run, article, clock):
        carry_out(run, clock)
        carry_out(run, clock)
        article.delete()

        extraction_runs.carry_out(run_id=run.pk, token=uuid4(), clock=clock)

        assert AuditEvent.objects.filter(action="extraction.succeeded").count() == 1

    def test_leaves_a_run_that_another_worker_holds(self, run, article, clock, now):
        claim(run, now)
        holder = run.token

        carry_out(run, clock)

        assert (run.state, run.token, run.workers_lost) == (State.RUNNING, holder, 0)
        assert not article.sentences.exists()

    def test_takes_over_from_a_worker_that_fell_silent(self, run, clock, now, settings):
        claim(run, now - settings.RUN_SILENCE)

        carry_out(run, clock)

        assert (run.state, run.workers_lost) == (State.SUCCEEDED, 1)

    def test_counts_a_lost_worker_when_its_own_message_comes_back(self, run, clock, now):
        token = uuid4()
        claim(run, now, token=token)

        carry_out(run, clock, token=token)

        assert (run.state, run.workers_lost) == (State.SUCCEEDED, 1)

    def test_counts_none_when_the_run_was_given_back_for_a_retry(self, run, clock, now):
        token = uuid4()
        claim(run, now, token=token)
        extraction_runs.release(run_id=run.pk, token=token)

        carry_out(run, clock, token=token)

        assert (run.state, run.workers_lost) == (State.SUCCEEDED, 0)

    def test_gives_up_after_three_lost_workers_and_says_so(self, run, article, clock, now):
        token = uuid4()
        claim(run, now, token=token)
        for _ in range(2):
            extraction_runs._claim(run.pk, token, at=now)

        carry_out(run, clock, token=token)

        article.refresh_from_db()
        assert (run.state, run.workers_lost) == (State.FAILED, 3)
        assert article.state == Article.State.FAILED
        assert "3" in run.error
        assert AuditEvent.objects.latest("id").after == {"error": run.error}

    def test_stops_where_the_run_was_taken_away(self, run, article, now):
        other, seen = uuid4(), []

        def clock():
            seen.append(1)
            if len(seen) == 3:
                claim(run, now, token=other)
            return now + timedelta(seconds=len(seen))

        carry_out(run, clock)

        assert (run.state, run.token) == (State.RUNNING, other)
        assert len(seen) < 6
        assert not article.sentences.exists()

    @pytest.mark.django_db(transaction=True)
    def test_by_two_workers_at_once_stores_once(self, run, article, now):
        at_once(
            *[
                lambda: extraction_runs.carry_out(run_id=run.pk, token=uuid4(), clock=lambda: now)
                for _ in range(4)
            ]
        )

        run.refresh_from_db()
        expected = len(list(extraction.extract(TEXT, language="fr")))
        assert (run.state, run.workers_lost) == (State.SUCCEEDED, 0)
        assert article.sentences.count() == Candidate.objects.count() == expected
        assert AuditEvent.objects.filter(action="extraction.succeeded").count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_twice_under_one_token_at_once_stores_once(self, run, article, now):
        token = uuid4()

        at_once(
            *[
                lambda: extraction_runs.carry_out(run_id=run.pk, token=token, clock=lambda: now)
                for _ in range(2)
            ]
        )

        run.refresh_from_db()
        assert run.state == State.SUCCEEDED
        assert article.sentences.count() == Candidate.objects.count() == run.sentences_total
        assert AuditEvent.objects.filter(action="extraction.succeeded").count() == 1


class TestWhatIsKept:
    def test_are_facets_repeats_and_figures_that_differ(self, desk, annotator, now):
        text = (
            "Huit missiles ont visé le port lundi, selon la mairie.\n\n"
            "Rien d’autre n’a été dit.\n\n"
            "Huit missiles ont visé le port lundi, selon la mairie.\n\n"
            "Cinq missiles ont visé le port lundi, selon la préfecture."
        )
        draft = intake.Draft(text=text, language="fr", published_at=now)
        run = articles.add(desk=desk, draft=draft, by=annotator, at=now)

        extraction_runs.carry_out(run_id=run.pk, token=uuid4(), clock=lambda: now)

        first, _second, again, other = Sentence.objects.order_by("start").select_related(
            "candidate"
        )
        assert "numeric" in first.candidate.facets
        assert again.candidate.repeats == {"start": first.start, "end": first.end}
        assert other.candidate.conflicts[0]["other_text"] == "Huit missiles"
