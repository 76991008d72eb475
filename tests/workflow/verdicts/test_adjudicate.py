import pytest

from annotations.models import Annotation, Verdict
from annotations.workflow import steps, tagging
from annotations.workflow.errors import BadInput
from tests.factories import annotated
from tests.workflow.verdicts.steps import State, adjudicate, approve, send_back


class TestAdjudicate:
    def test_decides_where_annotators_differ(self, bring_to, reviewer, now):
        verdict = bring_to(State.CONTESTED)

        adjudicate(verdict, by=reviewer, at=now, label="unverified", rationale="On ne sait pas.")

        verdict.refresh_from_db()
        assert (verdict.state, verdict.label) == (State.APPROVED, "unverified")
        assert (verdict.rationale, verdict.approved_by) == ("On ne sait pas.", reviewer)
        assert Annotation.objects.given().count() == 2

    def test_rates_on_the_desks_scale(self, bring_to, reviewer, now):
        verdict = bring_to(State.CONTESTED)

        adjudicate(verdict, by=reviewer, at=now, rating=2)

        verdict.refresh_from_db()
        assert (verdict.state, verdict.rating) == (State.APPROVED, 2)

    def test_closes_what_is_no_claim_without_approval(self, bring_to, reviewer, now):
        verdict = bring_to(State.CONTESTED)

        adjudicate(verdict, by=reviewer, at=now, label="dismissed")

        verdict.refresh_from_db()
        assert (verdict.state, verdict.label) == (State.PROPOSED, "dismissed")
        assert verdict.approved_by is None
        assert not Verdict.objects.awaiting_review().exists()

    def test_does_not_keep_a_rating_given_to_another_label(self, verdict, sentence, reviewer, now):
        verdict = approve(verdict, by=reviewer, at=now, rating=3)
        verdict = send_back(verdict, by=reviewer, at=now)

        adjudicate(verdict, by=reviewer, at=now, label="disputed")

        assert Verdict.objects.get().rating is None

    def test_refuses_who_is_one_of_those_who_differ(self, verdict, sentence, reviewer, now):
        annotated(sentence, by=reviewer, label="disputed")
        verdict.refresh_from_db()

        with pytest.raises(steps.OwnWork):
            adjudicate(verdict, by=reviewer, at=now)

    def test_refuses_where_nobody_s_label_stands(self, verdict, sentence, annotator, reviewer, now):
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)
        verdict.refresh_from_db()

        with pytest.raises(steps.NoClaim, match="Nobody"):
            adjudicate(verdict, by=reviewer, at=now)

    def test_refuses_to_decide_without_the_evidence_that_the_desk_wants(
        self, desk, bring_to, reviewer, now
    ):
        desk.evidence_required = True
        desk.save()
        verdict = bring_to(State.CONTESTED)

        with pytest.raises(steps.EvidenceMissing):
            adjudicate(verdict, by=reviewer, at=now)

    @pytest.mark.parametrize(
        ("said", "field", "reason"),
        [
            ({"label": "true"}, "label", "unknown_label"),
            ({"label": ""}, "label", "unknown_label"),
            ({"rating": 9}, "rating", "unknown_rating"),
            ({"rationale": " "}, "rationale", "required"),
            ({"rationale": "a\x00"}, "rationale", "control_character"),
        ],
    )
    def test_refuses_what_does_not_decide(self, bring_to, reviewer, now, said, field, reason):
        verdict = bring_to(State.CONTESTED)

        with pytest.raises(BadInput) as caught:
            adjudicate(verdict, by=reviewer, at=now, **said)

        assert (caught.value.field, caught.value.reason) == (field, reason)
