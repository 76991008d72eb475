"""Annotating: one editor, one sentence, one label; and undoing it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import (
    Annotation,
    Article,
    AuditEvent,
    Evidence,
    Label,
    Sentence,
    User,
    Verdict,
)
from annotations.workflow import audit, progress, roles, verdicts
from annotations.workflow.errors import BadInput, StaleWrite, WorkflowError


class AlreadyPublished(WorkflowError):
    code = "already_published"


class NothingToUndo(WorkflowError):
    code = "nothing_to_undo"


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence, as an editor gives it."""

    url: str
    title: str = ""
    quote: str = ""
    stance: str = Evidence.Stance.SUPPORTS
    archived_url: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an annotation says. An empty label withdraws it; None leaves a part as it was."""

    label: str
    rationale: str | None = None
    evidence: Sequence[Item] | None = None


@transaction.atomic
def annotate(
    *, sentence: Sentence, opinion: Opinion, by: User, at: datetime, based_on: int
) -> Annotation:
    """Set one's own annotation. `based_on` is the version one saw, 0 where one saw none.

    Saying again what stands already changes nothing, so that a repeated request is harmless.
    """
    _check(opinion)
    sentence = _lock(sentence, by)
    annotation = _own(sentence, by, at)
    before = state_of(annotation)
    after = _merged(before, opinion)
    if after == before:
        return annotation
    _refuse_stale(annotation, based_on)
    _write(annotation, after, at)
    action = "annotation.put" if opinion.label else "annotation.withdrawn"
    audit.record(action, by=by, at=at, about=sentence, change=audit.Change(before, after))
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
    event = _last_change(by, sentence, article)
    target = _lock(_sentence_of(event), by)
    annotation = Annotation.objects.get(sentence=target, author=by)
    before, after = state_of(annotation), event.before or {}
    _write(annotation, after, at)
    audit.record(
        "annotation.undone",
        by=by,
        at=at,
        about=target,
        change=audit.Change(before, after),
        undoes=event,
    )
    return annotation


def state_of(annotation: Annotation) -> dict[str, Any]:
    """Say what an annotation holds, in the form that audit events keep."""
    evidence = annotation.evidence.order_by("position") if annotation.pk else []
    return {
        "label": annotation.label,
        "rationale": annotation.rationale,
        "evidence": [_item_of(row) for row in evidence],
    }


def _check(opinion: Opinion) -> None:
    if opinion.label not in ("", *Label.values):
        raise BadInput(
            _("The label is one of %(labels)s.") % {"labels": ", ".join(Label.values)},
            field="label",
            code="unknown_label",
        )
    for number, item in enumerate(opinion.evidence or ()):
        _check_item(number, item)


def _check_item(number: int, item: Item) -> None:
    field = f"evidence/{number}"
    if item.stance not in Evidence.Stance.values:
        raise BadInput(_("Evidence supports, refutes or gives context."), field=f"{field}/stance")
    for name in ("url", "archived_url"):
        value = getattr(item, name)
        if not value and name == "archived_url":
            continue
        try:
            URLValidator(schemes=["http", "https"])(value)
        except ValidationError as error:
            raise BadInput(
                _("Evidence needs a web address that begins with http:// or https://."),
                field=f"{field}/{name}",
                code="bad_url",
            ) from error


def _lock(sentence: Sentence, by: User) -> Sentence:
    """Hold the article until commit; return the sentence if this person may annotate it now."""
    article = (
        Article.objects.select_for_update(of=("self",))
        .select_related("desk")
        .get(pk=sentence.article_id)
    )
    roles.require(by, article.desk, roles.Role.ANNOTATOR)
    locked = Sentence.objects.select_related("verdict").get(pk=sentence.pk)
    locked.article = article
    verdict = getattr(locked, "verdict", None)
    if verdict and verdict.state in Verdict.PUBLIC:
        raise AlreadyPublished(
            _("This sentence is published. Ask a reviewer to correct or retract it.")
        )
    return locked


def _own(sentence: Sentence, by: User, at: datetime) -> Annotation:
    found = Annotation.objects.filter(sentence=sentence, author=by).first()
    return found or Annotation(
        sentence=sentence, author=by, version=0, created_at=at, updated_at=at
    )


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


def _write(annotation: Annotation, state: dict[str, Any], at: datetime) -> None:
    """Make the annotation say this, then let the verdict and the article's count follow."""
    annotation.label, annotation.rationale = state["label"], state["rationale"]
    annotation.version += 1
    annotation.updated_at = at
    before = state_of(annotation)["evidence"]
    annotation.save()
    if before != state["evidence"]:
        annotation.evidence.all().delete()
        Evidence.objects.bulk_create(
            Evidence(annotation=annotation, position=n, accessed_at=at, **item)
            for n, item in enumerate(state["evidence"])
        )
    verdicts.derive(sentence=annotation.sentence, at=at)
    progress.recount(annotation.sentence.article)


def _item_of(row: Evidence) -> dict[str, str]:
    return asdict(Item(row.url, row.title, row.quote, row.stance, row.archived_url))


def _sentence_of(event: AuditEvent) -> Sentence:
    if event.sentence is None:
        raise NothingToUndo(_("The sentence is not there any more."))
    return event.sentence


def _last_change(by: User, sentence: Sentence | None, article: Article | None) -> AuditEvent:
    events = AuditEvent.objects.undoable_by(by).select_related("sentence")
    if sentence is not None:
        events = events.filter(sentence=sentence)
    if article is not None:
        events = events.filter(article=article)
    event = events.first()
    if event is None:
        raise NothingToUndo(_("There is nothing of yours to undo here."))
    return event
