"""How many requests somebody may make in a minute.

Counted in Redis; while it is away, nobody counts.
"""

from collections.abc import Iterator
from typing import NamedTuple

from redis import Redis

from annotations.workflow import hints

MINUTE = 60

_shares: dict[str, tuple[int, Iterator[int]]] = {}  # of each key: the minute, and what is left


class Standing(NamedTuple):
    """Where a caller stands in the present minute."""

    used: int
    limit: int
    reset: int

    @property
    def is_over(self) -> bool:
        return self.used > self.limit

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
    share: int = 1


def count(counted: Counted, *, now: float) -> Standing | None:
    """Take the next number of the caller's minute; None where nobody counts.

    Numbers are fetched several at a time, and each process gives out its own: under a limit that
    is high, most requests take no trip to Redis. What a process has left at the end of the minute
    nobody gets, so a key never has more than its limit, and may have a share less.
    """
    if not counted.limit:
        return None
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
