"""One turn of a worker at an import: rows are read, checked and stored, batch by batch.

A batch of rows, what became of them and how far the import is are one transaction: a worker that
is killed leaves either all of a batch or nothing, and the next one goes on behind it.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from annotations import imports
from annotations.models import Article, ExtractionRun, Import, User
from annotations.workflow import (
    audit,
    extraction_runs,
    import_files,
    import_labels,
    import_publishing,
    import_rows,
)

State = Import.State
Clock = Callable[[], datetime]
Send = Callable[[ExtractionRun], None]
Numbered = tuple[int, imports.Entry]

BATCH_ROWS, BATCH_CHARACTERS = 100, 500_000
TURN = timedelta(seconds=5)  # then others have theirs


class Waiting(Exception):
    """Somebody else reads an article just now; the import goes on when that is done."""


def turn(work: Import, clock: Clock, send: Send) -> Import | None:
    """Work for a turn; return the import where more is to do."""
    ends = clock() + TURN
    is_labelled = work.format != Import.Format.ARTICLES
    for batch in _batches(_entries(work), rows=1 if is_labelled else BATCH_ROWS):
        is_done = (
            _take_labelled(work, *batch[0], clock)
            if is_labelled
            else _take(work, batch, send, at=clock())
        )
        if not is_done:
            return None
        if clock() >= ends:
            return pause(work, at=clock())
    _finish(work, at=clock())
    return None


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


def _batches(entries: Iterable[Numbered], *, rows: int) -> Iterator[list[Numbered]]:
    """Gather as many rows as fit into one transaction and into memory."""
    batch: list[Numbered] = []
    characters = 0
    for number, entry in entries:
        batch.append((number, entry))
        characters += sum(len(str(value)) for value in entry.fields.values())
        if len(batch) >= rows or characters >= BATCH_CHARACTERS:
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
    if not is_ours(work):
        return None
    rows = [import_rows.prepared(number, entry, work.options) for number, entry in batch]
    runs = import_rows.store(work, rows, at=at)
    import_rows.write(work, rows)
    work.workers_lost, work.heartbeat_at = 0, at
    work.save()
    return runs


def _take_labelled(work: Import, number: int, entry: imports.Entry, clock: Clock) -> bool:
    """Take one article in, have it read, and put on its sentences what was said of them."""
    options = {"fallback": work.desk.language, **work.options}
    row = import_rows.prepared(number, entry, options)
    if not _store_one(work, row, at=clock()):
        return False
    article = _read_now(work, row, clock)
    return _label(work, row, article, at=clock())


@transaction.atomic
def _store_one(work: Import, row: import_rows.Row, at: datetime) -> bool:
    """Store the article of a row, unless that was done before a worker died."""
    if not is_ours(work):
        return False
    done = work.rows.filter(number=row.number).select_related("article").first()
    if done:
        row.outcome, row.article = done.outcome, done.article
    else:
        before = len(row.faults)
        import_rows.store(work, [row], at=at)
        del row.faults[before:]  # what the desk has already may still get labels
        import_rows.note(work, [row])
    work.heartbeat_at = at
    work.save()
    return True


def _read_now(work: Import, row: import_rows.Row, clock: Clock) -> Article | None:
    """Have the article cut into sentences, if nobody has done so yet."""
    if work.is_dry_run or row.article is None:
        return None
    article = Article.objects.select_related("current_run", "desk").get(pk=row.article.pk)
    run = article.current_run
    if run is not None and run.is_active:
        extraction_runs.carry_out(run_id=run.pk, token=_token(work), clock=clock)
        run.refresh_from_db()
        if run.is_active:
            raise Waiting
    if run is None or run.state != ExtractionRun.State.SUCCEEDED:
        row.faults.append(imports.Fault(row.entry.line, "extraction_failed", is_warning=True))
        return None
    return article


@transaction.atomic
def _label(work: Import, row: import_rows.Row, article: Article | None, at: datetime) -> bool:
    if not is_ours(work):
        return False
    if work.is_dry_run:
        work.labels += import_labels.foresee(work, row)
    elif article is not None:
        by = work.created_by
        author = import_publishing.author_of(work, by)
        work.labels += import_labels.put(work, row, article, by=author, at=at)
        if work.publishes:
            import_publishing.publish(work, row, article, by=by, at=at)
    import_rows.tell(work, [row])
    work.workers_lost, work.heartbeat_at = 0, at
    work.save()
    return True


def _token(work: Import) -> UUID:
    if work.token is None:
        raise ValueError("nobody holds this import")
    return work.token


def is_ours(work: Import) -> bool:
    rows = Import.objects.select_for_update().filter(pk=work.pk, token=work.token)
    return rows.filter(state=State.RUNNING).exists()


@transaction.atomic
def pause(work: Import, *, at: datetime) -> Import | None:
    """End one's turn: the import waits in the queue again, with all that it has done."""
    if not is_ours(work):
        return None
    work.state, work.dispatched_at = State.QUEUED, at
    work.save()
    return work


@transaction.atomic
def _finish(work: Import, *, at: datetime) -> None:
    if not is_ours(work):
        return
    work.state, work.finished_at, work.heartbeat_at = State.SUCCEEDED, at, at
    work.rows_total, work.bytes_done = work.rows_done, work.size
    work.save()
    if not work.is_dry_run:
        import_files.forget(work)
    record("import.succeeded", work, None, at)


def record(action: str, work: Import, by: User | None, at: datetime) -> None:
    after = {
        "import": work.pk,
        "format": work.format,
        "dry_run": work.is_dry_run,
        "options": work.options,
        "sha256": work.sha256,
        "added": work.added,
        "known": work.known,
        "refused": work.refused,
        "labels": work.labels,
    }
    audit.record(action, by=by, at=at, about=work.desk, change=audit.Change(after=after))
