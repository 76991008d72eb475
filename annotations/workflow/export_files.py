"""Exports that are too long for one request: a worker writes the file, publishers fetch it.

The file is written under another name and renamed once it is whole and on the disk, so that a
worker that dies leaves nothing that looks finished; the next one begins anew. Everything in it is
of one snapshot. What is read is read in a transaction, so the heartbeat has a connection of its
own.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Desk, Export, User
from annotations.models.exports import ExportQuerySet
from annotations.models.jobs import JobState
from annotations.workflow import audit, export_writing, jobs, roles
from annotations.workflow.errors import WorkflowError
from annotations.workflow.export_writing import Pulse, TakenAway, Written
from annotations.workflow.jobs import StrOrPromise

Clock = Callable[[], datetime]
ACTIVE_AT_MOST = 4  # a desk
SENT_AGAIN_AFTER = timedelta(minutes=5)  # a message may wait behind others
REMEMBERED_FOR = timedelta(days=30)  # after the file is gone
WORKERS_DIED = gettext_lazy(
    "The worker died {times} times while it wrote this export. Ask for less at once, or let "
    "whoever runs the workers look at their memory and their logs."
)


class TooManyExports(WorkflowError):
    code = "too_many_exports"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be in the file. `base` is where this server is reached, for addresses in it."""

    format: str
    filters: Mapping[str, Any]
    base: str
    is_compressed: bool = False
    has_trailer: bool = False
    has_bom: bool = False
    has_quotes: bool = True


@transaction.atomic
def request(*, desk: Desk, order: Order, by: User, at: datetime) -> Export:
    """Queue an export for the desk; only its managers may, and only a few at once."""
    roles.require(by, desk, roles.Role.MANAGER)
    Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
    if Export.objects.filter(desk=desk).active().count() >= ACTIVE_AT_MOST:
        raise TooManyExports(
            _("%(number)s exports of this desk are being written already. Wait for one of them.")
            % {"number": ACTIVE_AT_MOST}
        )
    export = Export.objects.create(
        desk=desk, created_by=by, queued_at=at, dispatched_at=at, **asdict(order)
    )
    change = audit.Change(after={"format": order.format, "filters": dict(order.filters)})
    audit.record("export.requested", by=by, at=at, about=desk, change=change)
    return export


@transaction.atomic
def remove(*, export: Export, by: User, at: datetime) -> None:
    """Stop an export, or take its file away before its time."""
    roles.require(by, export.desk, roles.Role.MANAGER)
    held = Export.objects.select_for_update().filter(pk=export.pk).first()
    if held is None:
        return
    before = {"format": held.format, "state": held.state}
    held.delete()
    audit.record(
        "export.removed", by=by, at=at, about=export.desk, change=audit.Change(before=before)
    )
    transaction.on_commit(partial(export_writing.throw_away, held.file))


def carry_out(*, export_id: int, token: UUID, clock: Clock) -> None:
    """Write the file, unless somebody else does or did. Safe to run twice at once."""
    export = _claim(export_id, token, at=clock())
    if export is None:
        return
    export_writing.throw_away_parts(export)
    with Pulse(partial(_beat, export, clock=clock)) as pulse:
        try:
            written = export_writing.write(export, pulse, at=clock())
        except TakenAway:
            return
    _finish(export, written, at=clock())


def release(*, export_id: int, token: UUID) -> None:
    """Give an export back after a passing trouble, so that the retry may claim it."""
    jobs.release(Export.objects.filter(pk=export_id), token=token)


@transaction.atomic
def fail(*, export_id: int, token: UUID, error: StrOrPromise, at: datetime) -> None:
    """Keep why an export cannot be written."""
    rows = _held().filter(Q(token=token) | Q(state=JobState.QUEUED), pk=export_id).active()
    if (export := rows.first()) is not None:
        _give_up(export, error, at)


@transaction.atomic
def recover(*, at: datetime) -> list[Export]:
    """Find the exports whose worker or message vanished; return those to send again."""
    silent = list(_held(skip_locked=True).silent_since(jobs.silence_began(at)))
    for export in silent:
        _lose_worker(export, at)
    unsent = _held(skip_locked=True).unsent_since(at - SENT_AGAIN_AFTER)
    to_send = {one.pk: one for one in [*silent, *unsent] if one.state == JobState.QUEUED}
    Export.objects.filter(pk__in=to_send).update(dispatched_at=at)
    return list(to_send.values())


def forget_old(*, at: datetime) -> int:
    """Take away the files whose time is over, and what dead workers left; say how many."""
    over = Export.objects.filter(state=JobState.SUCCEEDED, expires_at__lte=at)
    gone = [export_writing.throw_away(name) for name in over.values_list("file", flat=True)]
    ended = Q(expires_at__lt=at - REMEMBERED_FOR) | Q(
        state=JobState.FAILED, finished_at__lt=at - REMEMBERED_FOR
    )
    Export.objects.filter(ended).delete()
    kept = Export.objects.kept(at=at).exclude(file="").values_list("file", flat=True)
    strays = export_writing.throw_away_strays(set(kept), before=at - timedelta(days=1))
    return sum(gone) + strays


def _held(*, skip_locked: bool = False) -> ExportQuerySet:
    rows = Export.objects.select_for_update(of=("self",), skip_locked=skip_locked)
    return rows.select_related("desk")


@transaction.atomic
def _claim(export_id: int, token: UUID, *, at: datetime) -> Export | None:
    export = _held().filter(pk=export_id).first()
    if export is None or not jobs.claim(export, token, at=at, lose=partial(_lose_worker, at=at)):
        return None
    export.done, export.total = 0, None
    export.save()
    return export


def _lose_worker(export: Export, at: datetime) -> None:
    jobs.lose_worker(export, _died, at=at, give_up=_give_up)


def _died(times: int) -> StrOrPromise:
    return format_lazy(WORKERS_DIED, times=times)


def _give_up(export: Export, error: StrOrPromise, at: datetime) -> None:
    jobs.say_why(export, error, language=export.desk.language)
    export.state, export.finished_at = JobState.FAILED, at
    export.save()
    change = audit.Change(after={"format": export.format, "error": export.error})
    audit.record("export.failed", by=None, at=at, about=export.desk, change=change)


def _still_ours(export: Export) -> ExportQuerySet:
    return Export.objects.filter(pk=export.pk, token=export.token, state=JobState.RUNNING)


def _beat(export: Export, done: int, total: int, *, clock: Clock) -> bool:
    """Say that the work goes on; False where the export was taken away in the meantime."""
    return bool(_still_ours(export).update(heartbeat_at=clock(), done=done, total=total))


@transaction.atomic
def _finish(export: Export, written: Written, *, at: datetime) -> None:
    """Name the file if the export is still ours; else nobody will miss it."""
    is_ours = _still_ours(export).update(
        state=JobState.SUCCEEDED,
        heartbeat_at=at,
        finished_at=at,
        expires_at=at + settings.EXPORT_KEPT_FOR,
        **written._asdict(),
    )
    if not is_ours:
        export_writing.throw_away(written.file)
        return
    change = audit.Change(after={"format": export.format, "size": written.size})
    audit.record("export.succeeded", by=None, at=at, about=export.desk, change=change)
