import pytest

from annotations.models import Annotation, AuditEvent, Label, Membership, Verdict
from annotations.workflow import publishing, tagging, verdicts
from annotations.workflow.errors import BadInput, NotAllowed, StaleWrite
from annotations.workflow.publishing import Correction
from annotations.workflow.tagging import Item
from annotations.workflow.verdicts import TRANSITIONS, Action
from tests.factories import ArticleFactory, DeskFactory, UserFactory, annotated

REPORT = Item("https://journal.example/rapport")
State = Verdict.State


@pytest.fixture
def sentence(desk):
    return ArticleFactory(desk=desk).sentences.first()


@pytest.fixture
def colleague(desk):
    return UserFactory(on=desk)


@pytest.fixture
def verdict(sentence, annotator):
    annotated(sentence, by=annotator, rationale="Vu au budget.")
    return Verdict.objects.get()


def approve(verdict, *, by, at, **more):
    return verdicts.approve(verdict=verdict, by=by, at=at, based_on=verdict.version, **more)


def send_back(verdict, *, by, at, comment="Quelle source ?"):
    return verdicts.send_back(
        verdict=verdict, comment=comment, by=by, at=at, based_on=verdict.version
    )


def adjudicate(verdict, *, by, at, label="disputed", rationale="Deux sources contre."):
    return verdicts.adjudicate(
        verdict=verdict, label=label, rationale=rationale, by=by, at=at, based_on=verdict.version
    )


def correct(verdict, *, by, at):
    correction = Correction(label="disputed", note="Chiffre revu.")
    publishing.correct(
        verdict=verdict, correction=correction, by=by, at=at, based_on=verdict.version
    )


def retract(verdict, *, by, at):
    publishing.retract(verdict=verdict, note="Faux.", by=by, at=at, based_on=verdict.version)


ACTIONS = {
    Action.APPROVE: approve,
    Action.RETURN: send_back,
    Action.ADJUDICATE: adjudicate,
    Action.CORRECT: correct,
    Action.RETRACT: retract,
}


@pytest.fixture
def bring_to(sentence, verdict, colleague, reviewer, now):
    """Lead the verdict to a state by what people do."""

    def publish():
        approve(verdict, by=reviewer, at=now)
        publishing.publish(article=sentence.article, by=reviewer, at=now)
        verdict.refresh_from_db()

    def bring_to(state):
        if state == State.CONTESTED:
            annotated(sentence, by=colleague, label="disputed")
        elif state == State.RETURNED:
            send_back(verdict, by=reviewer, at=now)
        elif state == State.APPROVED:
            approve(verdict, by=reviewer, at=now)
        elif state in Verdict.PUBLIC:
            publish()
            if state == State.RETRACTED:
                retract(verdict, by=reviewer, at=now)
        verdict.refresh_from_db()
        assert verdict.state == state
        return verdict

    return bring_to


class TestTransitions:
    def test_name_every_action(self):
        assert set(TRANSITIONS) == set(Action) == set(ACTIONS)

    @pytest.mark.parametrize("state", State.values)
    @pytest.mark.parametrize("action", Action)
    def test_are_all_that_can_be_done(self, bring_to, reviewer, now, state, action):
        verdict = bring_to(state)
        transition = TRANSITIONS[action]

        if state in transition.sources:
            ACTIONS[action](verdict, by=reviewer, at=now)
            expected = (transition.target, verdict.version + 1)
        else:
            with pytest.raises(verdicts.WrongState, match=verdict.get_state_display()):
                ACTIONS[action](verdict, by=reviewer, at=now)
            expected = (state, verdict.version)

        after = Verdict.objects.get()
        assert (after.state, after.version) == expected

    @pytest.mark.parametrize("action", Action)
    def test_refuse_a_stale_version_and_show_what_stands(self, verdict, reviewer, now, action):
        verdict.version = 7

        with pytest.raises(StaleWrite) as caught:
            ACTIONS[action](verdict, by=reviewer, at=now)

        assert (caught.value.current, caught.value.current.version) == (verdict, 1)

    @pytest.mark.parametrize("action", Action)
    def test_are_for_reviewers_and_managers(
        self, verdict, annotator, outsider, manager, now, action
    ):
        for person in (annotator, outsider):
            with pytest.raises(NotAllowed, match="takes the role of reviewer"):
                ACTIONS[action](verdict, by=person, at=now)

        assert Verdict.objects.get().version == 1
        assert manager.memberships.get().role == Membership.Role.MANAGER
        approve(verdict, by=manager, at=now)


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

        with pytest.raises(verdicts.OwnWork, match="somebody else"):
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

        with pytest.raises(verdicts.EvidenceMissing):
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

        with pytest.raises(verdicts.MoreAnnotatorsNeeded, match=r"wants 2 .* has 1"):
            approve(verdict, by=reviewer, at=now)

        annotated(sentence, by=colleague)
        verdict.refresh_from_db()
        assert approve(verdict, by=reviewer, at=now).state == State.APPROVED

    def test_refuses_what_is_no_claim(self, sentence, annotator, reviewer, now):
        annotated(sentence, by=annotator, label="dismissed")

        with pytest.raises(verdicts.NoClaim):
            approve(Verdict.objects.get(), by=reviewer, at=now)

    def test_refuses_what_nobody_stands_for_any_more(
        self, verdict, sentence, annotator, reviewer, now
    ):
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)
        verdict.refresh_from_db()

        with pytest.raises(verdicts.NoClaim):
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


class TestAdjudicate:
    def test_decides_where_annotators_differ(self, bring_to, reviewer, now):
        verdict = bring_to(State.CONTESTED)

        adjudicate(verdict, by=reviewer, at=now, label="unverified", rationale="On ne sait pas.")

        verdict.refresh_from_db()
        assert (verdict.state, verdict.label) == (State.APPROVED, "unverified")
        assert (verdict.rationale, verdict.approved_by) == ("On ne sait pas.", reviewer)
        assert Annotation.objects.given().count() == 2

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

        with pytest.raises(verdicts.OwnWork):
            adjudicate(verdict, by=reviewer, at=now)

    def test_refuses_where_nobody_s_label_stands(self, verdict, sentence, annotator, reviewer, now):
        tagging.withdraw(sentence=sentence, by=annotator, at=now, based_on=1)
        verdict.refresh_from_db()

        with pytest.raises(verdicts.NoClaim, match="Nobody"):
            adjudicate(verdict, by=reviewer, at=now)

    def test_refuses_to_decide_without_the_evidence_that_the_desk_wants(
        self, desk, bring_to, reviewer, now
    ):
        desk.evidence_required = True
        desk.save()
        verdict = bring_to(State.CONTESTED)

        with pytest.raises(verdicts.EvidenceMissing):
            adjudicate(verdict, by=reviewer, at=now)

    @pytest.mark.parametrize(
        ("said", "field", "reason"),
        [
            ({"label": "true"}, "label", "unknown_label"),
            ({"label": ""}, "label", "unknown_label"),
            ({"rationale": " "}, "rationale", "required"),
            ({"rationale": "a\x00"}, "rationale", "control_character"),
        ],
    )
    def test_refuses_what_does_not_decide(self, bring_to, reviewer, now, said, field, reason):
        verdict = bring_to(State.CONTESTED)

        with pytest.raises(BadInput) as caught:
            adjudicate(verdict, by=reviewer, at=now, **said)

        assert (caught.value.field, caught.value.reason) == (field, reason)
