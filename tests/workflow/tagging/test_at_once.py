import pytest

from annotations.models import (
    Annotation,
    AuditEvent,
    Sentence,
    Verdict,
)
from annotations.workflow import tagging
from annotations.workflow.errors import StaleWrite
from annotations.workflow.tagging import Opinion
from tests.concurrency import at_once
from tests.factories import UserFactory, annotated
from tests.workflow.tagging.steps import REPORT


class TestAtOnce:
    @pytest.mark.django_db(transaction=True)
    def test_one_person_in_two_windows_writes_once_and_is_told(self, sentence, annotator, now):
        outcomes = at_once(
            *[
                lambda label=label: annotated(sentence, by=annotator, label=label, at=now)
                for label in ("verified", "disputed")
            ]
        )

        annotation = Annotation.objects.get()
        (refused,) = [one for one in outcomes if isinstance(one, StaleWrite)]
        assert refused.current == annotation
        assert annotation.version == Verdict.objects.get().version == 1

    @pytest.mark.django_db(transaction=True)
    def test_a_request_sent_twice_is_one_annotation(self, sentence, annotator, now):
        outcomes = at_once(*[lambda: annotated(sentence, by=annotator, at=now)] * 4)

        assert [one.version for one in outcomes] == [1, 1, 1, 1]
        assert Annotation.objects.count() == AuditEvent.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_colleagues_never_lose_each_other_s_word(self, desk, article, sentence, now):
        people = [UserFactory(on=desk) for _ in range(6)]
        labels = ["verified", "disputed"] * 3

        at_once(
            *[
                lambda by=by, label=label: annotated(sentence, by=by, label=label, at=now)
                for by, label in zip(people, labels, strict=True)
            ]
        )

        verdict = Verdict.objects.get()
        article.refresh_from_db()
        assert (verdict.state, verdict.annotators, verdict.version) == ("contested", 6, 6)
        assert article.open_candidates == 1


class TestCost:
    def test_a_first_label_takes_three_statements(
        self, sentence, annotator, now, django_assert_num_queries
    ):
        sentence = Sentence.objects.get(pk=sentence.pk)

        with django_assert_num_queries(5):  # two of them begin and end the transaction
            annotated(sentence, by=annotator, at=now)

    def test_another_label_takes_two_more(
        self, sentence, annotator, say, now, django_assert_num_queries
    ):
        say("verified", rationale="Vu.", evidence=[REPORT])
        sentence, opinion = Sentence.objects.get(pk=sentence.pk), Opinion(label="disputed")

        with django_assert_num_queries(7):
            tagging.annotate(sentence=sentence, opinion=opinion, by=annotator, at=now, based_on=1)
