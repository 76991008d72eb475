"""How many requests a caller may make in a minute: a key, or without one, an address.

Counted in Redis; while it is away, nobody counts.
"""

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from redis import Redis
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from annotations.api.access import is_anybody
from annotations.models import ApiKey
from annotations.workflow import hints
from factcheck.visitors import household_of

MINUTE = 60
SHARES = 200  # a share is at most this part of the limit
LARGEST_SHARE = 20

_shares: dict[str, tuple[int, Iterator[int]]] = {}  # of each key: the minute, and what is left


class Standing(NamedTuple):
    """Where a caller stands in the present minute."""

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


class Counted(NamedTuple):
    """Who is counted, how far, and how many numbers a process fetches at a time."""

    name: str
    limit: int
    share: int


class PerCaller(BaseThrottle):
    """Lets a caller in so many times a minute; leaves on the view where they stand."""

    standing: Standing | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        counted = _counted(request)
        if counted is None or not counted.limit:
            return True
        self.standing = view.standing = _count(counted, time.time())
        return self.standing is None or self.standing.used <= self.standing.limit

    def wait(self) -> float | None:
        return float(self.standing.reset) if self.standing else None


def _counted(request: Request) -> Counted | None:
    """Say how a caller is counted; people who are logged in are not.

    There are as many addresses as there are readers: no process keeps numbers for them.
    """
    if isinstance(request.auth, ApiKey):
        limit = settings.API_REQUESTS_A_MINUTE
        return Counted(str(request.auth.pk), limit, max(1, min(limit // SHARES, LARGEST_SHARE)))
    if is_anybody(request):
        household = household_of(request._request)
        return Counted(f"from:{household}", settings.API_READER_REQUESTS_A_MINUTE, 1)
    return None


def _count(counted: Counted, now: float) -> Standing | None:
    """Take the next number of the caller's minute.

    Numbers are fetched several at a time, and each process gives out its own: under a limit that
    is high, most requests take no trip to Redis. What a process has left at the end of the minute
    nobody gets, so a key never has more than its limit, and may have a share less.
    """
    minute, second = divmod(int(now), MINUTE)
    used = _next_of_share(counted, minute)
    if used is None:
        used = _fetch_share(counted, minute)
    if used is None:
        return None
    return Standing(used=used, limit=counted.limit, reset=MINUTE - second)


def _next_of_share(counted: Counted, minute: int) -> int | None:
    of_minute, numbers = _shares.get(counted.name, (0, iter(())))
    return next(numbers, None) if of_minute == minute else None


def _fetch_share(counted: Counted, minute: int) -> int | None:
    """Fetch the next numbers in one trip, keep all but the first, and return that."""
    name, size = f"factcheck:requests:{counted.name}:{minute}", counted.share

    def fetched(redis: Redis) -> int:
        with redis.pipeline(transaction=False) as pipeline:
            pipeline.incrby(name, size)
            pipeline.expire(name, 2 * MINUTE)
            return int(pipeline.execute()[0])

    last = hints.ask(fetched)
    if last is None:
        return None
    if size > 1:
        _shares[counted.name] = minute, iter(range(last - size + 2, last + 1))
    return last - size + 1
