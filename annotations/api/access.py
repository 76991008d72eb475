"""Whose data a request may see: the desks of the person, or the one desk of the key."""

from collections.abc import Sequence
from typing import cast

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from annotations.models import ApiKey, Desk, Membership, User
from annotations.models.statements import Reading, Slot
from annotations.workflow.errors import BadInput

_DESKS = Reading(lambda: Desk.objects.filter(memberships__user=Slot("user")).defer("guidelines"))


def person(request: Request) -> User:
    """Return who acts: the person, or the one for whom the key acts."""
    return cast(User, request.user)


def bound_to(request: Request) -> int | None:
    """Return the desk that the caller's key is bound to; a person is bound to none."""
    return request.auth.desk_id if isinstance(request.auth, ApiKey) else None


def is_anybody(request: Request) -> bool:
    """Say whether the caller brought neither key nor session: a reader of public desks."""
    return request.user is None


def hidden(request: Request) -> Exception:
    """Return what to raise where there is nothing for the caller to see."""
    return NotAuthenticated() if is_anybody(request) else Http404()


def within(request: Request, path: str = "desk") -> Q:
    """Keep what belongs to the caller's desks; `path` leads from the rows to their desk."""
    if is_anybody(request):
        return Q(**{f"{path}__publishes_publicly": True})
    if isinstance(request.auth, ApiKey):
        return Q(**{path: request.auth.desk_id})
    return Q(**{f"{path}__memberships__user": person(request)})


def desks(request: Request, slug: str | None = None) -> list[Desk]:
    """Return the caller's desks, or the named one; a desk of others is not found.

    Anybody may name a desk that shows to everybody what it publishes.
    """
    if is_anybody(request):
        return _public(slug)
    if isinstance(request.auth, ApiKey):
        found = [request.auth.desk]
    else:
        found = _DESKS.all(user=person(request).pk)
    if slug:
        found = [desk for desk in found if desk.slug == slug]
        if not found:
            raise Http404
    return found


def _public(slug: str | None) -> list[Desk]:
    found = list(Desk.objects.public().filter(slug=slug or ""))
    if not found:
        raise NotAuthenticated
    return found


def one_desk(request: Request, slug: str | None = None) -> Desk:
    """Return the named desk, or the only one; refuse to guess among several."""
    found = desks(request, slug)
    if not found:
        raise Http404
    if len(found) > 1:
        raise BadInput(_("Say which desk."), field="desk", code="required")
    return found[0]


def blind_desks(request: Request, among: Sequence[Desk]) -> set[int]:
    """Return the desks that hide colleagues' labels from the caller: all but reviewers."""
    blind = {desk.pk for desk in among if desk.is_blind}
    if not blind:
        return blind
    reviews = Membership.objects.filter(user=person(request), desk__in=blind).exclude(
        role=Membership.Role.ANNOTATOR
    )
    return blind - set(reviews.values_list("desk_id", flat=True))


def open_desk(request: Request, slug: str) -> Desk:
    """Return a desk whose published work the caller may read: one's own, or a public one."""
    public = Desk.objects.public().filter(slug=slug).first()
    if public:
        return public
    if request.user is None:
        raise NotAuthenticated
    [found] = desks(request, slug)
    return found
