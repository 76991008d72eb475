"""How a desk shows itself to readers: whether at all, where its checks stand, how it works."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.exports.publishers import host_of, is_under
from annotations.models import Desk, User
from annotations.models.desks import validate_check_url
from annotations.workflow import audit, checks, desks, roles
from annotations.workflow.errors import BadInput


@dataclass(frozen=True, slots=True)
class Presentation:
    """All that readers are told of a desk beside what it published."""

    publishes_publicly: bool = False
    site_url: str = ""
    check_url: str = ""
    license_url: str = ""
    reviews_without_rating: bool = False
    methodology: str = ""
    corrections_policy: str = ""


@transaction.atomic
def present(
    *, desk: Desk, presentation: Presentation, by: User, at: datetime, based_on: int
) -> Desk:
    """Change how a desk shows itself; `based_on` is the version of the desk that one saw."""
    roles.require(by, desk, roles.Role.MANAGER)
    _check(presentation)
    held = desks.hold_as_seen(desk, based_on)
    before, after = asdict(presentation_of(held)), asdict(presentation)
    if before == after:
        return held
    for name, value in after.items():
        setattr(held, name, value)
    desks.save(held)
    audit.record("desk.presented", by=by, at=at, about=held, change=audit.Change(before, after))
    return held


def presentation_of(desk: Desk) -> Presentation:
    return Presentation(**{name: getattr(desk, name) for name in Presentation.__slots__})


def _check(presentation: Presentation) -> None:
    for field in ("methodology", "corrections_policy"):
        checks.refuse_control(getattr(presentation, field), field=field)
    for field in ("site_url", "license_url"):
        if address := getattr(presentation, field):
            checks.require_address(address, field=field)
    if presentation.check_url:
        _check_pattern(presentation.check_url, presentation.site_url)


def _check_pattern(pattern: str, site: str) -> None:
    """Refuse a pattern whose addresses no format takes: they belong to the publisher's site."""
    try:
        validate_check_url(pattern)
    except ValidationError as error:
        raise BadInput(
            _("Write a full address with {id} or {article} in it."), field="check_url"
        ) from error
    filled = pattern.replace("{id}", "1").replace("{article}", "1")
    checks.require_address(filled, field="check_url")
    if not is_under(host_of(pattern), host_of(site)):
        raise BadInput(_("Checks are read on the publisher's own site."), field="check_url")
