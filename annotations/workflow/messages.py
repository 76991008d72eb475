"""The way to Redis, for messages that may be lost: nothing waits long for it or fails by it."""

from functools import cache
from typing import Any

from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.client import PubSub
from redis.retry import Retry

PATIENCE = 0.5  # seconds
AWAY = (RedisError, OSError)


@cache
def redis() -> Redis:
    """Return the process's client; a connection that went stale is made anew, once."""
    return _client(retries=1)


def subscription() -> PubSub:
    """Return a subscription to nothing yet, on a connection of its own.

    A lost connection is an error: made anew in silence, it would hide that messages were missed.
    """
    client: Any = _client(retries=0, health_check_interval=5)
    made: PubSub = client.pubsub(ignore_subscribe_messages=True)
    return made


def _client(*, retries: int, **more: Any) -> Redis:
    return Redis.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), retries),
        **more,
    )
