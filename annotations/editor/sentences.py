"""The inspector: one sentence, what is known of it, and what one says of it."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from annotations.editor import evidence, history
from annotations.editor.reading import Reading, marks
from annotations.editor.requests import EditorRequest, refuse, signed_in, whole_number
from annotations.models import (
    Annotation,
    Article,
    AuditEvent,
    Evidence,
    Sentence,
    User,
    with_findings,
)
from annotations.workflow import tagging
from annotations.workflow.errors import WorkflowError
from annotations.workflow.tagging import Item, Opinion

INSPECTOR = "annotations/_inspector.html"
ANNOTATED = "annotations/_annotated.html"


@signed_in
@require_GET
def inspect(request: EditorRequest, pk: int) -> HttpResponse:
    """Show all that is known of a sentence."""
    return render(request, INSPECTOR, _context(request.user, _visible(request.user, pk)))


@signed_in
@require_POST
def annotate(request: EditorRequest, pk: int) -> HttpResponse:
    """Set or withdraw one's own annotation; a refusal brings back what was typed."""
    sentence = _visible(request.user, pk)
    opinion = _opinion(request.POST)
    try:
        tagging.annotate(
            sentence=sentence,
            opinion=opinion,
            by=request.user,
            at=timezone.now(),
            based_on=whole_number(request.POST.get("version")),
        )
    except WorkflowError as refusal:
        context = _context(request.user, sentence)
        context["mine"] = _kept(opinion, context["mine"])
        return refuse(request, INSPECTOR, context, refusal)
    return _annotated(request, pk)


@signed_in
@require_POST
def undo(request: EditorRequest, pk: int) -> HttpResponse:
    """Undo one's last change in this article and show the sentence it was in."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    try:
        undone = tagging.undo(by=request.user, at=timezone.now(), article=article)
    except WorkflowError as refusal:
        return refuse(request, "components/_problem.html", {}, refusal)
    return _annotated(request, undone.sentence_id)


def _annotated(request: EditorRequest, pk: int) -> HttpResponse:
    context = _context(request.user, _visible(request.user, pk))
    return render(request, ANNOTATED, context)


def _visible(user: User, pk: int) -> Sentence:
    found = Sentence.objects.visible_to(user).select_related("article__desk")
    return get_object_or_404(with_findings(found, reader=user), pk=pk)


def _context(user: User, sentence: Sentence) -> dict[str, Any]:
    reading = Reading(sentence, sentence.article.desk)
    return {
        "reading": reading,
        "marks": marks(),
        "stances": evidence.STANCES,
        "mine": _said(reading.own),
        "colleagues": _colleagues(sentence, user) if reading.shows_colleagues else None,
        "history": history.lines(_events(sentence), reader=user, open_=reading.shows_colleagues),
    }


def _said(own: Annotation | None) -> Opinion:
    """What the form shows: one's own annotation, or nothing yet."""
    if own is None:
        return Opinion(label="", rationale="", evidence=())
    items = [
        Item(row.url, row.title, row.quote, row.stance, row.archived_url)
        for row in own.evidence.all()
    ]
    return Opinion(label=own.label, rationale=own.rationale, evidence=items)


def _kept(typed: Opinion, stands: Opinion) -> Opinion:
    """What the form shows after a refusal: what was typed, and beside it what was not sent."""
    return Opinion(
        label=typed.label,
        rationale=stands.rationale if typed.rationale is None else typed.rationale,
        evidence=stands.evidence if typed.evidence is None else typed.evidence,
    )


def _colleagues(sentence: Sentence, user: User) -> list[Annotation]:
    given = Annotation.objects.given().filter(sentence=sentence).exclude(author=user)
    rows = Prefetch("evidence", Evidence.objects.order_by("position"))
    return list(given.select_related("author").prefetch_related(rows).order_by("updated_at"))


def _events(sentence: Sentence) -> list[AuditEvent]:
    events = AuditEvent.objects.filter(sentence=sentence).select_related("actor")
    return list(events.order_by("-id")[: history.LINES])


def _opinion(data: QueryDict) -> Opinion:
    """Read the form; a request that only labels leaves rationale and evidence as they are."""
    label = data.get("label", "")
    if "rationale" not in data:
        return Opinion(label=label)
    return Opinion(
        label=label, rationale=data.get("rationale", "").strip(), evidence=evidence.typed(data)
    )
