"""Verdicts: derived from annotations by the desk's rules, then reviewed by people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from annotations.models import (
    Annotation,
    Article,
    Desk,
    Label,
    Sentence,
    User,
    Verdict,
    statements,
)
from annotations.workflow import audit, checks, outbox, progress, roles, steps
from annotations.workflow.errors import BadInput, StaleWrite, WorkflowError
from annotations.workflow.holding import hold, no_sentence, refuse_left_behind
from annotations.workflow.steps import Action

State = Verdict.State
_WORKED_OUT = (
    *("state", "label", "rationale", "rating", "annotators", "has_evidence"),
    *("comment", "was", "approved_by", "approved_at", "version", "updated_at"),
)


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
    verdict = _begun(sentence)
    before, progress_before = state_of(verdict), verdict.progress
    asked = asked_of(verdict) if asked is None else asked
    _work_out(verdict, said, sentence.exact, asked)
    save(verdict, at)
    is_complete = progress.follow(sentence, before=progress_before, after=verdict.progress)
    if before["state"] == State.APPROVED:
        change = audit.Change(before, state_of(verdict))
        audit.record("verdict.reopened", by=by, at=at, about=sentence, change=change)
    if is_complete and verdict.label == Label.DISMISSED:
        outbox.note_if_finished(sentence.article, by=by, at=at)
    return verdict


def derive_all(
    *, said: Sequence[tuple[Sentence, Sequence[Annotation]]], by: User, at: datetime
) -> None:
    """Work out many of one article in a few statements; none is approved, and nothing is asked.

    The caller holds the article's row.
    """
    article, closed = said[0][0].article, []
    needed, begun = article.desk.annotators_needed, [_begun(sentence) for sentence, _ in said]
    for verdict, (sentence, given) in zip(begun, said, strict=True):
        was_settled = verdict.progress.is_settled(needed)
        _work_out(verdict, given, sentence.exact, asked="")
        verdict.version, verdict.updated_at = verdict.version + 1, at
        if verdict.progress.is_settled(needed) and not was_settled:
            closed.append(verdict)
    _save_all(begun)
    progress.recount(article)
    if any(one.label == Label.DISMISSED for one in closed):
        outbox.note_if_finished(article, by=by, at=at)


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
    verdict.label, verdict.rationale = decision.label, decision.rationale
    verdict.comment = verdict.was = ""
    if decision.label == Label.DISMISSED:
        verdict.state, verdict.rating = State.PROPOSED, None
        verdict = _record(verdict, Action.ADJUDICATE, audit.Change(before), by=by, at=at)
        outbox.note_if_finished(verdict.article, by=by, at=at)
        return verdict
    steps.refuse_without_evidence(verdict)
    verdict.rating = checked_rating(verdict.desk, decision.rating)
    return _move(verdict, Action.ADJUDICATE, audit.Change(before), by=by, at=at)


def lock(verdict: Verdict, action: Action, *, by: User, based_on: int) -> Verdict:
    """Return the row as it is now, held until commit, if this person may take this step with it.

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
    if locked.state not in Verdict.PUBLIC:
        refuse_left_behind(locked.sentence)
    given = Annotation.objects.given().filter(sentence=locked.sentence_id)
    steps.require(locked, action, by=by, authors=given.values_list("author", flat=True))
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


def _begun(sentence: Sentence) -> Verdict:
    """Return the sentence's verdict, or a new one that is not saved yet."""
    return getattr(sentence, "verdict", None) or Verdict(
        desk_id=sentence.article.desk_id, article=sentence.article, sentence=sentence, version=0
    )


def _work_out(verdict: Verdict, said: Sequence[Annotation], exact: str, asked: str) -> None:
    _take_position(verdict, said, exact)
    verdict.comment = asked if any(one.label for one in said) else ""
    if verdict.comment or verdict.was:
        verdict.state = State.RETURNED
    verdict.approved_by = verdict.approved_at = verdict.rating = None


def _save_all(verdicts: Sequence[Verdict]) -> None:
    Verdict.objects.bulk_create([one for one in verdicts if one.version == 1])
    old = [one for one in verdicts if one.version > 1]
    Verdict.objects.bulk_update(old, _WORKED_OUT)


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


def _move(
    verdict: Verdict, action: Action, change: audit.Change, *, by: User, at: datetime
) -> Verdict:
    verdict.state = steps.TRANSITIONS[action].target
    if verdict.state == State.APPROVED:
        verdict.approved_by, verdict.approved_at = by, at
    return _record(verdict, action, change, by=by, at=at)


def _record(
    verdict: Verdict, action: Action, change: audit.Change, *, by: User, at: datetime
) -> Verdict:
    save(verdict, at)
    was = verdict.progress._replace(state=(change.before or {})["state"])
    progress.follow(verdict.sentence, before=was, after=verdict.progress)
    audit.record(
        f"verdict.{action}",
        by=by,
        at=at,
        about=verdict.sentence,
        change=change._replace(after=state_of(verdict)),
    )
    return verdict
