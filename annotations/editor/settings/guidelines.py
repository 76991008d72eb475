"""A desk's guidelines: read by its members beside their work, written by its managers."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.editor.prose import blocks
from annotations.editor.requests import EditorRequest, form_page, signed_in, whole_number
from annotations.editor.settings.frame import done, managed, saved
from annotations.models import AuditEvent, Desk
from annotations.models.audit_events import AuditEventQuerySet
from annotations.workflow import desks

VERSIONS_SHOWN = 20


class GuidelinesForm(forms.Form):
    guidelines = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 18}), required=False, label=_("Guidelines")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@signed_in
@require_safe
def read(request: EditorRequest, slug: str) -> HttpResponse:
    """Show the guidelines to the desk's members; `event` shows what stood before a change."""
    desk = get_object_or_404(Desk.objects.visible_to(request.user), slug=slug)
    events = _written(desk).select_related("actor")
    changes = list(events[:VERSIONS_SHOWN])
    asked = whole_number(request.GET.get("before"))
    earlier = events.filter(pk=asked).first() if asked else None
    text = (earlier.before or {})["guidelines"] if earlier else desk.guidelines
    context = {"desk": desk, "blocks": blocks(text), "changes": changes, "earlier": earlier}
    context["may_edit"] = desk in request.standing.managed
    return render(request, "annotations/guidelines.html", context)


@signed_in
@form_page
def edit(request: EditorRequest, slug: str) -> HttpResponse:
    """Let a manager write them anew."""
    desk = managed(request, slug)
    form = GuidelinesForm(
        request.POST or None, initial={"guidelines": desk.guidelines, "version": desk.version}
    )
    if done(form, lambda: _write(request, desk, form)):
        return saved("guidelines-edit", slug)
    context = {"desk": desk, "form": form, "stands": blocks(desk.guidelines)}
    status = 422 if form.errors else 200
    return render(request, "annotations/settings/guidelines.html", context, status=status)


def _written(desk: Desk) -> AuditEventQuerySet:
    return AuditEvent.objects.about(desk).filter(action="desk.guidelines_written")


def _write(request: EditorRequest, desk: Desk, form: GuidelinesForm) -> Desk:
    return desks.write_guidelines(
        desk=desk,
        text=form.cleaned_data["guidelines"],
        by=request.user,
        at=timezone.now(),
        based_on=form.cleaned_data["version"],
    )
