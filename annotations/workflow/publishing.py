"""Publishing: the only code that appends to the log which publishers read.

The desk's row is held while a sequence is taken and until commit. Nobody else can take the next
number before this one is visible, so a reader never sees a number after a lower one was missing.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    steps,
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
    ready = _approved(article)
    if not ready:
        raise NothingToPublish(_("Nothing of this article is approved and waiting."))
    _refuse_surprise(ready, expected)
    published = _publish_all(ready, article, by, at)
    outbox.note_if_finished(article, by=by, at=at)
    log_news.tell(article.desk_id)
    return published


@transaction.atomic
def correct(
    *, verdict: Verdict, correction: Correction, by: User, at: datetime, based_on: int
) -> Publication:
    """Append a corrected version with a public note. It also brings back what was retracted."""
    _check(correction)
    verdict = verdicts.lock(verdict, steps.Action.CORRECT, by=by, based_on=based_on)
    before, last = verdicts.state_of(verdict), _last(verdict)
    proof = _take_correction(verdict, correction, last, at=at)
    steps.refuse_without_evidence(verdict)
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
    _record(f"verdict.{publication.kind}", [(publication, before)], by, at)
    log_news.tell(verdict.desk_id)
    return publication


@transaction.atomic
def retract(*, verdict: Verdict, note: str, by: User, at: datetime, based_on: int) -> Publication:
    """Append a version that withdraws the label, with a public note."""
    _require_note(note)
    verdict = verdicts.lock(verdict, steps.Action.RETRACT, by=by, based_on=based_on)
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
    _record(f"verdict.{publication.kind}", [(publication, before)], by, at)
    log_news.tell(verdict.desk_id)
    return publication


def preview(*, verdict: Verdict, by: User, at: datetime, rating: int | None) -> Publication:
    """Show a reviewer what would be published of a verdict as it stands; nothing is stored."""
    roles.require(by, verdict.desk, roles.Role.REVIEWER)
    shown = copy(verdict)
    shown.rating = verdicts.checked_rating(verdict.desk, rating)
    [publication] = _originals([shown], verdict.article, at)
    publication.desk, publication.verdict = verdict.desk, shown
    publication.sequence = 1
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


def _refuse_surprise(ready: Sequence[Verdict], expected: int | None) -> None:
    if expected is not None and expected != len(ready):
        raise StaleWrite(
            ngettext(
                "%(now)s sentence is approved now, not %(seen)s. Look at it again.",
                "%(now)s sentences are approved now, not %(seen)s. Look at them again.",
                len(ready),
            )
            % {"now": len(ready), "seen": expected},
            current=ready,
        )


def _approved(article: Article) -> list[Verdict]:
    """Read what is approved, in reading order; the text once, whatever number points into it."""
    rows = article.verdicts.filter(state=State.APPROVED)
    rows = rows.select_related("sentence__candidate", "approved_by")
    ready = list(rows.prefetch_related("sentence__revision").order_by("sentence__start"))
    for verdict in ready:
        verdict.sentence.article = article
    return ready


def _publish_all(
    ready: Sequence[Verdict], article: Article, by: User, at: datetime
) -> list[Publication]:
    """Publish verdicts under the desk's next numbers, in as many statements as one takes."""
    before = [verdicts.state_of(verdict) for verdict in ready]
    published = _originals(ready, article, at)
    for number, one in enumerate(published, start=_next_number(article.desk_id)):
        one.desk_id, one.sequence, one.recorded_by = article.desk_id, number, by
    verdicts.save_as(State.PUBLISHED, ready, at)
    Publication.objects.bulk_create(published)
    _record("verdict.published", list(zip(published, before, strict=True)), by, at)
    return published


def _originals(ready: Sequence[Verdict], article: Article, at: datetime) -> list[Publication]:
    proof = snapshots.evidence_for(ready)
    credited = snapshots.credits_of(article.desk, [verdict.approved_by for verdict in ready])
    about = snapshots.article_fields(article)
    return [
        Publication(
            **about,
            **snapshots.sentence_fields(verdict),
            **snapshots.rating_fields(article.desk, verdict.rating),
            verdict=verdict,
            version=1,
            kind=Kind.ORIGINAL,
            label=verdict.label,
            rationale=verdict.rationale,
            evidence=proof[verdict.sentence_id],
            annotators=verdict.annotators,
            approved_by=credited[verdict.approved_by],
            published_at=at,
        )
        for verdict in ready
    ]


def _next_number(desk_id: int) -> int:
    """Hold the desk's row until commit, and with it the next number of its log."""
    Desk.objects.select_for_update(no_key=True).only("pk").get(pk=desk_id)
    log = Publication.objects.filter(desk=desk_id)
    return int(log.aggregate(last=Max("sequence"))["last"] or 0) + 1


def _append(verdict: Verdict, last: Publication, **changes: Any) -> Publication:
    """Write the next version: like the last, with these changes, under the desk's next number."""
    publication = _copy(last)
    publication.desk_id = verdict.desk_id
    publication.verdict = verdict
    publication.version = last.version + 1
    publication.sequence = _next_number(verdict.desk_id)
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
    action: str,
    done: Sequence[tuple[Publication, dict[str, Any]]],
    by: User,
    at: datetime,
) -> None:
    """Write down what stood before each publication and what stands now, and tell webhooks."""
    changes = [
        (publication.verdict.sentence, audit.Change(before, _after(publication)))
        for publication, before in done
    ]
    audit.record_many(action, by=by, at=at, about=changes)
    outbox.put_publications([publication for publication, _before in done], at=at)


def _after(publication: Publication) -> dict[str, Any]:
    said = {"sequence": publication.sequence, "note": publication.note}
    return verdicts.state_of(publication.verdict) | said
