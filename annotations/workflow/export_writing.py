"""Writing an export into its file, piece by piece, and what is done with files."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import IO, NamedTuple, Self

from django.conf import settings
from django.db import connection

from annotations.exports import (
    EXPORTERS,
    Document,
    Record,
    Setting,
    Tally,
    Texts,
    compressed,
    publisher_of,
    reading,
    selected,
    stream,
    written,
)
from annotations.models import Export

BEAT_EVERY = 1.0  # seconds
LOOK_EVERY = 500  # records
PART = ".part"
Beat = Callable[[int, int], bool]


class TakenAway(Exception):
    """The export was stopped, or another worker took it over."""


class Written(NamedTuple):
    """What became of it: the name of the file, its size, and how much is in it."""

    file: str
    size: int
    sha256: str
    done: int
    total: int
    left_out: int


class Pulse:
    """Says now and then that the work goes on, over a connection of its own."""

    def __init__(self, beat: Beat) -> None:
        self._beat = beat
        self._last = 0.0
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="pulse")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._aside.submit(_close_connection).result()
        self._aside.shutdown()

    def tell(self, done: int, total: int) -> None:
        """Write down how far it is; raise TakenAway where nobody waits for it any more."""
        if monotonic() - self._last < BEAT_EVERY:
            return
        if not self._aside.submit(self._beat, done, total).result():
            raise TakenAway
        self._last = monotonic()


def write(export: Export, pulse: Pulse, *, at: datetime) -> Written:
    """Write the whole file and give it its name; whatever goes wrong leaves none."""
    file = f"{export.pk}-{export.token}"
    part = folder() / f"{file}{PART}"
    filters = _filters(export)
    with reading(selected(EXPORTERS[export.format], [export.desk_id], filters)) as (total, records):
        tally = Tally()
        pieces = _pieces(export, _watched(records, total, pulse), tally, at)
        try:
            size, digest = _fill(
                part, compressed(pieces, "gzip") if export.is_compressed else pieces
            )
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    part.replace(part.with_suffix(""))
    return Written(file, size, digest, total, total, tally.left_out)


def folder() -> Path:
    """Return where the files lie; nobody but the server's own user may look in."""
    settings.EXPORTS_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(settings.EXPORTS_DIR)


def is_there(export: Export) -> bool:
    return bool(export.file) and (folder() / export.file).exists()


def opened(export: Export) -> IO[bytes]:
    return (folder() / export.file).open("rb")


def throw_away(file: str) -> bool:
    """Delete a file; say whether it was there."""
    if not file or not (folder() / file).exists():
        return False
    (folder() / file).unlink(missing_ok=True)
    return True


def throw_away_parts(export: Export) -> None:
    """Delete what workers left that died over this export."""
    for part in folder().glob(f"{export.pk}-*{PART}"):
        part.unlink(missing_ok=True)


def throw_away_strays(kept: set[str], *, before: datetime) -> int:
    """Delete old files that no export knows; say how many."""
    strays = [
        file for file in folder().iterdir() if file.name not in kept and _is_old(file, before)
    ]
    return sum(throw_away(file.name) for file in strays)


def _close_connection() -> None:
    """Close the one of the thread that calls."""
    connection.close()


def _is_old(file: Path, before: datetime) -> bool:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC) < before


def _filters(export: Export) -> dict[str, object]:
    """Read the filters back; JSON has no times."""
    return {
        name: datetime.fromisoformat(value) if name.startswith("published_") else value
        for name, value in export.filters.items()
    }


def _watched(records: Iterator[Record], total: int, pulse: Pulse) -> Iterator[Record]:
    for number, record in enumerate(records):
        if number % LOOK_EVERY == 0:
            pulse.tell(number, total)
        yield record


def _pieces(
    export: Export, records: Iterator[Record], tally: Tally, at: datetime
) -> Iterator[bytes]:
    exporter = EXPORTERS[export.format]
    if not isinstance(exporter, Document):
        return stream(exporter, records, trailer=export.has_trailer, bom=export.has_bom)
    setting = Setting(
        publishers={export.desk.slug: publisher_of(export.desk, export.base)},
        base=export.base,
        address=f"{export.base}/api/v1/exports/{export.pk}/file/",
        at=at,
        texts=Texts,
        with_quotes=export.has_quotes,
    )
    return written(exporter, records, setting, tally)


def _fill(part: Path, pieces: Iterator[bytes]) -> tuple[int, str]:
    """Write the pieces onto the disk; return how many bytes they are, and their checksum."""
    digest, size = sha256(), 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(part, flags, 0o600), "wb") as file:
        for piece in pieces:
            digest.update(piece)
            size += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()
