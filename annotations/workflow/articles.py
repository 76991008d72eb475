"""How articles come into the house."""

from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.models import Article, Desk, ExtractionRun, Publication, Revision, Source, User
from annotations.workflow import audit, extraction_runs, intake, roles
from annotations.workflow.errors import WorkflowError
from annotations.workflow.holding import hold

BYLINE_LENGTH = 300


class Published(WorkflowError):
    """What was published stays on record."""

    code = "already_published"


class Duplicate(WorkflowError):
    """The desk has this text from this address already."""

    code = "duplicate"

    def __init__(self, first: Article) -> None:
        super().__init__(
            _("The desk has this text already: “%(title)s” (article %(id)s).")
            % {"title": first.title, "id": first.pk}
        )
        self.first = first


def add(
    *,
    desk: Desk,
    draft: intake.Draft,
    by: User,
    at: datetime,
    queue: ExtractionRun.Queue = ExtractionRun.Queue.INTERACTIVE,
) -> ExtractionRun:
    """Store an article and queue its extraction; hand the run to `tasks.send`."""
    roles.require(by, desk, roles.Role.ANNOTATOR)
    draft = intake.settle(draft)
    digest = sha256(draft.text.encode()).hexdigest()
    _refuse_duplicate(desk, draft, digest)
    try:
        with transaction.atomic():
            return _store(desk, draft, digest, by=by, at=at, queue=queue)
    except IntegrityError:
        _refuse_duplicate(desk, draft, digest)
        raise


@transaction.atomic
def delete(*, article: Article, by: User, at: datetime) -> None:
    """Delete an article of which nothing was ever published, with all work on it."""
    article = hold(article.pk, by=by, role=roles.Role.MANAGER)
    if Publication.objects.filter(article=article).exists():
        raise Published(
            _("Something of this article was published. Retract it; the record stays as it is.")
        )
    before = {"title": article.title, "sha256": article.text_sha256}
    audit.record("article.deleted", by=by, at=at, about=article, change=audit.Change(before))
    article.delete()


def _refuse_duplicate(desk: Desk, draft: intake.Draft, digest: str) -> None:
    first = Article.objects.filter(
        desk=desk, source_url=draft.source_url, text_sha256=digest
    ).first()
    if first:
        raise Duplicate(first)


def _store(
    desk: Desk,
    draft: intake.Draft,
    digest: str,
    *,
    by: User,
    at: datetime,
    queue: ExtractionRun.Queue,
) -> ExtractionRun:
    article = Article.objects.create(
        desk=desk,
        source=named_source(desk, draft.source),
        title=draft.title,
        language=draft.language,
        byline=draft.byline[:BYLINE_LENGTH],
        source_url=draft.source_url,
        published_at=draft.published_at,
        text_sha256=digest,
        created_at=at,
        created_by=by,
    )
    article.current_revision = Revision.objects.create(
        article=article,
        text=draft.text,
        sha256=digest,
        raw=draft.html,
        raw_type=Revision.RawType.HTML if draft.html else Revision.RawType.TEXT,
        created_at=at,
        created_by=by,
    )
    article.save(update_fields=["current_revision"])
    audit.record(
        "article.added", by=by, at=at, about=article, change=audit.Change(after={"sha256": digest})
    )
    return extraction_runs.queue(article=article, at=at, queue=queue)


def named_source(desk: Desk, name: str) -> Source | None:
    """Return the outlet of this name, made if the desk has none such; None where none is named."""
    if not name.strip():
        return None
    return Source.objects.get_or_create(desk=desk, name=name.strip()[:200])[0]
