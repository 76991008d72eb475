"""Publishing: the only code that appends to the log which publishers read.

The desk's row is held while a sequence is taken and until commit. Nobody else can take the next
number before this one is visible, so a reader never sees a number after a lower one was missing.
"""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from annotations.models import (
    CLAIM_LABELS,
    Article,
    Desk,
    Publication,
    User,
    Verdict,
)
from annotations.workflow import (
    audit,
    checks,
    evidence,
    log_news,
    outbox,
    roles,
    snapshots,
    verdicts,
)
from annotations.workflow.errors import BadInput, StaleWrite, WorkflowError
from annotations.workflow.evidence import Item
from annotations.workflow.holding import hold

State = Verdict.State
Kind = Publication.Kind


class NothingToPublish(WorkflowError):
    code = "nothing_to_publish"


@dataclass(frozen=True, slots=True)
class Correction:
    """A new public position on a published sentence; None leaves a part as it was."""

    label: str
    note: str
    rationale: str | None = None
    evidence: tuple[Item, ...] | None = None
    rating: int | None = None


@transaction.atomic
def publish(
    *, article: Article, by: User, at: datetime, expected: int | None = None
) -> list[Publication]:
    """Publish every approved verdict of the article, in reading order, or nothing at all.

    Where `expected` says how many one saw approved, another number is refused.
    """
    article = hold(article.pk, by=by, role=roles.Role.REVIEWER)
    approved = article.verdicts.filter(state=State.APPROVED).select_related(
        "sentence__candidate", "sentence__revision", "approved_by"
    )
    ready = list(approved.order_by("sentence__start"))
    if not ready:
        raise NothingToPublish(_("Nothing of this article is approved and waiting."))
    _refuse_surprise(ready, expected)
    published = [_publish_one(verdict, article, by, at) for verdict in ready]
    outbox.note_if_finished(article, by=by, at=at)
    log_news.tell(article.desk_id)
    return published


@transaction.atomic
def correct(
    *, verdict: Verdict, correction: Correction, by: User, at: datetime, based_on: int
) -> Publication:
    """Append a corrected version with a public note. It also brings back what was retracted."""
    _check(correction)
    verdict = verdicts.lock(verdict, verdicts.Action.CORRECT, by=by, based_on=based_on)
    before, last = verdicts.state_of(verdict), _last(verdict)
    verdicts.refuse_own_work(verdict, by)
    proof = _take_correction(verdict, correction, last, at=at)
    verdicts.refuse_without_evidence(verdict)
    verdict.state = State.PUBLISHED
    verdict.approved_by, verdict.approved_at = by, at
    verdicts.save(verdict, at)
    publication = _append(
        verdict,
        last,
        kind=Kind.CORRECTION,
        label=verdict.label,
        **_rating_of(verdict, correction),
        rationale=verdict.rationale,
        evidence=proof,
        note=correction.note,
        approved_by=snapshots.credit(verdict.desk, by),
        recorded_by=by,
        corrected_at=at,
        retracted_at=None,
    )
    _record(verdict, publication, before, by, at)
    log_news.tell(verdict.desk_id)
    return publication


@transaction.atomic
def retract(*, verdict: Verdict, note: str, by: User, at: datetime, based_on: int) -> Publication:
    """Append a version that withdraws the label, with a public note."""
    _require_note(note)
    verdict = verdicts.lock(verdict, verdicts.Action.RETRACT, by=by, based_on=based_on)
    before, last = verdicts.state_of(verdict), _last(verdict)
    verdict.state = State.RETRACTED
    verdicts.save(verdict, at)
    publication = _append(
        verdict,
        last,
        kind=Kind.RETRACTION,
        label="",
        **snapshots.rating_fields(verdict.desk, None),
        note=note,
        recorded_by=by,
        retracted_at=at,
    )
    _record(verdict, publication, before, by, at)
    log_news.tell(verdict.desk_id)
    return publication


def preview(*, verdict: Verdict, by: User, at: datetime, rating: int | None) -> Publication:
    """Show a reviewer what would be published of a verdict as it stands; nothing is stored."""
    roles.require(by, verdict.desk, roles.Role.REVIEWER)
    shown = copy(verdict)
    shown.rating = verdicts.checked_rating(verdict.desk, rating)
    publication = _original(shown, verdict.article, at)
    publication.desk, publication.verdict = verdict.desk, shown
    publication.sequence = publication.version = 1
    return publication


def _check(correction: Correction) -> None:
    _require_note(correction.note)
    checks.refuse_control(correction.rationale or "", field="rationale")
    evidence.check(correction.evidence or ())
    if correction.label not in CLAIM_LABELS:
        raise BadInput(
            _("A published sentence is verified, unverified or disputed."),
            field="label",
            code="unknown_label",
        )


def _take_correction(
    verdict: Verdict, correction: Correction, last: Publication, *, at: datetime
) -> list[dict[str, str]]:
    """Let the verdict say what the correction says; return the evidence that now stands.

    A rating belongs to its label: it stays only where the label does.
    """
    if correction.rating is not None or correction.label != verdict.label:
        verdict.rating = verdicts.checked_rating(verdict.desk, correction.rating)
    if correction.rationale is not None:
        verdict.rationale = correction.rationale
    verdict.label = correction.label
    proof: list[dict[str, str]] = last.evidence
    if correction.evidence is not None:
        proof = snapshots.corrected(last.evidence, correction.evidence, at)
    verdict.has_evidence = bool(proof)
    return proof


def _rating_of(verdict: Verdict, correction: Correction) -> dict[str, Any]:
    """A rating that is not given anew keeps its names, though the scale may be another by now."""
    if correction.rating is None and verdict.rating is not None:
        rated = Publication.objects.filter(verdict=verdict, rating=verdict.rating)
        return snapshots.kept_rating_fields(rated.latest("version"))
    return snapshots.rating_fields(verdict.desk, verdict.rating)


def _refuse_surprise(ready: list[Verdict], expected: int | None) -> None:
    if expected is not None and expected != len(ready):
        raise StaleWrite(
            _("%(now)s sentences are approved now, not %(seen)s. Look at them again.")
            % {"now": len(ready), "seen": expected},
            current=ready,
        )


def _publish_one(verdict: Verdict, article: Article, by: User, at: datetime) -> Publication:
    before = verdicts.state_of(verdict)
    verdict.state = State.PUBLISHED
    verdicts.save(verdict, at)
    publication = _append(verdict, _original(verdict, article, at), recorded_by=by)
    _record(verdict, publication, before, by, at)
    return publication


def _original(verdict: Verdict, article: Article, at: datetime) -> Publication:
    return Publication(
        **snapshots.article_fields(article),
        **snapshots.sentence_fields(verdict),
        **snapshots.rating_fields(article.desk, verdict.rating),
        kind=Kind.ORIGINAL,
        label=verdict.label,
        rationale=verdict.rationale,
        evidence=snapshots.evidence_for(verdict),
        annotators=verdict.annotators,
        approved_by=snapshots.credit(article.desk, verdict.approved_by),
        published_at=at,
    )


def _append(verdict: Verdict, last: Publication, **changes: Any) -> Publication:
    """Write the next version: like the last, with these changes, under the desk's next number."""
    Desk.objects.select_for_update(no_key=True).get(pk=verdict.desk_id)
    log = Publication.objects.filter(desk=verdict.desk_id)
    publication = _copy(last)
    publication.desk_id = verdict.desk_id
    publication.verdict = verdict
    publication.version = (last.version or 0) + 1
    publication.sequence = (log.aggregate(last=Max("sequence"))["last"] or 0) + 1
    for name, value in changes.items():
        setattr(publication, name, value)
    publication.save(force_insert=True)
    return publication


def _copy(last: Publication) -> Publication:
    fields = {f.attname: getattr(last, f.attname) for f in Publication._meta.concrete_fields}
    return Publication(**fields | {"id": None})


def _last(verdict: Verdict) -> Publication:
    return Publication.objects.filter(verdict=verdict).latest("version")


def _require_note(note: str) -> None:
    checks.require_words(
        note, field="note", message=_("Write a public note: readers are told why it changed.")
    )


def _record(
    verdict: Verdict, publication: Publication, before: dict[str, Any], by: User, at: datetime
) -> None:
    after = verdicts.state_of(verdict) | {
        "sequence": publication.sequence,
        "note": publication.note,
    }
    action = "published" if publication.kind == Kind.ORIGINAL else publication.kind
    audit.record(
        f"verdict.{action}",
        by=by,
        at=at,
        about=verdict.sentence,
        change=audit.Change(before, after),
    )
    outbox.put_publication(publication, at=at)
