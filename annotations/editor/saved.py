"""Saved views: the tabs above a list, and the page where they are put in order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from annotations.editor.context import Standing
from annotations.editor.requests import EditorRequest, signed_in
from annotations.models import SavedView
from annotations.models.saved_views import SavedViewQuerySet
from annotations.models.statements import Reading, Slot
from annotations.workflow import saved_views
from annotations.workflow.errors import WorkflowError

TEMPLATE = "annotations/views.html"
_OWN_AND_SHARED = Reading(lambda: SavedView.objects.visible_to(Slot("user")).in_order())  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Tab:
    """A saved view as a link above its list."""

    view: SavedView
    is_shown: bool

    @property
    def href(self) -> str:
        return f"{reverse(f'editor:{self.view.page}')}?{self.view.query}"


def tabs(standing: Standing, page: SavedView.Page, address: str) -> list[Tab]:
    """Return the views of a page, one's own first."""
    found = _OWN_AND_SHARED.all(user=standing.user.pk) if standing.user else []
    return [Tab(one, one.query == address) for one in found if one.page == page]


@signed_in
@require_safe
def views(request: EditorRequest) -> HttpResponse:
    """Show all views, to put them in order."""
    return render(request, TEMPLATE, _context(request))


@signed_in
@require_POST
def save(request: EditorRequest) -> HttpResponse:
    """Keep the filters of a list under a name, and show the list with it."""
    sent = request.POST
    desks = {one.slug: one for one in request.standing.managed}
    try:
        view = saved_views.save(
            page=sent.get("page", ""),
            name=sent.get("name", ""),
            query=sent.get("query", ""),
            desk=desks.get(sent.get("desk", "")),
            by=request.user,
            at=timezone.now(),
        )
    except WorkflowError as refusal:
        return render(request, TEMPLATE, _context(request, refusal), status=422)
    return redirect(Tab(view, is_shown=True).href)


@signed_in
@require_POST
def change(request: EditorRequest, pk: int) -> HttpResponse:
    """Rename, move or delete a view; it is asked for by the button's name."""
    view = get_object_or_404(_visible(request), pk=pk)
    act = _ACTS.get(request.POST.get("do", ""), _rename)
    try:
        act(view, request)
    except WorkflowError as refusal:
        return render(request, TEMPLATE, _context(request, refusal), status=422)
    return redirect("editor:views")


def _visible(request: EditorRequest) -> SavedViewQuerySet:
    return SavedView.objects.visible_to(request.user).select_related("desk")


def _context(request: EditorRequest, refusal: WorkflowError | None = None) -> dict[str, Any]:
    managed = {one.pk for one in request.standing.managed}
    rows = [
        (Tab(one, is_shown=False), one.desk_id is None or one.desk_id in managed)
        for one in _visible(request).in_order()
    ]
    return {"rows": rows, "problem": refusal}


def _rename(view: SavedView, request: EditorRequest) -> None:
    name = request.POST.get("name", "")
    saved_views.rename(view=view, name=name, by=request.user, at=timezone.now())


def _up(view: SavedView, request: EditorRequest) -> None:
    saved_views.move(view=view, up=True, by=request.user)


def _down(view: SavedView, request: EditorRequest) -> None:
    saved_views.move(view=view, up=False, by=request.user)


def _delete(view: SavedView, request: EditorRequest) -> None:
    saved_views.delete(view=view, by=request.user, at=timezone.now())


_ACTS: dict[str, Callable[[SavedView, EditorRequest], None]] = {
    "up": _up,
    "down": _down,
    "delete": _delete,
}
