"""Extraction as the workers do it: the run's row is the truth, messages are only hints.

A run is held by a token (the id of the Celery message). The same message may come again after its
worker died: whoever comes with the token that holds a running run knows that a worker was lost.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from annotations import extraction
from annotations.models import Article, ExtractionRun, User
from annotations.workflow import audit, findings, roles

Clock = Callable[[], datetime]
State = ExtractionRun.State
HEARTBEAT = timedelta(seconds=1)


class Recovery(NamedTuple):
    """What the watch found: runs to hand to the broker again, and how many it gave up."""

    to_send: list[ExtractionRun]
    failed: int


@transaction.atomic
def queue(
    *, article: Article, at: datetime, queue: ExtractionRun.Queue = ExtractionRun.Queue.INTERACTIVE
) -> ExtractionRun:
    """Queue an extraction of the article's newest text; one that is already active is returned."""
    Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    run, created = ExtractionRun.objects.active().get_or_create(
        revision=article.current_revision,
        defaults={"queue": queue, "queued_at": at, "dispatched_at": at},
    )
    if created:
        article.current_run = run
        article.save(update_fields=["current_run"])
    return run


def request(*, article: Article, by: User, at: datetime) -> ExtractionRun:
    """Queue extraction again because somebody asks for it."""
    roles.require(by, article.desk, roles.Role.ANNOTATOR)
    run = queue(article=article, at=at)
    if run.queued_at == at:
        audit.record("extraction.requested", by=by, at=at, about=article)
    return run


def carry_out(*, run_id: int, token: UUID, clock: Clock) -> None:
    """Extract and store, unless somebody else does or did. Safe to run twice at once."""
    run = _claim(run_id, token, at=clock())
    if run is None:
        return
    while not _attempt(run, clock):
        pass


def release(*, run_id: int, token: UUID) -> None:
    """Give a run back after a passing trouble, so that the retry may claim it."""
    ExtractionRun.objects.filter(pk=run_id, token=token, state=State.RUNNING).update(
        state=State.QUEUED
    )


def fail(*, run_id: int, token: UUID, error: str, at: datetime) -> None:
    """Keep why a run cannot succeed."""
    ExtractionRun.objects.active().filter(pk=run_id, token=token).update(
        state=State.FAILED, error=error, finished_at=at
    )


@transaction.atomic
def recover(*, at: datetime, waiting: dict[str, int]) -> Recovery:
    """Find runs whose worker or message vanished. `waiting` counts each queue's messages."""
    before = at - settings.RUN_SILENCE
    silent = ExtractionRun.objects.silent_since(before).select_for_update(skip_locked=True)
    outcomes = [_lose_worker(run, at) for run in silent]
    to_send = [run for run in silent if run.state == State.QUEUED]
    for name in ExtractionRun.Queue.values:
        to_send += _unsent(name, before, waiting.get(name, 0), known={run.pk for run in to_send})
    ExtractionRun.objects.filter(pk__in=[run.pk for run in to_send]).update(dispatched_at=at)
    return Recovery(to_send, failed=outcomes.count(State.FAILED))


def _unsent(name: str, before: datetime, waiting: int, *, known: set[int]) -> list[ExtractionRun]:
    """Return queued runs that have no message: the oldest, as many as there are fewer messages."""
    queued = ExtractionRun.objects.filter(state=State.QUEUED, queue=name).exclude(pk__in=known)
    missing = queued.count() - waiting
    if missing <= 0:
        return []
    return list(
        queued.unsent_since(before)
        .order_by("dispatched_at", "pk")
        .select_for_update(skip_locked=True)[:missing]
    )


@transaction.atomic
def _claim(run_id: int, token: UUID, *, at: datetime) -> ExtractionRun | None:
    """Take the run for this token, or return None where it is not to be had."""
    run = (
        ExtractionRun.objects.select_for_update(of=("self",))
        .select_related("revision__article__desk")
        .filter(pk=run_id)
        .first()
    )
    if run is None or not run.is_active:
        return None
    if run.state == State.RUNNING:
        if run.token != token and not _is_silent(run, at):
            return None
        if _lose_worker(run, at) == State.FAILED:
            return None
    run.state, run.token, run.started_at, run.heartbeat_at = State.RUNNING, token, at, at
    run.engine, run.sentences_done = extraction.ENGINE, 0
    run.save()
    return run


def _is_silent(run: ExtractionRun, at: datetime) -> bool:
    return run.heartbeat_at is None or run.heartbeat_at <= at - settings.RUN_SILENCE


def _lose_worker(run: ExtractionRun, at: datetime) -> str:
    """Count a lost worker: the run goes back to the queue, or is given up after too many."""
    run.workers_lost += 1
    if run.workers_lost >= run.WORKERS_LOST_AT_MOST:
        run.state, run.finished_at = State.FAILED, at
        run.error = _("The worker died %(times)s times on this article.") % {
            "times": run.workers_lost
        }
    else:
        run.state = State.QUEUED
    run.save()
    return run.state


def _attempt(run: ExtractionRun, clock: Clock) -> bool:
    """Extract and store once; False where somebody cut or tagged a sentence in the meantime."""
    revision = run.revision
    article = revision.article
    pinned = findings.worked_spans(revision)
    sentences = extraction.plan(revision.text, language=article.language, pinned=pinned)
    run.sentences_total = len(sentences)
    found: list[extraction.Finding] = []
    beaten_at = clock()
    for finding in extraction.examine(
        sentences, language=article.language, published_at=article.published_at
    ):
        found.append(finding)
        if clock() - beaten_at >= HEARTBEAT:
            beaten_at = clock()
            _beat(run, done=len(found), at=beaten_at)
    return _finish(run, found, pinned=pinned, at=clock())


def _beat(run: ExtractionRun, *, done: int, at: datetime) -> None:
    ExtractionRun.objects.filter(pk=run.pk, token=run.token, state=State.RUNNING).update(
        heartbeat_at=at, sentences_done=done, sentences_total=run.sentences_total
    )


@transaction.atomic
def _finish(
    run: ExtractionRun,
    found: list[extraction.Finding],
    *,
    pinned: list[extraction.Span],
    at: datetime,
) -> bool:
    """Store what was found if the run is still ours and nobody worked on other sentences."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=run.revision.article_id)
    still_ours = ExtractionRun.objects.select_for_update().filter(
        pk=run.pk, token=run.token, state=State.RUNNING
    )
    if not still_ours.exists():
        return True
    if findings.worked_spans(run.revision) != pinned:
        return False
    findings.store(article=article, revision=run.revision, found=found)
    still_ours.update(
        state=State.SUCCEEDED,
        sentences_done=len(found),
        sentences_total=len(found),
        heartbeat_at=at,
        finished_at=at,
        error="",
    )
    after = {"engine": run.engine, "sentences": len(found)}
    audit.record(
        "extraction.succeeded", by=None, at=at, about=article, change=audit.Change(after=after)
    )
    return True
