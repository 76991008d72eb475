import pytest

from annotations.models import Annotation, Sentence, Verdict
from annotations.workflow.errors import StaleWrite
from annotations.workflow.holding import Gone, LeftBehind
from tests.concurrency import at_once
from tests.factories import UserFactory, annotated
from tests.workflow.revisions.steps import FOUR, NEW, ONE, TWO, assert_whole, of


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
