"""How many requests a caller may make in a minute: a key, or without one, an address."""

import time
from typing import Any

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from annotations.api.access import is_anybody
from annotations.models import ApiKey
from annotations.workflow import rates
from annotations.workflow.rates import Counted, Standing
from factcheck.visitors import household_of

SHARES = 200  # a share is at most this part of the limit
LARGEST_SHARE = 20


class PerCaller(BaseThrottle):
    """Lets a caller in so many times a minute; leaves on the view where they stand."""

    standing: Standing | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        counted = _counted(request)
        if counted is None:
            return True
        self.standing = view.standing = rates.count(counted, now=time.time())
        return self.standing is None or not self.standing.is_over

    def wait(self) -> float | None:
        return float(self.standing.reset) if self.standing else None


def count_wrong_key(request: Request, view: Any) -> None:
    """Count a key that is none with the readers of its address; refuse one too many.

    It is looked up first: one program with an old key keeps nobody out who comes with a good one.
    """
    standing = view.standing = rates.count(_of_readers(request), now=time.time())
    if standing is not None and standing.is_over:
        raise Throttled(wait=standing.reset)


def _counted(request: Request) -> Counted | None:
    """Say how a caller is counted; people who are logged in are not."""
    if isinstance(request.auth, ApiKey):
        limit = settings.API_REQUESTS_A_MINUTE
        return Counted(str(request.auth.pk), limit, max(1, min(limit // SHARES, LARGEST_SHARE)))
    return _of_readers(request) if is_anybody(request) else None


def _of_readers(request: Request) -> Counted:
    """There are as many addresses as there are readers: no process keeps numbers for them."""
    household = household_of(request._request)
    return Counted(f"from:{household}", settings.API_READER_REQUESTS_A_MINUTE)
