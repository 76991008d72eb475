"""The inspector: one sentence, what is known of it, and what one says of it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from annotations.editor import evidence, history, opinions, sides
from annotations.editor.reading import Reading, marks
from annotations.editor.requests import EditorRequest, once, refuse, signed_in, whole_number
from annotations.models import (
    Annotation,
    Article,
    AuditEvent,
    Comment,
    Evidence,
    Sentence,
    User,
    statements,
    with_findings,
)
from annotations.models.statements import Slot
from annotations.workflow import comments, tagging, undoing
from annotations.workflow.errors import StaleWrite, WorkflowError
from annotations.workflow.tagging import Item, Opinion

INSPECTOR = "annotations/_inspector.html"
ANNOTATED = "annotations/_annotated.html"
PROBLEM = "components/_problem.html"
NOTHING = Opinion(label="", rationale="", evidence=())  # what the form shows at first
Answer = dict[str, Any]
_SENTENCE = statements.Reading(
    lambda: (
        Sentence.objects.visible_to(Slot("user"))  # type: ignore[arg-type]
        .select_related("article__desk", "candidate", "verdict")
        .filter(pk=Slot("sentence"))
    )
)
_COMMENTS = statements.Reading(
    lambda: (
        Comment.objects.filter(sentence=Slot("sentence")).select_related("author").order_by("id")
    )
)
_EVENTS = statements.Reading(
    lambda: (
        AuditEvent.objects.filter(sentence=Slot("sentence"))
        .select_related("actor")
        .order_by("-id")[: history.LINES]
    )
)


@signed_in
@require_safe
def inspect(request: EditorRequest, pk: int) -> HttpResponse:
    """Show all that is known of a sentence."""
    return render(request, INSPECTOR, _context(request.user, _visible(request.user, pk)))


@signed_in
@require_POST
def annotate(request: EditorRequest, pk: int) -> HttpResponse:
    """Set or withdraw one's own annotation; a refusal brings back what was typed."""
    sentence = _visible(request.user, pk)
    opinion = _opinion(request.POST)
    based_on = whole_number(request.POST.get("version"))

    def act() -> Answer:
        said = tagging.annotate(
            sentence=sentence,
            opinion=opinion,
            by=request.user,
            at=timezone.now(),
            based_on=based_on,
        )
        return {"sentences": [said.sentence_id], "version": said.version}

    try:
        answer = once(request, act)
    except WorkflowError as refusal:
        context = _context(request.user, sentence)
        context["mine"] = _kept(opinion, context["mine"])
        if isinstance(refusal, StaleWrite):
            context["sides"] = sides.of(sentence, by=request.user, mine=opinion, version=based_on)
        return refuse(request, INSPECTOR, context, refusal)
    return _changed(request, answer)


@signed_in
@require_POST
def comment(request: EditorRequest, pk: int) -> HttpResponse:
    """Add a comment and show the sentence with it."""
    sentence = _visible(request.user, pk)
    text = request.POST.get("comment", "")

    def act() -> Answer:
        comments.add(sentence=sentence, text=text, by=request.user, at=timezone.now())
        return {"sentences": [sentence.pk]}

    try:
        answer = once(request, act)
    except WorkflowError as refusal:
        return refuse(request, INSPECTOR, _context(request.user, sentence), refusal)
    return _changed(request, answer)


@signed_in
@require_POST
def undo(request: EditorRequest, pk: int) -> HttpResponse:
    """Undo one's last step in this article and show the sentences it was about."""
    return _step(request, pk, undoing.undo)


@signed_in
@require_POST
def redo(request: EditorRequest, pk: int) -> HttpResponse:
    """Do again what one undid last in this article."""
    return _step(request, pk, undoing.redo)


def _step(request: EditorRequest, pk: int, act: Callable[..., list[Annotation]]) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)

    def take() -> Answer:
        changed = act(article=article, by=request.user, at=timezone.now())
        changed.sort(key=lambda one: one.sentence.start)  # one goes back to the first of them
        return {"sentences": [one.sentence_id for one in changed]}

    try:
        answer = once(request, take)
    except WorkflowError as refusal:
        return refuse(request, PROBLEM, {}, refusal)
    return _changed(request, answer)


def _changed(request: EditorRequest, answer: Answer) -> HttpResponse:
    """Show the first of the sentences whole, and how each of them is marked now."""
    first, *others = answer["sentences"]
    context = _context(request.user, _visible(request.user, first))
    context["others"] = readings(request.user, others)
    shown = render(request, ANNOTATED, context)
    if "version" in answer:
        shown["X-Version"] = str(answer["version"])
    return shown


def readings(user: User, keys: Iterable[int]) -> list[Reading]:
    """Read sentences as this person may see them, in a number of queries that does not grow."""
    found = Sentence.objects.visible_to(user).select_related("article__desk").filter(pk__in=keys)
    return [Reading(one, one.article.desk) for one in with_findings(found, reader=user)]


def _visible(user: User, pk: int) -> Sentence:
    found = _SENTENCE.one(user=user.pk, sentence=pk)
    if found is None:
        raise Http404
    return found


def _context(user: User, sentence: Sentence) -> dict[str, Any]:
    stands = opinions.stands_on([sentence.pk])
    own = [(one, proof) for one, proof in stands if one.author_id == user.pk]
    sentence.own_annotations = [one for one, _proof in own]  # type: ignore[attr-defined]
    reading = Reading(sentence, sentence.article.desk)
    is_open = reading.shows_colleagues
    others = [opinions.shown(*one, exact=sentence.exact) for one in stands if one not in own]
    events = _EVENTS.all(sentence=sentence.pk)
    return {
        "reading": reading,
        "marks": marks(),
        "stances": evidence.STANCES,
        "mine": _said(*own[0]) if own else NOTHING,
        "comments": _comments(sentence, None if is_open else user),
        "colleagues": others if is_open else None,
        "history": history.lines(events, reader=user, open_=is_open),
    }


def _comments(sentence: Sentence, only: User | None) -> list[Comment]:
    """Read the comments, or where colleagues stay hidden one's own."""
    found = _COMMENTS.all(sentence=sentence.pk)
    return [one for one in found if only is None or one.author_id == only.pk]


def _said(own: Annotation, proof: Iterable[Evidence]) -> Opinion:
    """What the form shows of one's own annotation."""
    items = [Item(row.url, row.title, row.quote, row.stance, row.archived_url) for row in proof]
    return Opinion(label=own.label, rationale=own.rationale, evidence=items)


def _kept(typed: Opinion, stands: Opinion) -> Opinion:
    """What the form shows after a refusal: what was typed, and beside it what was not sent."""
    return Opinion(
        label=typed.label,
        rationale=stands.rationale if typed.rationale is None else typed.rationale,
        evidence=stands.evidence if typed.evidence is None else typed.evidence,
    )


def _read_in(data: QueryDict) -> int | None:
    """Read which text the page showed, where it says that and not the words themselves.

    Who chose to overrule what stands says neither.
    """
    return whole_number(data.get("read_in")) or None


def _opinion(data: QueryDict) -> Opinion:
    """Read the form; a request that only labels leaves rationale and evidence as they are."""
    opinion = Opinion(
        label=data.get("label", ""),
        read_in=_read_in(data),
        words=data.get("words") or None,
    )
    if "rationale" not in data:
        return opinion
    rationale = data.get("rationale", "").strip()
    return replace(opinion, rationale=rationale, evidence=evidence.typed(data))
