"""Publications: what is out, with every version, and how it is corrected or retracted."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotations.editor import evidence, exports
from annotations.editor.offers import Offers
from annotations.editor.paging import ANY_KEY, Page, cut
from annotations.editor.requests import EditorRequest, form_page, refuse, signed_in, whole_number
from annotations.models import CLAIM_LABELS, Label, Publication, Verdict
from annotations.models.publications import PublicationQuerySet
from annotations.models.statements import Reading, ReadingOfDesks, Slot
from annotations.workflow import publishing, snapshots
from annotations.workflow.errors import WorkflowError
from annotations.workflow.publishing import Correction

PAGE_SIZE = 20
CARD = "annotations/_publication.html"
_VERSIONS = Reading(
    lambda: Publication.objects.filter(verdict__among=Slot("verdicts")).order_by("version")
)
FORMS = {
    "correct": "annotations/_publication_correct.html",
    "retract": "annotations/_publication_retract.html",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A publication with all its versions, and what the reader may do with it.

    After a refusal it has the correction, or the note of a retraction, that was refused.
    """

    newest: Publication
    versions: list[Publication]
    offers: Offers
    correction: Correction | None = None
    note: str | None = None

    @property
    def earlier(self) -> list[Publication]:
        return self.versions[:-1][::-1]

    @property
    def is_changeable(self) -> bool:
        """Whether there is anything to offer, or to keep of what was refused."""
        offered = self.offers.steps or self.offers.why
        return bool(offered) or self.is_correcting or self.is_retracting

    @property
    def is_retracted(self) -> bool:
        return self.newest.kind == Publication.Kind.RETRACTION

    @property
    def is_correcting(self) -> bool:
        return self.correction is not None

    @property
    def is_retracting(self) -> bool:
        return self.note is not None

    @property
    def position(self) -> Correction:
        """What the form of a correction shows: what was typed, else what stands."""
        verdict = self.newest.verdict
        return self.correction or Correction(
            label=verdict.label,
            note="",
            rationale=verdict.rationale,
            evidence=tuple(map(snapshots.unwired, self.newest.evidence)),
            rating=verdict.rating if self._is_on_scale else None,
        )

    @property
    def _is_on_scale(self) -> bool:
        """Whether the rating would be called today what it was published as."""
        rated = next((one for one in reversed(self.versions) if one.rating), None)
        return rated is None or snapshots.is_on_scale(rated, self.newest.desk)


@signed_in
@require_safe
def publications(request: EditorRequest) -> HttpResponse:
    """Show what is out, newest change first."""
    page = _page(request, before=whole_number(request.GET.get("before")))
    cards = _cards(page.rows, request)
    context = {"cards": cards, "older": page.older}
    return render(request, "annotations/publications.html", context | exports.panel(request))


@signed_in
@form_page
def correct(request: EditorRequest, pk: int) -> HttpResponse:
    """Show the form of a correction; append a corrected version, with a note that readers see."""
    if request.method != "POST":
        return _form(request, pk, "correct")
    data = request.POST
    correction = Correction(
        label=data.get("label", ""),
        note=data.get("note", ""),
        rationale=data.get("rationale", ""),
        evidence=evidence.typed(data),
        rating=whole_number(data.get("rating")) or None,
    )
    return _act(request, pk, publishing.correct, correction=correction)


@signed_in
@form_page
def retract(request: EditorRequest, pk: int) -> HttpResponse:
    """Show the form of a retraction; append a version that withdraws the label, with its note."""
    if request.method != "POST":
        return _form(request, pk, "retract")
    return _act(request, pk, publishing.retract, note=request.POST.get("note", ""))


def _page(request: EditorRequest, *, before: int) -> Page[Publication]:
    keys = {"below": before or ANY_KEY, "reader": request.user.pk}
    rows = _newest(PAGE_SIZE + 1).all(desks=request.standing.desk_ids, **keys)
    return cut(rows, size=PAGE_SIZE)


@lru_cache
def _newest(number: int) -> ReadingOfDesks[Publication]:
    def build(desks: dict[str, Slot]) -> PublicationQuerySet:
        rows = Publication.objects.filter(pk__lt=Slot("below"), **desks)
        return rows.for_member(Slot("reader")).order_by("-pk")[:number]

    return ReadingOfDesks(build)


def _form(request: EditorRequest, pk: int, step: str) -> HttpResponse:
    """Draw the form of one publication, when somebody opens it."""
    card = _card(get_object_or_404(Verdict.objects.visible_to(request.user), pk=pk), request)
    if step not in card.offers.steps:
        raise Http404
    return render(request, FORMS[step], {"card": card, **_choices()})


def _act(
    request: EditorRequest, pk: int, action: Callable[..., Publication], **said: Any
) -> HttpResponse:
    verdict = get_object_or_404(Verdict.objects.visible_to(request.user), pk=pk)
    based_on = whole_number(request.POST.get("version"))
    try:
        action(verdict=verdict, by=request.user, at=timezone.now(), based_on=based_on, **said)
    except WorkflowError as refusal:
        card = replace(_card(verdict, request), **said)
        return refuse(request, CARD, {"card": card, **_choices()}, refusal)
    context = {"card": _card(verdict, request), "is_done": True}
    return render(request, CARD, context)


def _card(verdict: Verdict, request: EditorRequest) -> Card:
    """Show the newest publication; what never came out is not found."""
    rows = Publication.objects.filter(verdict=verdict).for_member(request.user)
    shown = _cards(list(rows), request)
    if not shown:
        raise Http404
    return shown[0]


def _cards(rows: list[Publication], request: EditorRequest) -> list[Card]:
    """Give each its versions, in one query, and what the reader may do."""
    versions: dict[int, list[Publication]] = defaultdict(list)
    for one in _VERSIONS.all(verdicts=[one.verdict_id for one in rows]):
        versions[one.verdict_id].append(one)
    return [Card(one, versions[one.verdict_id], _offers(one, request)) for one in rows]


def _offers(newest: Any, request: EditorRequest) -> Offers:
    newest.verdict.desk = newest.desk
    own = {request.user.pk} if newest.own_label else set()
    return Offers.of(newest.verdict, request, authors=own)


def _choices() -> dict[str, Any]:
    labels = [(value, Label(value).label) for value in CLAIM_LABELS]
    return {"labels": labels, "stances": evidence.STANCES}
