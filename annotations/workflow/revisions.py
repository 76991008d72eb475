"""A new text of an article: what was said comes along where its sentence still stands.

The old text stays as it came. Sentences that somebody worked on and whose words stand in the new
text move to it. Where some words changed, the sentence moves too, and its verdict goes back to the
annotators with the old words. What stands there no more stays with the old text; so does what is
published of changed sentences: the record says what was checked.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Prefetch, prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext as _

from annotations import extraction
from annotations.models import (
    Annotation,
    Article,
    AuditEvent,
    Comment,
    ExtractionRun,
    Revision,
    Sentence,
    User,
    Verdict,
    statements,
)
from annotations.workflow import (
    articles,
    audit,
    extraction_runs,
    findings,
    intake,
    progress,
    roles,
    verdicts,
)
from annotations.workflow.errors import StaleWrite, WorkflowError
from annotations.workflow.holding import hold

State = Verdict.State
_CHANGED, _GONE = "sentence.changed", "sentence.gone"


class Unchanged(WorkflowError):
    """The article says so already."""

    code = "unchanged"


@dataclass(slots=True)
class Fate:
    """What became of a sentence: its words before, and those in its place now, if any are.

    `asked` is what a reviewer still wanted to know of it.
    """

    sentence: Sentence
    was: str
    now: str = ""
    asked: str = ""


@dataclass(slots=True)
class Carried:
    """What became of the sentences that people had worked on.

    `back` are those that an earlier new text had left behind, and that stand in this one again.
    """

    kept: list[Sentence] = field(default_factory=list)
    changed: list[Fate] = field(default_factory=list)
    gone: list[Fate] = field(default_factory=list)
    back: list[Sentence] = field(default_factory=list)

    @property
    def moved(self) -> list[Sentence]:
        """Those that the new text has, in its order."""
        moved = [*self.kept, *(one.sentence for one in self.changed), *self.back]
        return sorted(moved, key=lambda one: one.start)


@dataclass(frozen=True, slots=True)
class _Hand:
    by: User
    at: datetime


def revise(
    *, article: Article, draft: intake.Draft, by: User, at: datetime, based_on: int
) -> tuple[ExtractionRun, Carried]:
    """Give the article a new text, which is all that the draft says of it.

    Hand the run to `tasks.send`.
    """
    roles.require(by, article.desk, roles.Role.ANNOTATOR)
    draft = intake.settle(replace(draft, title=article.title, language=article.language))
    with transaction.atomic():
        return _revise(article, draft, _Hand(by, at), based_on)


def told(*, article: Article, number: int) -> AuditEvent | None:
    """Return the event that says what became of the sentences when this text came."""
    events = AuditEvent.objects.filter(article=article, action="article.revised")
    return events.filter(after__number=number).select_related("actor").first()


def state_of(carried: Carried) -> dict[str, Any]:
    """Say what became of which sentences, in the form that audit events keep."""
    return {
        "kept": [one.pk for one in carried.kept],
        "changed": [_wire(fate) for fate in carried.changed],
        "gone": [_wire(fate) for fate in carried.gone],
        "back": [one.pk for one in carried.back],
    }


def _revise(
    article: Article, draft: intake.Draft, hand: _Hand, based_on: int
) -> tuple[ExtractionRun, Carried]:
    held = hold(article.pk, by=hand.by, role=roles.Role.ANNOTATOR)
    if held.version != based_on:
        raise StaleWrite(
            _("This article was changed in the meantime. Look at it again."), current=held
        )
    old = held.revisions.latest("number")
    new = _store(old, draft, hand)
    ExtractionRun.objects.active().filter(revision=old).delete()  # it would read the old text
    carried = _match(held, old, new)
    _move(carried, old, new)
    _take(held, new)
    _settle(held, carried, old, hand)
    _record(held, carried, old, new, hand)
    return extraction_runs.queue(article=held, at=hand.at), carried


def _store(old: Revision, draft: intake.Draft, hand: _Hand) -> Revision:
    digest = sha256(draft.text.encode()).hexdigest()
    if digest == old.sha256:
        raise Unchanged(_("This is the text that the article has already."))
    return Revision.objects.create(
        article_id=old.article_id,
        number=old.number + 1,
        text=draft.text,
        sha256=digest,
        raw=draft.html,
        raw_type=Revision.RawType.HTML if draft.html else Revision.RawType.TEXT,
        created_at=hand.at,
        created_by=hand.by,
    )


def _match(held: Article, old: Revision, new: Revision) -> Carried:
    """Find where the sentences stand in the new text, and say so in them; nothing is saved yet."""
    before = list(_sentences(revision=old))
    worked = {n for n, one in enumerate(before) if one.is_worked}
    earlier = list(_sentences(article=held, is_worked=True).exclude(revision__in=[old, new]))
    by_hand = {n for n, one in enumerate([*before, *earlier]) if one.cut_by_hand}
    found = extraction.follow(
        [one.exact for one in before],
        new.text,
        extraction.plan(new.text, language=held.language),
        loosely=worked,
        earlier=[one.exact for one in earlier],
        by_hand=by_hand,
    )
    carried = Carried()
    for number in sorted(worked | {n for n in found if n < len(before)}):
        _sort(carried, before[number], found.get(number), new.text)
    for number, one in enumerate(earlier, start=len(before)):
        if number in found:
            carried.back.append(_placed(one, found[number].span, new.text))
    return carried


def _sentences(**where: Any) -> Any:
    """Read sentences, the newest text first; those that somebody said something of are worked."""
    said = [model.objects.filter(sentence=OuterRef("pk")) for model in (Annotation, Comment)]
    rows = Sentence.objects.select_related("verdict").annotate(
        is_worked=Exists(said[0]) | Exists(said[1])
    )
    return rows.filter(**where).order_by("-revision", "start")


def _sort(carried: Carried, one: Sentence, match: extraction.Match | None, text: str) -> None:
    if match is None:
        carried.gone.append(Fate(one, one.exact))
    elif match.is_same:
        carried.kept.append(_placed(one, match.span, text))
    elif _is_public(one):
        carried.gone.append(Fate(one, one.exact, text[match.span.start : match.span.end]))
    else:
        was, one.cut_by_hand = one.exact, False
        carried.changed.append(Fate(_placed(one, match.span, text), was, one.exact))


def _placed(sentence: Sentence, span: extraction.Span, text: str) -> Sentence:
    sentence.start, sentence.end = span.start, span.end
    sentence.exact = text[span.start : span.end]
    return sentence


def _is_public(sentence: Sentence) -> bool:
    verdict = getattr(sentence, "verdict", None)
    return verdict is not None and verdict.state in Verdict.PUBLIC


def _move(carried: Carried, old: Revision, new: Revision) -> None:
    """Bring the sentences to the new text; what nobody worked on stays nowhere."""
    moved = carried.moved
    for index, one in enumerate(moved):
        one.revision, one.index = new, index
    statements.save_all(moved, "revision", "index", "start", "end", "exact", "cut_by_hand")
    left = [fate.sentence.pk for fate in carried.gone]
    Sentence.objects.filter(revision=old).exclude(pk__in=left).delete()


def _take(held: Article, new: Revision) -> None:
    held.current_revision, held.text_sha256 = new, new.sha256
    held.version += 1
    articles.save_unless_duplicate(held, ["current_revision", "text_sha256", "version"])


def _settle(held: Article, carried: Carried, old: Revision, hand: _Hand) -> None:
    """Let the verdicts follow; the next extraction says better what there is to say of each."""
    changed = [fate.sentence for fate in carried.changed]
    Annotation.objects.filter(sentence__in=changed).update(version=F("version") + 1)
    for one in carried.moved:
        one.article = held
    findings.examine(held, carried.moved)
    _spell(carried.moved)
    said = Prefetch("annotations", Annotation.objects.with_proof().order_by("pk"))
    prefetch_related_objects([*changed, *carried.back], said)
    for one in changed:
        _derive(one, hand)
    with translation.override(held.desk.language):
        for fate in carried.gone:
            _leave(fate, old, hand)
    asked = _asked_before(carried.back)
    for one in carried.back:
        _derive(one, hand, asked=asked.get(one.pk, ""))
    progress.recount(held)


def _spell(sentences: list[Sentence]) -> None:
    """Have labels of the same words say them as they are written now."""
    otherwise = Annotation.objects.given().filter(sentence__in=sentences)
    otherwise = otherwise.exclude(words=F("sentence__exact")).select_related("sentence")
    for one in otherwise:
        if extraction.reads_same(one.words, one.sentence.exact):
            Annotation.objects.filter(pk=one.pk).update(words=one.sentence.exact)


def _derive(sentence: Sentence, hand: _Hand, *, asked: str | None = None) -> None:
    """Work out the verdict anew, where there is one that is not public."""
    if hasattr(sentence, "verdict") and not _is_public(sentence):
        said = list(sentence.annotations.all())
        verdicts.derive(sentence=sentence, said=said, by=hand.by, at=hand.at, asked=asked)


def _asked_before(back: list[Sentence]) -> dict[int, str]:
    """Say what reviewers asked of sentences when they left the text."""
    if not back:
        return {}
    left = AuditEvent.objects.filter(sentence__in=back, action=_GONE).order_by("pk")
    return {one.sentence_id or 0: (one.before or {}).get("asked", "") for one in left}


def _leave(fate: Fate, old: Revision, hand: _Hand) -> None:
    """Have nobody review or publish what stands in the text no more; what is public stays so."""
    sentence = fate.sentence
    if not hasattr(sentence, "verdict") or _is_public(sentence):
        return
    verdict: Verdict = sentence.verdict
    before, fate.asked = verdicts.state_of(verdict), verdicts.asked_of(verdict)
    verdict.state, verdict.label, verdict.was = State.PROPOSED, "", ""
    verdict.approved_by = verdict.approved_at = verdict.rating = None
    verdict.comment = _("This stood in text %(number)s of the article. It is no longer there.") % {
        "number": old.number
    }
    verdicts.save(verdict, hand.at)
    if before["state"] == State.APPROVED:
        change = audit.Change(before, verdicts.state_of(verdict))
        audit.record("verdict.reopened", by=hand.by, at=hand.at, about=sentence, change=change)


def _record(held: Article, carried: Carried, old: Revision, new: Revision, hand: _Hand) -> None:
    """Write down what became of the sentences, for the article and for each that is another now."""
    after = {"number": new.number, "sha256": new.sha256} | state_of(carried)
    now = {"number": new.number}
    for action, fates in ((_CHANGED, carried.changed), (_GONE, carried.gone)):
        about = [(one.sentence, audit.Change(_before(one), now)) for one in fates]
        audit.record_many(action, by=hand.by, at=hand.at, about=about)
    change = audit.Change({"number": old.number, "sha256": old.sha256}, after)
    audit.record("article.revised", by=hand.by, at=hand.at, about=held, change=change)


def _before(fate: Fate) -> dict[str, Any]:
    return {"exact": fate.was} | ({"asked": fate.asked} if fate.asked else {})


def _wire(fate: Fate) -> dict[str, Any]:
    return {"sentence": fate.sentence.pk, "was": fate.was, "now": fate.now or None}
