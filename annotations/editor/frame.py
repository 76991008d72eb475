"""Parts of pages that are drawn once for all who would see the same.

What is each page's own, as the token of its session, stands in for itself until it is known.
"""

from collections.abc import Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from annotations.editor.context import Standing
from annotations.editor.exports import ExportForm
from annotations.models import Desk, Membership, User

register = template.Library()
HEADER = "components/_header.html"
EXPORT_FORM = "annotations/_export_form.html"
PAGES = ("queue", "review", "publications", "insights", "search")
TOKEN, ADDRESS = "token-of-the-session", "address-of-the-page"  # stand for what is each page's own
Roles = tuple[tuple[str, str], ...]  # name of the desk, role


@register.simple_tag(takes_context=True)
def header(context: Context) -> SafeString:
    """Draw the header; what differs from page to page is put into its place."""
    user, request = context.get("user"), context.get("request")
    if not isinstance(request, HttpRequest) or not isinstance(user, User):
        return render_to_string(HEADER, cast(dict[str, Any], context.flatten()))
    standing: Standing = context["standing"]
    roles = tuple((one.desk.name, str(one.role)) for one in standing.memberships)
    drawn = _header(
        (user.pk, user.name),
        roles,
        request.path if request.path in _pages() else "",
        get_language(),
        reviews=standing.reviews,
    )
    said = drawn.replace(TOKEN, str(context["csrf_token"]))
    return SafeString(said.replace(ADDRESS, escape(request.get_full_path())))


@register.simple_tag(takes_context=True)
def export_form(context: Context, desks: Sequence[Desk]) -> SafeString:
    """Draw the form that asks for an export in a file."""
    drawn = _export_form(tuple((one.pk, one.name) for one in desks), get_language())
    return SafeString(drawn.replace(TOKEN, str(context["csrf_token"])))


@lru_cache(maxsize=1)
def _pages() -> frozenset[str]:
    return frozenset(reverse(f"editor:{name}") for name in PAGES)


@lru_cache(maxsize=1024)
def _header(
    person: tuple[int, str], roles: Roles, path: str, _language: str | None, *, reviews: bool
) -> str:
    desks = [SimpleNamespace(name=name) for name, _role in roles]
    memberships = [
        SimpleNamespace(desk=desk, role_name=str(Membership.Role(role).label))
        for desk, (_name, role) in zip(desks, roles, strict=True)
    ]
    pk, name = person
    return render_to_string(
        HEADER,
        {
            "user": SimpleNamespace(pk=pk, name=name, is_authenticated=True),
            "standing": SimpleNamespace(desks=desks, memberships=memberships, reviews=reviews),
            "request": SimpleNamespace(path=path, get_full_path=ADDRESS),
            "csrf_token": TOKEN,
        },
    )


@lru_cache(maxsize=256)
def _export_form(desks: tuple[tuple[int, str], ...], _language: str | None) -> str:
    form = ExportForm(desks=[Desk(pk=pk, name=name) for pk, name in desks])
    return render_to_string(EXPORT_FORM, {"export_form": form, "csrf_token": TOKEN})
