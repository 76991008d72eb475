import pytest

from annotations.models import Membership, Verdict
from annotations.workflow import publishing, steps
from annotations.workflow.errors import NotAllowed, StaleWrite
from annotations.workflow.publishing import Correction
from annotations.workflow.steps import TRANSITIONS, Action
from tests.workflow.verdicts.steps import State, adjudicate, approve, retract, send_back


def correct(verdict, *, by, at):
    correction = Correction(label="disputed", note="Chiffre revu.")
    publishing.correct(
        verdict=verdict, correction=correction, by=by, at=at, based_on=verdict.version
    )


ACTIONS = {
    Action.APPROVE: approve,
    Action.RETURN: send_back,
    Action.ADJUDICATE: adjudicate,
    Action.CORRECT: correct,
    Action.RETRACT: retract,
}


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
            with pytest.raises(steps.WrongState, match=verdict.get_state_display()):
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
