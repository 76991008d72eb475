"""Holding a job: who works at it, when its worker counts as lost, when it is handed out again.

A job is held by a token (the id of the Celery message). The same message may come again after its
worker died: whoever comes with the token that holds a running job knows that a worker was lost.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from annotations.models.jobs import Job, JobQuerySet, JobState

J = TypeVar("J", bound=Job)
StrOrPromise = str | Promise
Why = Callable[[int], StrOrPromise]  # how many workers were lost
GiveUp = Callable[[J, StrOrPromise, datetime], None]


def claim(job: J | None, token: UUID, *, at: datetime, lose: Callable[[J], object]) -> bool:
    """Take the job for this token, if it is to be had; the caller holds its row, and saves it."""
    if job is None or not job.is_active:
        return False
    if job.state == JobState.RUNNING:
        if job.token != token and not _is_silent(job, at):
            return False
        lose(job)
        if job.state != JobState.QUEUED:
            return False
    job.state, job.token, job.started_at, job.heartbeat_at = JobState.RUNNING, token, at, at
    return True


def lose_worker(job: J, because: Why, *, at: datetime, give_up: GiveUp[J]) -> None:
    """Count a lost worker: the job goes back to the queue, or is given up after too many."""
    job.workers_lost += 1
    if job.workers_lost >= job.WORKERS_LOST_AT_MOST:
        give_up(job, because(job.workers_lost), at)
    else:
        job.state = JobState.QUEUED
        job.save()


def release(rows: JobQuerySet[J], *, token: UUID) -> None:
    """Give a job back after a passing trouble, so that the retry may claim it."""
    rows.filter(token=token, state=JobState.RUNNING).update(state=JobState.QUEUED)


def say_why(job: Job, error: StrOrPromise, *, language: str) -> None:
    """Keep why it failed in the desk's language, and in every one that a reader may have."""
    for one in dict(settings.LANGUAGES):
        job.errors[one] = _said(error, one)
    job.error = _said(error, language)


def unsent(queued: JobQuerySet[J], before: datetime, waiting: int) -> list[J]:
    """Return queued jobs that have no message: the oldest, as many as there are fewer messages."""
    missing = queued.count() - waiting
    if missing <= 0:
        return []
    oldest = queued.unsent_since(before).order_by("dispatched_at", "pk")
    return list(oldest.select_for_update(skip_locked=True)[:missing])


def silence_began(at: datetime) -> datetime:
    """Return the moment since which a job must have been heard of."""
    return at - settings.RUN_SILENCE


def _is_silent(job: Job, at: datetime) -> bool:
    return job.heartbeat_at is None or job.heartbeat_at <= silence_began(at)


def _said(error: StrOrPromise, language: str) -> str:
    with translation.override(language):
        return str(error).replace("\0", "")
