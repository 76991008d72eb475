"""Annotating: one editor, one sentence, one label; or many sentences in one step."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, cast
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from annotations import extraction
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
from annotations.workflow.holding import hold, hold_of, no_sentence, refuse_left_behind, text_number

__all__ = [
    "AlreadyPublished",
    "Hand",
    "Item",
    "Opinion",
    "OtherWords",
    "Seen",
    "annotate",
    "annotate_all",
    "asked",
    "has_other_words",
    "opened",
    "own_among",
    "said_of",
    "state_of",
    "withdraw",
    "write",
]
MANY = 200


_FOUND = Reading(
    lambda: (
        Sentence.objects.select_related("verdict")
        .annotate(annotators_needed=F("article__desk__annotators_needed"))
        .filter(pk=Slot("sentence"))
    )
)
_SAID = Reading(lambda: Annotation.objects.with_proof().filter(sentence=Slot("sentence")))


class OtherWords(StaleWrite):
    """It was meant for the words that the sentence had before a new text or a new cut."""

    code = "words_changed"


class AlreadyPublished(WorkflowError):
    code = "already_published"


class Hand(NamedTuple):
    """Who changes something, when, and in which step with others, if it is one of many."""

    by: User
    at: datetime
    batch: UUID | None = None


class Seen(NamedTuple):
    """What somebody saw of a sentence: the version of their own annotation, and its words."""

    version: int
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an annotation says. An empty label withdraws it; None leaves a part as it was.

    Where `words` says what its author read, or `read_in` the number of that text, it is refused for
    other words, whether a new text or a new cut of the sentence brought them.
    """

    label: str
    rationale: str | None = None
    evidence: Sequence[Item] | None = None
    read_in: int | None = None
    words: str | None = None


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
    return _put(article, sentence.pk, opinion, based_on, Hand(by, at))


@transaction.atomic
def annotate_all(
    *,
    article: Article,
    label: str,
    seen: Mapping[int, Seen],
    by: User,
    at: datetime,
    read_in: int | None = None,
) -> list[Annotation]:
    """Give many sentences one label in one step, which is undone as one.

    `seen` tells of each sentence what one saw. All or none: where one of them was changed in
    between, nothing is written.
    """
    opinion = Opinion(label, read_in=read_in)
    _check(opinion)
    if not 1 <= len(seen) <= MANY:
        raise BadInput(
            _("Choose between 1 and %(limit)s sentences.") % {"limit": MANY}, field="sentences"
        )
    held = hold(article.pk, by=by, role=roles.Role.ANNOTATOR)
    hand = Hand(by, at, uuid4())
    return [
        _put(held, pk, replace(opinion, words=one.words), one.version, hand)
        for pk, one in sorted(seen.items())
    ]


def withdraw(*, sentence: Sentence, by: User, at: datetime, based_on: int) -> Annotation:
    """Take one's own annotation back; undo brings it again."""
    return annotate(
        sentence=sentence,
        opinion=Opinion(label="", rationale="", evidence=()),
        by=by,
        at=at,
        based_on=based_on,
    )


def state_of(annotation: Annotation) -> dict[str, Any]:
    """Say what an annotation holds, in the form that audit events keep."""
    return {
        "label": annotation.label,
        "words": annotation.words,
        "rationale": annotation.rationale,
        "evidence": evidence.items_of(annotation),
    }


def asked(sentence: Sentence) -> dict[str, Any]:
    """Say what a reviewer asks of the sentence, in the form that audit events keep."""
    asking = verdicts.asked_of(getattr(sentence, "verdict", None))
    return {"asked": asking} if asking else {}


def _put(
    held: Article, sentence_id: int, opinion: Opinion, based_on: int, hand: Hand
) -> Annotation:
    sentence = opened(sentence_id, held)
    said = said_of(sentence)
    annotation = own_among(said, sentence, hand)
    before = state_of(annotation)
    after = _merged(before, opinion, sentence)
    if after == before and not _answers_return(sentence, opinion):
        return annotation
    _refuse_stale(annotation, based_on)
    _refuse_other_words(annotation, opinion, held)
    change = audit.Change(before | asked(sentence), after, hand.batch)
    action = "annotation.put" if opinion.label else "annotation.withdrawn"
    with statements.together():
        change = write(annotation, said, change, hand, asking="" if opinion.label else None)
        audit.record(action, by=hand.by, at=hand.at, about=sentence, change=change)
    return annotation


def _check(opinion: Opinion) -> None:
    if opinion.label not in ("", *Label.values):
        raise BadInput(
            _("The label is one of %(labels)s.") % {"labels": ", ".join(Label.values)},
            field="label",
            code="unknown_label",
        )
    checks.refuse_control(opinion.rationale or "", field="rationale")
    evidence.check(opinion.evidence or ())


def opened(sentence_id: int, held: Article) -> Sentence:
    """Return the sentence as it is now, unless what is said of it is public already.

    The desk's rule is read with it: another may have come while one waited for the article, and
    a statement that waits sees of other rows what was there before.
    """
    found = _FOUND.one(sentence=sentence_id)
    if found is None or found.article_id != held.pk:
        raise no_sentence()
    found.article, held.desk.annotators_needed = held, cast(Any, found).annotators_needed
    verdict = getattr(found, "verdict", None)
    if verdict and verdict.state in Verdict.PUBLIC:
        raise AlreadyPublished(
            _("This sentence is published. Ask a reviewer to correct or retract it.")
        )
    refuse_left_behind(found)
    return found


def said_of(sentence: Sentence) -> list[Annotation]:
    """Return all that was ever said of the sentence: nothing, where no verdict followed from it."""
    if getattr(sentence, "verdict", None) is None:
        return []
    return _SAID.all(sentence=sentence.pk)


def own_among(said: list[Annotation], sentence: Sentence, hand: Hand) -> Annotation:
    """Return one's own of what is said of the sentence; a new one joins it."""
    annotation = next((one for one in said if one.author_id == hand.by.pk), None)
    if annotation is None:
        annotation = Annotation(version=0, created_at=hand.at, updated_at=hand.at)
        annotation.has_evidence = False
        said.append(annotation)
    annotation.sentence, annotation.author = sentence, hand.by
    return annotation


def _refuse_stale(annotation: Annotation, based_on: int) -> None:
    seen = {annotation.version} if annotation.label else {annotation.version, 0}
    if based_on not in seen:
        raise StaleWrite(
            _("Your annotation was changed in another window. Look at it and decide again."),
            current=annotation,
        )


def _refuse_other_words(annotation: Annotation, opinion: Opinion, held: Article) -> None:
    """Refuse what was meant for words that the sentence had before a new text or a new cut."""
    sentence = annotation.sentence
    is_other = has_other_words(sentence, opinion.words)
    if is_other or _is_changed_since(opinion.read_in, sentence, held):
        raise OtherWords(
            _("The words of this sentence changed after you read it. Look at it again."),
            current=annotation,
        )


def has_other_words(sentence: Sentence, read: str | None) -> bool:
    """Tell whether the sentence says something else than what somebody read, if that is known."""
    return read is not None and not extraction.reads_same(read, sentence.exact)


def _is_changed_since(read_in: int | None, sentence: Sentence, held: Article) -> bool:
    """Tell whether a text after the one that somebody read brought the sentence other words."""
    if read_in is None:
        return False
    newest = text_number(held)
    if not 1 <= read_in <= newest:
        raise BadInput(
            _("The article has no text %(number)s.") % {"number": read_in},
            field="read_in",
            code="unknown_text",
        )
    if read_in == newest:
        return False
    changed = AuditEvent.objects.filter(sentence=sentence, action="sentence.changed")
    return changed.filter(after__number__gt=read_in).exists()


def _merged(before: dict[str, Any], opinion: Opinion, sentence: Sentence) -> dict[str, Any]:
    words = sentence.exact if opinion.label else ""
    after = {**before, "label": opinion.label, "words": words}
    if opinion.rationale is not None:
        after["rationale"] = opinion.rationale
    if opinion.evidence is not None:
        after["evidence"] = [asdict(item) for item in opinion.evidence]
    return after


def _answers_return(sentence: Sentence, opinion: Opinion) -> bool:
    verdict = getattr(sentence, "verdict", None)
    return verdict is not None and verdict.state == verdict.State.RETURNED and opinion.label != ""


def write(
    annotation: Annotation,
    said: Sequence[Annotation],
    change: audit.Change,
    hand: Hand,
    *,
    asking: str | None = None,
) -> audit.Change:
    """Make the annotation say this, then let the verdict follow from all that is said.

    Return the change with what a reviewer asks of it now.
    """
    before, after = change.before or {}, change.after or {}
    annotation.label, annotation.words = after["label"], after["words"]
    annotation.rationale = after["rationale"]
    annotation.version += 1
    annotation.updated_at = hand.at
    statements.save(annotation)
    if before["evidence"] != after["evidence"]:
        statements.settle()  # evidence names its annotation by the key
        evidence.replace(annotation, after["evidence"], at=hand.at)
    verdict = verdicts.derive(
        sentence=annotation.sentence, said=said, by=hand.by, at=hand.at, asked=asking
    )
    annotation.sentence.verdict = verdict
    return change._replace(after=after | asked(annotation.sentence))
