"""The stream of one open page: told of what happens until it ends, and cleaned up for certain."""

from collections.abc import Generator, Iterator
from time import monotonic

from django.conf import settings
from django.utils import timezone, translation

from annotations.editor.live.hub import AWAY, END, Hub
from annotations.editor.live.pages import Page
from annotations.workflow.news import Hint

HEARTBEAT = b": still here\n\n"
AGAIN = b"retry: 1000\n\n"  # milliseconds until the browser comes again
AGAIN_LATER = b"retry: 15000\n\n"


class Stream:
    """Pieces for the web server, each made in the thread that sends it.

    A generator alone would not do: closing one that was never begun cleans nothing up.
    """

    def __init__(self, page: Page, *, hub: Hub) -> None:
        self._page, self._hub = page, hub
        self._mailbox = hub.join(page.wants)
        self._language = translation.get_language()
        self._is_away = False
        self._pieces = self._made()

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        self._pieces.close()
        if self._hub.leave(self._mailbox):
            self._page.closed()

    def _made(self) -> Generator[bytes]:
        """Wait for hints and say what they mean; without any, say that we are still here."""
        yield AGAIN
        self._page.opened(timezone.now())
        ends_at, beats_at = monotonic() + settings.LIVE_SECONDS, self._next_beat()
        while (now := monotonic()) < ends_at:
            hint = self._mailbox.take(patience=max(0.0, min(ends_at, beats_at) - now))
            if hint is END:
                return
            if hint is not None:
                yield from self._said(hint)
            if monotonic() >= beats_at:
                beats_at = self._next_beat()
                yield from self._beat()

    def _beat(self) -> Iterator[bytes]:
        """Stay in the list of those present; while Redis is away, look for what was missed."""
        yield HEARTBEAT
        self._page.stays(timezone.now())
        if self._is_away:
            yield from self._said(AWAY)

    def _said(self, hint: Hint) -> list[bytes]:
        if hint.kind in {"back", "away"}:
            self._is_away = hint is AWAY
        with translation.override(self._language):
            return list(self._page.tell(hint, timezone.now()))

    def _next_beat(self) -> float:
        return monotonic() + settings.LIVE_HEARTBEAT_SECONDS
