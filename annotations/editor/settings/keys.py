"""The API keys of a desk: made here, shown once, revoked here."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotations.editor.paging import newest
from annotations.editor.requests import EditorRequest, form_page, signed_in, whole_number
from annotations.editor.settings.frame import managed, saved, taken, unseen
from annotations.models import ApiKey, Desk
from annotations.workflow import api_keys

PAGE_SIZE = 50
NEVER = 0
DAYS = (
    (30, _("after 30 days")),
    (90, _("after 90 days")),
    (365, _("after a year")),
    (NEVER, _("never")),
)


class KeyForm(forms.Form):
    name = forms.CharField(max_length=api_keys.NAME_LENGTH, label=_("Name"))
    scopes = forms.MultipleChoiceField(
        choices=ApiKey.Scope.choices,
        initial=[ApiKey.Scope.READ_PUBLISHED],
        widget=forms.CheckboxSelectMultiple,
        label=_("What programs with this key may do"),
    )
    expires = forms.TypedChoiceField(choices=DAYS, coerce=int, initial=365, label=_("Expires"))

    def expires_at(self, now: datetime) -> datetime | None:
        days = self.cleaned_data["expires"]
        return now + timedelta(days=days) if days else None


@signed_in
@form_page
def index(request: EditorRequest, slug: str) -> HttpResponse:
    """Show the keys; a new one is in the answer that makes it and never shown again."""
    desk = managed(request, slug)
    form = KeyForm(request.POST or None)
    if not form.is_valid():
        return _page(request, desk, form)
    issued = taken(form, lambda: _issue(request, desk, form))
    if issued is None:
        return _page(request, desk, form)
    return unseen(_page(request, desk, KeyForm(), issued=issued))


@signed_in
@require_POST
def revoke(request: EditorRequest, pk: int) -> HttpResponse:
    """Stop a key for good; it stays in the list."""
    managed_desks = Desk.objects.managed_by(request.user)
    rows = ApiKey.objects.select_related("desk").filter(desk__in=managed_desks)
    key = api_keys.revoke(key=get_object_or_404(rows, pk=pk), by=request.user, at=timezone.now())
    return saved("keys", key.desk.slug)


def _issue(request: EditorRequest, desk: Desk, form: KeyForm) -> api_keys.Issued:
    now = timezone.now()
    return api_keys.issue(
        desk=desk,
        name=form.cleaned_data["name"],
        scopes=form.cleaned_data["scopes"],
        by=request.user,
        at=now,
        expires_at=form.expires_at(now),
    )


def _page(request: EditorRequest, desk: Desk, form: KeyForm, **said: Any) -> HttpResponse:
    page = newest(
        desk.api_keys.for_list(),
        before=whole_number(request.GET.get("before")),
        size=PAGE_SIZE,
    )
    context = {
        "desk": desk,
        "form": form,
        "rows": page.rows,
        "older": page.older,
        "now": timezone.now(),
        **said,
    }
    status = 422 if form.errors else 200
    return render(request, "annotations/settings/keys.html", context, status=status)
