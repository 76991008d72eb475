"""Whose annotations the labels of a file become.

They are the importing person's, unless a manager says which colleague an account of the other tool
is.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from annotations.imports import Mark
from annotations.models import Import, User
from annotations.workflow import roles
from annotations.workflow.errors import BadInput

OPTION = "people"


def table(lines: str) -> dict[str, str]:
    """Read which of our user names each account of a file is: `7=camille;anna@a.example=leo`."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, lines.replace("\n", ";").split(";"))):
        account, equals, name = (part.strip() for part in line.partition("="))
        if not (account and equals and name):
            raise BadInput(
                _("“%(line)s” says of no account who it is. Write for example: 7=camille")
                % {"line": line[:80]},
                field=OPTION,
            )
        found[account.casefold()] = name
    return found


def require(work: Import, by: User) -> None:
    """Refuse who may not annotate in the name of others, and names that are no colleague's."""
    names = set(table_of(work).values())
    if not names:
        return
    roles.require(by, work.desk, roles.Role.MANAGER)
    if strangers := names - authors(work, by).keys():
        raise BadInput(
            _("“%(name)s” is no member of this desk.") % {"name": min(strangers)[:150]},
            field=OPTION,
        )


def authors(work: Import, by: User) -> dict[str, User]:
    """Return the people whose annotations come in, by user name; `by` is who goes without one."""
    names = set(table_of(work).values())
    members = User.objects.filter(memberships__desk=work.desk_id, is_active=True)
    named = members.filter(username__in=names) if names else ()
    return {"": by} | {one.username: one for one in named}


def name_of(mark: Mark, known: Mapping[str, str]) -> str:
    """Return the user name of whoever gave a mark; empty where nobody is named."""
    return next((known[one.casefold()] for one in mark.by if one.casefold() in known), "")


def table_of(work: Import) -> dict[str, str]:
    return table(work.options.get(OPTION, ""))
