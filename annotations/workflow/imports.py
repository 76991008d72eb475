"""Imports: a file comes in, workers take its rows in, and each row says what became of it.

A batch of rows, what became of them and how far the import is are one transaction: a worker that
is killed leaves either all of a batch or nothing, and the next one goes on behind it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations import imports
from annotations.models import Desk, ExtractionRun, Import, User
from annotations.models.imports import ImportQuerySet
from annotations.workflow import audit, import_files, import_rows, import_words, jobs, roles
from annotations.workflow.errors import BadInput, WorkflowError
from annotations.workflow.import_files import File
from annotations.workflow.jobs import StrOrPromise

State = Import.State
Clock = Callable[[], datetime]
Send = Callable[[ExtractionRun], None]
Numbered = tuple[int, imports.Entry]

BATCH_ROWS, BATCH_CHARACTERS = 100, 500_000
TURN = timedelta(seconds=5)  # then others have theirs
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
    work.save(force_insert=True)
    import_files.keep(work, file)
    work.save()
    _record("import.requested", work, by, at)
    return work


@transaction.atomic
def confirm(*, work: Import, by: User, at: datetime) -> Import:
    """Import for good what a dry run has checked."""
    held = _hold(work, by)
    if not held.can_be_confirmed:
        raise NotConfirmable(_("There is no finished dry run here that could be imported."))
    held.rows.all().delete()
    held.faults.all().delete()
    held.is_dry_run, held.state, held.token = False, State.QUEUED, None
    held.rows_done = held.bytes_done = held.workers_lost = 0
    held.added = held.known = held.refused = held.labels = 0
    held.queued_at = held.dispatched_at = at
    held.finished_at = None
    held.save()
    _record("import.confirmed", held, by, at)
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
    _record("import.cancelled", held, by, at)
    return held


def carry_out(*, import_id: int, token: UUID, clock: Clock, send: Send) -> Import | None:
    """Work on an import for a turn; return it where more is to do. Safe to run twice at once."""
    work = _claim(import_id, token, at=clock())
    if work is None:
        return None
    with translation.override(work.desk.language):
        try:
            return _work(work, clock, send)
        except imports.Unreadable as error:
            words = import_words.sentence(error.code, error.params)
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


def _work(work: Import, clock: Clock, send: Send) -> Import | None:
    ends = clock() + TURN
    for batch in _batches(_entries(work)):
        if not _take(work, batch, send, at=clock()):
            return None
        if clock() >= ends:
            return _pause(work, at=clock())
    _finish(work, at=clock())
    return None


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
    _record("import.failed", work, None, at)


def _entries(work: Import) -> Iterator[Numbered]:
    """Read the file from its beginning, and go on behind the last row that was taken."""
    work.bytes_done = 0

    def told(size: int) -> None:
        work.bytes_done += size

    entries = imports.read(
        work.content(),
        format=work.format,
        shape=work.shape,
        encoding=work.encoding,
        told=told,
    )
    done = work.rows_done
    return ((number, one) for number, one in enumerate(entries, start=1) if number > done)


def _batches(entries: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    """Gather as many rows as fit into one transaction and into memory."""
    batch: list[Numbered] = []
    characters = 0
    for number, entry in entries:
        batch.append((number, entry))
        characters += sum(len(str(value)) for value in entry.fields.values())
        if len(batch) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _take(work: Import, batch: list[Numbered], send: Send, *, at: datetime) -> bool:
    """Take a batch in; False where the import was taken away or cancelled in the meantime."""
    try:
        runs = _store(work, batch, at)
    except IntegrityError:  # somebody added one of these in this very moment
        runs = _store(work, batch, at)
    for run in runs or ():
        send(run)
    return runs is not None


@transaction.atomic
def _store(work: Import, batch: list[Numbered], at: datetime) -> list[ExtractionRun] | None:
    if not _is_ours(work):
        return None
    rows = [import_rows.prepared(number, entry, work.options) for number, entry in batch]
    runs = import_rows.store(work, rows, at=at)
    import_rows.write(work, rows)
    work.workers_lost, work.heartbeat_at = 0, at
    work.save()
    return runs


def _is_ours(work: Import) -> bool:
    rows = Import.objects.select_for_update().filter(pk=work.pk, token=work.token)
    return rows.filter(state=State.RUNNING).exists()


@transaction.atomic
def _pause(work: Import, *, at: datetime) -> Import | None:
    """End one's turn: the import waits in the queue again, with all that it has done."""
    if not _is_ours(work):
        return None
    work.state, work.dispatched_at = State.QUEUED, at
    work.save()
    return work


@transaction.atomic
def _finish(work: Import, *, at: datetime) -> None:
    if not _is_ours(work):
        return
    work.state, work.finished_at, work.heartbeat_at = State.SUCCEEDED, at, at
    work.rows_total, work.bytes_done = work.rows_done, work.size
    work.save()
    if not work.is_dry_run:
        import_files.forget(work)
    _record("import.succeeded", work, None, at)


def _record(action: str, work: Import, by: User | None, at: datetime) -> None:
    after = {
        "import": work.pk,
        "format": work.format,
        "dry_run": work.is_dry_run,
        "sha256": work.sha256,
        "added": work.added,
        "known": work.known,
        "refused": work.refused,
    }
    audit.record(action, by=by, at=at, about=work.desk, change=audit.Change(after=after))
