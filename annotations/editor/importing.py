"""Importing many articles from one file: a dry run first, then for good."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from annotations import tasks
from annotations.editor.requests import EditorRequest, form_page, refuse, signed_in, whole_number
from annotations.imports import FORMATS
from annotations.models import Desk, Import, User
from annotations.workflow import import_report, imports, workers
from annotations.workflow.errors import BadInput, WorkflowError
from annotations.workflow.import_files import File
from annotations.workflow.imports import Wish

FRAGMENT = "annotations/_import.html"
PAGE_SIZE = 50
RECENT = 10
OPTIONS = ("language", "source", "map", "people", "publish", "author")


class ImportForm(forms.Form):
    """A file, and what is said of all its rows."""

    file = forms.FileField(label=_("File"))
    format = forms.ChoiceField(
        choices=[one for one in Import.Format.choices if one[0] in FORMATS],
        label=_("What the file contains"),
    )
    desk = forms.ModelChoiceField(Desk.objects.none(), empty_label=None, label=_("Desk"))
    language = forms.CharField(max_length=20, required=False, label=_("Language"))
    source = forms.CharField(max_length=200, required=False, label=_("Source"))
    map = forms.CharField(
        max_length=5_000,
        required=False,
        label=_("What labels mean"),
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "disputed=False,Fake"}),
    )
    people = forms.CharField(
        max_length=5_000,
        required=False,
        label=_("Who’s who"),
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "7=camille"}),
    )
    publish = forms.BooleanField(
        required=False, label=_("These are earlier publications of ours: publish them")
    )
    author = forms.CharField(max_length=150, required=False, label=_("Checked by (user name)"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = (  # type: ignore[attr-defined]
            Desk.objects.visible_to(user).order_by("name")
        )
        self.fields["file"].widget.attrs["accept"] = (
            ".csv,.tsv,.txt,.json,.jsonl,.ndjson,.html,.htm"
        )

    def request(self, user: User) -> Import:
        """Have the file checked; nothing is stored before somebody has seen the report."""
        cleaned = self.cleaned_data
        sent = cleaned["file"]
        options = {name: cleaned[name] for name in OPTIONS if cleaned[name]}
        return imports.request(
            desk=cleaned["desk"],
            file=File(sent.name or "", sent.chunks()),
            wish=Wish(cleaned["format"], is_dry_run=True, options=options),
            by=user,
            at=timezone.now(),
        )


@signed_in
@form_page
def new(request: EditorRequest) -> HttpResponse:
    """Take a file in and go to its page, where the dry run shows."""
    form = ImportForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        try:
            work = form.request(request.user)
        except BadInput as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        except WorkflowError as refusal:
            form.add_error(None, str(refusal))
        else:
            tasks.send_import(work)
            return redirect("editor:import", work.pk)
    mine = Import.objects.for_list().filter(desk__in=request.standing.desk_ids)
    context = {
        "form": form,
        "recent": mine.order_by("-pk")[:RECENT],
        "megabytes": settings.IMPORT_MAX_BYTES // 1_000_000,
    }
    return render(request, "annotations/import_new.html", context, status=_status(form))


@signed_in
@require_safe
def show(request: EditorRequest, pk: int) -> HttpResponse:
    """Show how far an import is, and what is wrong with its rows; the fragment asks again."""
    work = _visible(request, pk)
    template = FRAGMENT if request.htmx else "annotations/import.html"
    return render(request, template, _context(request, work))


@signed_in
@require_POST
def confirm(request: EditorRequest, pk: int) -> HttpResponse:
    """Import for good what the dry run has checked."""
    work = _visible(request, pk)
    try:
        work = imports.confirm(work=work, by=request.user, at=timezone.now())
    except WorkflowError as refusal:
        return refuse(request, FRAGMENT, _context(request, work), refusal)
    tasks.send_import(work)
    return render(request, FRAGMENT, _context(request, work))


@signed_in
@require_POST
def cancel(request: EditorRequest, pk: int) -> HttpResponse:
    """Stop an import, or discard a dry run."""
    work = _visible(request, pk)
    try:
        work = imports.cancel(work=work, by=request.user, at=timezone.now())
    except WorkflowError as refusal:
        return refuse(request, FRAGMENT, _context(request, work), refusal)
    return render(request, FRAGMENT, _context(request, work))


@signed_in
@require_safe
def report(request: EditorRequest, pk: int) -> HttpResponse:
    """Download everything that is wrong with the file, as a table."""
    work = _visible(request, pk)
    answer = StreamingHttpResponse(
        import_report.rows(work),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": import_report.disposition(work)},
    )
    return cast(HttpResponse, answer)  # a view may stream


def _visible(request: EditorRequest, pk: int) -> Import:
    rows = Import.objects.for_list().filter(desk__in=request.standing.desk_ids)
    return get_object_or_404(rows, pk=pk)


def _context(request: EditorRequest, work: Import) -> dict[str, Any]:
    after = whole_number(request.GET.get("after"))
    faults = list(work.faults.in_order().filter(pk__gt=after)[: PAGE_SIZE + 1])
    is_more = len(faults) > PAGE_SIZE
    return {
        "work": work,
        "faults": [import_report.told(fault) for fault in faults[:PAGE_SIZE]],
        "after": after,
        "next": faults[PAGE_SIZE - 1].pk if is_more else None,
        "no_worker": work.is_active and not workers.any_alive(at=timezone.now()),
    }


def _status(form: ImportForm) -> int:
    return 422 if form.is_bound else 200
