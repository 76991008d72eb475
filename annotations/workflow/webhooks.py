"""Webhooks as managers set them up: where news is sent, and the secrets that sign it."""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from annotations.models import Desk, User, WebhookDelivery, WebhookEndpoint, WebhookEvent
from annotations.workflow import audit, checks, log_news, outbound, roles
from annotations.workflow.errors import BadInput, StaleWrite, WorkflowError

State = WebhookEndpoint.State
Because = WebhookEndpoint.Because
DESCRIPTION_LENGTH = 200
ENDPOINTS_AT_MOST = 20
OVERLAP = timedelta(days=1)
OVERLAP_AT_MOST = timedelta(days=30)


class TooMany(WorkflowError):
    code = "too_many_webhooks"


class WrongState(WorkflowError):
    code = "wrong_state"


@dataclass(frozen=True, slots=True)
class Draft:
    """What an endpoint is to be; None leaves a part as it is."""

    url: str | None = None
    events: Sequence[str] | None = None
    description: str | None = None


class Issued(NamedTuple):
    """An endpoint and its secret, which is shown now and never again."""

    endpoint: WebhookEndpoint
    secret: str


@transaction.atomic
def add(*, desk: Desk, draft: Draft, by: User, at: datetime) -> Issued:
    """Add an endpoint; it is told all news from now on."""
    roles.require(by, desk, roles.Role.MANAGER)
    Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
    if WebhookEndpoint.objects.kept().filter(desk=desk).count() >= ENDPOINTS_AT_MOST:
        raise TooMany(_("A desk has at most %(limit)s webhooks.") % {"limit": ENDPOINTS_AT_MOST})
    endpoint = WebhookEndpoint(desk=desk, salt=_salt(), created_at=at, created_by=by)
    events = WebhookEvent.values if draft.events is None else draft.events
    _take(endpoint, Draft(draft.url or "", events, draft.description))
    endpoint.save()
    _record("webhook.added", endpoint, None, by=by, at=at)
    return Issued(endpoint, secret_of(endpoint.salt))


@transaction.atomic
def change(
    *, endpoint: WebhookEndpoint, draft: Draft, by: User, at: datetime, based_on: int
) -> WebhookEndpoint:
    """Change the address, the events or the description."""
    endpoint = _hold(endpoint, by=by, based_on=based_on)
    before = state_of(endpoint)
    _take(endpoint, draft)
    return _save(endpoint, "webhook.changed", before, by=by, at=at)


@transaction.atomic
def rotate(
    *, endpoint: WebhookEndpoint, by: User, at: datetime, overlap: timedelta = OVERLAP
) -> Issued:
    """Give a new secret; until the overlap ends, messages are signed with both."""
    if not timedelta() <= overlap <= OVERLAP_AT_MOST:
        raise BadInput(
            _("Secrets overlap for at most %(days)s days.") % {"days": OVERLAP_AT_MOST.days},
            field="overlap_hours",
        )
    endpoint = _hold(endpoint, by=by)
    before = state_of(endpoint)
    endpoint.previous_salt, endpoint.previous_until = endpoint.salt, at + overlap
    endpoint.salt = _salt()
    _save(endpoint, "webhook.rotated", before, by=by, at=at)
    return Issued(endpoint, secret_of(endpoint.salt))


@transaction.atomic
def pause(*, endpoint: WebhookEndpoint, by: User, at: datetime) -> WebhookEndpoint:
    """Send nothing until it is resumed; what happens meanwhile is kept for then."""
    endpoint = _hold(endpoint, by=by)
    if endpoint.state == State.PAUSED:
        return endpoint
    before = state_of(endpoint)
    endpoint.state, endpoint.paused_because = State.PAUSED, Because.PERSON
    return _save(endpoint, "webhook.paused", before, by=by, at=at)


@transaction.atomic
def resume(*, endpoint: WebhookEndpoint, by: User, at: datetime) -> WebhookEndpoint:
    """Send again, beginning with what was kept; also wakes one that rests after failures."""
    endpoint = _hold(endpoint, by=by)
    before = state_of(endpoint)
    endpoint.state, endpoint.paused_because = State.ACTIVE, ""
    endpoint.failures, endpoint.failing_since, endpoint.retry_at = 0, None, None
    endpoint.deliveries.pending().update(next_attempt_at=at, first_attempt_at=None)
    log_news.tell(endpoint.desk_id)
    return _save(endpoint, "webhook.resumed", before, by=by, at=at)


@transaction.atomic
def remove(*, endpoint: WebhookEndpoint, by: User, at: datetime) -> None:
    """Send nothing any more. What was delivered stays on record until it is old."""
    endpoint = _hold(endpoint, by=by)
    before = state_of(endpoint)
    endpoint.state, endpoint.paused_because = State.REMOVED, ""
    endpoint.deliveries.pending().delete()
    _save(endpoint, "webhook.removed", before, by=by, at=at)


@transaction.atomic
def redeliver(*, delivery: WebhookDelivery, by: User, at: datetime) -> WebhookDelivery:
    """Send a message once more, under its own id, whatever became of it."""
    endpoint = _hold(delivery.endpoint, by=by)
    if endpoint.state != State.ACTIVE:
        raise WrongState(_("This webhook is paused. Resume it first."))
    delivery.state = WebhookDelivery.State.PENDING
    delivery.next_attempt_at, delivery.first_attempt_at = at, None
    delivery.save(update_fields=["state", "next_attempt_at", "first_attempt_at"])
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(retry_at=None)
    change = audit.Change(after={"url": endpoint.url, "message": str(delivery.message_id)})
    audit.record("webhook.redelivered", by=by, at=at, about=endpoint.desk, change=change)
    log_news.tell(endpoint.desk_id)
    return delivery


def secrets_of(endpoint: WebhookEndpoint, *, at: datetime) -> list[str]:
    """Return the secrets that sign now: the present one, and the one before while they overlap."""
    salts = [endpoint.salt]
    if endpoint.previous_until is not None and at < endpoint.previous_until:
        salts.append(endpoint.previous_salt)
    return [secret_of(salt) for salt in salts]


def secret_of(salt: str) -> str:
    """Derive a secret, in the form that Standard Webhooks gives it."""
    digest = salted_hmac(
        "annotations.webhooks", salt, secret=settings.WEBHOOK_KEY, algorithm="sha256"
    ).digest()
    return f"whsec_{b64encode(digest).decode()}"


def state_of(endpoint: WebhookEndpoint) -> dict[str, object]:
    """Say what an endpoint is, in the form that audit events keep; never its secret."""
    return {
        "url": endpoint.url,
        "events": list(endpoint.events),
        "state": endpoint.state,
        "paused_because": endpoint.paused_because,
    }


def _hold(endpoint: WebhookEndpoint, *, by: User, based_on: int | None = None) -> WebhookEndpoint:
    """Return the row as it is now, held until commit, if this person manages its desk."""
    roles.require(by, endpoint.desk, roles.Role.MANAGER)
    held = WebhookEndpoint.objects.select_for_update(of=("self",)).select_related("desk")
    endpoint = held.get(pk=endpoint.pk)
    if based_on is not None and endpoint.version != based_on:
        raise StaleWrite(
            _("This webhook was changed in the meantime. Look at it again."), current=endpoint
        )
    if endpoint.state == State.REMOVED:
        raise WrongState(_("This webhook was removed."))
    return endpoint


def _take(endpoint: WebhookEndpoint, draft: Draft) -> None:
    if draft.url is not None:
        endpoint.url = _checked_address(draft.url)
    if draft.events is not None:
        endpoint.events = _checked_events(draft.events)
    if draft.description is not None:
        checks.refuse_control(draft.description, field="description")
        endpoint.description = draft.description.strip()[:DESCRIPTION_LENGTH]


def _checked_address(url: str) -> str:
    """Take an address without name or password in it; plain http only for hosts allowed by name."""
    checks.require_address(url, field="url")
    parts = urlsplit(url)
    if "@" in parts.netloc or parts.fragment or not url.isascii():
        raise BadInput(
            _("Leave out user names, passwords and what follows #, and write it in ASCII."),
            field="url",
            code="bad_url",
        )
    if parts.scheme != "https" and not outbound.is_allowed_by_name(parts.hostname or ""):
        raise BadInput(_("The address has to begin with https://."), field="url", code="not_https")
    return url


def _checked_events(events: Sequence[str]) -> list[str]:
    if not events or not set(events) <= set(WebhookEvent.values):
        raise BadInput(_("Choose at least one of the events."), field="events")
    return sorted(set(events))


def _save(
    endpoint: WebhookEndpoint, action: str, before: dict[str, object], *, by: User, at: datetime
) -> WebhookEndpoint:
    endpoint.version += 1
    endpoint.save()
    _record(action, endpoint, before, by=by, at=at)
    return endpoint


def _record(
    action: str,
    endpoint: WebhookEndpoint,
    before: dict[str, object] | None,
    *,
    by: User,
    at: datetime,
) -> None:
    change = audit.Change(before, state_of(endpoint))
    audit.record(action, by=by, at=at, about=endpoint.desk, change=change)


def _salt() -> str:
    return secrets.token_hex(16)
