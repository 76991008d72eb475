"""Who belongs to a desk: joining, changing roles, leaving, and inviting somebody new."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from annotations.models import Article, Desk, ExtractionRun, Membership, User
from annotations.workflow import assigning, audit, checks, roles
from annotations.workflow.errors import BadInput, StaleWrite, WorkflowError

NAME_LENGTH = 150


class LastManager(WorkflowError):
    code = "last_manager"


class AlreadyMember(WorkflowError):
    code = "already_member"


class AlreadyHere(WorkflowError):
    code = "already_here"


class Gone(WorkflowError):
    code = "gone"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who has no account in the house yet."""

    username: str
    display_name: str = ""
    email: str = ""


class Invited(NamedTuple):
    """A new member and the two parts of the link by which they choose a password, once."""

    membership: Membership
    uid: str
    token: str


@transaction.atomic
def add(*, desk: Desk, who: str, role: str, by: User, at: datetime) -> Membership:
    """Take somebody in who has an account, found by user name or e-mail address."""
    roles.require(by, desk, roles.Role.MANAGER)
    return _join(desk, _found(who), _checked(role), "member.added", by=by, at=at)


@transaction.atomic
def invite(*, desk: Desk, newcomer: Newcomer, role: str, by: User, at: datetime) -> Invited:
    """Make an account without a password, and the link by which its owner chooses one."""
    roles.require(by, desk, roles.Role.MANAGER)
    role = _checked(role)
    _check(newcomer)
    user = User(
        username=newcomer.username.strip(),
        display_name=newcomer.display_name.strip(),
        email=newcomer.email.strip(),
    )
    user.set_unusable_password()
    user.save()
    return _link(_join(desk, user, role, "member.invited", by=by, at=at))


@transaction.atomic
def invite_again(*, membership: Membership, by: User, at: datetime) -> Invited:
    """Give a new link to somebody who has not come yet; the one before ends."""
    held = _hold(membership, by=by)
    if not is_awaited(held.user):
        raise AlreadyHere(_("This person has chosen a password already."))
    held.user.set_unusable_password()
    held.user.save(update_fields=["password"])
    change = audit.Change(after=_state(held))
    audit.record("member.invited_again", by=by, at=at, about=held.desk, change=change)
    return _link(held)


@transaction.atomic
def change_role(
    *, membership: Membership, role: str, by: User, at: datetime, based_on: str
) -> Membership:
    """Let a member do more or less; `based_on` is the role that one saw."""
    role = _checked(role)
    held = _hold(membership, by=by)
    if held.role != based_on:
        raise StaleWrite(
            _("This member's role was changed in the meantime. Look at it again."), current=held
        )
    if held.role == role:
        return held
    before = _state(held)
    if role != roles.Role.MANAGER:
        _refuse_last_manager(held)
    held.role = role
    held.save(update_fields=["role"])
    change = audit.Change(before, _state(held))
    audit.record("member.role_changed", by=by, at=at, about=held.desk, change=change)
    return held


@transaction.atomic
def remove(*, membership: Membership, by: User, at: datetime) -> None:
    """End a membership. What the person did stays theirs; what they had to see to is free again."""
    roles.require(by, membership.desk, roles.Role.MANAGER)
    for article in _seen_to(membership):  # articles are held before their desk, as everywhere
        assigning.assign(article=article, to=None, by=by, at=at)
    held = _hold(membership, by=by)
    _refuse_last_manager(held)
    audit.record("member.removed", by=by, at=at, about=held.desk, change=audit.Change(_state(held)))
    held.delete()


def is_awaited(user: User) -> bool:
    """Tell who was invited and has not chosen a password yet."""
    return user.last_login is None and not user.has_usable_password()


def _found(who: str) -> User:
    """Return the one person of this user name, or of this address."""
    checks.require_words(who, field="who", message=_("Give a user name or an e-mail address."))
    who = who.strip()
    people = list(User.objects.filter(Q(username=who) | Q(email__iexact=who))[:3])
    people = [one for one in people if one.username == who] or people
    if len(people) > 1:
        raise BadInput(_("Several people have this address: give the user name."), field="who")
    if not people:
        raise BadInput(_("Nobody here has this name. Invite them instead."), field="who")
    if not people[0].is_active:
        raise BadInput(_("This person's account is switched off."), field="who")
    return people[0]


def _join(
    desk: Desk, user: User, role: roles.Role, action: str, *, by: User, at: datetime
) -> Membership:
    membership, is_new = Membership.objects.get_or_create(
        desk=desk, user=user, defaults={"role": role}
    )
    if not is_new:
        raise AlreadyMember(_("%(name)s is a member already.") % {"name": user.name})
    audit.record(action, by=by, at=at, about=desk, change=audit.Change(after=_state(membership)))
    return membership


def _hold(membership: Membership, *, by: User) -> Membership:
    """Return the row as it is now; all changes of a desk's members come one after the other."""
    Desk.objects.select_for_update(no_key=True).get(pk=membership.desk_id)
    roles.require(by, membership.desk, roles.Role.MANAGER)  # still, now that all others wait
    found = Membership.objects.select_related("user", "desk").filter(pk=membership.pk).first()
    if found is None:
        raise Gone(_("This person is no member any more."))
    return found


def _seen_to(membership: Membership) -> list[Article]:
    """Return the articles that the person was to see to and in which something is left to do."""
    is_left = Q(is_open=True) | Q(current_run__state__in=ExtractionRun.ACTIVE)
    own = Article.objects.filter(is_left, desk=membership.desk_id, assignee=membership.user_id)
    return list(own.order_by("pk"))


def _refuse_last_manager(held: Membership) -> None:
    """A desk without a manager could not be helped from its own pages."""
    others = held.desk.memberships.filter(role=roles.Role.MANAGER, user__is_active=True)
    if held.role == roles.Role.MANAGER and not others.exclude(pk=held.pk).exists():
        raise LastManager(_("A desk keeps at least one manager. Make somebody else one first."))


def _checked(role: str) -> roles.Role:
    if role not in roles.Role.values:
        raise BadInput(_("Choose one of the roles."), field="role", code="unknown_role")
    return roles.Role(role)


def _check(newcomer: Newcomer) -> None:
    checks.require_words(newcomer.username, field="username", message=_("Give a user name."))
    checks.refuse_control(newcomer.display_name, field="display_name")
    try:
        User.username_validator(newcomer.username.strip())
    except ValidationError as error:
        raise BadInput(
            _("A user name holds letters, digits and @ . + - _ only."), field="username"
        ) from error
    if User.objects.filter(username__iexact=newcomer.username.strip()).exists():
        raise BadInput(_("Somebody has this user name already."), field="username")
    if newcomer.email.strip():
        _check_address(newcomer.email.strip())


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise BadInput(_("This is no e-mail address."), field="email") from error
    if User.objects.filter(email__iexact=email).exists():
        raise BadInput(_("Somebody has this address already. Add them instead."), field="email")


def _link(membership: Membership) -> Invited:
    user = membership.user
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return Invited(membership, uid, default_token_generator.make_token(user))


def _state(membership: Membership) -> dict[str, object]:
    return {
        "user": membership.user_id,
        "username": membership.user.username,
        "role": str(membership.role),
    }
