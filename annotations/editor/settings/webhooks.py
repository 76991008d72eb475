"""A desk's webhooks: where news is sent, what arrived, and what to do where it did not."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotations.editor.paging import newest
from annotations.editor.requests import EditorRequest, form_page, signed_in, whole_number
from annotations.editor.settings.frame import done, managed, saved, stands, taken, unseen
from annotations.models import Desk, WebhookDelivery, WebhookEndpoint, WebhookEvent
from annotations.workflow import webhooks
from annotations.workflow.errors import StaleWrite, WorkflowError

PAGE_SIZE = 30
OVERLAPS = (
    (0, _("ends at once")),
    (24, _("works for one more day")),
    (24 * 7, _("works for one more week")),
)
STEPS: dict[str, Callable[..., object]] = {"pause": webhooks.pause, "resume": webhooks.resume}


class WebhookForm(forms.Form):
    url = forms.CharField(max_length=2000, label=_("Address"))
    description = forms.CharField(
        max_length=webhooks.DESCRIPTION_LENGTH, required=False, label=_("What it is for")
    )
    events = forms.MultipleChoiceField(
        choices=WebhookEvent.choices,
        initial=WebhookEvent.values,
        widget=forms.CheckboxSelectMultiple,
        label=_("Events it is sent"),
    )

    def draft(self) -> webhooks.Draft:
        return webhooks.Draft(
            **{name: self.cleaned_data[name] for name in webhooks.Draft.__slots__}
        )


class ChangeForm(WebhookForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class RotateForm(forms.Form):
    overlap = forms.TypedChoiceField(
        choices=OVERLAPS, coerce=int, initial=24, label=_("Current secret")
    )


@signed_in
@form_page
def index(request: EditorRequest, slug: str) -> HttpResponse:
    """Show a desk's webhooks; the secret of a new one is in the answer that makes it, only."""
    desk = managed(request, slug)
    form = WebhookForm(request.POST or None)
    issued = taken(form, partial(_add, request, desk, form)) if form.is_valid() else None
    context = {
        "desk": desk,
        "form": WebhookForm() if issued else form,
        "rows": WebhookEndpoint.objects.kept().filter(desk=desk).order_by("-id"),
        "issued": issued,
    }
    status = 422 if form.errors else 200
    return unseen(render(request, "annotations/settings/webhooks.html", context, status=status))


@signed_in
@form_page
def one(request: EditorRequest, pk: int) -> HttpResponse:
    """Show one webhook with its messages, and change what it is told."""
    endpoint = _endpoint(request, pk)
    form = ChangeForm(request.POST or None, initial=_said(endpoint))
    if done(form, partial(_change, request, endpoint, form)):
        return saved("webhook", pk)
    return _page(request, endpoint, form=form, stands=stands(form, _said(endpoint)))


@signed_in
@require_POST
def rotate(request: EditorRequest, pk: int) -> HttpResponse:
    """Give a new secret, shown in this answer only."""
    endpoint, form = _endpoint(request, pk), RotateForm(request.POST)
    issued = taken(form, partial(_rotate, request, endpoint, form)) if form.is_valid() else None
    if issued is None:
        return _page(request, endpoint, rotate_form=form)
    return _page(request, issued.endpoint, issued=issued)


@signed_in
@require_POST
def step(request: EditorRequest, pk: int, name: str) -> HttpResponse:
    """Pause it, or send again beginning with what was kept."""
    endpoint = _endpoint(request, pk)
    try:
        STEPS[name](endpoint=endpoint, by=request.user, at=timezone.now())
    except WorkflowError as refusal:
        return _page(request, endpoint, problem=refusal)
    return saved("webhook", pk)


@signed_in
@require_POST
def remove(request: EditorRequest, pk: int) -> HttpResponse:
    endpoint = _endpoint(request, pk)
    webhooks.remove(endpoint=endpoint, by=request.user, at=timezone.now())
    return saved("webhooks", endpoint.desk.slug)


@signed_in
@require_POST
def redeliver(request: EditorRequest, pk: int, delivery: int) -> HttpResponse:
    """Send a message once more, under its own id."""
    endpoint = _endpoint(request, pk)
    found = get_object_or_404(endpoint.deliveries.select_related("endpoint__desk"), pk=delivery)
    try:
        webhooks.redeliver(delivery=found, by=request.user, at=timezone.now())
    except WorkflowError as refusal:
        return _page(request, endpoint, problem=refusal)
    return saved("webhook", pk)


def _endpoint(request: EditorRequest, pk: int) -> WebhookEndpoint:
    rows = WebhookEndpoint.objects.kept().select_related("desk")
    return get_object_or_404(rows.filter(desk__in=Desk.objects.managed_by(request.user)), pk=pk)


def _page(request: EditorRequest, endpoint: WebhookEndpoint, **said: Any) -> HttpResponse:
    """Show a webhook with the messages that fit the filter, newest first."""
    asked = request.GET.get("state", "")
    states = WebhookDelivery.State
    found = endpoint.deliveries.for_list()
    page = newest(
        found.filter(state=asked) if asked in states.values else found,
        before=whole_number(request.GET.get("before")),
        size=PAGE_SIZE,
    )
    context: dict[str, Any] = {
        "desk": endpoint.desk,
        "webhook": endpoint,
        "form": ChangeForm(initial=_said(endpoint)),
        "rotate_form": RotateForm(),
        "rows": page.rows,
        "older": page.older,
        "states": [("", _("All messages")), *states.choices],
        "asked": asked,
        "now": timezone.now(),
        **said,
    }
    status = _status(context)
    return unseen(render(request, "annotations/settings/webhook.html", context, status=status))


def _status(context: dict[str, Any]) -> int:
    if isinstance(context.get("problem"), StaleWrite):
        return 409
    wrong = context["form"].errors or context["rotate_form"].errors
    return 422 if wrong or "problem" in context else 200


def _said(endpoint: WebhookEndpoint) -> dict[str, Any]:
    names = ("url", "description", "events", "version")
    return {name: getattr(endpoint, name) for name in names}


def _add(request: EditorRequest, desk: Desk, form: WebhookForm) -> webhooks.Issued:
    return webhooks.add(desk=desk, draft=form.draft(), by=request.user, at=timezone.now())


def _change(request: EditorRequest, endpoint: WebhookEndpoint, form: ChangeForm) -> WebhookEndpoint:
    return webhooks.change(
        endpoint=endpoint,
        draft=form.draft(),
        by=request.user,
        at=timezone.now(),
        based_on=form.cleaned_data["version"],
    )


def _rotate(request: EditorRequest, endpoint: WebhookEndpoint, form: RotateForm) -> webhooks.Issued:
    return webhooks.rotate(
        endpoint=endpoint,
        by=request.user,
        at=timezone.now(),
        overlap=timedelta(hours=form.cleaned_data["overlap"]),
    )
