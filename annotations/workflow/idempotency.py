"""Doing once what is asked twice under the same key."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import IdempotentRequest, User
from annotations.workflow.errors import WorkflowError

KEPT_FOR = timedelta(days=2)


class KeyReused(WorkflowError):
    code = "idempotency_key_reused"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as its sender named it; the fingerprint tells whether it is the same."""

    key: str
    fingerprint: str
    user: User


@transaction.atomic
def once(*, request: Request, at: datetime, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Act and keep the answer, or give the answer that was kept. A refusal is not kept.

    Two at once: the second waits at the unique key until the first is committed.
    """
    kept, is_new = IdempotentRequest.objects.get_or_create(
        user=request.user,
        key=request.key,
        defaults={"fingerprint": request.fingerprint, "created_at": at},
    )
    if kept.fingerprint != request.fingerprint:
        raise KeyReused(_("This Idempotency-Key was used for another request."))
    if is_new:
        kept.answer = act()
        kept.save(update_fields=["answer"])
    return cast(dict[str, Any], kept.answer)


def answered(*, request: Request) -> dict[str, Any] | None:
    """Return the answer that was kept of the same request, to save what goes before acting."""
    same = IdempotentRequest.objects.filter(
        user=request.user, key=request.key, fingerprint=request.fingerprint
    )
    return cast(dict[str, Any] | None, same.values_list("answer", flat=True).first())


def forget_old(*, at: datetime) -> int:
    """Forget answers that were kept long enough; say how many."""
    return IdempotentRequest.objects.filter(created_at__lt=at - KEPT_FOR).delete()[0]
