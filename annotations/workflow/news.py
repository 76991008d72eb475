"""Telling open pages that something happened: a hint over Redis, sent after the commit.

A hint says where to look, never what is there. Whoever missed one reads the same from the audit
events, whose numbers only grow within an article: each is written while the article's row is held.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from logging import getLogger
from typing import NamedTuple

from django.db import transaction

from annotations.models import Article, AuditEvent, ExtractionRun
from annotations.workflow import messages

CHANNEL = "factcheck:news"
HAPPENED, PROGRESS, PEOPLE = "happened", "progress", "people"

logger = getLogger(__name__)
_sender: ContextVar[str] = ContextVar("sender", default="")


class Hint(NamedTuple):
    """Something happened in an article. `sender` is the open page that asked for it, if one did."""

    kind: str
    desk: int = 0
    article: int = 0
    event: int = 0
    action: str = ""
    sender: str = ""
    done: int = 0
    total: int = 0


@contextmanager
def sent_by(page: str) -> Iterator[None]:
    """Say which open page asks for what is done inside, so that it is not told of it."""
    token = _sender.set(page)
    try:
        yield
    finally:
        _sender.reset(token)


def happened(event: AuditEvent) -> None:
    """Tell of an event once it is committed."""
    if event.article_id is None:
        return
    transaction.on_commit(partial(_tell, event, event.article_id, _sender.get()))


def progressed(run: ExtractionRun, *, done: int) -> None:
    """Tell how far an extraction is."""
    article: Article = run.revision.article
    hint = Hint(PROGRESS, article.desk_id, article.pk, done=done, total=run.sentences_total)
    transaction.on_commit(partial(send, hint))


def _tell(event: AuditEvent, article_id: int, sender: str) -> None:
    """Only now has the event its number: it may have been written together with others."""
    send(Hint(HAPPENED, event.desk_id, article_id, event.pk, event.action, sender=sender))


def send(hint: Hint) -> None:
    """Send a hint now; while Redis is away it is lost, and pages catch up when it is back."""
    try:
        messages.redis().publish(CHANNEL, json.dumps(hint._asdict()))
    except messages.AWAY:
        logger.warning("Redis is away; open pages learn later what happened")


def read(message: str) -> Hint:
    return Hint(**json.loads(message))
