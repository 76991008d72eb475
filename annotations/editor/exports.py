"""Exports in files, on the page of publications: managers ask for one, watch it and fetch it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from annotations import tasks
from annotations.editor.requests import EditorRequest, refuse, signed_in
from annotations.exports import EXPORTERS, base_of
from annotations.models import CLAIM_LABELS, Desk, Export, Label, User
from annotations.models.exports import ExportQuerySet
from annotations.models.jobs import JobState
from annotations.models.statements import Reading, Slot
from annotations.workflow import export_files, workers
from annotations.workflow.errors import WorkflowError

LIST = "annotations/_export_list.html"
SHOWN = 10
NAMES = {
    "jsonl": "JSON Lines",
    "csv": "CSV",
    "webannotation": "Web Annotation",
    "claimreview": "ClaimReview",
    "datafeed": "DataFeed",
}

_KEPT = Reading(
    lambda: (
        Export.objects.managed_by(Slot("user"))  # type: ignore[arg-type]
        .kept(at=Slot("at"))  # type: ignore[arg-type]
        .select_related("desk")
        .order_by("-id")[:SHOWN]
    )
)


@dataclass(frozen=True, slots=True)
class Row:
    export: Export

    @property
    def format(self) -> str:
        return NAMES[self.export.format]

    @property
    def label(self) -> str:
        asked = self.export.filters.get("label")
        return str(Label(asked).label) if asked in Label.values else ""

    @property
    def is_ready(self) -> bool:
        return bool(self.export.state == JobState.SUCCEEDED)


class ExportForm(forms.Form):
    desk = forms.TypedChoiceField(coerce=int, label=_("Desk"))
    format = forms.ChoiceField(choices=list(NAMES.items()), label=_("Format"))
    label = forms.ChoiceField(
        choices=[("", _("All labels")), *((one.value, one.label) for one in CLAIM_LABELS)],
        required=False,
        label=_("Label"),
    )
    is_compressed = forms.BooleanField(required=False, label=_("Compressed (gzip)"))

    def __init__(self, data: QueryDict | None = None, *, desks: list[Desk]) -> None:
        super().__init__(data, auto_id="export-%s")
        self._desks = {one.pk: one for one in desks}
        self.fields["desk"].choices = [(one.pk, one.name) for one in desks]  # type: ignore[attr-defined]
        if len(desks) == 1:
            self.fields["desk"].widget = forms.HiddenInput()
            self.initial["desk"] = desks[0].pk

    @property
    def chosen_desk(self) -> Desk:
        return self._desks[self.cleaned_data["desk"]]

    def order(self, *, base: str) -> export_files.Order:
        cleaned = self.cleaned_data
        return export_files.Order(
            format=cleaned["format"],
            filters={"label": cleaned["label"]} if cleaned["label"] else {},
            base=base,
            is_compressed=cleaned["is_compressed"],
            has_trailer=EXPORTERS[cleaned["format"]] is EXPORTERS["jsonl"],
            has_bom=cleaned["format"] == "csv",
        )


@signed_in
@require_safe
def index(request: EditorRequest) -> HttpResponse:
    """Show how far the exports are; the fragment asks for itself again while workers are busy."""
    return render(request, LIST, listed(request.user))


@signed_in
@require_POST
def order(request: EditorRequest) -> HttpResponse:
    """Have a file written for one of the desks that the person manages."""
    form = ExportForm(request.POST, desks=request.standing.managed)
    if not form.is_valid():
        return HttpResponse(status=404)
    try:
        export = export_files.request(
            desk=form.chosen_desk,
            order=form.order(base=base_of(request.build_absolute_uri())),
            by=request.user,
            at=timezone.now(),
        )
    except WorkflowError as refusal:
        return refuse(request, LIST, listed(request.user), refusal)
    tasks.send_export(export)
    return _back(request)


@signed_in
@require_POST
def remove(request: EditorRequest, pk: int) -> HttpResponse:
    """Stop an export, or delete its file."""
    export = get_object_or_404(_managed(request.user), pk=pk)
    export_files.remove(export=export, by=request.user, at=timezone.now())
    return _back(request)


def panel(request: EditorRequest) -> dict[str, Any]:
    """What the page of publications shows to managers; to others nothing."""
    desks = request.standing.managed
    if not desks:
        return {}
    return {"export_desks": desks, **listed(request.user)}


def listed(user: User) -> dict[str, Any]:
    now = timezone.now()
    rows = [Row(one) for one in _KEPT.all(user=user.pk, at=now)]
    is_active = any(row.export.is_active for row in rows)
    no_worker = is_active and not workers.any_alive(at=now)
    return {"exports": rows, "is_active": is_active, "no_worker": no_worker}


def _managed(user: User) -> ExportQuerySet:
    return Export.objects.managed_by(user).select_related("desk")


def _back(request: EditorRequest) -> HttpResponse:
    if request.htmx:
        return render(request, LIST, listed(request.user))
    return redirect("editor:publications")
