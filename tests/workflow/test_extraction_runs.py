from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.utils import translation

from annotations import extraction
from annotations.models import Article, AuditEvent, Candidate, ExtractionRun, Sentence
from annotations.workflow import articles, extraction_runs, intake, tagging
from annotations.workflow.errors import NotAllowed
from tests.concurrency import at_once
from tests.factories import annotated

TEXT = (
    "L’école ferme\n\nLe maire a annoncé mardi que l’école fermerait en juin 2025. "
    "« Elle compte 52 élèves », dit-il. Les parents iront au tribunal. 🙂\r\n\r\nLire aussi : la suite."
)
State = ExtractionRun.State


@pytest.fixture
def run(desk, annotator, now):
    draft = intake.Draft(text=TEXT, language="fr")
    return articles.add(desk=desk, draft=draft, by=annotator, at=now)


@pytest.fixture
def article(run):
    return run.revision.article


@pytest.fixture
def clock(now):
    """A clock that goes on by one second each time it is read."""
    seconds = iter(range(100_000))
    return lambda: now + timedelta(seconds=next(seconds))


def carry_out(run, clock, *, token=None):
    extraction_runs.carry_out(run_id=run.pk, token=token or uuid4(), clock=clock)
    run.refresh_from_db()


def claim(run, now, *, token=None):
    """What a worker does before it dies."""
    ExtractionRun.objects.filter(pk=run.pk).update(
        state=State.RUNNING, token=token or uuid4(), started_at=now, heartbeat_at=now
    )
    run.refresh_from_db()


def recover(at, **waiting):
    return extraction_runs.recover(at=at, waiting=waiting)


class TestQueue:
    def test_returns_the_run_that_is_active_already(self, run, article, clock, now):
        queued = extraction_runs.queue(article=article, at=now)
        claim(run, now)
        running = extraction_runs.queue(article=article, at=now)

        assert queued == running == run
        assert ExtractionRun.objects.count() == 1

    def test_makes_another_once_the_last_has_ended(self, run, article, clock, now):
        carry_out(run, clock)

        again = extraction_runs.queue(article=article, at=now)

        article.refresh_from_db()
        assert again != run
        assert (article.current_run, article.state) == (again, Article.State.EXTRACTING)

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_queue_one(self, run, article, clock, annotator, now):
        carry_out(run, clock)

        runs = at_once(
            *[lambda: extraction_runs.request(article=article, by=annotator, at=now)] * 4
        )

        assert len(set(runs)) == 1
        assert AuditEvent.objects.filter(action="extraction.requested").count() == 1


class TestRequest:
    def test_refuses_an_outsider(self, run, article, outsider, now):
        with pytest.raises(NotAllowed):
            extraction_runs.request(article=article, by=outsider, at=now)

    def test_records_who_asked_only_where_it_queued(self, run, article, annotator, clock, now):
        extraction_runs.request(article=article, by=annotator, at=now)
        assert not AuditEvent.objects.filter(action="extraction.requested").exists()

        carry_out(run, clock)
        extraction_runs.request(article=article, by=annotator, at=now)

        event = AuditEvent.objects.latest("id")
        assert (event.action, event.actor, event.article) == (
            "extraction.requested",
            annotator,
            article,
        )


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


class TestExtractAgain:
    @pytest.fixture
    def extracted(self, run, article, clock):
        carry_out(run, clock)
        article.refresh_from_db()
        return article

    def again(self, article, annotator, clock, now):
        run = extraction_runs.request(article=article, by=annotator, at=now)
        carry_out(run, clock)
        article.refresh_from_db()
        return run

    def test_keeps_every_sentence_and_annotation(self, extracted, annotator, clock, now):
        sentences = list(extracted.sentences.order_by("index").values())
        annotated(extracted.sentences.get(index=2), by=annotator, rationale="Vu.")
        left = extracted.open_candidates

        self.again(extracted, annotator, clock, now)

        assert list(extracted.sentences.order_by("index").values()) == sentences
        annotation = annotator.annotations.get()
        assert (annotation.sentence.index, annotation.rationale) == (2, "Vu.")
        assert extracted.open_candidates <= left

    def test_renews_what_an_older_engine_found(self, extracted, annotator, clock, now):
        Candidate.objects.update(engine="rules-0", check_worthiness=0.99, is_candidate=True)

        self.again(extracted, annotator, clock, now)

        assert set(Candidate.objects.values_list("engine", flat=True)) == {extraction.ENGINE}
        assert Candidate.objects.count() == extracted.sentences.count()
        assert extracted.open_candidates == Candidate.objects.proposed().count()

    def test_cuts_anew_around_what_people_worked_on(self, extracted, annotator, clock, now):
        first, second = extracted.sentences.filter(index__in=(1, 2)).order_by("index")
        span = (first.start, second.end)
        Sentence.objects.filter(pk=second.pk).delete()
        Sentence.objects.filter(pk=first.pk).update(end=span[1], exact=TEXT[slice(*span)])
        annotated(first, by=annotator)

        self.again(extracted, annotator, clock, now)

        sentences = list(extracted.sentences.order_by("start"))
        assert annotator.annotations.get().sentence in sentences
        assert span in [(s.start, s.end) for s in sentences]
        assert [s.index for s in sentences] == list(range(len(sentences)))
        assert all(a.end <= b.start for a, b in pairwise(sentences))
        covered = "".join(s.exact for s in sentences).split()
        assert "".join(covered) == "".join(TEXT.split())

    def test_drops_old_cuts_that_nobody_worked_on(self, extracted, annotator, clock, now):
        before = list(extracted.sentences.order_by("index").values_list("start", "end"))
        first, second = extracted.sentences.filter(index__in=(1, 2)).order_by("index")
        Sentence.objects.filter(pk=second.pk).delete()
        Sentence.objects.filter(pk=first.pk).update(
            end=second.end, exact=TEXT[first.start : second.end], index=7
        )

        self.again(extracted, annotator, clock, now)

        assert list(extracted.sentences.order_by("index").values_list("start", "end")) == before

    def test_keeps_a_sentence_whose_annotation_was_withdrawn(
        self, extracted, annotator, clock, now
    ):
        sentence = extracted.sentences.get(index=1)
        annotated(sentence, by=annotator)
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)

        self.again(extracted, annotator, clock, now)

        assert tagging.undo(by=annotator, at=now, sentence=sentence).label == "verified"

    def test_starts_over_where_somebody_tags_an_old_cut_meanwhile(self, extracted, annotator, now):
        first, second = extracted.sentences.filter(index__in=(1, 2)).order_by("index")
        Sentence.objects.filter(pk=second.pk).delete()
        Sentence.objects.filter(pk=first.pk).update(
            end=second.end, exact=TEXT[first.start : second.end]
        )
        run, seen = extraction_runs.request(article=extracted, by=annotator, at=now), []

        def clock():
            seen.append(1)
            if len(seen) == 4:
                annotated(first, by=annotator)
            return now + timedelta(seconds=len(seen))

        carry_out(run, clock)

        first.refresh_from_db()
        assert run.state == State.SUCCEEDED
        assert first.exact == TEXT[first.start : second.end]
        assert run.sentences_total == extracted.sentences.count()

    def test_writes_only_what_changed(
        self, extracted, annotator, clock, now, django_assert_max_num_queries
    ):
        run = extraction_runs.request(article=extracted, by=annotator, at=now)

        with django_assert_max_num_queries(22):
            extraction_runs.carry_out(run_id=run.pk, token=uuid4(), clock=lambda: now)


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

    def test_speaks_the_language_of_the_desk(self, run, now):
        said = []

        class Spoken(str):
            def __str__(self):
                said.append(translation.get_language())
                return "Non."

        extraction_runs.fail(run_id=run.pk, token=uuid4(), error=Spoken(), at=now)

        assert said == ["fr"]

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
