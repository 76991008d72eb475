"""What a page offers to do with a verdict: what the workflow would do, and why it would not."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Self

from annotations.editor.requests import EditorRequest
from annotations.models import Verdict
from annotations.workflow import steps
from annotations.workflow.errors import NotAllowed
from annotations.workflow.steps import Action


@dataclass(frozen=True, slots=True)
class Offers:
    """The steps that somebody may take with a verdict, and `why` a reviewer may not take another.

    A plain value: what is drawn of it is drawn once for everybody who is offered the same.
    """

    steps: frozenset[str]
    why: str

    @classmethod
    def of(cls, verdict: Verdict, request: EditorRequest, *, authors: Container[int]) -> Self:
        """Ask the workflow; a decision is offered only where annotators differ."""
        held = request.standing.role_on(verdict.desk_id)
        known = dict(steps.refusals(verdict, by=request.user, held=held, authors=authors))
        if verdict.state != Verdict.State.CONTESTED:
            known.pop(Action.ADJUDICATE, None)
        told = (str(one) for one in known.values() if one and not isinstance(one, NotAllowed))
        return cls(
            steps=frozenset(action for action, refusal in known.items() if not refusal),
            why=next(told, ""),
        )

    @property
    def approves(self) -> bool:
        return Action.APPROVE in self.steps
