"""Runs with the engine that the desk chose, and what happens where it fails."""

from uuid import uuid4

import pytest

from annotations import extraction
from annotations.extraction import Profile
from annotations.models import Annotation, AuditEvent, Candidate, ExtractionRun
from annotations.workflow import extraction_runs
from tests.chat import always, chat_server, judged, judging, silence
from tests.factories import annotated
from tests.workflow.extraction_runs.steps import State, carry_out

MODEL = "chat-1:small"


@pytest.fixture
def chat(settings, desk):
    """A language model that is set up, and chosen by the desk."""
    with chat_server() as server:
        settings.CHAT_URL, settings.CHAT_MODEL = server.url, "small"
        desk.engine = "chat"
        desk.save()
        yield server


def engines(article):
    return set(Candidate.objects.filter(sentence__article=article).values_list("engine", flat=True))


class TestChosenEngine:
    def test_is_named_on_run_and_candidates(self, chat, run, article, clock):
        carry_out(run, clock)

        assert (run.state, run.fallback) == (State.SUCCEEDED, "")
        assert run.engine_asked == run.engine == MODEL
        assert run.engine_usage == {"calls": 1, "tokens": 500, "dropped": 0}
        assert engines(article) == {MODEL}
        assert AuditEvent.objects.latest("id").after["engine"] == MODEL

    def test_stores_what_it_says_and_no_annotation(self, chat, run, article, clock):
        chat.answers(judged(check_worthy=0.625, kind="state"))

        carry_out(run, clock)

        proposed = Candidate.objects.proposed()
        assert proposed
        assert {one.check_worthiness for one in proposed} == {0.625}
        assert {one.signals[0]["id"] for one in proposed} == {"model"}
        assert not Annotation.objects.exists()
        article.refresh_from_db()
        assert article.open_candidates == len(proposed)

    def test_may_be_our_own_fast_profile(self, desk, run, article, clock):
        desk.engine = "fast"
        desk.save()

        carry_out(run, clock)

        assert run.engine_asked == run.engine == Profile.FAST.engine
        assert run.engine_usage == {}
        assert engines(article) == {Profile.FAST.engine}

    def test_leaves_alone_what_people_have_cut_and_tagged(
        self, chat, run, article, annotator, clock, now
    ):
        carry_out(run, clock)
        sentence = article.sentences.get(index=1)
        annotated(sentence, by=annotator)
        chat.answers(judging(lambda one: {"check_worthy": 0.1}))

        again = extraction_runs.request(article=article, by=annotator, at=now)
        carry_out(again, clock)

        assert Annotation.objects.get().sentence == sentence
        assert Annotation.objects.get().label == "verified"


class TestFallback:
    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            (always(401), "refused"),
            (always(200, b" " * 2_000_000), "too_large"),
            (silence, "too_slow"),
        ],
    )
    def test_reads_with_the_standard_engine_and_says_so(
        self, chat, run, article, clock, settings, answer, why
    ):
        settings.CHAT_SECONDS = 1
        chat.answers(answer)

        carry_out(run, clock)

        assert (run.state, run.error) == (State.SUCCEEDED, "")
        assert (run.engine_asked, run.engine, run.fallback) == (MODEL, extraction.ENGINE, why)
        assert run.engine_usage["calls"] == 1
        assert engines(article) == {extraction.ENGINE}
        after = AuditEvent.objects.latest("id").after
        assert (after["engine_asked"], after["fallback"]) == (MODEL, why)

    def test_reads_where_the_model_is_no_longer_set_up(self, chat, run, clock, settings):
        settings.CHAT_URL = ""

        carry_out(run, clock)

        assert (run.engine_asked, run.engine) == ("chat", extraction.ENGINE)
        assert run.fallback == ExtractionRun.Fallback.NOT_SET_UP

    def test_is_forgotten_by_the_next_run(self, chat, run, article, annotator, clock, now):
        chat.answers(always(401))
        carry_out(run, clock)
        chat.answers(judged())

        again = extraction_runs.request(article=article, by=annotator, at=now)
        carry_out(again, clock)

        assert (again.fallback, again.engine) == ("", MODEL)
        assert engines(article) == {MODEL}

    def test_asks_nobody_for_a_run_that_was_taken_away(self, chat, run, article, clock):
        def stolen():
            ExtractionRun.objects.filter(pk=run.pk).update(token=uuid4())
            return clock()

        carry_out(run, stolen)

        assert chat.calls == []
        assert not article.sentences.exists()
