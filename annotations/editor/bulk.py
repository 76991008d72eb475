"""What is done with many articles of the queue at once: each for itself; refusals are said."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.views.decorators.http import require_POST, require_safe

from annotations import tasks
from annotations.editor.requests import EditorRequest, signed_in, whole_number
from annotations.models import Article, User
from annotations.models.articles import ArticleQuerySet
from annotations.models.people import called
from annotations.models.statements import Reading, Slot
from annotations.workflow import assigning, extraction_runs
from annotations.workflow.errors import WorkflowError

MANY = 200
_COLLEAGUES = Reading(
    lambda: (
        User.objects.filter(is_active=True, memberships__desk__memberships__user=Slot("user"))
        .values_list("username", "display_name", "first_name", "last_name")
        .distinct()
    )
)
Act = Callable[[Article, EditorRequest, datetime], None]


@dataclass(slots=True)
class Outcome:
    """How many it was done with, and why it was not with the others."""

    do: str
    done: int = 0
    refused: list[tuple[Article, WorkflowError]] = field(default_factory=list)


@signed_in
@require_POST
def act(request: EditorRequest) -> HttpResponse:
    """Assign, prioritise or extract again what was selected."""
    do = request.POST.get("do", "")
    if do not in _ACTS:
        raise Http404
    outcome = Outcome(do)
    for article in _selected(request):
        try:
            _ACTS[do](article, request, timezone.now())
            outcome.done += 1
        except WorkflowError as refusal:
            outcome.refused.append((article, refusal))
    template = "annotations/_bulk_done.html" if request.htmx else "annotations/bulk_done.html"
    response = render(request, template, {"outcome": outcome})
    response["HX-Trigger"] = "queue-changed"
    return response


@signed_in
@require_safe
def people(request: EditorRequest) -> HttpResponse:
    """Name the colleagues on one's desks, for the bar to offer."""
    rows = _COLLEAGUES.rows(user=request.user.pk) if request.standing.reviews else []
    others = (one for one in rows if one[0] != request.user.username)
    named = sorted(((one[0], called(*one)) for one in others), key=lambda one: one[1].casefold())
    return render(request, "annotations/_people_to_choose.html", {"people": named})


def _selected(request: EditorRequest) -> ArticleQuerySet:
    ids = [whole_number(one) for one in request.POST.getlist("article")][:MANY]
    visible = Article.objects.filter(desk__in=request.standing.desk_ids, pk__in=ids)
    return visible.select_related("desk").defer("desk__guidelines").order_by("pk")


def _assign(article: Article, request: EditorRequest, at: datetime) -> None:
    to = request.POST.get("assignee", "") or None
    assigning.assign(article=article, to=to, by=request.user, at=at)


def _prioritise(article: Article, request: EditorRequest, at: datetime) -> None:
    assigning.prioritise(
        article=article,
        priority=request.POST.get("priority", ""),
        due_at=_moment(request.POST.get("due_at", "")),
        by=request.user,
        at=at,
    )


def _extract(article: Article, request: EditorRequest, at: datetime) -> None:
    run = extraction_runs.request(article=article, by=request.user, at=at)
    if run.queued_at == at:
        tasks.send(run)


def _moment(typed: str) -> datetime | None:
    """Read what a field for date and time holds; what is none counts as left empty."""
    try:
        moment = parse_datetime(typed)
    except ValueError:
        return None
    return make_aware(moment) if moment and is_naive(moment) else moment


_ACTS: dict[str, Act] = {"assign": _assign, "prioritise": _prioritise, "extract": _extract}
