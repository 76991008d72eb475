"""Changing what an article says of itself: its metadata, never its text."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Article, ExtractionRun, Source, User
from annotations.workflow import (
    articles,
    assigning,
    audit,
    checks,
    extraction_runs,
    intake,
    roles,
)
from annotations.workflow.errors import StaleWrite
from annotations.workflow.holding import hold

_LEADING = ("language", "published_at")  # how the text is read depends on these


@transaction.atomic
def amend(
    *, article: Article, changes: Mapping[str, Any], by: User, at: datetime, based_on: int
) -> ExtractionRun | None:
    """Change what an article says of itself; what `changes` does not name stays.

    Language and date lead how it is read: where they change, it is read again, and the run is
    returned. Publications keep what they said.
    """
    article = hold(article.pk, by=by, role=roles.Role.ANNOTATOR)
    if article.version != based_on:
        raise StaleWrite(
            _("This article was changed in the meantime. Look at it again."), current=article
        )
    assigning.require_right(article, changes, by=by)
    before = _metadata(article)
    _take(article, changes)
    after = _metadata(article)
    if after == before:
        return None
    article.version += 1
    articles.save_unless_duplicate(article, [*_CHECKED, "version"])
    audit.record("article.amended", by=by, at=at, about=article, change=audit.Change(before, after))
    if all(before[name] == after[name] for name in _LEADING):
        return None
    return extraction_runs.queue_anew(article=article, at=at)


def _take(article: Article, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(article, name, _CHECKED[name](article, value))


def _title(_article: Article, value: str) -> str:
    checks.require_words(value, field="title", message=_("An article has a title."))
    return value.strip()[: intake.TITLE_LENGTH]


def _byline(_article: Article, value: str) -> str:
    checks.refuse_control(value, field="byline")
    return value.strip()[: articles.BYLINE_LENGTH]


def _language(_article: Article, value: str) -> str:
    return intake.known_language(value.strip())


def _source(article: Article, value: str) -> Source | None:
    checks.refuse_control(value, field="source")
    return articles.named_source(article.desk, value)


def _source_url(_article: Article, value: str) -> str:
    if value:
        checks.require_address(value, field="source_url")
    return value


def _moment(_article: Article, value: datetime | None) -> datetime | None:
    return value


_CHECKED: dict[str, Callable[[Article, Any], Any]] = {
    "title": _title,
    "language": _language,
    "byline": _byline,
    "source": _source,
    "source_url": _source_url,
    "published_at": _moment,
    "assignee": assigning.member,
    "priority": assigning.known_priority,
    "due_at": _moment,
}


def _metadata(article: Article) -> dict[str, Any]:
    moment = article.published_at
    return {
        "title": article.title,
        "language": article.language,
        "byline": article.byline,
        "source": article.source.name if article.source else None,
        "source_url": article.source_url,
        "published_at": moment.isoformat() if moment else None,
        **assigning.state_of(article),
    }
