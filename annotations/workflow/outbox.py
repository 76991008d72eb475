"""The outbox of the webhooks: a message is written in the transaction that makes the news.

So a message exists if and only if its news does, and the messages about one sentence stand in the
order of its versions, since who appends a version holds the article until commit.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from annotations.models import (
    CLAIM_LABELS,
    Article,
    ExtractionRun,
    Publication,
    User,
    Verdict,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from annotations.workflow import audit, log_news

News = tuple[str, dict[str, Any]]  # its subject, and what a message of it holds
_EVENTS = {
    Publication.Kind.ORIGINAL: WebhookEvent.PUBLISHED,
    Publication.Kind.CORRECTION: WebhookEvent.CORRECTED,
    Publication.Kind.RETRACTION: WebhookEvent.RETRACTED,
}
_LEFT_TO_DO = (
    Verdict.State.CONTESTED,
    Verdict.State.RETURNED,
    Verdict.State.APPROVED,
)


def put_publications(publications: Sequence[Publication], *, at: datetime) -> None:
    """Write a message of each for each endpoint that wants news of this kind on this desk."""
    first = publications[0]
    news = [(f"publication:{one.verdict_id}", {"publication": one}) for one in publications]
    _put(first.desk_id, _EVENTS[Publication.Kind(first.kind)], news, at=at)


def note_if_finished(article: Article, *, by: User | None, at: datetime) -> None:
    """Tell that nothing is left to do in the article, if so; whoever calls did the last of it."""
    rows = Article.objects.filter(pk=article.pk).annotate(is_unread=_is_unread())
    article.open_candidates, is_unread = rows.values_list("open_candidates", "is_unread").get()
    if article.open_candidates or is_unread or _has_work_left(article):
        return
    audit.record("article.finished", by=by, at=at, about=article)
    news = (f"article:{article.pk}", {"data": _finished(article)})
    _put(article.desk_id, WebhookEvent.FINISHED, [news], at=at)
    log_news.tell(article.desk_id)


def _has_work_left(article: Article) -> bool:
    verdicts = article.verdicts.all()
    waiting = verdicts.filter(state=Verdict.State.PROPOSED, label__in=CLAIM_LABELS)
    return verdicts.filter(state__in=_LEFT_TO_DO).exists() or waiting.exists()


def _is_unread() -> Q:
    """Ask whether nobody knows yet what the newest text claims: its extraction is still to come."""
    runs = ExtractionRun.objects.filter(revision=OuterRef("current_revision"))
    return Q(Exists(runs)) & ~Q(Exists(runs.filter(state=ExtractionRun.State.SUCCEEDED)))


def _finished(article: Article) -> dict[str, Any]:
    """Say of the article what its publications say; nothing of how it was worked on."""
    return {
        "id": article.pk,
        "desk": article.desk.slug,
        "title": article.title,
        "url": article.source_url or None,
        "language": article.language,
        "published": Publication.objects.standing().filter(article=article).count(),
    }


def _put(desk_id: int, event: WebhookEvent, news: Sequence[News], *, at: datetime) -> None:
    wanting = WebhookEndpoint.objects.kept().filter(desk=desk_id, events__contains=[event])
    endpoints = list(wanting.values_list("pk", flat=True))
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(
            endpoint_id=endpoint,
            event=event,
            subject=subject,
            occurred_at=at,
            next_attempt_at=at,
            **content,
        )
        for subject, content in news
        for endpoint in endpoints
    )
