"""Who may do what: each role may do all that the one before it may."""

from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from annotations.models import Desk, Membership, User
from annotations.workflow.errors import NotAllowed, Outsider

Role = Membership.Role
_RANKS = {Role.ANNOTATOR: 1, Role.REVIEWER: 2, Role.MANAGER: 3}


def role_of(user: User, desk: Desk) -> Role | None:
    """Say what this person is on the desk, or None for an outsider."""
    held = Membership.objects.filter(user=user, desk=desk).values_list("role", flat=True).first()
    return Role(held) if held and user.is_active else None


def may(user: User, desk: Desk, role: Role) -> bool:
    return suffices(role_of(user, desk), role)


def require(user: User, desk: Desk, role: Role) -> None:
    """Refuse whoever holds less than this role on the desk."""
    require_held(role_of(user, desk), user, desk, role)


def held_by(user: User | Combinable) -> Subquery:
    """Return the role on the desk of an outer row, to read it along with that row."""
    return Subquery(Membership.objects.filter(user=user, desk=OuterRef("desk")).values("role")[:1])


def require_held(held: str | None, user: User, desk: Desk, role: Role) -> None:
    """Refuse as `require` does, where the role was read already."""
    if not user.is_active or not suffices(held, role):
        refusal = NotAllowed if held else Outsider
        raise refusal(
            _("On the desk “%(desk)s” this takes the role of %(role)s.")
            % {"role": role.label, "desk": desk.name}
        )


def suffices(held: str | None, role: Role) -> bool:
    """Tell whether a role that was read already is enough."""
    return held is not None and _RANKS[Role(held)] >= _RANKS[role]
