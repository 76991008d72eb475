from uuid import uuid4

import pytest

from annotations.extraction import Span
from annotations.models import AuditEvent, ExtractionRun, Publication, Sentence
from annotations.workflow import (
    articles,
    comments,
    cutting,
    extraction_runs,
    publishing,
    tagging,
    undoing,
    verdicts,
)
from annotations.workflow.errors import BadInput
from annotations.workflow.holding import LeftBehind
from annotations.workflow.intake import Draft
from tests.factories import annotated, approved, published
from tests.workflow.revisions.steps import (
    FOUR,
    NEW,
    ONE,
    TEXT,
    THREE,
    TWO,
    State,
    assert_whole,
    current,
    extract,
    of,
)


class TestPublished:
    def test_moves_with_the_same_words_and_keeps_its_record(
        self, article, annotator, reviewer, revise, now
    ):
        before = published(of(article, ONE), annotator=annotator, reviewer=reviewer)

        _, carried = revise(article, f"{NEW} {ONE}")

        [sentence] = carried.kept
        assert sentence.verdict.state == State.PUBLISHED
        record = Publication.objects.get()
        assert (record.start, record.revision_number) == (before.start, 1)
        after = correct(sentence.verdict, by=reviewer, at=now)
        assert (after.start, after.exact, after.revision_number) == (before.start, ONE, 1)
        assert after.prefix == before.prefix

    def test_stays_with_the_words_that_were_checked(
        self, article, annotator, reviewer, revise, now
    ):
        sentence = published(of(article, ONE), annotator=annotator, reviewer=reviewer).sentence
        old = article.current_revision

        run, carried = revise(article, TEXT.replace("3 millions", "4 millions"))
        extract(run, now)

        [fate] = carried.gone
        assert (fate.was, fate.now) == (ONE, ONE.replace("3", "4"))
        sentence = Sentence.objects.get(pk=sentence.pk)
        assert (sentence.revision, sentence.verdict.state) == (old, State.PUBLISHED)
        assert correct(sentence.verdict, by=reviewer, at=now).exact == ONE
        assert not hasattr(of(article, ONE.replace("3", "4")), "verdict")
        article.refresh_from_db()
        assert_whole(article)


def correct(verdict, *, by, at):
    verdict.refresh_from_db()
    correction = publishing.Correction(label="disputed", note="We erred.")
    return publishing.correct(
        verdict=verdict, correction=correction, by=by, at=at, based_on=verdict.version
    )


class TestAdd:
    def test_refuses_a_text_that_the_article_had_before(
        self, article, desk, annotator, revise, now
    ):
        revise(article, NEW)
        draft = Draft(text=TEXT, language="fr")

        with pytest.raises(articles.Duplicate) as refusal:
            articles.add(desk=desk, draft=draft, by=annotator, at=now)
        [outcome] = articles.add_many(desk=desk, drafts=[draft], by=annotator, at=now)

        assert refusal.value.first == outcome.first == article


class TestReadBefore:
    """Labels of people who read a sentence in the text before: they may arrive late."""

    def said(self, sentence, *, by, at, read_in):
        opinion = tagging.Opinion("disputed", read_in=read_in)
        return tagging.annotate(sentence=sentence, opinion=opinion, by=by, at=at, based_on=0)

    def test_are_refused_where_the_words_changed(self, article, annotator, reviewer, revise, now):
        sentence = of(article, ONE)
        annotated(sentence, by=annotator)
        revise(article, TEXT.replace("3 millions", "4 millions"))

        with pytest.raises(tagging.OtherWords):
            self.said(sentence, by=reviewer, at=now, read_in=1)

        assert self.said(sentence, by=reviewer, at=now, read_in=2).pk

    def test_are_refused_in_a_step_of_many(self, article, annotator, reviewer, revise, now):
        sentences = [of(article, one) for one in (ONE, TWO)]
        for one in sentences:
            annotated(one, by=annotator)
        revise(article, TEXT.replace("3 millions", "4 millions"))
        seen = dict.fromkeys([one.pk for one in sentences], tagging.Seen(0))
        step = {"article": article, "label": "disputed", "seen": seen, "by": reviewer, "at": now}

        with pytest.raises(tagging.OtherWords):
            tagging.annotate_all(**step, read_in=1)

        assert not reviewer.annotations.exists()
        assert len(tagging.annotate_all(**step, read_in=2)) == 2

    @pytest.mark.parametrize("number", [0, 2])
    def test_name_a_text_that_there_is(self, article, annotator, now, number):
        with pytest.raises(BadInput):
            self.said(of(article, ONE), by=annotator, at=now, read_in=number)

    def test_count_where_the_words_still_stand(self, article, annotator, reviewer, revise, now):
        sentence = of(article, TWO)
        annotated(sentence, by=annotator)
        revise(article, f"{NEW} {TWO}")

        assert self.said(sentence, by=reviewer, at=now, read_in=1).label == "disputed"


class TestLeftBehind:
    """What may still be done with a sentence that stands in an older text only."""

    @pytest.fixture
    def gone(self, article, annotator, revise):
        sentence = of(article, FOUR)
        annotated(of(article, TWO), by=annotator)
        annotated(sentence, by=annotator)
        revise(article, f"{ONE} {TWO}")
        return Sentence.objects.select_related("verdict").get(pk=sentence.pk)

    def test_refuses_labels(self, gone, annotator, now):
        with pytest.raises(LeftBehind):
            tagging.withdraw(sentence=gone, by=annotator, at=now, based_on=1)

    def test_refuses_cuts(self, gone, annotator, now):
        seen = Span(gone.start, gone.end)

        with pytest.raises(LeftBehind):
            cutting.split(
                sentence=gone, offset=gone.start + 10, by=annotator, at=now, based_on=seen
            )

    def test_refuses_reviews(self, gone, reviewer, now):
        with pytest.raises(LeftBehind):
            verdicts.send_back(
                verdict=gone.verdict,
                comment="?",
                by=reviewer,
                at=now,
                based_on=gone.verdict.version,
            )

    def test_takes_comments(self, gone, annotator, now):
        assert comments.add(sentence=gone, text="Pourquoi ?", by=annotator, at=now).pk

    def test_is_left_out_of_undo(self, gone, article, annotator, now):
        [undone] = undoing.undo(by=annotator, at=now, article=article)

        assert undone.sentence.exact == TWO


class TestFinished:
    def told(self):
        return AuditEvent.objects.filter(action="article.finished").count()

    def test_waits_until_the_new_text_was_read(self, article, annotator, reviewer, revise, now):
        approved(of(article, ONE), annotator=annotator, reviewer=reviewer)
        run, _ = revise(article, f"{ONE}\n\n{NEW}")

        publishing.publish(article=article, by=reviewer, at=now)
        extract(run, now)

        article.refresh_from_db()
        assert (self.told(), article.open_candidates) == (0, 1)

    def test_is_told_when_reading_finds_nothing_left(
        self, article, annotator, reviewer, revise, now
    ):
        approved(of(article, ONE), annotator=annotator, reviewer=reviewer)
        run, _ = revise(article, ONE)
        publishing.publish(article=article, by=reviewer, at=now)
        assert self.told() == 0

        extract(run, now)
        extract(extraction_runs.request(article=article, by=annotator, at=now), now)

        assert self.told() == 1


class TestExtraction:
    def test_keeps_what_was_carried_and_reads_the_rest(self, article, annotator, revise, now):
        annotated(of(article, TWO), by=annotator, rationale="Vu.")
        annotated(of(article, ONE), by=annotator)

        run, _ = revise(article, f"{NEW} {ONE.replace('3', '4')} {TWO}\n\n{THREE}")
        extract(run, now)

        article.refresh_from_db()
        found = [NEW, ONE.replace("3", "4"), TWO, THREE]
        assert [one.exact for one in current(article)] == found
        assert of(article, TWO).annotations.get().rationale == "Vu."
        assert all(hasattr(one, "candidate") for one in current(article))
        assert_whole(article)

    def test_of_the_old_text_comes_to_nothing(self, article, annotator, revise, now):
        old = extraction_runs.request(article=article, by=annotator, at=now)

        run, _ = revise(article, NEW)
        extraction_runs.carry_out(run_id=old.pk, token=uuid4(), clock=lambda: now)

        assert not ExtractionRun.objects.filter(pk=old.pk).exists()
        assert article.current_run == run
        assert not article.sentences.exists()

    def test_that_runs_over_the_old_text_stores_nothing(self, article, annotator, revise, now):
        old, calls = extraction_runs.request(article=article, by=annotator, at=now), []

        def clock():
            calls.append(1)
            if len(calls) == 3:
                revise(article, NEW)
            return now

        extraction_runs.carry_out(run_id=old.pk, token=uuid4(), clock=clock)

        assert len(calls) >= 3
        assert not article.sentences.exists()
