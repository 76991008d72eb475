"""The steps that a reviewer takes with a verdict, and who may take which of them when.

The workflow refuses by this rule. Pages ask it before, with what they have read already.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from annotations.models import CLAIM_LABELS, User, Verdict
from annotations.workflow import roles
from annotations.workflow.errors import WorkflowError

State = Verdict.State


class Action(StrEnum):
    APPROVE = "approve"
    RETURN = "return"
    ADJUDICATE = "adjudicate"
    CORRECT = "correct"
    RETRACT = "retract"


@dataclass(frozen=True, slots=True)
class Transition:
    sources: frozenset[str]
    target: str


TRANSITIONS = {
    Action.APPROVE: Transition(frozenset({State.PROPOSED}), State.APPROVED),
    Action.RETURN: Transition(
        frozenset({State.PROPOSED, State.CONTESTED, State.APPROVED}), State.RETURNED
    ),
    Action.ADJUDICATE: Transition(
        frozenset({State.PROPOSED, State.CONTESTED, State.RETURNED}), State.APPROVED
    ),
    Action.CORRECT: Transition(frozenset({State.PUBLISHED, State.RETRACTED}), State.PUBLISHED),
    Action.RETRACT: Transition(frozenset({State.PUBLISHED}), State.RETRACTED),
}


DECISIONS = {Action.APPROVE, Action.ADJUDICATE, Action.CORRECT}


class WrongState(WorkflowError):
    code = "wrong_state"


class OwnWork(WorkflowError):
    code = "own_work"


class EvidenceMissing(WorkflowError):
    code = "evidence_missing"


class MoreAnnotatorsNeeded(WorkflowError):
    code = "more_annotators_needed"


class NoClaim(WorkflowError):
    code = "no_claim"


def require(verdict: Verdict, action: Action, *, by: User, authors: Container[int]) -> None:
    """Refuse what this verdict and the rules of its desk let nobody do, or not this person.

    `authors` are those whose label stands on the sentence.
    """
    if verdict.state not in TRANSITIONS[action].sources:
        raise WrongState(
            _("This verdict is %(state)s: that cannot be done with it now.")
            % {"state": verdict.state_name}
        )
    if action == Action.APPROVE:
        _refuse_unlabelled(verdict)
    if action == Action.ADJUDICATE and not verdict.annotators:
        raise NoClaim(_("Nobody's label stands here: there is nothing to decide between."))
    if action in DECISIONS and verdict.desk.second_person_approves and by.pk in authors:
        raise OwnWork(_("You labelled this sentence: another reviewer decides."))
    if action == Action.APPROVE:
        refuse_without_evidence(verdict)


def refusals(
    verdict: Verdict, *, by: User, held: str | None, authors: Container[int]
) -> Iterator[tuple[Action, WorkflowError | None]]:
    """Say of each step that leads on from the verdict's state why it would be refused, or None.

    `held` is this person's role on the desk.
    """
    for action, transition in TRANSITIONS.items():
        if verdict.state not in transition.sources:
            continue
        try:
            roles.require_held(held, by, verdict.desk, roles.Role.REVIEWER)
            require(verdict, action, by=by, authors=authors)
        except WorkflowError as refusal:
            yield action, refusal
        else:
            yield action, None


def refuse_without_evidence(verdict: Verdict) -> None:
    """Where the desk wants evidence, only “unverified” can do without."""
    if verdict.lacks_evidence(verdict.desk):
        raise EvidenceMissing(_("The desk wants evidence before a sentence is approved."))


def _refuse_unlabelled(verdict: Verdict) -> None:
    if verdict.label not in CLAIM_LABELS:
        raise NoClaim(_("Nothing is claimed here: there is no label to approve."))
    if verdict.annotators < verdict.desk.annotators_needed:
        raise MoreAnnotatorsNeeded(
            _("The desk wants %(needed)s annotators for a sentence; this one has %(given)s.")
            % {"needed": verdict.desk.annotators_needed, "given": verdict.annotators}
        )
