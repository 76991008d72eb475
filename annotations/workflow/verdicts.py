"""Verdicts: derived from annotations by the desk's rules, then reviewed by people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from annotations.models import (
    CLAIM_LABELS,
    Annotation,
    Article,
    Desk,
    Label,
    Sentence,
    User,
    Verdict,
    statements,
)
from annotations.workflow import audit, checks, outbox, progress, roles
from annotations.workflow.errors import BadInput, StaleWrite, WorkflowError
from annotations.workflow.holding import hold, no_sentence, refuse_left_behind

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


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer says where annotators disagree; the rating is on the desk's scale."""

    label: str
    rationale: str
    rating: int | None = None


class Refused(NamedTuple):
    """A verdict that was left as it is, and why."""

    verdict: Verdict
    refusal: WorkflowError


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


def derive(
    *,
    sentence: Sentence,
    said: Sequence[Annotation],
    by: User,
    at: datetime,
    asked: str | None = None,
) -> Verdict:
    """Work out the desk's position from all that is said; the caller holds the article's row.

    An approval does not outlive a change of what it approved, and that is written down. What came
    back waits until somebody labels the words that the sentence has, and answers what a reviewer
    asked: that stands, unless the caller knows what is `asked` now.
    """
    verdict = getattr(sentence, "verdict", None) or Verdict(
        desk_id=sentence.article.desk_id, article=sentence.article, sentence=sentence, version=0
    )
    before, annotators = state_of(verdict), verdict.annotators
    asked = asked_of(verdict) if asked is None else asked
    _take_position(verdict, said, sentence.exact)
    verdict.comment = asked if any(one.label for one in said) else ""
    if verdict.comment or verdict.was:
        verdict.state = State.RETURNED
    verdict.approved_by = verdict.approved_at = verdict.rating = None
    save(verdict, at)
    is_complete = progress.follow(sentence, before=annotators, after=verdict.annotators)
    if before["state"] == State.APPROVED:
        change = audit.Change(before, state_of(verdict))
        audit.record("verdict.reopened", by=by, at=at, about=sentence, change=change)
    if is_complete and verdict.label == Label.DISMISSED:
        outbox.note_if_finished(sentence.article, by=by, at=at)
    return verdict


@transaction.atomic
def approve(
    *,
    verdict: Verdict,
    by: User,
    at: datetime,
    based_on: int,
    rating: int | None = None,
    batch: UUID | None = None,
) -> Verdict:
    """Approve a proposed verdict; only what is approved can be published."""
    verdict = lock(verdict, Action.APPROVE, by=by, based_on=based_on)
    before = state_of(verdict)
    _refuse_unfit(verdict, by)
    verdict.rating = checked_rating(verdict.desk, rating)
    return _move(verdict, Action.APPROVE, audit.Change(before, batch=batch), by=by, at=at)


def approve_all(
    *, article: Article, seen: Mapping[int, int], by: User, at: datetime
) -> tuple[list[Verdict], list[Refused]]:
    """Approve many, each in a transaction of its own; return those, and why others were not.

    `seen` tells of each verdict the version that one saw. What was approved is one step, which is
    taken back as one (`approvals.take_back`).
    """
    roles.require(by, article.desk, roles.Role.REVIEWER)
    approved, refused, batch = [], [], uuid4()
    found = Verdict.objects.filter(article=article, pk__in=seen).select_related("sentence")
    for verdict in found.order_by("sentence__start"):
        try:
            done = approve(verdict=verdict, by=by, at=at, based_on=seen[verdict.pk], batch=batch)
            approved.append(done)
        except WorkflowError as refusal:
            refused.append(Refused(verdict, refusal))
    return approved, refused


@transaction.atomic
def send_back(*, verdict: Verdict, comment: str, by: User, at: datetime, based_on: int) -> Verdict:
    """Return a verdict to its annotators with a comment."""
    checks.require_words(comment, field="comment", message=_("Say what should be looked at again."))
    verdict = lock(verdict, Action.RETURN, by=by, based_on=based_on)
    before = state_of(verdict)
    verdict.comment = comment
    verdict.approved_by = verdict.approved_at = verdict.rating = None
    return _move(verdict, Action.RETURN, audit.Change(before), by=by, at=at)


@transaction.atomic
def adjudicate(
    *, verdict: Verdict, decision: Decision, by: User, at: datetime, based_on: int
) -> Verdict:
    """Decide where annotators disagree. “Not a claim” closes the sentence without approval."""
    _check(decision)
    verdict = lock(verdict, Action.ADJUDICATE, by=by, based_on=based_on)
    before = state_of(verdict)
    if not verdict.annotators:
        raise NoClaim(_("Nobody's label stands here: there is nothing to decide between."))
    refuse_own_work(verdict, by)
    verdict.label, verdict.rationale = decision.label, decision.rationale
    verdict.comment = verdict.was = ""
    if decision.label == Label.DISMISSED:
        verdict.state, verdict.rating = State.PROPOSED, None
        verdict = _record(verdict, Action.ADJUDICATE, audit.Change(before), by=by, at=at)
        outbox.note_if_finished(verdict.article, by=by, at=at)
        return verdict
    refuse_without_evidence(verdict)
    verdict.rating = checked_rating(verdict.desk, decision.rating)
    return _move(verdict, Action.ADJUDICATE, audit.Change(before), by=by, at=at)


def lock(verdict: Verdict, action: Action, *, by: User, based_on: int) -> Verdict:
    """Return the row as it is now, held until commit, if it may take this action from here.

    The desk's rules are those that stand once the article is held.
    """
    article = hold(verdict.article_id, by=by, role=roles.Role.REVIEWER)
    locked = Verdict.objects.select_related("sentence", "desk").filter(pk=verdict.pk).first()
    if locked is None:
        raise no_sentence()
    article.desk, locked.article = locked.desk, article
    locked.sentence.article = article
    if locked.version != based_on:
        raise StaleWrite(
            _("This verdict was changed in the meantime. Look at it again."), current=locked
        )
    if locked.state not in TRANSITIONS[action].sources:
        raise WrongState(
            _("This verdict is %(state)s: that cannot be done with it now.")
            % {"state": locked.get_state_display()}
        )
    if locked.state not in Verdict.PUBLIC:
        refuse_left_behind(locked.sentence)
    return locked


def asked_of(verdict: Verdict | None) -> str:
    """Say what a reviewer asked who returned it, and nobody answered yet."""
    return verdict.comment if verdict and verdict.state == State.RETURNED else ""


def save(verdict: Verdict, at: datetime) -> Verdict:
    verdict.version += 1
    verdict.updated_at = at
    statements.save(verdict)
    return verdict


def save_as(state: State, verdicts: Sequence[Verdict], at: datetime) -> None:
    """Bring verdicts, whose article the caller holds, into one state."""
    rows = Verdict.objects.filter(pk__in=[one.pk for one in verdicts])
    rows.update(state=state, version=F("version") + 1, updated_at=at)
    for one in verdicts:
        one.state, one.version, one.updated_at = state, one.version + 1, at


def state_of(verdict: Verdict) -> dict[str, Any]:
    """Say what a verdict holds, in the form that audit events keep."""
    return {
        "state": verdict.state,
        "label": verdict.label,
        "rationale": verdict.rationale,
        "rating": verdict.rating,
        "comment": verdict.comment,
        "version": verdict.version,
    }


def checked_rating(desk: Desk, rating: int | None) -> int | None:
    """Accept a value of the desk's scale, or none."""
    if rating is not None and rating not in {row["value"] for row in desk.rating_scale}:
        raise BadInput(
            _("The desk's scale has no value %(rating)s.") % {"rating": rating},
            field="rating",
            code="unknown_rating",
        )
    return rating


def _check(decision: Decision) -> None:
    checks.require_words(decision.rationale, field="rationale", message=_("Say why you decide so."))
    if decision.label not in Label.values:
        raise BadInput(_("Choose one of the labels."), field="label", code="unknown_label")


def refuse_own_work(verdict: Verdict, by: User) -> None:
    """Where the desk wants two people, nobody decides on what they annotated themselves."""
    if not verdict.desk.second_person_approves:
        return
    if Annotation.objects.given().filter(sentence=verdict.sentence_id, author=by).exists():
        raise OwnWork(_("You annotated this sentence yourself: somebody else has to approve it."))


def refuse_without_evidence(verdict: Verdict) -> None:
    """Where the desk wants evidence, only “unverified” can do without."""
    needs = verdict.desk.evidence_required and verdict.label != Label.UNVERIFIED
    if needs and not verdict.has_evidence:
        raise EvidenceMissing(_("The desk wants evidence before a sentence is approved."))


def _turn(annotation: Annotation) -> tuple[datetime, bool, int | None]:
    """Sort by when it was given; one that has no key yet is the latest."""
    return annotation.updated_at, annotation.pk is None, annotation.pk


def _take_position(verdict: Verdict, said: Sequence[Annotation], exact: str) -> None:
    """Let the verdict say what the annotations that stand say together.

    Those given to other words speak only as long as there are no others, and never count.
    """
    given = sorted((one for one in said if one.label), key=_turn)
    fitting = [one for one in given if one.words == exact]
    verdict.was = "" if fitting else next((one.words for one in reversed(given)), "")
    given = fitting or given
    labels = {one.label for one in given}
    verdict.state = State.CONTESTED if len(labels) > 1 else State.PROPOSED
    verdict.label = labels.pop() if len(labels) == 1 else ""
    verdict.rationale = next((one.rationale for one in reversed(given) if one.rationale), "")
    verdict.annotators = len(fitting)
    verdict.has_evidence = any(one.has_evidence for one in given)


def _refuse_unfit(verdict: Verdict, by: User) -> None:
    if verdict.label not in CLAIM_LABELS:
        raise NoClaim(_("Nothing is claimed here: there is no label to approve."))
    if verdict.annotators < verdict.desk.annotators_needed:
        raise MoreAnnotatorsNeeded(
            _("The desk wants %(needed)s annotators for a sentence; this one has %(given)s.")
            % {"needed": verdict.desk.annotators_needed, "given": verdict.annotators}
        )
    refuse_own_work(verdict, by)
    refuse_without_evidence(verdict)


def may_approve(verdict: Verdict, *, by: User, authors: Collection[int]) -> bool:
    """Tell from what was read already whether `approve` would be refused by the desk's rules."""
    is_own = verdict.desk.second_person_approves and by.pk in authors
    return (
        verdict.state in TRANSITIONS[Action.APPROVE].sources
        and verdict.label in CLAIM_LABELS
        and verdict.annotators >= verdict.desk.annotators_needed
        and not verdict.lacks_evidence(verdict.desk)
        and not is_own
    )


def _move(
    verdict: Verdict, action: Action, change: audit.Change, *, by: User, at: datetime
) -> Verdict:
    verdict.state = TRANSITIONS[action].target
    if verdict.state == State.APPROVED:
        verdict.approved_by, verdict.approved_at = by, at
    return _record(verdict, action, change, by=by, at=at)


def _record(
    verdict: Verdict, action: Action, change: audit.Change, *, by: User, at: datetime
) -> Verdict:
    save(verdict, at)
    audit.record(
        f"verdict.{action}",
        by=by,
        at=at,
        about=verdict.sentence,
        change=change._replace(after=state_of(verdict)),
    )
    return verdict
