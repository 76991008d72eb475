"""The search: a page of what was found, and what could be typed next."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.editor import saved
from annotations.editor.context import Standing
from annotations.editor.found import Order, Place, Results, gather
from annotations.editor.requests import EditorRequest, signed_in, whole_number
from annotations.models import Candidate, Label, SavedView, Verdict
from annotations.models.search import operators
from annotations.models.search_filters import Seeker
from annotations.search import completion
from annotations.search.language import Query
from annotations.search.names import NAMES as SPOKEN
from annotations.search.names import folded
from annotations.workflow import saved_views, searching
from annotations.workflow.searching import BadSearch

BEST, NEWEST = "best", "newest"
ORDERS = ((BEST, _("Best first")), (NEWEST, _("Newest first")))
LENGTH_SHOWN = 80
HINTS: dict[str, str | Promise] = {
    "label": _("what the desk says of the sentence"),
    "state": _("how far its verdict is"),
    "kind": _("what extraction says the sentence is"),
    "is": _("proposed for checking, not decided yet, or a title"),
    "has": _("evidence or a rationale"),
    "desk": _("desk of the article"),
    "source": _("outlet that the article comes from"),
    "claimant": _("who says it"),
    "lang": _("language of the article"),
    "after": _("from this day on"),
    "before": _("until the day before"),
    "assigned": _("who the article is assigned to"),
}
NAMES: dict[str, dict[str, str | Promise]] = {
    "label": dict(Label.choices),
    "state": dict(Verdict.State.choices),
    "kind": dict(Candidate.Kind.choices),
    "is": {
        "candidate": _("proposed for checking"),
        "undecided": _("still to be decided"),
        "title": _("a title"),
    },
    "has": {"evidence": _("evidence"), "rationale": _("a rationale")},
    "assigned": {"me": _("me"), "nobody": _("nobody")},
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What could stand at the caret, and what the field holds once it is taken."""

    value: str
    hint: str | Promise
    before: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An operator of a search in the reader's words, and the search without it."""

    told: str
    rest: str


@signed_in
@require_safe
def search(request: EditorRequest) -> HttpResponse:
    """Show what was found, article by article."""
    text = request.GET.get("q", "").strip()
    context: dict[str, Any] = {
        "text": text,
        "hints": [
            (SPOKEN.of_operator(one, searching.spoken())[0], said) for one, said in HINTS.items()
        ],
        "orders": ORDERS,
        "order": _order_of(request),
    }
    context |= _saved(request.standing, text, _order_of(request))
    if not text:
        return render(request, "annotations/search.html", context)
    try:
        query = searching.read(text, desks=request.standing.desks, today=timezone.localdate())
        results = _results(request, query)
    except BadSearch as refusal:
        context["problem"] = refusal
        return render(request, "annotations/search.html", context, status=422)
    context |= {"results": results, "older": _written(results.older), "asked": _asked(query, text)}
    context["article"] = whole_number(request.GET.get("article"))
    return render(request, "annotations/search.html", context)


@signed_in
@require_safe
def suggest(request: EditorRequest) -> HttpResponse:
    """Say what could stand where somebody types: `before` is the text up to the caret."""
    before = request.GET.get("before", "")
    context = {"suggestions": list(_suggestions(before, request.standing))}
    return render(request, "annotations/_suggestions.html", context)


def _results(request: EditorRequest, query: Query) -> Results:
    standing = request.standing
    by = Seeker(request.user, standing.desks, standing.blind_ids)
    order = Order(
        is_best=bool(query.words) and _order_of(request) == BEST,
        article=whole_number(request.GET.get("article")),
        below=_read(request.GET.get("before", "")),
    )
    return gather(query, by=by, order=order)


def _asked(query: Query, text: str) -> list[Asked]:
    reader = searching.spoken()
    return [Asked(one.told(reader), one.without(text)) for one in query.filters]


def _saved(standing: Standing, text: str, order: str) -> dict[str, Any]:
    """Return the saved searches, and what would be saved now."""
    address = saved_views.settled(urlencode({"q": text, "order": order}))
    return {"views": saved.tabs(standing, SavedView.Page.SEARCH, address), "address": address}


def _order_of(request: EditorRequest) -> str:
    return NEWEST if request.GET.get("order") == NEWEST else BEST


def _written(place: Place) -> str:
    return f"{place[0]!r}_{place[1]}" if place else ""


def _read(place: str) -> Place:
    """Read where a page begins; what cannot be read begins at the start."""
    rank, _line, article = place.partition("_")
    try:
        return (float(rank), int(article)) if len(place) < LENGTH_SHOWN else None
    except ValueError:
        return None


def _suggestions(before: str, standing: Standing) -> Iterator[Suggestion]:
    piece = completion.unfinished(before) if len(before) <= searching.LENGTH else None
    if piece is None:
        return
    known = operators(standing.desks)
    for key, name in completion.names(piece, known, searching.spoken()):
        yield Suggestion(f"{name}:", HINTS[key], piece.with_operator(name))
    operator = SPOKEN.operator(piece.operator)
    names = NAMES.get(operator, {}) | _own_names(operator, standing)
    for key, name in searching.values_of(operator, piece.typed, desks=standing.desks):
        hint = names.get(key, "")
        is_said = folded(str(hint)) == folded(name)
        yield Suggestion(name, "" if is_said else hint, piece.with_value(name))


def _own_names(operator: str, standing: Standing) -> dict[str, str]:
    return {one.slug: one.name for one in standing.desks} if operator == "desk" else {}
