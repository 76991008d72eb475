"""The frame of a page: its header is drawn once for all who would see the same."""

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
from annotations.models import Membership, User

register = template.Library()
HEADER = "components/_header.html"
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
