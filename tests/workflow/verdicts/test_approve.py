import pytest

from annotations.models import AuditEvent, Verdict
from annotations.workflow import steps, tagging
from annotations.workflow.errors import BadInput
from tests.factories import ArticleFactory, DeskFactory, UserFactory, annotated
from tests.workflow.verdicts.steps import REPORT, State, approve, send_back


class TestApprove:
    def test_keeps_who_and_when_and_the_rating(self, verdict, reviewer, now):
        approve(verdict, by=reviewer, at=now, rating=3)

        verdict.refresh_from_db()
        assert (verdict.state, verdict.label, verdict.rating) == (State.APPROVED, "verified", 3)
        assert (verdict.approved_by, verdict.approved_at) == (reviewer, now)

    def test_records_before_and_after(self, verdict, reviewer, now):
        approve(verdict, by=reviewer, at=now)

        event = AuditEvent.objects.latest("id")
        assert (event.action, event.actor, event.at) == ("verdict.approve", reviewer, now)
        assert (event.before["state"], event.after["state"]) == ("proposed", "approved")
        assert (event.before["version"], event.after["version"]) == (1, 2)

    def test_refuses_one_s_own_work(self, sentence, reviewer, now):
        annotated(sentence, by=reviewer)

        with pytest.raises(steps.OwnWork, match="another reviewer"):
            approve(Verdict.objects.get(), by=reviewer, at=now)

        assert Verdict.objects.get().state == State.PROPOSED

    def test_accepts_one_s_own_work_where_the_desk_does(self, desk, sentence, reviewer, now):
        desk.second_person_approves = False
        desk.save()
        annotated(sentence, by=reviewer)

        assert approve(Verdict.objects.get(), by=reviewer, at=now).state == State.APPROVED

    def test_accepts_who_took_their_own_word_back(self, verdict, sentence, reviewer, now):
        annotated(sentence, by=reviewer)
        tagging.withdraw(sentence=sentence, by=reviewer, at=now, based_on=1)
        verdict.refresh_from_db()

        assert approve(verdict, by=reviewer, at=now).state == State.APPROVED

    @pytest.mark.parametrize("label", ["verified", "disputed"])
    def test_refuses_a_label_without_the_evidence_that_the_desk_wants(
        self, desk, sentence, annotator, reviewer, now, label
    ):
        desk.evidence_required = True
        desk.save()
        annotated(sentence, by=annotator, label=label)

        with pytest.raises(steps.EvidenceMissing):
            approve(Verdict.objects.get(), by=reviewer, at=now)

    @pytest.mark.parametrize(("label", "evidence"), [("unverified", None), ("verified", [REPORT])])
    def test_accepts_evidence_or_that_there_is_none_to_be_had(
        self, desk, sentence, annotator, reviewer, now, label, evidence
    ):
        desk.evidence_required = True
        desk.save()
        annotated(sentence, by=annotator, label=label, evidence=evidence)

        assert approve(Verdict.objects.get(), by=reviewer, at=now).state == State.APPROVED

    def test_refuses_too_few_annotators(self, desk, verdict, sentence, colleague, reviewer, now):
        desk.annotators_needed = 2
        desk.save()

        with pytest.raises(steps.MoreAnnotatorsNeeded, match=r"wants 2 .* has 1"):
            approve(verdict, by=reviewer, at=now)

        annotated(sentence, by=colleague)
        verdict.refresh_from_db()
        assert approve(verdict, by=reviewer, at=now).state == State.APPROVED

    def test_refuses_what_is_no_claim(self, sentence, annotator, reviewer, now):
        annotated(sentence, by=annotator, label="dismissed")

        with pytest.raises(steps.NoClaim):
            approve(Verdict.objects.get(), by=reviewer, at=now)

    def test_refuses_what_nobody_stands_for_any_more(
        self, verdict, sentence, annotator, reviewer, now
    ):
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)
        verdict.refresh_from_db()

        with pytest.raises(steps.NoClaim):
            approve(verdict, by=reviewer, at=now)

    @pytest.mark.parametrize("rating", [0, 4, -1])
    def test_refuses_a_value_that_the_scale_does_not_have(self, verdict, reviewer, now, rating):
        with pytest.raises(BadInput) as caught:
            approve(verdict, by=reviewer, at=now, rating=rating)

        assert (caught.value.field, caught.value.reason) == ("rating", "unknown_rating")

    def test_refuses_any_rating_on_a_desk_without_a_scale(self, db, now):
        desk = DeskFactory(rating_scale=[])
        annotated(ArticleFactory(desk=desk).sentences.first(), by=UserFactory(on=desk))
        reviewer = UserFactory(on=desk, role="reviewer")

        with pytest.raises(BadInput):
            approve(Verdict.objects.get(), by=reviewer, at=now, rating=1)


class TestSendBack:
    def test_says_why(self, verdict, reviewer, now):
        send_back(verdict, by=reviewer, at=now, comment="Quelle source ?")

        verdict.refresh_from_db()
        assert (verdict.state, verdict.comment) == (State.RETURNED, "Quelle source ?")
        assert AuditEvent.objects.latest("id").after["comment"] == "Quelle source ?"

    def test_takes_an_approval_back(self, bring_to, reviewer, now):
        verdict = bring_to(State.APPROVED)

        send_back(verdict, by=reviewer, at=now)

        verdict.refresh_from_db()
        assert (verdict.approved_by, verdict.approved_at, verdict.rating) == (None, None, None)

    @pytest.mark.parametrize("comment", ["", " \n\u00a0"])
    def test_wants_a_comment(self, verdict, reviewer, now, comment):
        with pytest.raises(BadInput) as caught:
            send_back(verdict, by=reviewer, at=now, comment=comment)

        assert (caught.value.field, caught.value.reason) == ("comment", "required")

    @pytest.mark.parametrize("label", ["verified", "disputed"])
    def test_is_answered_by_annotating_again(
        self, bring_to, sentence, annotator, reviewer, now, label
    ):
        verdict = bring_to(State.RETURNED)

        opinion = tagging.Opinion(label=label, evidence=[REPORT])
        tagging.annotate(sentence=sentence, opinion=opinion, by=annotator, at=now, based_on=1)

        verdict.refresh_from_db()
        assert (verdict.state, verdict.label, verdict.comment) == (State.PROPOSED, label, "")
        assert approve(verdict, by=reviewer, at=now).state == State.APPROVED
