"""How many requests a key may make in a minute. Counted in Redis; while it is away, nobody counts."""

import time
from typing import Any, NamedTuple

from django.conf import settings
from redis import Redis
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from annotations.models import ApiKey
from annotations.workflow import hints

MINUTE = 60


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
    minute, second = divmod(int(now), MINUTE)
    name = f"factcheck:requests:{key_id}:{minute}"

    def counted(redis: Redis) -> int:
        with redis.pipeline(transaction=False) as pipeline:
            pipeline.incr(name)
            pipeline.expire(name, 2 * MINUTE)
            return int(pipeline.execute()[0])

    used = hints.ask(counted)
    if used is None:
        return None
    return Standing(used=used, limit=settings.API_REQUESTS_A_MINUTE, reset=MINUTE - second)
