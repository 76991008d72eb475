"""The members of a desk: who belongs to it, who comes, who goes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from annotations.editor.requests import EditorRequest, form_page, signed_in
from annotations.editor.settings.frame import done, managed, saved, taken, unseen
from annotations.models import Desk, Membership
from annotations.workflow import members
from annotations.workflow.errors import StaleWrite, WorkflowError

TEMPLATE = "annotations/settings/members.html"
Role = Membership.Role


class AddForm(forms.Form):
    who = forms.CharField(max_length=254, label=_("User name or e-mail address"))
    role = forms.ChoiceField(choices=Role.choices, initial=Role.ANNOTATOR, label=_("Role"))


class InviteForm(forms.Form):
    username = forms.CharField(max_length=members.NAME_LENGTH, label=_("User name"))
    display_name = forms.CharField(
        max_length=members.NAME_LENGTH, required=False, label=_("Name that colleagues see")
    )
    email = forms.CharField(max_length=254, required=False, label=_("E-mail address"))
    role = forms.ChoiceField(choices=Role.choices, initial=Role.ANNOTATOR, label=_("Role"))

    def newcomer(self) -> members.Newcomer:
        names = ("username", "display_name", "email")
        return members.Newcomer(**{name: self.cleaned_data[name] for name in names})


@signed_in
@form_page
def index(request: EditorRequest, slug: str) -> HttpResponse:
    """Show the members, and add somebody who has an account."""
    desk = managed(request, slug)
    form = AddForm(request.POST or None, prefix="add")
    if done(form, partial(_add, request, desk, form)):
        return saved("members", slug)
    return _page(request, desk, add_form=form)


@signed_in
@require_POST
def invite(request: EditorRequest, slug: str) -> HttpResponse:
    """Make an account for somebody new; the link is in this answer and never shown again."""
    desk = managed(request, slug)
    form = InviteForm(request.POST, prefix="invite")
    invited = taken(form, partial(_invite, request, desk, form)) if form.is_valid() else None
    if invited is None:
        return _page(request, desk, invite_form=form)
    return _page(request, desk, **_issued(request, invited))


@signed_in
@require_POST
def invite_again(request: EditorRequest, pk: int) -> HttpResponse:
    """Show a new link for somebody who has not come yet."""
    membership = _membership(request, pk)
    try:
        invited = members.invite_again(membership=membership, by=request.user, at=timezone.now())
    except WorkflowError as refusal:
        return _page(request, membership.desk, problem=refusal)
    return _page(request, membership.desk, **_issued(request, invited))


@signed_in
@require_POST
def change_role(request: EditorRequest, pk: int) -> HttpResponse:
    def act(membership: Membership) -> object:
        return members.change_role(
            membership=membership,
            role=request.POST.get("role", ""),
            by=request.user,
            at=timezone.now(),
            based_on=request.POST.get("seen", ""),
        )

    return _act(request, pk, act)


@signed_in
@require_POST
def remove(request: EditorRequest, pk: int) -> HttpResponse:
    def act(membership: Membership) -> object:
        return members.remove(membership=membership, by=request.user, at=timezone.now())

    return _act(request, pk, act)


def _act(request: EditorRequest, pk: int, act: Callable[[Membership], object]) -> HttpResponse:
    membership = _membership(request, pk)
    try:
        act(membership)
    except WorkflowError as refusal:
        return _page(request, membership.desk, problem=refusal)
    if membership.user_id == request.user.pk:
        return saved("settings")
    return saved("members", membership.desk.slug)


def _add(request: EditorRequest, desk: Desk, form: AddForm) -> Membership:
    return members.add(desk=desk, by=request.user, at=timezone.now(), **form.cleaned_data)


def _invite(request: EditorRequest, desk: Desk, form: InviteForm) -> members.Invited:
    return members.invite(
        desk=desk,
        newcomer=form.newcomer(),
        role=form.cleaned_data["role"],
        by=request.user,
        at=timezone.now(),
    )


def _membership(request: EditorRequest, pk: int) -> Membership:
    managed_desks = Desk.objects.managed_by(request.user)
    found = Membership.objects.select_related("desk", "user").filter(desk__in=managed_desks)
    return get_object_or_404(found, pk=pk)


def _issued(request: EditorRequest, invited: members.Invited) -> dict[str, Any]:
    path = reverse("editor:welcome", args=[invited.uid, invited.token])
    return {"link": request.build_absolute_uri(path), "invited": invited.membership.user}


def _page(request: EditorRequest, desk: Desk, **said: Any) -> HttpResponse:
    """Show the members with what was refused, or with a link that is shown this once."""
    rows = list(desk.memberships.for_list())
    for row in rows:
        row.is_awaited = members.is_awaited(row.user)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "desk": desk,
        "rows": rows,
        "roles": Role.choices,
        "add_form": AddForm(prefix="add"),
        "invite_form": InviteForm(prefix="invite"),
        **said,
    }
    response = render(request, TEMPLATE, context, status=_status(context))
    return unseen(response) if "link" in said else response


def _status(context: dict[str, Any]) -> int:
    if isinstance(context.get("problem"), StaleWrite):
        return 409
    wrong = context["add_form"].errors or context["invite_form"].errors
    return 422 if wrong or "problem" in context else 200
