"""Redis for what may get lost: hints and counts. While it is away, nobody waits for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from logging import getLogger
from typing import TypeVar

from django.conf import settings
from redis import Redis, RedisError

logger = getLogger(__name__)
T = TypeVar("T")
Wait = Callable[[float], None]

PATIENCE = 0.5  # seconds
REST = 5.0  # seconds in which it is not asked again after it did not answer
SLOWLY = 2.0  # seconds between two looks where no hint can come
_silent_until = {"redis": 0.0}


@lru_cache
def _client() -> Redis:
    return Redis.from_url(
        settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
    )


def ask(question: Callable[[Redis], T]) -> T | None:
    """Return what Redis answers, or None while it is away."""
    if time.monotonic() < _silent_until["redis"]:
        return None
    try:
        return question(_client())
    except RedisError as error:
        _silent_until["redis"] = time.monotonic() + REST
        logger.warning("Redis does not answer, going on without it: %s", error)
        return None


@contextmanager
def listening(channel: str) -> Iterator[Wait]:
    """Yield a wait that ends when something may be new, at the latest after so many seconds.

    It also ends once when listening has begun: what was said just before then has to be looked for.
    """
    with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=PATIENCE) as redis:
        listener = redis.pubsub()

        def wait(seconds: float) -> None:
            try:
                if not listener.subscribed:
                    listener.subscribe(channel)
                listener.get_message(timeout=seconds)
            except RedisError:
                time.sleep(min(seconds, SLOWLY))

        try:
            yield wait
        finally:
            listener.close()
