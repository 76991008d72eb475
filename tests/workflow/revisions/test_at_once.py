from uuid import uuid4

import pytest

from annotations.extraction import Span
from annotations.models import Annotation, Comment, ExtractionRun, Sentence, Verdict
from annotations.workflow import (
    articles,
    comments,
    cutting,
    extraction_runs,
    revisions,
    tagging,
    verdicts,
)
from annotations.workflow.errors import BadInput, StaleWrite
from annotations.workflow.holding import Gone, LeftBehind
from annotations.workflow.intake import Draft
from tests.concurrency import at_once, while_held
from tests.factories import UserFactory, annotated
from tests.workflow.revisions.steps import FOUR, NEW, ONE, TWO, assert_whole, extract, of


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_of_two_texts_wins_and_the_other_is_told(self, article, desk, revise):
        people = [UserFactory(on=desk) for _ in range(2)]
        texts = [f"{NEW} {ONE}", f"{FOUR} {ONE}"]

        outcomes = at_once(
            *[
                lambda by=by, text=text: revise(article, text, by=by, based_on=1)
                for by, text in zip(people, texts, strict=True)
            ]
        )

        [refused] = [one for one in outcomes if isinstance(one, StaleWrite)]
        article.refresh_from_db()
        assert article.revisions.count() == article.current_revision.number == 2
        assert article.current_revision.text in texts
        assert refused.current.current_revision == article.current_revision

    def test_a_label_given_meanwhile_is_carried_or_refused(self, article, desk, revise, now):
        people = [UserFactory(on=desk) for _ in range(4)]
        sentences = [of(article, one) for one in (TWO, FOUR)]

        outcomes = at_once(
            lambda: revise(article, f"{NEW} {TWO}", based_on=1),
            *[
                lambda by=by, one=one: annotated(one, by=by, at=now)
                for by, one in zip(people, sentences * 2, strict=True)
            ],
        )

        failed = [one for one in outcomes if isinstance(one, Exception)]
        assert all(isinstance(one, (Gone, LeftBehind)) for one in failed)
        assert Annotation.objects.count() == 4 - len(failed)
        article.refresh_from_db()
        assert_whole(article)
        for verdict in Verdict.objects.select_related("sentence"):
            is_here = verdict.sentence.revision_id == article.current_revision_id
            assert is_here == (verdict.sentence.exact == TWO)
            assert verdict.label == ("verified" if is_here else "")
        assert Sentence.objects.filter(article=article, exact=FOUR).count() <= 1

    @pytest.mark.parametrize("read_in", [1, 2, 3])
    def test_a_label_that_waits_says_which_text_it_is_for(
        self, article, annotator, reviewer, revise, now, read_in
    ):
        sentence = of(article, ONE)
        annotated(sentence, by=annotator)
        opinion = tagging.Opinion("disputed", read_in=read_in)
        said = {"opinion": opinion, "by": reviewer, "at": now, "based_on": 0}

        outcome = while_held(
            lambda: revise(article, ONE.replace("3", "4")),
            lambda: tagging.annotate(sentence=sentence, **said),
        )

        expected = {1: tagging.OtherWords, 2: Annotation, 3: BadInput}[read_in]
        assert isinstance(outcome, expected)

    def test_a_comment_on_what_goes_meanwhile_is_refused(self, article, annotator, revise, now):
        sentence = of(article, FOUR)

        refused = while_held(
            lambda: revise(article, NEW),
            lambda: comments.add(sentence=sentence, text="Laquelle ?", by=annotator, at=now),
        )

        assert isinstance(refused, Gone)
        assert not Comment.objects.exists()

    def test_a_review_of_what_is_merged_meanwhile_is_refused(
        self, article, annotator, reviewer, now
    ):
        first, second = of(article, ONE), of(article, TWO)
        annotated(second, by=annotator)
        verdict, seen = Verdict.objects.get(), Span(first.start, first.end)

        refused = while_held(
            lambda: cutting.merge(sentence=first, by=annotator, at=now, based_on=seen),
            lambda: verdicts.approve(verdict=verdict, by=reviewer, at=now, based_on=1),
        )

        assert isinstance(refused, Gone)

    def test_a_new_text_waits_for_the_run_that_is_claimed(self, article, annotator, revise, now):
        run = extraction_runs.request(article=article, by=annotator, at=now)

        new, _ = while_held(
            lambda: extraction_runs._claim(run.pk, uuid4(), at=now), lambda: revise(article, NEW)
        )

        assert not ExtractionRun.objects.filter(pk=run.pk).exists()
        extract(new, now)

    @pytest.mark.parametrize("step", ["extract", "revise", "request"])
    def test_an_article_that_is_deleted_meanwhile_is_gone(
        self, article, annotator, manager, revise, now, step
    ):
        annotated(of(article, ONE), by=annotator)
        revise(article, f"{NEW} {TWO}")
        run = article.current_run
        steps = {
            "extract": lambda: extraction_runs.carry_out(
                run_id=run.pk, token=uuid4(), clock=lambda: now
            ),
            "revise": lambda: revisions.revise(
                article=article, draft=Draft(text=ONE), by=annotator, at=now, based_on=2
            ),
            "request": lambda: extraction_runs.request(article=article, by=annotator, at=now),
        }

        outcome = while_held(
            lambda: articles.delete(article=article, by=manager, at=now), steps[step]
        )

        assert outcome is None if step == "extract" else isinstance(outcome, Gone)
        assert not Sentence.objects.exists()
