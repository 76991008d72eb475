"""Who sees to an article, how urgent it is, and when it has to be done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Article, User
from annotations.workflow import audit, roles
from annotations.workflow.errors import BadInput, NotAllowed
from annotations.workflow.holding import hold

FIELDS = ("assignee", "priority", "due_at")


class Taken(NotAllowed):
    """Somebody else has the article, and only a reviewer gives it to another."""

    code = "taken"


@transaction.atomic
def assign(*, article: Article, to: str | None, by: User, at: datetime) -> Article:
    """Give an article to a member of the desk, by user name, or to nobody."""
    return _change(article, {"assignee": to}, by=by, at=at)


@transaction.atomic
def prioritise(
    *, article: Article, priority: str, by: User, at: datetime, due_at: datetime | None = None
) -> Article:
    """Say how urgent an article is, and when it has to be done."""
    return _change(article, {"priority": priority, "due_at": due_at}, by=by, at=at)


def require_right(held: Any, changes: Mapping[str, Any], *, by: User) -> None:
    """Reviewers decide all this; annotators take what nobody has, and give back their own.

    The article is held, and its `role_held` is that of the person.
    """
    wanted = {name: value for name, value in changes.items() if _differs(held, name, value)}
    if not wanted or roles.suffices(held.role_held, roles.Role.REVIEWER):
        return
    if wanted.keys() != {"assignee"} or wanted["assignee"] not in (None, by.username):
        roles.require_held(held.role_held, by, held.desk, roles.Role.REVIEWER)
    if held.assignee_id not in (None, by.pk):
        raise Taken(
            _("%(name)s has this article. A reviewer can give it to you.")
            % {"name": held.assignee.name}
        )


def member(article: Article, username: str | None) -> User | None:
    """Return the member of the article's desk, or refuse a name that nobody there has."""
    if not username:
        return None
    found = User.objects.filter(
        username=username, is_active=True, memberships__desk=article.desk_id
    ).first()
    if found is None:
        raise BadInput(
            _("Nobody on this desk has the user name “%(name)s”.") % {"name": username[:80]},
            field="assignee",
            code="unknown_member",
        )
    return found


def known_priority(_article: Article, name: str) -> int:
    try:
        return Article.Priority[name.upper()].value
    except KeyError as error:
        raise BadInput(
            _("This priority does not exist."), field="priority", code="unknown_priority"
        ) from error


def state_of(article: Article) -> dict[str, Any]:
    """Say all this in the form that audit events keep."""
    return {
        "assignee": article.assignee.username if article.assignee else None,
        "priority": article.priority_name,
        "due_at": article.due_at.isoformat() if article.due_at else None,
    }


def _change(article: Article, changes: dict[str, Any], *, by: User, at: datetime) -> Article:
    held = hold(article.pk, by=by, role=roles.Role.ANNOTATOR)
    require_right(held, changes, by=by)
    before = state_of(held)
    if "assignee" in changes:
        held.assignee = member(held, changes["assignee"])
    if "priority" in changes:
        held.priority, held.due_at = known_priority(held, changes["priority"]), changes["due_at"]
    after = state_of(held)
    if after != before:
        held.version += 1
        held.save(update_fields=[*FIELDS, "version"])
        change = audit.Change(before, after)
        audit.record("article.assigned", by=by, at=at, about=held, change=change)
    return held


def _differs(held: Article, name: str, value: Any) -> bool:
    if name == "assignee":
        return (held.assignee.username if held.assignee else None) != (value or None)
    if name == "priority":
        return bool(held.priority_name != value)
    return name in FIELDS and bool(getattr(held, name) != value)
