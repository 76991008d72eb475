"""Extraction as the workers do it: the run's row is the truth, messages are only hints."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from annotations import extraction
from annotations.engines import Material
from annotations.models import Article, ExtractionRun, Revision, User
from annotations.models.extraction_runs import ExtractionRunQuerySet
from annotations.workflow import audit, desk_engines, findings, jobs, news, outbox, roles
from annotations.workflow.holding import no_article
from annotations.workflow.jobs import StrOrPromise
from annotations.workflow.run_reading import Clock, Reader, TakenAway

State = ExtractionRun.State
WORKERS_DIED = _(
    "The worker died {times} times on this article. Add it again in smaller parts, "
    "or let whoever runs the workers look at their memory and their logs."
)


class Recovery(NamedTuple):
    """What the watch found: runs to hand to the broker again, and how many it gave up."""

    to_send: list[ExtractionRun]
    failed: int


@transaction.atomic
def queue(
    *, article: Article, at: datetime, queue: ExtractionRun.Queue = ExtractionRun.Queue.INTERACTIVE
) -> ExtractionRun:
    """Queue an extraction of the article's newest text; one that is already active is returned."""
    return _queue(article, at, queue)[0]


def queue_many(*, revisions: Sequence[Revision], at: datetime) -> list[ExtractionRun]:
    """Queue the first extraction of new articles, in the bulk queue."""
    runs = ExtractionRun.objects.bulk_create(
        ExtractionRun(
            revision=revision, queue=ExtractionRun.Queue.BULK, queued_at=at, dispatched_at=at
        )
        for revision in revisions
    )
    newest = Revision.objects.filter(article=OuterRef("pk")).values("pk")[:1]
    active = ExtractionRun.objects.filter(revision__article=OuterRef("pk")).values("pk")[:1]
    Article.objects.filter(pk__in=[one.article_id for one in revisions]).update(
        current_revision=Subquery(newest), current_run=Subquery(active)
    )
    return runs


@transaction.atomic
def request(*, article: Article, by: User, at: datetime) -> ExtractionRun:
    """Queue extraction again because somebody asks for it."""
    roles.require(by, article.desk, roles.Role.ANNOTATOR)
    run, is_new = _queue(article, at, ExtractionRun.Queue.INTERACTIVE)
    if is_new:
        audit.record("extraction.requested", by=by, at=at, about=article)
    return run


@transaction.atomic
def queue_anew(*, article: Article, at: datetime) -> ExtractionRun:
    """Queue an extraction that sees the article as it is now; one that runs has to begin again."""
    run, is_new = _queue(article, at, ExtractionRun.Queue.INTERACTIVE)
    if not is_new and run.state == State.RUNNING:
        run.state, run.token, run.dispatched_at = State.QUEUED, None, at
        run.save(update_fields=["state", "token", "dispatched_at"])
    return run


def carry_out(*, run_id: int, token: UUID, clock: Clock) -> None:
    """Extract and store, unless somebody else does or did. Safe to run twice at once."""
    run = _claim(run_id, token, at=clock())
    if run is None:
        return
    reader = Reader(run, clock, partial(_beat, run))
    while not _attempt(run, reader):
        pass


def release(*, run_id: int, token: UUID) -> None:
    """Give a run back after a passing trouble, so that the retry may claim it."""
    jobs.release(ExtractionRun.objects.filter(pk=run_id), token=token)


@transaction.atomic
def fail(*, run_id: int, token: UUID, error: StrOrPromise, at: datetime) -> None:
    """Keep why a run cannot succeed, in the desk's language."""
    its_own = ExtractionRun.objects.active().filter(Q(token=token) | Q(state=State.QUEUED))
    run = _held_after_article(its_own.filter(pk=run_id))
    if run is not None:
        _give_up(run, error, at)


def recover(*, at: datetime, waiting: dict[str, int]) -> Recovery:
    """Find runs whose worker or message vanished. `waiting` counts each queue's messages.

    Each is held for itself, after its article: holding many, one would wait for the other.
    """
    silent = ExtractionRun.objects.silent_since(jobs.silence_began(at)).order_by("pk")
    keys = list(silent.values_list("pk", flat=True))
    lost = [run for pk in keys if (run := _taken_from_lost(silent.filter(pk=pk), at))]
    to_send = [run for run in lost if run.state == State.QUEUED]
    to_send += _unsent(at, waiting, known=[run.pk for run in to_send])
    return Recovery(to_send, failed=sum(run.state == State.FAILED for run in lost))


def _queue(
    article: Article, at: datetime, queue: ExtractionRun.Queue
) -> tuple[ExtractionRun, bool]:
    held = Article.objects.select_for_update(of=("self",)).filter(pk=article.pk).first()
    if held is None:
        raise no_article()
    run, is_new = ExtractionRun.objects.active().get_or_create(
        revision=held.current_revision,
        defaults={"queue": queue, "queued_at": at, "dispatched_at": at},
    )
    if is_new:
        article.current_run = held.current_run = run
        held.save(update_fields=["current_run"])
    return run, is_new


def _held(rows: ExtractionRunQuerySet, *, skip_locked: bool = False) -> ExtractionRunQuerySet:
    """Read runs to change them, with all that is needed to work on them.

    Who holds a run waits for no article after it: whoever holds the article may wait for the run.
    """
    held = rows.select_for_update(of=("self",), skip_locked=skip_locked)
    return held.select_related("revision__article__desk")


def _held_after_article(
    rows: ExtractionRunQuerySet, *, skip_locked: bool = False
) -> ExtractionRun | None:
    """Hold the article of a run, then the run: what is written down then has its turn in the log.

    None where the run is not among the rows, or not any more once the article is free.
    """
    its_article = Article.objects.select_for_update(of=("self",), skip_locked=skip_locked)
    if its_article.filter(pk__in=rows.values("revision__article")).first() is None:
        return None
    return _held(rows, skip_locked=skip_locked).first()


@transaction.atomic
def _taken_from_lost(rows: ExtractionRunQuerySet, at: datetime) -> ExtractionRun | None:
    """Take a silent run from its worker, unless somebody holds it: it is looked at again soon."""
    run = _held_after_article(rows, skip_locked=True)
    if run is not None:
        run.dispatched_at = at
        _lose_worker(run, at)
    return run


@transaction.atomic
def _unsent(at: datetime, waiting: dict[str, int], *, known: list[int]) -> list[ExtractionRun]:
    found: list[ExtractionRun] = []
    for name in ExtractionRun.Queue.values:
        queued = ExtractionRun.objects.filter(state=State.QUEUED, queue=name).exclude(pk__in=known)
        found += jobs.unsent(queued, jobs.silence_began(at), waiting.get(name, 0))
    ExtractionRun.objects.filter(pk__in=[run.pk for run in found]).update(dispatched_at=at)
    return found


@transaction.atomic
def _claim(run_id: int, token: UUID, *, at: datetime) -> ExtractionRun | None:
    """Take the run for this token, or return None where it is not to be had.

    It begins with the run, whoever holds the article, unless the run may have to be given up, which
    is written down.
    """
    rows = ExtractionRun.objects.filter(pk=run_id)
    last_try = rows.filter(state=State.RUNNING, workers_lost=ExtractionRun.WORKERS_LOST_AT_MOST - 1)
    run = _held_after_article(rows) if last_try.exists() else _held(rows).first()
    if run is None or not jobs.claim(run, token, at=at, lose=partial(_lose_worker, at=at)):
        return None
    run.engine_asked = run.engine = desk_engines.version(run.revision.article.desk)
    run.fallback, run.engine_usage, run.sentences_done = "", {}, 0
    run.save()
    return run


def _lose_worker(run: ExtractionRun, at: datetime) -> None:
    """Count a lost worker; the caller holds the run, and the article where it was the last try."""
    jobs.lose_worker(run, _died, at=at, give_up=_give_up)


def _died(times: int) -> StrOrPromise:
    return format_lazy(WORKERS_DIED, times=times)


def _give_up(run: ExtractionRun, error: StrOrPromise, at: datetime) -> None:
    """Fail the run for good; its error is read on the article's page long after."""
    article = run.revision.article
    jobs.say_why(run, error, language=article.desk.language)
    run.state, run.finished_at = State.FAILED, at
    run.save()
    change = audit.Change(after={"error": run.error})
    audit.record("extraction.failed", by=None, at=at, about=article, change=change)


def _attempt(run: ExtractionRun, reader: Reader) -> bool:
    """Extract and store once; False where somebody tagged what was cut anew in the meantime."""
    revision = run.revision
    article = revision.article
    pinned = findings.worked_spans(revision)
    sentences = extraction.plan(revision.text, language=article.language, pinned=pinned)
    run.sentences_total = len(sentences)
    material = Material(sentences, article.language, article.published_at)
    try:
        found = reader.read(material)
    except TakenAway:
        return True
    return _finish(run, found, at=reader.clock())


def _beat(run: ExtractionRun, *, done: int, at: datetime) -> bool:
    """Say that the work goes on; False where the run was taken away in the meantime."""
    held = ExtractionRun.objects.filter(pk=run.pk, token=run.token, state=State.RUNNING)
    is_ours = bool(
        held.update(heartbeat_at=at, sentences_done=done, sentences_total=run.sentences_total)
    )
    if is_ours:
        news.progressed(run, done=done)
    return is_ours


@transaction.atomic
def _finish(run: ExtractionRun, found: list[extraction.Finding], *, at: datetime) -> bool:
    """Store what was found if the run is still ours and cuts nothing that people work on."""
    article = (
        Article.objects.select_for_update(of=("self",))
        .select_related("desk")
        .filter(pk=run.revision.article_id)
        .first()
    )
    if article is None:
        return True
    still_ours = ExtractionRun.objects.select_for_update().filter(
        pk=run.pk, token=run.token, state=State.RUNNING
    )
    if not still_ours.exists():
        return True
    spans = {extraction.Span(one.start, one.end) for one in found}
    if not spans.issuperset(findings.worked_spans(run.revision)):
        return False
    findings.store(article=article, revision=run.revision, found=found)
    still_ours.update(
        state=State.SUCCEEDED,
        sentences_done=len(found),
        sentences_total=len(found),
        heartbeat_at=at,
        finished_at=at,
        error="",
        errors={},
        engine=run.engine,
        fallback=run.fallback,
        engine_usage=run.engine_usage,
    )
    after = {"engine": run.engine, "sentences": len(found)}
    if run.fallback:
        after |= {"engine_asked": run.engine_asked, "fallback": run.fallback}
    audit.record(
        "extraction.succeeded", by=None, at=at, about=article, change=audit.Change(after=after)
    )
    if run.revision.number > 1 and _is_first(run):
        outbox.note_if_finished(article, by=None, at=at)
    return True


def _is_first(run: ExtractionRun) -> bool:
    """Tell whether the text was never read before; until then nobody knows if anything is left."""
    read = ExtractionRun.objects.filter(revision=run.revision_id, state=State.SUCCEEDED)
    return not read.exclude(pk=run.pk).exists()
