"""Marking what is left of an article as not a claim: one step, which is undone as one."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Annotation, Article, Desk, Label, Sentence, User, Verdict
from annotations.workflow import audit, roles, tagging, verdicts
from annotations.workflow.errors import BadInput
from annotations.workflow.holding import hold
from annotations.workflow.tagging import Hand, Seen

AT_MOST = 500
_LABELLED = ("label", "words", "version", "updated_at")
Said = dict[int, list[Annotation]]


class Why(StrEnum):
    """Why a sentence was left as it is."""

    DECIDED = "decided"  # a colleague labelled it
    RETURNED = "returned"  # a reviewer wants it looked at again
    MARKED = "marked"  # one marked it oneself already
    CHANGED = "changed"  # one labelled it otherwise, or it has other words, or it is gone


class Left(NamedTuple):
    """A sentence that was left as it is. `by` names who labelled it, where that may be told."""

    sentence: int
    why: Why
    by: tuple[str, ...] = ()


class Outcome(NamedTuple):
    marked: list[int]
    left: list[Left]


@transaction.atomic
def dismiss(*, article: Article, seen: Mapping[int, Seen], by: User, at: datetime) -> Outcome:
    """Mark these sentences as not a claim, save those that somebody has decided meanwhile.

    `seen` tells of each sentence what one saw. Where a colleague's label says otherwise, or a new
    text or cut brought other words, it is left alone.
    """
    if not 1 <= len(seen) <= AT_MOST:
        raise BadInput(
            _("Choose between 1 and %(limit)s sentences.") % {"limit": AT_MOST}, field="sentences"
        )
    held = hold(article.pk, by=by, role=roles.Role.ANNOTATOR)
    held.desk.refresh_from_db(fields=["annotators_needed", "is_blind"])
    sentences, said = _read(held, seen)
    there = {one.pk for one in sentences}
    left = [Left(pk, Why.CHANGED) for pk in seen if pk not in there]
    fit = []
    for sentence in sentences:
        why = _why_left(sentence, said[sentence.pk], seen[sentence.pk], by)
        left += [why] if why else []
        fit += [] if why else [sentence]
    if fit:
        _mark(fit, said, Hand(by, at, uuid4()))
    return Outcome([one.pk for one in fit], left)


def _read(held: Article, seen: Collection[int]) -> tuple[list[Sentence], Said]:
    """Read the sentences that the newest text still has, and all that is said of them."""
    rows = Sentence.objects.filter(revision=held.current_revision_id, pk__in=seen)
    sentences = list(rows.select_related("verdict").order_by("pk"))
    said: Said = defaultdict(list)
    given = Annotation.objects.with_proof().select_related("author").filter(sentence__in=sentences)
    for one in given.order_by("pk"):
        said[one.sentence_id].append(one)
    for sentence in sentences:
        sentence.article = held
    return sentences, said


def _why_left(sentence: Sentence, said: Sequence[Annotation], seen: Seen, by: User) -> Left | None:
    own = next((one for one in said if one.author_id == by.pk), None)
    if own is not None and own.label:
        return Left(sentence.pk, Why.MARKED if own.label == Label.DISMISSED else Why.CHANGED)
    is_other = tagging.has_other_words(sentence, seen.words)
    if is_other or seen.version not in {0, own.version if own else 0}:
        return Left(sentence.pk, Why.CHANGED)
    return _what_others_said(sentence, said)


def _what_others_said(sentence: Sentence, said: Sequence[Annotation]) -> Left | None:
    desk, verdict = sentence.article.desk, getattr(sentence, "verdict", None)
    if verdict is not None and verdict.state == Verdict.State.RETURNED:
        return Left(sentence.pk, Why.RETURNED)
    if not _is_decided(verdict, desk):
        return None
    names = () if desk.is_blind else tuple(one.author.name for one in said if one.label)
    return Left(sentence.pk, Why.DECIDED, names)


def _is_decided(verdict: Verdict | None, desk: Desk) -> bool:
    """Tell whether others have settled it, or say what this would contradict for all to see."""
    if verdict is None:
        return False
    if verdict.annotators >= desk.annotators_needed:
        return True
    if verdict.state not in Verdict.AWAITING_REVIEW:
        return True
    agrees = verdict.state == Verdict.State.PROPOSED and verdict.label in {"", Label.DISMISSED}
    return not desk.is_blind and not agrees


def _mark(sentences: Sequence[Sentence], said: Said, hand: Hand) -> None:
    own = [tagging.own_among(said[one.pk], one, hand) for one in sentences]
    changes = [_change(one, hand) for one in own]
    Annotation.objects.bulk_create([one for one in own if one.version == 1])
    Annotation.objects.bulk_update([one for one in own if one.version > 1], _LABELLED)
    verdicts.derive_all(said=[(one, said[one.pk]) for one in sentences], by=hand.by, at=hand.at)
    about = list(zip(sentences, changes, strict=True))
    audit.record_many("annotation.put", by=hand.by, at=hand.at, about=about)


def _change(own: Annotation, hand: Hand) -> audit.Change:
    before = tagging.state_of(own)
    own.label, own.words = Label.DISMISSED, own.sentence.exact
    own.version, own.updated_at = own.version + 1, hand.at
    return audit.Change(before, {**before, "label": own.label, "words": own.words}, hand.batch)
