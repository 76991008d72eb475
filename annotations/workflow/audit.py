"""The trace that every change of state leaves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from annotations.models import Article, AuditEvent, Desk, Sentence, User, statements
from annotations.workflow import news

State = dict[str, Any] | None


class Change(NamedTuple):
    """What stood before and what stands now; changes made in one step share its batch."""

    before: State = None
    after: State = None
    batch: UUID | None = None


def record(
    action: str,
    *,
    by: User | None,
    at: datetime,
    about: Desk | Article | Sentence,
    change: Change | None = None,
    undoes: AuditEvent | None = None,
) -> AuditEvent:
    """Append one event and tell open pages of it; `by` is None where a worker did it."""
    event = AuditEvent(
        action=action,
        actor=by,
        at=at,
        undoes=undoes,
        **(change or Change())._asdict(),
        **_place(about),
    )
    statements.save(event)
    news.happened(event)
    return event


def record_many(
    action: str,
    *,
    by: User | None,
    at: datetime,
    about: Iterable[tuple[Article | Sentence, Change]],
) -> None:
    """Append an event of the same kind for each of many."""
    events = [
        AuditEvent(action=action, actor=by, at=at, **change._asdict(), **_place(one))
        for one, change in about
    ]
    for event in AuditEvent.objects.bulk_create(events):
        news.happened(event)


def _place(about: Desk | Article | Sentence) -> dict[str, int | None]:
    if isinstance(about, Sentence):
        article = about.article
        return {"desk_id": article.desk_id, "article_id": article.pk, "sentence_id": about.pk}
    if isinstance(about, Article):
        return {"desk_id": about.desk_id, "article_id": about.pk}
    return {"desk_id": about.pk}
