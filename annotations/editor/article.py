"""The workbench: one article, its candidates, and what stands in each sentence."""

from collections import defaultdict
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from annotations import tasks
from annotations.editor.listing import listed, opener
from annotations.editor.reading import Reading, marks, paragraphs
from annotations.editor.requests import EditorRequest, refuse, signed_in
from annotations.models import Annotation, Article, Candidate, Sentence, User, statements
from annotations.models.statements import Slot
from annotations.workflow import extraction_runs, workers
from annotations.workflow.errors import WorkflowError

PROGRESS = "annotations/_progress.html"
_ARTICLE = statements.Reading(
    lambda: (
        Article.objects.for_workbench()
        .with_last_event()
        .filter(desk__memberships__user=Slot("user"), pk=Slot("article"))
    )
)
_SENTENCES = statements.Reading(
    lambda: Sentence.objects.with_marks().filter(revision=Slot("revision")).in_reading_order()
)
_OWN = statements.Reading(
    lambda: Annotation.objects.given().filter(
        sentence__revision=Slot("revision"), author=Slot("user")
    )
)


@signed_in
@require_safe
def article(request: EditorRequest, pk: int) -> HttpResponse:
    """Show the whole article; the inspector loads each sentence as it is selected."""
    shown = _visible(request.user, pk)
    readings = _readings(shown, request.user)
    candidates = [one for one in readings if one.candidate]
    context = {
        "article": shown,
        "paragraphs": paragraphs(_text_of(shown), readings),
        "repeats_title": _text_of(shown).lstrip().startswith(shown.title),
        "readings": readings,
        "candidates": candidates,
        "kinds": _kinds(candidates),
        "decided": sum(one.is_decided for one in candidates),
        **_list_context(request, shown),
        "marks": marks(),
        **_workers_context(shown),
    }
    return render(request, "annotations/article.html", context)


@signed_in
@require_safe
def progress(request: EditorRequest, pk: int) -> HttpResponse:
    """Say how far the workers are; once they are done, a page without sentences loads anew."""
    shown = _visible(request.user, pk)
    is_empty = request.GET.get("empty") == "1"
    if is_empty and shown.state != Article.State.EXTRACTING:
        return HttpResponseClientRefresh()
    context = {"article": shown, "is_update": not is_empty, **_workers_context(shown)}
    return render(request, PROGRESS, context)


@signed_in
@require_POST
def extract(request: EditorRequest, pk: int) -> HttpResponse:
    """Ask the workers to extract the article again."""
    shown = _visible(request.user, pk)
    try:
        run = extraction_runs.request(article=shown, by=request.user, at=timezone.now())
    except WorkflowError as refusal:
        return refuse(request, PROGRESS, {"article": shown}, refusal)
    tasks.send(run)
    return redirect("editor:article", pk)


def _visible(user: User, pk: int) -> Article:
    found = _ARTICLE.one(user=user.pk, article=pk)
    if found is None:
        raise Http404
    return found


def _readings(shown: Article, user: User) -> list[Reading]:
    """Read the sentences, each with the reader's own annotation, in two statements."""
    own: dict[int, list[Annotation]] = defaultdict(list)
    for one in _OWN.all(revision=shown.current_revision_id, user=user.pk):
        own[one.sentence_id].append(one)
    sentences = _SENTENCES.all(revision=shown.current_revision_id)
    for sentence in sentences:
        sentence.article = shown
        sentence.own_annotations = own[sentence.pk]  # type: ignore[attr-defined]
    return [Reading(one, shown.desk) for one in sentences]


def _kinds(candidates: list[Reading]) -> list[tuple[str, str]]:
    """Name the kinds of claims that there are, where there is more than one."""
    there = {one.candidate.kind for one in candidates if one.candidate}
    named = [(value, str(name)) for value, name in Candidate.Kind.choices if value in there]
    return named if len(named) > 1 else []


def _text_of(shown: Article) -> str:
    return shown.current_revision.text if shown.current_revision else ""


def _list_context(request: EditorRequest, shown: Article) -> dict[str, Any]:
    """Lead on through the list that somebody came from, and back to it."""
    listing = listed(request.standing, request.GET.get("in", ""))
    around, address = listing.around(shown), opener(listing)
    return {
        "newer": address(around.newer) if around.newer else "",
        "older": address(around.older) if around.older else "",
        "list_address": listing.address,
    }


def _workers_context(shown: Article) -> dict[str, bool]:
    is_active = shown.state == Article.State.EXTRACTING
    no_worker = is_active and not workers.any_alive(at=timezone.now())
    return {"is_active": is_active, "no_worker": no_worker}
