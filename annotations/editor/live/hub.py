"""One subscription to Redis for all open pages of this process.

It begins with the first page and ends with the last. A page waits at its mailbox, in the thread
that serves it, and holds nothing else meanwhile: no connection to the database, none to Redis.
"""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from django.conf import settings
from redis.client import PubSub

from annotations.workflow import messages, news
from annotations.workflow.news import Hint

BACK, AWAY, END = Hint("back"), Hint("away"), Hint("end")
LISTEN = 0.5  # seconds; how soon the subscription ends after the last page
PAUSE = 1.0  # seconds between attempts to reach Redis
ROOM = 100  # hints that may wait for a page


class Full(Exception):
    """This process serves as many open pages as it may."""


class Mailbox:
    """What waits for one open page; where it overflows, the page catches up instead."""

    def __init__(self, wants: Callable[[Hint], bool]) -> None:
        self.wants = wants
        self._hints: SimpleQueue[Hint] = SimpleQueue()
        self._overflowed = False

    def put(self, hint: Hint) -> None:
        if hint is not END and self._hints.qsize() >= ROOM:
            self._overflowed = True
        else:
            self._hints.put(hint)

    def take(self, *, patience: float) -> Hint | None:
        """Wait for the next hint; None where none came in time."""
        if self._overflowed and self._hints.empty():
            self._overflowed = False
            return BACK
        try:
            return self._hints.get(timeout=patience)
        except Empty:
            return None


class Hub:
    def __init__(self, *, room: int) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._mailboxes: set[Mailbox] = set()
        self._listener: threading.Thread | None = None
        self._state: Hint | None = None
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._mailboxes)

    def join(self, wants: Callable[[Hint], bool]) -> Mailbox:
        """Return a mailbox; what comes first says whether Redis is there.

        Raises Full where there is no room, or where the process is about to end.
        """
        mailbox = Mailbox(wants)
        with self._lock:
            if self._is_closed or len(self._mailboxes) >= self._room:
                raise Full
            self._mailboxes.add(mailbox)
            if self._state is not None:
                mailbox.put(self._state)
            if self._listener is None:
                self._listener = threading.Thread(target=self._listen, daemon=True, name="news")
                self._listener.start()
        return mailbox

    def leave(self, mailbox: Mailbox) -> bool:
        """Give the place back; tell whether it was still held."""
        with self._lock:
            was_there = mailbox in self._mailboxes
            self._mailboxes.discard(mailbox)
            return was_there

    def close(self) -> None:
        """Send every page away, and let no other in: the process is about to end."""
        with self._lock:
            self._is_closed = True
            for mailbox in self._mailboxes:
                mailbox.put(END)

    def _listen(self) -> None:
        while not self._is_over():
            try:
                with messages.subscription() as subscription:
                    subscription.subscribe(news.CHANNEL)
                    subscription.get_message(timeout=messages.PATIENCE)  # that it is subscribed
                    self._turn(BACK)
                    self._hear(subscription)
            except messages.AWAY:
                self._turn(AWAY)
                threading.Event().wait(PAUSE)

    def _hear(self, subscription: PubSub) -> None:
        while self._is_needed():
            message = subscription.get_message(timeout=LISTEN)
            if message:
                self._hand_out(news.read(message["data"]))

    def _hand_out(self, hint: Hint) -> None:
        with self._lock:
            for mailbox in self._mailboxes:
                if mailbox.wants(hint):
                    mailbox.put(hint)

    def _turn(self, state: Hint) -> None:
        with self._lock:
            if state is not self._state:
                self._state = state
                for mailbox in self._mailboxes:
                    mailbox.put(state)

    def _is_needed(self) -> bool:
        with self._lock:
            return bool(self._mailboxes)

    def _is_over(self) -> bool:
        """Tell whether nobody is left to listen for, and if so make way for another listener."""
        with self._lock:
            if self._mailboxes:
                return False
            self._listener = self._state = None
            return True


hub = Hub(room=settings.LIVE_STREAMS)
