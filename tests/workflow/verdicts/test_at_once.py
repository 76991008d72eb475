"""Two people at one verdict in the same moment: one is first, the other is told."""

import pytest

from annotations.models import AuditEvent, Verdict
from annotations.workflow import tagging
from annotations.workflow.errors import StaleWrite, WorkflowError
from tests.concurrency import at_once
from tests.factories import UserFactory
from tests.workflow.verdicts.steps import State, adjudicate, approve, send_back

pytestmark = pytest.mark.django_db(transaction=True)


def events(action):
    return AuditEvent.objects.filter(action=action).count()


class TestTwoReviewers:
    @pytest.fixture
    def other(self, desk):
        return UserFactory(on=desk, role="reviewer")

    def test_approve_once_and_the_second_is_told(self, verdict, reviewer, other, now):
        outcomes = at_once(
            *[lambda by=by: approve(verdict, by=by, at=now) for by in (reviewer, other)]
        )

        [refused] = [one for one in outcomes if isinstance(one, Exception)]
        assert isinstance(refused, WorkflowError)
        assert Verdict.objects.get().state == State.APPROVED
        assert events("verdict.approve") == 1

    def test_who_differ_leave_what_the_first_said(self, verdict, reviewer, other, now):
        approved, returned = at_once(
            lambda: approve(verdict, by=reviewer, at=now),
            lambda: send_back(verdict, by=other, at=now),
        )

        stands = State.APPROVED if not isinstance(approved, Exception) else State.RETURNED
        [refused] = [one for one in (approved, returned) if isinstance(one, Exception)]
        assert isinstance(refused, WorkflowError)
        assert Verdict.objects.get().state == stands

    def test_decide_once_between_those_who_differ(self, bring_to, reviewer, other, now):
        verdict = bring_to(State.CONTESTED)

        outcomes = at_once(
            lambda: adjudicate(verdict, by=reviewer, at=now, label="disputed"),
            lambda: adjudicate(verdict, by=other, at=now, label="verified"),
        )

        [refused] = [one for one in outcomes if isinstance(one, Exception)]
        [made] = [one for one in outcomes if not isinstance(one, Exception)]
        assert isinstance(refused, WorkflowError)
        assert Verdict.objects.get().label == made.label


class TestReviewerAndAnnotator:
    def test_nobody_approves_a_label_unseen(self, sentence, verdict, annotator, reviewer, now):
        disputed = tagging.Opinion(label="disputed")

        approved, labelled = at_once(
            lambda: approve(verdict, by=reviewer, at=now),
            lambda: tagging.annotate(
                sentence=sentence, opinion=disputed, by=annotator, at=now, based_on=1
            ),
        )

        verdict.refresh_from_db()
        assert not isinstance(labelled, Exception)
        assert (verdict.label, verdict.state) == ("disputed", State.PROPOSED)
        assert not isinstance(approved, Exception) or isinstance(approved, StaleWrite)
