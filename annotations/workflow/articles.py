"""How articles come into the house."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.models import Article, Desk, ExtractionRun, Publication, Revision, Source, User
from annotations.workflow import audit, extraction_runs, intake, roles
from annotations.workflow.errors import WorkflowError
from annotations.workflow.holding import hold

BYLINE_LENGTH = 300
Key = tuple[str, str]


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
    digest, _address = key_of(draft)
    _refuse_duplicate(desk, draft, digest)
    try:
        with transaction.atomic():
            return _store(desk, draft, digest, by=by, at=at, queue=queue)
    except IntegrityError:
        _refuse_duplicate(desk, draft, digest)
        raise


@transaction.atomic
def add_many(
    *, desk: Desk, drafts: Sequence[intake.Draft], by: User, at: datetime
) -> list[ExtractionRun | Duplicate]:
    """Store many settled drafts at once, or say of each which article it repeats.

    Their extractions wait in the bulk queue; hand the runs to `tasks.send`.
    """
    roles.require(by, desk, roles.Role.ANNOTATOR)
    known = stored(desk, drafts)
    fresh: dict[Key, intake.Draft] = {}
    for draft in drafts:
        if (key := key_of(draft)) not in known:
            fresh.setdefault(key, draft)
    runs = _store_many(desk, fresh, by, at)
    firsts = known | {key: run.revision.article for key, run in runs.items()}
    outcomes: list[ExtractionRun | Duplicate] = []
    for draft in drafts:
        run = runs.pop(key_of(draft), None)
        outcomes.append(run or Duplicate(firsts[key_of(draft)]))
    return outcomes


def key_of(draft: intake.Draft) -> Key:
    """Return what no two articles of a desk share: the hash of the text, and the address."""
    return sha256(draft.text.encode()).hexdigest(), draft.source_url


def stored(desk: Desk, drafts: Sequence[intake.Draft]) -> dict[Key, Article]:
    """Return the articles that the desk has of these, by their keys; older texts count too."""
    digests = {key_of(draft)[0] for draft in drafts}
    found = Revision.objects.filter(article__desk=desk, sha256__in=digests)
    rows = found.select_related("article").only("sha256", "article")
    return {(one.sha256, one.article.source_url): one.article for one in rows}


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


def save_unless_duplicate(article: Article, names: Sequence[str]) -> None:
    """Save these fields of an article, unless it would be the same as another of its desk."""
    try:
        with transaction.atomic():
            article.save(update_fields=names)
    except IntegrityError:
        same = Article.objects.filter(desk=article.desk_id, source_url=article.source_url)
        first = same.filter(text_sha256=article.text_sha256).exclude(pk=article.pk).first()
        if first is None:
            raise
        raise Duplicate(first) from None


def _refuse_duplicate(desk: Desk, draft: intake.Draft, digest: str) -> None:
    same = Article.objects.filter(desk=desk, source_url=draft.source_url)
    if first := same.filter(revisions__sha256=digest).first():
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
    article = _article(desk, draft, digest, named_source(desk, draft.source))
    article.created_at, article.created_by = at, by
    article.save(force_insert=True)
    article.current_revision = _revision(article, draft)
    article.current_revision.save(force_insert=True)
    article.save(update_fields=["current_revision"])
    audit.record("article.added", by=by, at=at, about=article, change=_added(digest))
    return extraction_runs.queue(article=article, at=at, queue=queue)


def _store_many(
    desk: Desk, drafts: Mapping[Key, intake.Draft], by: User, at: datetime
) -> dict[Key, ExtractionRun]:
    """Store drafts of which the desk has none, in as many statements as one takes."""
    sources = {draft.source: named_source(desk, draft.source) for draft in drafts.values()}
    articles = [
        _article(desk, draft, digest, sources[draft.source])
        for (digest, _url), draft in drafts.items()
    ]
    for article in articles:
        article.created_at, article.created_by = at, by
    Article.objects.bulk_create(articles)
    revisions = Revision.objects.bulk_create(map(_revision, articles, drafts.values()))
    runs = extraction_runs.queue_many(revisions=revisions, at=at)
    changes = [(article, _added(article.text_sha256)) for article in articles]
    audit.record_many("article.added", by=by, at=at, about=changes)
    return dict(zip(drafts, runs, strict=True))


def _article(desk: Desk, draft: intake.Draft, digest: str, source: Source | None) -> Article:
    return Article(
        desk=desk,
        source=source,
        title=draft.title,
        language=draft.language,
        byline=draft.byline[:BYLINE_LENGTH],
        source_url=draft.source_url,
        published_at=draft.published_at,
        text_sha256=digest,
    )


def _revision(article: Article, draft: intake.Draft) -> Revision:
    return Revision(
        article=article,
        text=draft.text,
        sha256=article.text_sha256,
        raw=draft.html,
        raw_type=Revision.RawType.HTML if draft.html else Revision.RawType.TEXT,
        created_at=article.created_at,
        created_by=article.created_by,
    )


def _added(digest: str) -> audit.Change:
    return audit.Change(after={"sha256": digest})


def named_source(desk: Desk, name: str) -> Source | None:
    """Return the outlet of this name, made if the desk has none such; None where none is named."""
    if not name.strip():
        return None
    return Source.objects.get_or_create(desk=desk, name=name.strip()[:200])[0]
