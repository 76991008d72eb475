"""Which workers are there."""

from datetime import datetime

from django.conf import settings

from annotations.models import Worker


def seen(*, name: str, at: datetime) -> None:
    """Note that a worker is alive."""
    Worker.objects.update_or_create(name=name, defaults={"seen_at": at})


def gone(*, name: str) -> None:
    """Note that a worker has said goodbye."""
    Worker.objects.filter(name=name).delete()


def any_alive(*, at: datetime) -> bool:
    return Worker.objects.alive(at=at, silence=settings.WORKER_SILENCE).exists()
