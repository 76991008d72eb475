"""Delivering webhooks: one sender an endpoint at a time, every message until it has arrived.

Who sends holds the endpoint by a token with an end, so that a worker that dies is followed by
another. No transaction is open while the receiver is waited for. A message waits for the earlier
ones about the same sentence; one that fails lets those about other sentences pass.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from logging import getLogger
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from standardwebhooks import Webhook

from annotations.exports import COLUMNS, Record, to_wire
from annotations.models import Publication, WebhookDelivery, WebhookEndpoint
from annotations.workflow import audit, outbound, webhooks
from annotations.workflow.outbound import Answer, NotReached, Resolver

logger = getLogger(__name__)
Clock = Callable[[], datetime]
State = WebhookDelivery.State

DELAYS = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 300, 1_800, 7_200, 18_000, 36_000, 43_200)
)
RESTS_AFTER = 3  # failures in a row: the receiver is down, not the message wrong
RESTS_AT_MOST = timedelta(hours=1)
WAITS_AT_MOST = timedelta(days=1)  # if the receiver says how long to wait
TURN = timedelta(seconds=30)  # how long a worker sends to one endpoint before it takes others
HELD_FOR = timedelta(seconds=60)  # longer than one request may take
KEPT_FOR = timedelta(days=30)
_GONE = 410
_NOTED = (
    *("state", "attempts", "first_attempt_at", "last_attempt_at", "next_attempt_at"),
    *("delivered_at", "status", "answer", "error"),
)
_OPTIONS = orjson.OPT_UTC_Z


def deliver(
    *, endpoint_id: int, token: UUID, clock: Clock, resolve: Resolver = outbound.look_up
) -> bool:
    """Send what is due to an endpoint; say whether more is due and nobody is at it."""
    if not _claim(endpoint_id, token, clock()):
        return False
    try:
        ends = clock() + TURN
        while (at := clock()) < ends and _claim(endpoint_id, token, at):
            delivery = _next(endpoint_id, at)
            if delivery is None:
                break
            _attempt(delivery, clock, resolve)
    finally:
        WebhookEndpoint.objects.filter(pk=endpoint_id, claimed_by=token).update(
            claimed_by=None, claimed_until=None
        )
    return _next(endpoint_id, clock()) is not None


def waiting(*, at: datetime, desk: int | None = None) -> list[int]:
    """Return the endpoints to which something is due and nobody sends just now."""
    rows = WebhookEndpoint.objects.with_something_due(at=at).filter(_unclaimed(at))
    if desk is not None:
        rows = rows.filter(desk=desk)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def forget_old(*, at: datetime) -> int:
    """Forget what was delivered or given up long ago; say how much."""
    old = WebhookDelivery.objects.exclude(state=State.PENDING)
    return old.filter(last_attempt_at__lt=at - KEPT_FOR).delete()[0]


def message(delivery: WebhookDelivery) -> bytes:
    """Say the news as it is sent: the same bytes at every attempt."""
    return orjson.dumps(
        {"type": delivery.event, "timestamp": delivery.occurred_at, "data": _data(delivery)},
        option=_OPTIONS,
    )


def _data(delivery: WebhookDelivery) -> Any:
    if delivery.publication_id is None:
        return delivery.data
    rows = Publication.objects.filter(pk=delivery.publication_id)
    return to_wire(Record._make(rows.values_list(*COLUMNS).get()))


def _unclaimed(at: datetime) -> Q:
    return Q(claimed_until=None) | Q(claimed_until__lte=at)


def _claim(endpoint_id: int, token: UUID, at: datetime) -> bool:
    """Hold the endpoint, or go on holding it; not if it was paused or another sends."""
    rows = WebhookEndpoint.objects.filter(_unclaimed(at) | Q(claimed_by=token))
    return bool(
        rows.filter(pk=endpoint_id, state=WebhookEndpoint.State.ACTIVE).update(
            claimed_by=token, claimed_until=at + HELD_FOR
        )
    )


def _next(endpoint_id: int, at: datetime) -> WebhookDelivery | None:
    awake = Q(endpoint__retry_at=None) | Q(endpoint__retry_at__lte=at)
    rows = WebhookDelivery.objects.due(at=at).filter(
        awake, endpoint=endpoint_id, endpoint__state=WebhookEndpoint.State.ACTIVE
    )
    return rows.select_related("endpoint__desk").order_by("pk").first()


def _attempt(delivery: WebhookDelivery, clock: Clock, resolve: Resolver) -> None:
    content, at = message(delivery), clock()
    try:
        answer = outbound.post(
            delivery.endpoint.url,
            content=content,
            headers=_headers(delivery, content, at),
            resolve=resolve,
        )
    except NotReached as error:
        _note(delivery, None, str(error), at=clock())
    else:
        _note(delivery, answer, "", at=clock())


def _headers(delivery: WebhookDelivery, content: bytes, at: datetime) -> dict[str, str]:
    name, text = delivery.webhook_id, content.decode()
    signatures = [
        Webhook(secret).sign(name, at, text)
        for secret in webhooks.secrets_of(delivery.endpoint, at=at)
    ]
    return {
        "content-type": "application/json",
        "user-agent": "factcheck-webhooks/1",
        "webhook-id": name,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


@transaction.atomic
def _note(delivery: WebhookDelivery, answer: Answer | None, error: str, *, at: datetime) -> None:
    """Write down how it went, and when to go on."""
    delivery.attempts += 1
    delivery.first_attempt_at = delivery.first_attempt_at or at
    delivery.last_attempt_at = at
    delivery.status = answer.status if answer else None
    delivery.answer = _readable(answer.body) if answer else ""
    delivery.error = error
    endpoint = delivery.endpoint
    if answer and answer.is_success:
        delivery.state, delivery.delivered_at = State.DELIVERED, at
        _succeeded(endpoint, at)
    else:
        _failed(endpoint, at, is_gone=answer is not None and answer.status == _GONE)
        delivery.next_attempt_at = at + max(_delay(delivery.attempts), _asked_for(answer))
        if at - delivery.first_attempt_at >= settings.WEBHOOK_GIVES_UP_AFTER:
            delivery.state = State.FAILED
    noted = {name: getattr(delivery, name) for name in _NOTED}
    WebhookDelivery.objects.filter(pk=delivery.pk).update(**noted)


def _succeeded(endpoint: WebhookEndpoint, at: datetime) -> None:
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        failures=0, failing_since=None, retry_at=None, last_delivered_at=at
    )


def _failed(endpoint: WebhookEndpoint, at: datetime, *, is_gone: bool) -> None:
    failures, since = endpoint.failures + 1, endpoint.failing_since or at
    rests = min(_delay(failures - RESTS_AFTER + 1), RESTS_AT_MOST)
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        failures=failures,
        failing_since=since,
        retry_at=at + rests if failures >= RESTS_AFTER else None,
    )
    if is_gone:
        _stop(endpoint, WebhookEndpoint.Because.GONE, at)
    elif at - since >= settings.WEBHOOK_PAUSES_AFTER:
        _stop(endpoint, WebhookEndpoint.Because.FAILING, at)


def _stop(endpoint: WebhookEndpoint, because: WebhookEndpoint.Because, at: datetime) -> None:
    """Pause an endpoint that does not answer; its managers are told, nothing is lost."""
    active = WebhookEndpoint.objects.filter(pk=endpoint.pk, state=WebhookEndpoint.State.ACTIVE)
    if active.update(state=WebhookEndpoint.State.PAUSED, paused_because=because):
        before = webhooks.state_of(endpoint)
        endpoint.refresh_from_db(fields=["state", "paused_because"])
        change = audit.Change(before, webhooks.state_of(endpoint))
        audit.record("webhook.stopped", by=None, at=at, about=endpoint.desk, change=change)
        logger.warning("webhook %s of desk %s stopped: %s", endpoint.pk, endpoint.desk, because)


def _delay(failures: int) -> timedelta:
    return DELAYS[min(failures, len(DELAYS)) - 1]


def _asked_for(answer: Answer | None) -> timedelta:
    """Read how long the receiver wants to be left alone; only seconds are understood."""
    seconds = answer.retry_after.strip() if answer else ""
    if not (seconds.isascii() and seconds.isdigit()):
        return timedelta()
    return min(timedelta(seconds=int(seconds[:6])), WAITS_AT_MOST)


def _readable(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text[:500])
