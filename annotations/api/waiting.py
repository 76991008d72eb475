"""Waiting for news with the request open: few at a time, and without the database."""

import time
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

from django.conf import settings
from django.db import connection

from annotations.workflow import hints, log_news

T = TypeVar("T")
LOOKS_AGAIN = 10.0  # seconds, in case a hint got lost
LATER = 5  # seconds, for those who are not let in
_places = BoundedSemaphore(settings.CHANGES_WAITERS)


class Crowded(Exception):
    """So many wait already that no more are let in."""


def for_news(desk_id: int, *, seconds: float, look: Callable[[], T]) -> T:
    """Look until there is something or the time is up; return what was seen last."""
    if not _places.acquire(blocking=False):
        raise Crowded
    try:
        return _wait(desk_id, time.monotonic() + seconds, look)
    finally:
        _places.release()


def _wait(desk_id: int, deadline: float, look: Callable[[], T]) -> T:
    with hints.listening(log_news.channel(desk_id)) as wait:
        while True:
            found = look()
            left = deadline - time.monotonic()
            if found or left <= 0:
                return found
            _give_connection_back()
            wait(min(left, LOOKS_AGAIN))


def _give_connection_back() -> None:
    if not connection.in_atomic_block:
        connection.close()
