"""Publications: what is out, with every version, and how it is corrected or retracted."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from annotations.editor.paging import newest
from annotations.editor.requests import EditorRequest, refuse, signed_in, whole_number
from annotations.models import CLAIM_LABELS, Desk, Label, Publication, User, Verdict
from annotations.workflow import publishing
from annotations.workflow.errors import WorkflowError

PAGE_SIZE = 20
CARD = "annotations/_publication.html"


@dataclass(frozen=True, slots=True)
class Card:
    """The newest version of a publication, the ones before, and whether the reader may change it."""

    newest: Publication
    versions: list[Publication]
    may_change: bool

    @property
    def earlier(self) -> list[Publication]:
        return self.versions[:-1][::-1]

    @property
    def is_retracted(self) -> bool:
        return self.newest.kind == Publication.Kind.RETRACTION


@signed_in
@require_GET
def publications(request: EditorRequest) -> HttpResponse:
    """Show what is out, newest change first."""
    desks = Desk.objects.visible_to(request.user).ids()
    page = newest(
        Publication.objects.filter(desk__in=desks).newest().select_related("desk", "verdict"),
        before=whole_number(request.GET.get("before")),
        size=PAGE_SIZE,
    )
    cards = _cards(page.rows, request.user)
    context = {"cards": cards, "older": page.older, "labels": _labels()}
    return render(request, "annotations/publications.html", context)


@signed_in
@require_POST
def correct(request: EditorRequest, pk: int) -> HttpResponse:
    """Append a corrected version, with a note that readers see."""
    correction = publishing.Correction(
        label=request.POST.get("label", ""),
        note=request.POST.get("note", ""),
        rationale=request.POST.get("rationale"),
        rating=whole_number(request.POST.get("rating")) or None,
    )
    return _act(request, pk, publishing.correct, correction=correction)


@signed_in
@require_POST
def retract(request: EditorRequest, pk: int) -> HttpResponse:
    """Append a version that withdraws the label, with a note that readers see."""
    return _act(request, pk, publishing.retract, note=request.POST.get("note", ""))


def _act(
    request: EditorRequest, pk: int, action: Callable[..., Publication], **said: Any
) -> HttpResponse:
    verdict = get_object_or_404(Verdict.objects.visible_to(request.user), pk=pk)
    based_on = whole_number(request.POST.get("version"))
    try:
        action(verdict=verdict, by=request.user, at=timezone.now(), based_on=based_on, **said)
    except WorkflowError as refusal:
        context = {"card": _card(verdict, request.user), "labels": _labels(), "said": request.POST}
        return refuse(request, CARD, context, refusal)
    context = {"card": _card(verdict, request.user), "labels": _labels(), "is_done": True}
    return render(request, CARD, context)


def _card(verdict: Verdict, user: User) -> Card:
    shown = Publication.objects.filter(verdict=verdict).newest().select_related("desk", "verdict")
    return _cards(list(shown), user)[0]


def _cards(rows: list[Publication], user: User) -> list[Card]:
    """Give each its versions and what the reader may do, in two queries."""
    versions: dict[int, list[Publication]] = defaultdict(list)
    verdicts = [one.verdict_id for one in rows]
    for one in Publication.objects.filter(verdict__in=verdicts).order_by("version"):
        versions[one.verdict_id].append(one)
    desks = set(Desk.objects.reviewed_by(user).values_list("pk", flat=True))
    return [Card(one, versions[one.verdict_id], one.desk_id in desks) for one in rows]


def _labels() -> list[tuple[str, str]]:
    return [(value, str(Label(value).label)) for value in CLAIM_LABELS]
