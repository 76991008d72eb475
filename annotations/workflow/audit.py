"""The trace that every change of state leaves."""

from datetime import datetime
from typing import Any

from annotations.models import Article, AuditEvent, Desk, Sentence, User

State = dict[str, Any] | None


def record(
    action: str,
    *,
    by: User | None,
    at: datetime,
    about: Desk | Article | Sentence,
    before: State = None,
    after: State = None,
    undoes: AuditEvent | None = None,
) -> AuditEvent:
    """Append one event; `by` is None where a worker did it."""
    return AuditEvent.objects.create(
        action=action, actor=by, at=at, before=before, after=after, undoes=undoes, **_place(about)
    )


def _place(about: Desk | Article | Sentence) -> dict[str, int | None]:
    if isinstance(about, Sentence):
        article = about.article
        return {"desk_id": article.desk_id, "article_id": article.pk, "sentence_id": about.pk}
    if isinstance(about, Article):
        return {"desk_id": about.desk_id, "article_id": about.pk}
    return {"desk_id": about.pk}
