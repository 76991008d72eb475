"""How many requests a key may make in a minute. Counted in Redis; while it is away, nobody counts."""

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from redis import Redis
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from annotations.models import ApiKey
from annotations.workflow import hints

MINUTE = 60
SHARES = 200  # a share is at most this part of the limit
LARGEST_SHARE = 20

_shares: dict[int, tuple[int, Iterator[int]]] = {}  # of each key: the minute, and what is left


class Standing(NamedTuple):
    """Where a key stands in the present minute."""

    used: int
    limit: int
    reset: int

    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "RateLimit-Reset": str(self.reset),
            "RateLimit-Policy": f"{self.limit};w={MINUTE}",
        }


class PerKey(BaseThrottle):
    """Lets a key in so many times a minute; leaves on the view where it stands."""

    standing: Standing | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, ApiKey) or not settings.API_REQUESTS_A_MINUTE:
            return True
        self.standing = view.standing = _count(request.auth.pk, time.time())
        return self.standing is None or self.standing.used <= self.standing.limit

    def wait(self) -> float | None:
        return float(self.standing.reset) if self.standing else None


def _count(key_id: int, now: float) -> Standing | None:
    """Take the next number of the key's minute.

    Numbers are fetched several at a time, and each process gives out its own: under a limit that
    is high, most requests take no trip to Redis. What a process has left at the end of the minute
    nobody gets, so a key never has more than its limit, and may have a share less.
    """
    minute, second = divmod(int(now), MINUTE)
    used = _next_of_share(key_id, minute)
    if used is None:
        used = _fetch_share(key_id, minute)
    if used is None:
        return None
    return Standing(used=used, limit=settings.API_REQUESTS_A_MINUTE, reset=MINUTE - second)


def _next_of_share(key_id: int, minute: int) -> int | None:
    of_minute, numbers = _shares.get(key_id, (0, iter(())))
    return next(numbers, None) if of_minute == minute else None


def _fetch_share(key_id: int, minute: int) -> int | None:
    """Fetch the next numbers, keep all but the first, and return that."""
    size = max(1, min(settings.API_REQUESTS_A_MINUTE // SHARES, LARGEST_SHARE))
    name = f"factcheck:requests:{key_id}:{minute}"

    def counted(redis: Redis) -> int:
        with redis.pipeline(transaction=False) as pipeline:
            pipeline.incrby(name, size)
            pipeline.expire(name, 2 * MINUTE)
            return int(pipeline.execute()[0])

    last = hints.ask(counted)
    if last is None:
        return None
    _shares[key_id] = minute, iter(range(last - size + 2, last + 1))
    return last - size + 1
