"""Downloads for those who brought no key: a few at a time, so that they hold up nobody who did."""

from collections.abc import Iterator
from threading import Lock

from rest_framework.exceptions import Throttled

AT_ONCE = 2  # of each web process
LATER = 30  # seconds


class Crowd:
    """How many are being served just now."""

    def __init__(self) -> None:
        self._lock, self._number = Lock(), 0

    def refuse_if_full(self) -> None:
        if self._number >= AT_ONCE:
            raise Throttled(wait=LATER)

    def count(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Hand on the pieces; from the first to the last, or until the reader leaves, it counts."""
        self._add(1)
        try:
            yield from pieces
        finally:
            self._add(-1)

    def _add(self, change: int) -> None:
        with self._lock:
            self._number += change


READERS = Crowd()
