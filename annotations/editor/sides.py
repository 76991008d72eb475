"""What stands beside what was meant, after a write that was based on something older."""

from typing import Any, NamedTuple

from annotations.models import Annotation, AuditEvent, Sentence, User
from annotations.workflow import tagging
from annotations.workflow.evidence import Item
from annotations.workflow.tagging import Opinion

NOTHING: dict[str, Any] = {"label": "", "rationale": "", "evidence": []}


class Sides(NamedTuple):
    """An annotation three times: as one saw it, as it stands now, and as one wants it."""

    base: Opinion
    theirs: Opinion
    mine: Opinion


def of(sentence: Sentence, *, by: User, mine: Opinion, version: int) -> Sides:
    """Gather the three; what a request left out of one's own is taken from what one saw."""
    base, theirs = _as_of(sentence, by, version), _now(sentence, by)
    meant = Opinion(
        label=mine.label,
        rationale=base.rationale if mine.rationale is None else mine.rationale,
        evidence=base.evidence if mine.evidence is None else mine.evidence,
    )
    return Sides(base=base, theirs=theirs, mine=meant)


def _as_of(sentence: Sentence, by: User, version: int) -> Opinion:
    """Read a version from the trace: every change of one's annotation counts one up."""
    if version < 1:
        return _opinion(NOTHING)
    events = AuditEvent.objects.filter(
        sentence=sentence, actor=by, action__startswith="annotation."
    )
    event = events.order_by("id")[version - 1 : version].first()
    return _opinion((event and event.after) or NOTHING)


def _now(sentence: Sentence, by: User) -> Opinion:
    own = Annotation.objects.filter(sentence=sentence, author=by).first()
    return _opinion(tagging.state_of(own) if own else NOTHING)


def _opinion(state: dict[str, Any]) -> Opinion:
    items = [Item(**item) for item in state["evidence"]]
    return Opinion(label=state["label"], rationale=state["rationale"], evidence=items)
