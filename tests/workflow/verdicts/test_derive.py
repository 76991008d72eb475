import pytest

from annotations.models import AuditEvent, Label, Verdict
from annotations.workflow import tagging
from tests.factories import annotated
from tests.workflow.verdicts.steps import REPORT, State, approve


class TestDerive:
    @pytest.mark.parametrize("label", Label.values)
    def test_proposes_what_all_agree_on(self, sentence, annotator, colleague, label):
        annotated(sentence, by=annotator, label=label, rationale="D’abord.", evidence=[REPORT])
        annotated(sentence, by=colleague, label=label)

        verdict = Verdict.objects.get()
        assert (verdict.state, verdict.label, verdict.annotators) == (State.PROPOSED, label, 2)
        assert (verdict.rationale, verdict.has_evidence) == ("D’abord.", True)

    def test_takes_the_newest_reason(self, verdict, sentence, colleague):
        annotated(sentence, by=colleague, rationale="Ensuite.")

        verdict.refresh_from_db()
        assert verdict.rationale == "Ensuite."

    def test_is_contested_where_two_differ(self, verdict, sentence, colleague):
        annotated(sentence, by=colleague, label="dismissed")

        verdict.refresh_from_db()
        assert (verdict.state, verdict.label) == (State.CONTESTED, "")
        assert verdict in Verdict.objects.awaiting_review()

    def test_follows_who_comes_round(self, verdict, sentence, annotator, colleague, now):
        annotated(sentence, by=colleague, label="disputed")

        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)

        verdict.refresh_from_db()
        assert (verdict.state, verdict.label, verdict.annotators) == (
            State.PROPOSED,
            "disputed",
            1,
        )

    def test_holds_no_position_where_all_is_withdrawn(self, verdict, sentence, annotator, now):
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)

        verdict.refresh_from_db()
        assert (verdict.label, verdict.rationale, verdict.annotators) == ("", "", 0)
        assert verdict not in Verdict.objects.awaiting_review()

    def test_leaves_what_is_no_claim_out_of_the_review(self, sentence, annotator):
        annotated(sentence, by=annotator, label="dismissed")

        assert not Verdict.objects.awaiting_review().exists()

    def test_ends_an_approval_and_says_so(self, verdict, sentence, colleague, reviewer, now):
        approve(verdict, by=reviewer, at=now, rating=2)

        annotated(sentence, by=colleague, label="disputed", at=now)

        verdict.refresh_from_db()
        assert (verdict.state, verdict.approved_by, verdict.rating) == (
            State.CONTESTED,
            None,
            None,
        )
        event = AuditEvent.objects.get(action="verdict.reopened")
        assert (event.actor, event.at) == (colleague, now)
        assert (event.before["state"], event.after["state"]) == ("approved", "contested")
