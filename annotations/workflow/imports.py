"""Imports: a file comes in, workers take its rows in, and each row says what became of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import imports
from annotations.models import Desk, Import, User
from annotations.models.imports import ImportQuerySet
from annotations.workflow import (
    import_files,
    import_labels,
    import_people,
    import_publishing,
    import_turns,
    import_words,
    jobs,
    roles,
)
from annotations.workflow.errors import BadInput, WorkflowError
from annotations.workflow.import_files import File
from annotations.workflow.import_turns import Clock, Send, Waiting
from annotations.workflow.jobs import StrOrPromise

State = Import.State
KEPT_FOR = timedelta(days=7)
WORKERS_DIED = gettext_lazy(
    "The worker died {times} times on this file. Send it again in smaller parts, "
    "or let whoever runs the workers look at their memory and their logs."
)


class NotConfirmable(WorkflowError):
    code = "not_confirmable"


class AlreadyOver(WorkflowError):
    code = "already_over"


class Wish(NamedTuple):
    """What is to become of a file."""

    format: str = Import.Format.ARTICLES
    is_dry_run: bool = False
    options: Mapping[str, Any] = {}


class Recovery(NamedTuple):
    """What the watch found: imports to hand to the broker again, and how many it gave up."""

    to_send: list[Import]
    failed: int


@transaction.atomic
def request(*, desk: Desk, file: File, wish: Wish, by: User, at: datetime) -> Import:
    """Keep a file and queue its import; hand it to `tasks.send_import`."""
    roles.require(by, desk, roles.Role.ANNOTATOR)
    if wish.format not in imports.FORMATS:
        raise BadInput(_("There is no such format."), field="format", code="unknown_format")
    import_labels.table(wish.options.get("map", ""))
    work = Import(
        desk=desk,
        created_by=by,
        created_at=at,
        format=wish.format,
        is_dry_run=wish.is_dry_run,
        options=dict(wish.options),
        size=0,
        queued_at=at,
        dispatched_at=at,
    )
    import_publishing.require(work, by)
    import_people.require(work, by)
    work.save(force_insert=True)
    import_files.keep(work, file)
    work.save()
    import_turns.record("import.requested", work, by, at)
    return work


@transaction.atomic
def confirm(*, work: Import, by: User, at: datetime) -> Import:
    """Import for good what a dry run has checked; whoever confirms it is who imports."""
    held = _hold(work, by)
    if not held.can_be_confirmed:
        raise NotConfirmable(_("There is no finished dry run here that could be imported."))
    import_publishing.require(held, by)
    import_people.require(held, by)
    held.rows.all().delete()
    held.faults.all().delete()
    held.is_dry_run, held.state, held.token = False, State.QUEUED, None
    held.rows_done = held.bytes_done = held.workers_lost = 0
    held.added = held.known = held.refused = held.labels = 0
    held.queued_at = held.dispatched_at = at
    held.finished_at = None
    held.created_by = by
    held.save()
    import_turns.record("import.confirmed", held, by, at)
    return held


@transaction.atomic
def cancel(*, work: Import, by: User, at: datetime) -> Import:
    """Stop an import. What it brought already stays."""
    held = _hold(work, by)
    if not held.is_active and not held.can_be_confirmed:
        raise AlreadyOver(_("This import is over: there is nothing to cancel."))
    held.state, held.token, held.finished_at = State.CANCELLED, None, at
    held.save()
    import_files.forget(held)
    import_turns.record("import.cancelled", held, by, at)
    return held


def carry_out(*, import_id: int, token: UUID, clock: Clock, send: Send) -> Import | None:
    """Work on an import for a turn; return it where more is to do. Safe to run twice at once."""
    work = _claim(import_id, token, at=clock())
    if work is None:
        return None
    with translation.override(work.desk.language):
        try:
            return import_turns.turn(work, clock, send)
        except Waiting:
            import_turns.pause(work, at=clock())  # the watch sends it again
            return None
        except imports.Unreadable as error:
            words = import_words.lazy_sentence(error.code, error.params)
            fail(import_id=import_id, token=token, error=words, at=clock())
            return None


def release(*, import_id: int, token: UUID) -> None:
    """Give an import back after a passing trouble, so that the retry may claim it."""
    jobs.release(Import.objects.filter(pk=import_id), token=token)


@transaction.atomic
def fail(*, import_id: int, token: UUID, error: StrOrPromise, at: datetime) -> None:
    """Keep why an import cannot go on, in the desk's language."""
    mine = Q(token=token) | Q(state=State.QUEUED)
    work = _held().active().filter(mine, pk=import_id).first()
    if work is not None:
        _give_up(work, error, at)


@transaction.atomic
def recover(*, at: datetime, waiting: int) -> Recovery:
    """Find imports whose worker or message vanished. `waiting` counts the messages there are."""
    before = jobs.silence_began(at)
    silent = list(_held(skip_locked=True).silent_since(before))
    for work in silent:
        _lose_worker(work, at)
    to_send = [work for work in silent if work.state == State.QUEUED]
    known = [work.pk for work in to_send]
    queued = Import.objects.filter(state=State.QUEUED).exclude(pk__in=known)
    to_send += jobs.unsent(queued, before, waiting)
    Import.objects.filter(pk__in=[work.pk for work in to_send]).update(dispatched_at=at)
    return Recovery(to_send, failed=sum(work.state == State.FAILED for work in silent))


def forget_old(*, at: datetime) -> int:
    """Forget the files of imports that nobody went on with; what became of them stays."""
    kept = Import.objects.filter(created_at__lt=at - KEPT_FOR, pieces__isnull=False)
    old = list(kept.exclude(state__in=Import.ACTIVE).distinct())
    for work in old:
        import_files.forget(work)
    return len(old)


def _held(*, skip_locked: bool = False) -> ImportQuerySet:
    rows = Import.objects.select_for_update(of=("self",), skip_locked=skip_locked)
    return rows.select_related("desk", "created_by")


def _hold(work: Import, by: User) -> Import:
    held = _held().get(pk=work.pk)
    roles.require(by, held.desk, roles.Role.ANNOTATOR)
    return held


@transaction.atomic
def _claim(import_id: int, token: UUID, *, at: datetime) -> Import | None:
    work = _held().filter(pk=import_id).first()
    if work is None or not jobs.claim(work, token, at=at, lose=partial(_lose_worker, at=at)):
        return None
    work.save()
    return work


def _lose_worker(work: Import, at: datetime) -> None:
    jobs.lose_worker(work, _died, at=at, give_up=_give_up)


def _died(times: int) -> StrOrPromise:
    return format_lazy(WORKERS_DIED, times=times)


def _give_up(work: Import, error: StrOrPromise, at: datetime) -> None:
    jobs.say_why(work, error, language=work.desk.language)
    work.state, work.finished_at = State.FAILED, at
    work.save()
    import_turns.record("import.failed", work, None, at)
