"""Taking a file in: its size, what it is, and its bytes, kept until the import is over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from annotations.imports import HTML, Sniffer, Unreadable, shape_of
from annotations.models import Import, ImportPiece
from annotations.workflow import import_words
from annotations.workflow.errors import BadInput


@dataclass(frozen=True, slots=True)
class File:
    """A file as it came, not read yet."""

    name: str
    chunks: Iterable[bytes]


def keep(work: Import, file: File) -> None:
    """Keep the file piece by piece, and note on the import what it is; the caller saves it."""
    digest, sniffer, size, number = sha256(), Sniffer(), 0, 0
    for number, piece in enumerate(_pieces(file.chunks), start=1):
        size += len(piece)
        if size > settings.IMPORT_MAX_BYTES:
            raise BadInput(
                import_words.too_large(settings.IMPORT_MAX_BYTES), field="file", code="too_large"
            )
        digest.update(piece)
        sniffer.feed(piece)
        ImportPiece.objects.create(of=work, number=number, data=piece)
    if not size:
        raise BadInput(import_words.sentence("empty_file", {}), field="file", code="empty")
    work.size, work.sha256 = size, digest.hexdigest()
    work.file_name = "".join(one for one in file.name if one.isprintable())[-200:]
    work.encoding, work.shape = _nature(sniffer, work.format)


@transaction.atomic
def forget(work: Import) -> None:
    """Forget the bytes of a file that nobody will read again."""
    work.pieces.all().delete()


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut into pieces of one size, whatever the chunks are."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= ImportPiece.SIZE:
            yield bytes(waiting[: ImportPiece.SIZE])
            del waiting[: ImportPiece.SIZE]
    if waiting:
        yield bytes(waiting)


def _nature(sniffer: Sniffer, format_: str) -> tuple[str, str]:
    try:
        encoding, shape = sniffer.encoding(), shape_of(sniffer.start())
        if shape == HTML and format_ != Import.Format.CLAIMREVIEW:
            raise Unreadable("page_not_table")
    except Unreadable as error:
        message = import_words.sentence(error.code, error.params)
        raise BadInput(message, field="file", code=error.code) from error
    return encoding, shape
