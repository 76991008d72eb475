"""Splitting and merging sentences that were cut wrongly. The text itself never changes.

What was said stays. Where a label stands on a sentence that is another now, its verdict goes back
to the annotators, with the reason. Extraction leaves alone what was cut by hand.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from annotations.extraction import Span
from annotations.models import Annotation, Article, Sentence, User, Verdict
from annotations.workflow import audit, evidence, findings, progress, roles, tagging, verdicts
from annotations.workflow.errors import BadInput, StaleWrite, WorkflowError
from annotations.workflow.holding import hold, refuse_left_behind


class NothingToMerge(WorkflowError):
    code = "nothing_to_merge"


@transaction.atomic
def split(
    *, sentence: Sentence, offset: int, by: User, at: datetime, based_on: Span
) -> tuple[Sentence, Sentence]:
    """Cut a sentence in two at an offset of the text; what was said stays with the first part."""
    article = hold(sentence.article_id, by=by, role=roles.Role.ANNOTATOR)
    first = _found(sentence.pk, article, based_on)
    spans = [_trimmed(first, first.start, offset), _trimmed(first, offset, first.end)]
    if any(span is None for span in spans):
        raise BadInput(_("Both parts need at least one word."), field="offset", code="not_inside")
    left, right = (span for span in spans if span)
    before = _state(first)
    _after(first).update(index=F("index") + 1)
    second = Sentence(
        article=article, revision=first.revision, index=first.index + 1, role=first.role
    )
    _cut(first, left)
    _cut(second, right)
    _settle(article, [first, second], by=by, at=at)
    change = audit.Change(before, {"sentences": [_state(first), _state(second)]})
    audit.record("sentence.split", by=by, at=at, about=first, change=change)
    return first, second


@transaction.atomic
def merge(*, sentence: Sentence, by: User, at: datetime, based_on: Span) -> Sentence:
    """Join a sentence with the next of its paragraph; what was said of either stays."""
    article = hold(sentence.article_id, by=by, role=roles.Role.ANNOTATOR)
    first = _found(sentence.pk, article, based_on)
    second = _next(first)
    before = {"sentences": [_state(first), _state(second)]}
    asked = _gather(first, second, at)
    _after(second).update(index=F("index") - 1)
    end = second.end
    second.delete()
    _cut(first, Span(first.start, end))
    _settle(article, [first], by=by, at=at, asked=asked)
    change = audit.Change(before, _state(first))
    audit.record("sentence.merged", by=by, at=at, about=first, change=change)
    return first


def _found(pk: int, article: Article, based_on: Span) -> Sentence:
    """Return the sentence as it is now, if it is still cut as it was seen."""
    found = Sentence.objects.select_related("revision", "verdict").filter(pk=pk).first()
    if found is None or (found.start, found.end) != (based_on.start, based_on.end):
        raise StaleWrite(
            _("This sentence was cut anew in the meantime. Load the page again."), current=found
        )
    found.article = article
    _refuse_public(found)
    refuse_left_behind(found)
    return found


def _next(sentence: Sentence) -> Sentence:
    """Return the sentence after this one in its paragraph."""
    found: Sentence | None = _after(sentence).select_related("verdict").order_by("start").first()
    gap = sentence.revision.text[sentence.end : found.start] if found else "\n"
    if found is None or len(gap.splitlines()) > 1 or gap.endswith(("\n", "\r")) or gap.strip():
        raise NothingToMerge(_("No sentence follows this one in its paragraph."))
    _refuse_public(found)
    return found


def _after(sentence: Sentence) -> Any:
    return Sentence.objects.filter(revision=sentence.revision_id, start__gt=sentence.start)


def _refuse_public(sentence: Sentence) -> None:
    verdict = getattr(sentence, "verdict", None)
    if verdict and verdict.state in Verdict.PUBLIC:
        raise tagging.AlreadyPublished(
            _("This sentence is published: where it begins and ends can no longer change.")
        )


def _trimmed(sentence: Sentence, start: int, end: int) -> Span | None:
    """Return the part without white space at its ends; None where no word is left of it."""
    text = (
        sentence.revision.text[start:end] if sentence.start <= start < end <= sentence.end else ""
    )
    if not any(char.isalnum() for char in text):
        return None
    return Span(start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip()))


def _cut(sentence: Sentence, span: Span) -> None:
    sentence.start, sentence.end = span.start, span.end
    sentence.exact = sentence.revision.text[span.start : span.end]
    sentence.cut_by_hand = True
    sentence.save()


def _gather(first: Sentence, second: Sentence, at: datetime) -> str:
    """Bring what was said of the second to the first; whoever labelled both keeps the first.

    Return what reviewers ask of either.
    """
    second.comments.update(sentence=first)
    said = {one.author_id: one for one in first.annotations.with_proof()}
    for other in second.annotations.with_proof():
        if other.author_id in said:
            _join(said[other.author_id], other, at)
        else:
            other.sentence = first
            other.save()
    asked = [tagging.asked(one).get("asked", "") for one in (first, second)]
    return "\n\n".join(dict.fromkeys(part for part in asked if part))


def _join(kept: Annotation, other: Annotation, at: datetime) -> None:
    items = [*evidence.items_of(kept), *evidence.items_of(other)]
    parts = [kept.rationale, other.rationale if other.rationale != kept.rationale else ""]
    kept.words = kept.words or other.words
    kept.label = kept.label or other.label
    kept.rationale = "\n\n".join(part for part in parts if part)
    kept.version, kept.updated_at = kept.version + 1, at
    kept.save()
    evidence.replace(kept, list({item["url"]: item for item in items}.values()), at=at)


def _settle(
    article: Article,
    sentences: list[Sentence],
    *,
    by: User,
    at: datetime,
    asked: str | None = None,
) -> None:
    """Examine the sentences as they are cut now, and send labels of before back to be looked at."""
    findings.examine(article, sentences)
    for sentence in sentences:
        said = list(sentence.annotations.with_proof())
        if said or hasattr(sentence, "verdict"):
            verdicts.derive(sentence=sentence, said=said, by=by, at=at, asked=asked)
    progress.recount(article)


def _state(sentence: Sentence) -> dict[str, Any]:
    """Say how the sentence is cut and what is said of it, in the form that audit events keep."""
    said = sentence.annotations.with_proof().order_by("pk") if sentence.pk else ()
    return {
        "start": sentence.start,
        "end": sentence.end,
        "annotations": [{"author": one.author_id} | tagging.state_of(one) for one in said],
    }
