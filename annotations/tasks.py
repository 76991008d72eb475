"""What Celery workers are asked to do: each a few lines into workflow/."""

import gc
from contextlib import suppress
from functools import partial
from logging import getLogger
from typing import Any
from uuid import UUID

from celery import Task, shared_task
from celery.exceptions import SoftTimeLimitExceeded, TimeLimitExceeded
from celery.signals import worker_init, worker_ready, worker_shutdown
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError as BrokerError
from redis import Redis, RedisError

from annotations import extraction
from annotations.models import Export, ExtractionRun, Import
from annotations.workflow import (
    deliveries,
    export_files,
    extraction_runs,
    idempotency,
    imports,
    log_news,
    workers,
)

logger = getLogger(__name__)
SAY_HELLO_EVERY = 5.0  # seconds
PASSING = (OperationalError, InterfaceError)
PATIENT: dict[str, Any] = {
    "max_retries": 6,
    "autoretry_for": PASSING,
    "retry_backoff": True,
    "retry_backoff_max": 60,
    "retry_jitter": True,
}
WEBHOOKS = "webhooks"  # a queue of their own: receivers may be slow
IMPORTS = "imports"  # before bulk, where the articles that an import brings wait


TOO_SLOW = _(
    "Reading this article took longer than {limit} seconds and was stopped. "
    "Add it again in smaller parts."
)
BROKEN = _(
    "Extraction failed, and trying again will not help: {error}. Nothing is lost; "
    "tell whoever runs the workbench, and have it extracted again once that is mended."
)


IMPORT_BROKEN = _(
    "The import stopped, and trying again will not help: {error}. What came in stays; tell whoever "
    "runs the workbench, and send the file again once that is mended: nothing comes in twice."
)
EXPORT_TOO_SLOW = _(
    "Writing this export took longer than {limit} seconds and was stopped. "
    "Ask for less at once: one label, one language, some months."
)
EXPORT_BROKEN = _(
    "The export could not be written: {error}. Tell whoever runs the workbench, "
    "and ask for it again once that is mended."
)


class JobTask(Task):  # type: ignore[type-arg]  # generic only in the stubs
    """Keeps on the job why it cannot succeed."""

    workflow: Any
    named: str  # the argument that holds the job's number

    def on_failure(
        self, exc: BaseException, task_id: str, args: Any, kwargs: Any, einfo: Any
    ) -> None:
        self.workflow.fail(error=self.why(exc), at=timezone.now(), **self._held(task_id, kwargs))

    def on_retry(
        self, exc: BaseException, task_id: str, args: Any, kwargs: Any, einfo: Any
    ) -> None:
        """Give the job back at once, so that a long pause does not look like a dead worker."""
        with suppress(*PASSING):
            self.workflow.release(**self._held(task_id, kwargs))

    def why(self, exc: BaseException) -> Promise:
        return _readable(exc)

    def _held(self, task_id: str, kwargs: Any) -> dict[str, Any]:
        return {self.named: kwargs[self.named], "token": UUID(task_id)}


class ExtractionTask(JobTask):
    workflow, named = extraction_runs, "run_id"


class ImportTask(JobTask):
    workflow, named = imports, "import_id"

    def why(self, exc: BaseException) -> Promise:
        return format_lazy(IMPORT_BROKEN, error=f"{type(exc).__name__}: {exc}")


@shared_task(bind=True, base=ExtractionTask, **PATIENT)
def extract(self: ExtractionTask, /, *, run_id: int, **_later: object) -> None:
    """Carry out one extraction run. Safe to run twice; a deleted run is no error."""
    token = UUID(self.request.id)
    if self.request.retries:
        extraction_runs.release(run_id=run_id, token=token)
    extraction_runs.carry_out(run_id=run_id, token=token, clock=timezone.now)


class ExportTask(JobTask):
    workflow, named = export_files, "export_id"

    def why(self, exc: BaseException) -> Promise:
        return _why_no_export(exc)


@shared_task(
    bind=True,
    base=ExportTask,
    acks_late=False,  # it may outlast the broker's patience; the watch finds what got lost
    max_retries=3,
    autoretry_for=PASSING,
    retry_backoff=True,
    retry_jitter=True,
    soft_time_limit=settings.EXPORT_SECONDS,
    time_limit=settings.EXPORT_SECONDS + 30,
)
def write_export(self: ExportTask, /, *, export_id: int, **_later: object) -> None:
    """Write one export into its file. Safe to run twice; a removed export is no error."""
    token = UUID(self.request.id)
    if self.request.retries:
        export_files.release(export_id=export_id, token=token)
    export_files.carry_out(export_id=export_id, token=token, clock=timezone.now)


@shared_task
def recover_lost_exports(**_later: object) -> None:
    """Queue again the exports whose worker or message vanished."""
    for export in export_files.recover(at=timezone.now()):
        logger.warning("export sent again: %s", export.pk)
        send_export(export)


@shared_task
def forget_old_exports(**_later: object) -> None:
    """Take away the files whose time is over."""
    export_files.forget_old(at=timezone.now())


@shared_task(bind=True, base=ImportTask, **PATIENT)
def carry_out_import(self: ImportTask, /, *, import_id: int, **_later: object) -> None:
    """Work on an import for a turn, and have it go on later. Safe to run twice."""
    token = UUID(self.request.id)
    if self.request.retries:
        imports.release(import_id=import_id, token=token)
    more = imports.carry_out(import_id=import_id, token=token, clock=timezone.now, send=send)
    if more is not None:
        send_import(more)


@shared_task
def recover_lost_imports(**_later: object) -> None:
    """Queue again the imports whose worker or message vanished."""
    recovery = imports.recover(at=timezone.now(), waiting=_waiting(IMPORTS)[IMPORTS])
    if recovery.to_send or recovery.failed:
        logger.warning("imports sent again: %s", [work.pk for work in recovery.to_send])
    for work in recovery.to_send:
        send_import(work)


@shared_task
def forget_old_files(**_later: object) -> None:
    """Forget the files of imports that nobody went on with."""
    imports.forget_old(at=timezone.now())


@shared_task
def recover_lost_runs(**_later: object) -> None:
    """Queue again the runs whose worker or message vanished."""
    workers.forget_silent(at=timezone.now())
    recovery = extraction_runs.recover(
        at=timezone.now(), waiting=_waiting(*ExtractionRun.Queue.values)
    )
    if recovery.to_send or recovery.failed:
        logger.warning("runs sent again: %s, given up: %s", len(recovery.to_send), recovery.failed)
    for run in recovery.to_send:
        send(run)


@shared_task
def forget_old_answers(**_later: object) -> None:
    """Forget the answers kept for requests that nobody repeats any more."""
    idempotency.forget_old(at=timezone.now())


@shared_task(bind=True, soft_time_limit=90, time_limit=120)
def deliver_webhooks(self: Any, /, *, endpoint_id: int, **_later: object) -> None:
    """Send to one endpoint what is due. Safe to run twice: one of them finds it held."""
    token = UUID(self.request.id)
    if deliveries.deliver(endpoint_id=endpoint_id, token=token, clock=timezone.now):
        _send_delivery(endpoint_id)


@shared_task
def watch_over_webhooks(**_later: object) -> None:
    """Have sent what waits for its time, or was not sent because a message got lost."""
    for endpoint_id in deliveries.waiting(at=timezone.now()):
        _send_delivery(endpoint_id)


@shared_task
def forget_old_deliveries(**_later: object) -> None:
    """Forget the messages to webhooks that were delivered or given up long ago."""
    deliveries.forget_old(at=timezone.now())


@log_news.listen
def deliver_soon(desk_id: int) -> None:
    """Have the news of a desk sent at once; a broker that is away loses nothing."""
    for endpoint_id in deliveries.waiting(at=timezone.now(), desk=desk_id):
        _send_delivery(endpoint_id)


def _send_delivery(endpoint_id: int) -> None:
    try:
        deliver_webhooks.apply_async(
            kwargs={"endpoint_id": endpoint_id}, queue=WEBHOOKS, expires=60
        )
    except (BrokerError, RedisError, OSError):
        logger.warning("the broker is away; webhook %s waits for the watch", endpoint_id)


def send(run: ExtractionRun) -> None:
    """Hand a queued run to the workers once the transaction is committed.

    A broker that is away loses nothing: the watch over the runs sends it later.
    """
    transaction.on_commit(partial(_send_now, run.pk, run.queue))


def send_export(export: Export) -> None:
    """Hand a queued export to the workers once the transaction is committed."""
    transaction.on_commit(partial(_send_export_now, export.pk))


def _send_export_now(export_id: int) -> None:
    try:
        write_export.apply_async(
            kwargs={"export_id": export_id}, queue=ExtractionRun.Queue.BULK.value
        )
    except (BrokerError, RedisError, OSError):
        logger.warning("the broker is away; export %s waits for the watch", export_id)


def _why_no_export(exc: BaseException) -> Promise:
    if isinstance(exc, SoftTimeLimitExceeded | TimeLimitExceeded):
        return format_lazy(EXPORT_TOO_SLOW, limit=settings.EXPORT_SECONDS)
    return format_lazy(EXPORT_BROKEN, error=f"{type(exc).__name__}: {exc}")


def _send_now(run_id: int, queue: str) -> None:
    try:
        extract.apply_async(kwargs={"run_id": run_id}, queue=queue)
    except (BrokerError, RedisError, OSError):
        logger.warning("the broker is away; run %s waits for the watch", run_id)


def send_import(work: Import) -> None:
    """Hand a queued import to the workers once the transaction is committed."""
    transaction.on_commit(partial(_send_import_now, work.pk))


def _send_import_now(import_id: int) -> None:
    try:
        carry_out_import.apply_async(kwargs={"import_id": import_id}, queue=IMPORTS)
    except (BrokerError, RedisError, OSError):
        logger.warning("the broker is away; import %s waits for the watch", import_id)


def _readable(exc: BaseException) -> Promise:
    """Say what went wrong and what to do, in the language in which it will be kept."""
    if isinstance(exc, SoftTimeLimitExceeded | TimeLimitExceeded):
        return format_lazy(TOO_SLOW, limit=settings.CELERY_TASK_SOFT_TIME_LIMIT)
    return format_lazy(BROKEN, error=f"{type(exc).__name__}: {exc}")


def _waiting(*queues: str) -> dict[str, int]:
    """Count the messages that no worker has taken yet."""
    with Redis.from_url(settings.REDIS_URL) as redis:
        return {name: redis.llen(name) for name in queues}


@worker_init.connect
def warm(**_later: object) -> None:
    """Load the models before forking, so that the worker's processes share them.

    What is there now is kept out of the collector's way: it would be copied by being looked at.
    """
    extraction.warm()
    gc.collect()
    gc.freeze()


@worker_ready.connect
def announce(sender: Any, **_later: object) -> None:
    """Say every few seconds, for as long as the broker is there, that this worker lives."""
    _hello(sender.hostname)
    sender.timer.call_repeatedly(SAY_HELLO_EVERY, _hello, (sender.hostname,))


@worker_shutdown.connect
def leave(sender: Any, **_later: object) -> None:
    workers.gone(name=sender.hostname)


def _hello(name: str) -> None:
    close_old_connections()  # nobody else does in the worker's own process
    workers.seen(name=name, at=timezone.now())
