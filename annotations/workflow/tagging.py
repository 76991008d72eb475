"""Annotating: one editor, one sentence, one label; and undoing it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from annotations.models import (
    Annotation,
    Article,
    AuditEvent,
    Label,
    Sentence,
    User,
    Verdict,
    statements,
)
from annotations.models.statements import Reading, Slot
from annotations.workflow import audit, checks, evidence, roles, verdicts
from annotations.workflow.errors import BadInput, StaleWrite, WorkflowError
from annotations.workflow.evidence import Item
from annotations.workflow.holding import hold, hold_of

__all__ = [
    "AlreadyPublished",
    "Item",
    "NothingToUndo",
    "Opinion",
    "annotate",
    "state_of",
    "undo",
    "withdraw",
]


_FOUND = Reading(lambda: Sentence.objects.select_related("verdict").filter(pk=Slot("sentence")))
_SAID = Reading(lambda: Annotation.objects.with_proof().filter(sentence=Slot("sentence")))


class AlreadyPublished(WorkflowError):
    code = "already_published"


class NothingToUndo(WorkflowError):
    code = "nothing_to_undo"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an annotation says. An empty label withdraws it; None leaves a part as it was."""

    label: str
    rationale: str | None = None
    evidence: Sequence[Item] | None = None


@transaction.atomic
def annotate(
    *,
    sentence: Sentence,
    opinion: Opinion,
    by: User,
    at: datetime,
    based_on: int,
    desk_id: int | None = None,
) -> Annotation:
    """Set one's own annotation. `based_on` is the version one saw, 0 where one saw none.

    Only the sentence's key is looked at. A desk, where it is named, has to be the sentence's own.
    Saying again what stands already changes nothing, so that a repeated request is harmless;
    only where the verdict was returned does it count as the answer.
    """
    _check(opinion)
    article = hold_of(sentence.pk, by=by, role=roles.Role.ANNOTATOR, desk_id=desk_id)
    sentence = _open(sentence.pk, article)
    said = _said_of(sentence)
    annotation = _own(said, sentence, by, at)
    before = state_of(annotation)
    after = _merged(before, opinion)
    if after == before and not _answers_return(sentence, opinion):
        return annotation
    _refuse_stale(annotation, based_on)
    change = audit.Change(before, after)
    _write(annotation, said, change, by=by, at=at)
    action = "annotation.put" if opinion.label else "annotation.withdrawn"
    audit.record(action, by=by, at=at, about=sentence, change=change)
    return annotation


def withdraw(*, sentence: Sentence, by: User, at: datetime, based_on: int) -> Annotation:
    """Take one's own annotation back; undo brings it again."""
    return annotate(
        sentence=sentence,
        opinion=Opinion(label="", rationale="", evidence=()),
        by=by,
        at=at,
        based_on=based_on,
    )


@transaction.atomic
def undo(
    *, by: User, at: datetime, sentence: Sentence | None = None, article: Article | None = None
) -> Annotation:
    """Undo one's last annotation change on this sentence, or in this article."""
    where = {"sentence": sentence} if sentence else {"article": article} if article else {}
    found = _last_change(by, **where)
    held = hold(found.article_id or 0, by=by, role=roles.Role.ANNOTATOR)
    event = _last_change(by, **{"article": held} | where)  # now that nobody else can undo it
    target = _open(event.sentence_id or 0, held)
    said = _said_of(target)
    annotation = _own(said, target, by, at)
    change = audit.Change(state_of(annotation), event.before or {})
    _write(annotation, said, change, by=by, at=at)
    audit.record("annotation.undone", by=by, at=at, about=target, change=change, undoes=event)
    return annotation


def state_of(annotation: Annotation) -> dict[str, Any]:
    """Say what an annotation holds, in the form that audit events keep."""
    return {
        "label": annotation.label,
        "rationale": annotation.rationale,
        "evidence": evidence.items_of(annotation),
    }


def _check(opinion: Opinion) -> None:
    if opinion.label not in ("", *Label.values):
        raise BadInput(
            _("The label is one of %(labels)s.") % {"labels": ", ".join(Label.values)},
            field="label",
            code="unknown_label",
        )
    checks.refuse_control(opinion.rationale or "", field="rationale")
    evidence.check(opinion.evidence or ())


def _open(sentence_id: int, held: Article) -> Sentence:
    """Return the sentence as it is now, unless what is said of it is public already."""
    found = _FOUND.one(sentence=sentence_id)
    if found is None:
        raise Sentence.DoesNotExist
    found.article = held
    verdict = getattr(found, "verdict", None)
    if verdict and verdict.state in Verdict.PUBLIC:
        raise AlreadyPublished(
            _("This sentence is published. Ask a reviewer to correct or retract it.")
        )
    return found


def _said_of(sentence: Sentence) -> list[Annotation]:
    """Return all that was ever said of the sentence: nothing, where no verdict followed from it."""
    if getattr(sentence, "verdict", None) is None:
        return []
    return _SAID.all(sentence=sentence.pk)


def _own(said: list[Annotation], sentence: Sentence, by: User, at: datetime) -> Annotation:
    """Return one's own of what is said of the sentence; a new one joins it."""
    annotation = next((one for one in said if one.author_id == by.pk), None)
    if annotation is None:
        annotation = Annotation(version=0, created_at=at, updated_at=at)
        annotation.has_evidence = False
        said.append(annotation)
    annotation.sentence, annotation.author = sentence, by
    return annotation


def _refuse_stale(annotation: Annotation, based_on: int) -> None:
    seen = {annotation.version} if annotation.label else {annotation.version, 0}
    if based_on not in seen:
        raise StaleWrite(
            _("Your annotation was changed in another window. Look at it and decide again."),
            current=annotation,
        )


def _merged(before: dict[str, Any], opinion: Opinion) -> dict[str, Any]:
    after = {**before, "label": opinion.label}
    if opinion.rationale is not None:
        after["rationale"] = opinion.rationale
    if opinion.evidence is not None:
        after["evidence"] = [asdict(item) for item in opinion.evidence]
    return after


def _answers_return(sentence: Sentence, opinion: Opinion) -> bool:
    verdict = getattr(sentence, "verdict", None)
    return verdict is not None and verdict.state == verdict.State.RETURNED and opinion.label != ""


def _write(
    annotation: Annotation,
    said: Sequence[Annotation],
    change: audit.Change,
    *,
    by: User,
    at: datetime,
) -> None:
    """Make the annotation say this, then let the verdict follow from all that is said."""
    before, after = change.before or {}, change.after or {}
    annotation.label, annotation.rationale = after["label"], after["rationale"]
    annotation.version += 1
    annotation.updated_at = at
    statements.save(annotation)
    if before["evidence"] != after["evidence"]:
        evidence.replace(annotation, after["evidence"], at=at)
    verdicts.derive(sentence=annotation.sentence, said=said, by=by, at=at)


def _last_change(by: User, **where: Article | Sentence) -> AuditEvent:
    """Return one's newest change that is not undone; what was deleted since does not count."""
    there = AuditEvent.objects.undoable_by(by).filter(sentence__article=F("article"), **where)
    event = there.first()
    if event is None:
        raise NothingToUndo(_("There is nothing of yours to undo here."))
    return event
