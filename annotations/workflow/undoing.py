"""Undoing one's last step, and doing it again; a step may be many changes at once."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from annotations.models import Annotation, Article, AuditEvent, Sentence, User
from annotations.models.audit_events import AuditEventQuerySet
from annotations.workflow import audit, roles, tagging
from annotations.workflow.errors import WorkflowError
from annotations.workflow.holding import hold
from annotations.workflow.tagging import AlreadyPublished, Hand

_NEWEST = F("article__current_revision")
UNDO_FOR = timedelta(hours=24)


class NothingToUndo(WorkflowError):
    code = "nothing_to_undo"


class NothingToRedo(WorkflowError):
    code = "nothing_to_redo"


class TooLate(WorkflowError):
    code = "too_late_to_undo"


class _Way(NamedTuple):
    """Back or forth: which events count, and what the new one is called."""

    events: AuditEventQuerySet
    action: str


def undo(
    *, by: User, at: datetime, sentence: Sentence | None = None, article: Article | None = None
) -> list[Annotation]:
    """Undo one's last step on this sentence, in this article, or anywhere."""
    way = _Way(AuditEvent.objects.undoable_by(by), AuditEvent.UNDONE)
    return _take(way, _where(sentence, article), by=by, at=at)


def redo(
    *, by: User, at: datetime, sentence: Sentence | None = None, article: Article | None = None
) -> list[Annotation]:
    """Do again what one undid last, unless one has changed something in the article since."""
    way = _Way(AuditEvent.objects.redoable_by(by), AuditEvent.REDONE)
    return _take(way, _where(sentence, article), by=by, at=at)


def _where(sentence: Sentence | None, article: Article | None) -> dict[str, Any]:
    return {"sentence": sentence} if sentence else {"article": article} if article else {}


@transaction.atomic
def _take(way: _Way, where: dict[str, Any], *, by: User, at: datetime) -> list[Annotation]:
    """Bring back what stood before each event of the last step."""
    found = _last(way, where, at)
    held = hold(found.article_id or 0, by=by, role=roles.Role.ANNOTATOR)
    where = {"article": held} | where
    event = _last(way, where, at)  # now that nobody else can undo it
    if event.batch is None or "sentence" in where:
        return [_bring_back(event, way, held, Hand(by, at))]
    return _bring_all_back(event, way, held, Hand(by, at, event.batch))


def _bring_all_back(event: AuditEvent, way: _Way, held: Article, hand: Hand) -> list[Annotation]:
    """Leave out what was published since; refuse only where that is all."""
    changed = []
    for one in _standing(way.events).filter(article=held, batch=event.batch):
        try:
            changed.append(_bring_back(one, way, held, hand))
        except AlreadyPublished as refusal:
            refused = refusal
    if not changed:
        raise refused
    return changed


def _bring_back(event: AuditEvent, way: _Way, held: Article, hand: Hand) -> Annotation:
    sentence = tagging.opened(event.sentence_id or 0, held)
    said = tagging.said_of(sentence)
    annotation = tagging.own_among(said, sentence, hand)
    then, now = dict(event.before or {}), tagging.asked(sentence)
    asking = then.pop("asked", "")
    then.setdefault("words", sentence.exact if then.get("label") else "")  # older events know none
    change = audit.Change(tagging.state_of(annotation) | now, then, hand.batch)
    is_asked_since = now.get("asked") != (event.after or {}).get("asked")
    asking = None if is_asked_since else asking
    change = tagging.write(annotation, said, change, hand, asking=asking)
    audit.record(way.action, by=hand.by, at=hand.at, about=sentence, change=change, undoes=event)
    return annotation


def _last(way: _Way, where: dict[str, Any], at: datetime) -> AuditEvent:
    event = _standing(way.events).filter(**where).first()
    if event is None:
        raise _nothing(way)
    if event.at < at - UNDO_FOR:
        raise TooLate(_("Your last change is more than a day old: set the label anew."))
    return event


def _standing(events: AuditEventQuerySet) -> AuditEventQuerySet:
    """Leave out what was done to sentences that are no more, or no more in the newest text."""
    return events.filter(sentence__article=F("article"), sentence__revision=_NEWEST)


def _nothing(way: _Way) -> WorkflowError:
    if way.action == AuditEvent.UNDONE:
        return NothingToUndo(_("There is nothing of yours to undo here."))
    return NothingToRedo(_("There is nothing to do again here."))
