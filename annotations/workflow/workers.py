"""Which workers are there."""

from datetime import datetime, timedelta

from django.conf import settings

from annotations.models import Worker
from annotations.models.statements import Reading, Slot

FORGOTTEN_AFTER = timedelta(hours=1)
_ALIVE = Reading(lambda: Worker.objects.alive(since=Slot("since")).values_list("pk")[:1])


def seen(*, name: str, at: datetime) -> None:
    """Note that a worker is alive."""
    Worker.objects.update_or_create(name=name, defaults={"seen_at": at})


def gone(*, name: str) -> None:
    """Note that a worker has said goodbye."""
    Worker.objects.filter(name=name).delete()


def forget_silent(*, at: datetime) -> None:
    """Forget workers that died without a goodbye, so that their rows do not pile up."""
    Worker.objects.exclude(seen_at__gte=at - FORGOTTEN_AFTER).delete()


def any_alive(*, at: datetime) -> bool:
    return bool(_ALIVE.rows(since=at - settings.WORKER_SILENCE))
