"""Telling whoever listens that a desk's log grew. Only hints: the log itself is the truth."""

from collections.abc import Callable
from functools import partial

from django.db import transaction

from annotations.workflow import hints

Listener = Callable[[int], None]
_listeners: list[Listener] = []


def channel(desk_id: int) -> str:
    return f"factcheck:log:{desk_id}"


def listen(listener: Listener) -> Listener:
    """Have a function called with the desk's number after each commit that added to its log."""
    _listeners.append(listener)
    return listener


def tell(desk_id: int) -> None:
    """Tell, once the transaction is committed, that there is something new on the desk's log."""
    transaction.on_commit(partial(_tell_now, desk_id), robust=True)


def _tell_now(desk_id: int) -> None:
    hints.ask(lambda redis: redis.publish(channel(desk_id), b"new"))
    for listener in _listeners:
        listener(desk_id)
