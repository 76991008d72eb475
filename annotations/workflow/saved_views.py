"""Filters of a list kept under a name: for oneself, or by a manager for the whole desk."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.models import Desk, SavedView, User
from annotations.models.saved_views import SavedViewQuerySet
from annotations.workflow import audit, checks, roles
from annotations.workflow.errors import BadInput, NotAllowed, WorkflowError

NAME_LENGTH, QUERY_LENGTH, AT_MOST = 60, 2000, 30
PASSING = {"before", "start", "article"}  # where somebody is in the list, not which list it is


class NameTaken(WorkflowError):
    code = "name_taken"


class TooMany(WorkflowError):
    code = "too_many_views"


def settled(query: str) -> str:
    """Return the part of an address that a view keeps: what is empty or passing is left out."""
    pairs = parse_qsl(query.lstrip("?")[:QUERY_LENGTH], keep_blank_values=False, errors="replace")
    return urlencode([(name, value) for name, value in pairs if name not in PASSING])


@transaction.atomic
def save(
    *, page: str, name: str, query: str, by: User, at: datetime, desk: Desk | None = None
) -> SavedView:
    """Keep a view after those that are there."""
    if desk is not None:
        roles.require(by, desk, roles.Role.MANAGER)
    view = SavedView(owner=by, desk=desk, page=page, name=_name(name), query=settled(query))
    if page not in SavedView.Page.values:
        raise BadInput(_("There is no such list."), field="page", code="unknown_page")
    others = list(_beside(view))
    if len(others) >= AT_MOST:
        raise TooMany(_("There are %(number)s views already. Delete one.") % {"number": AT_MOST})
    view.position = max((one.position for one in others), default=-1) + 1
    _store(view)
    _trace("view.saved", view, None, by=by, at=at)
    return view


@transaction.atomic
def rename(*, view: SavedView, name: str, by: User, at: datetime) -> SavedView:
    held = _held(view, by)
    before = _state(held)
    held.name = _name(name)
    _store(held)
    _trace("view.renamed", held, before, by=by, at=at)
    return held


@transaction.atomic
def move(*, view: SavedView, up: bool, by: User) -> None:
    """Let a view change places with the one before or after it."""
    held = _held(view, by)
    row = list(_beside(held).in_order().select_for_update(of=("self",)))
    place = next(number for number, one in enumerate(row) if one.pk == held.pk)
    other = place + (-1 if up else 1)
    if 0 <= other < len(row):
        row[place], row[other] = row[other], row[place]
    for number, one in enumerate(row):
        one.position = number
    SavedView.objects.bulk_update(row, ["position"])


@transaction.atomic
def delete(*, view: SavedView, by: User, at: datetime) -> None:
    held = _held(view, by)
    _trace("view.deleted", held, _state(held), by=by, at=at)
    held.delete()


def _held(view: SavedView, by: User) -> SavedView:
    """Return the view as it is now, if this person may change it."""
    held = SavedView.objects.select_for_update(of=("self",)).select_related("desk").get(pk=view.pk)
    if held.desk is not None:
        roles.require(by, held.desk, roles.Role.MANAGER)
    elif held.owner_id != by.pk:
        raise NotAllowed(_("This view is not yours."))
    return held


def _beside(view: SavedView) -> SavedViewQuerySet:
    """Return the views that stand in one row with it."""
    if view.desk_id:
        return SavedView.objects.filter(desk=view.desk_id, page=view.page)
    return SavedView.objects.filter(desk=None, owner=view.owner_id, page=view.page)


def _name(name: str) -> str:
    name = " ".join(name.split())
    checks.require_words(name, field="name", message=_("A view has a name."))
    if len(name) > NAME_LENGTH:
        raise BadInput(
            _("A name has at most %(limit)s characters.") % {"limit": NAME_LENGTH},
            field="name",
            code="too_long",
        )
    return name


def _store(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        raise NameTaken(_("There is a view “%(name)s” already.") % {"name": view.name}) from error


def _trace(action: str, view: SavedView, before: Any, *, by: User, at: datetime) -> None:
    """Leave a trace of what concerns a desk; what is only one's own concerns nobody."""
    if view.desk is not None:
        after = None if action == "view.deleted" else _state(view)
        audit.record(action, by=by, at=at, about=view.desk, change=audit.Change(before, after))


def _state(view: SavedView) -> dict[str, Any]:
    return {"page": view.page, "name": view.name, "query": view.query}
