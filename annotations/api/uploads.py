"""Files that come in: in a form, or as the body itself. Neither has to fit into memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Self

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from annotations.workflow.import_files import File

_PIECE = 1 << 18
_IN_MEMORY = 2_500_000


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in whole, and what its bytes are known by."""

    name: str
    content: IO[bytes]
    sha256: str

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.content.close()

    @property
    def file(self) -> File:
        return File(self.name, self.pieces())

    def pieces(self) -> Iterator[bytes]:
        self.content.seek(0)
        while piece := self.content.read(_PIECE):
            yield piece


class Raw(BaseParser):
    """Takes a body of any type as a file; one that is too large is read only up to there."""

    media_type = "*/*"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        content: Any = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # closed with the request
        digest, size = sha256(), 0
        while size <= settings.IMPORT_MAX_BYTES and (piece := stream.read(_PIECE)):
            size += len(piece)
            digest.update(piece)
            content.write(piece)
        return Upload("", content, digest.hexdigest())


def received(request: Request) -> Upload:
    """Return the file of a request, wherever it stands."""
    data: Any = request.data
    if isinstance(data, Upload):
        return data
    sent = request.FILES.get("file")
    if sent is None:
        raise ValidationError({"file": [_("Send a file: CSV or JSON Lines.")]}, code="required")
    digest = sha256()
    for piece in sent.chunks():
        digest.update(piece)
    return Upload(sent.name or "", sent.file or sent, digest.hexdigest())


def parameters(request: Request) -> dict[str, Any]:
    """Return what was said beside the file: in the form, or in the address."""
    said = request.query_params.dict()
    data: Any = request.data
    if not isinstance(data, Upload):
        said |= {name: value for name, value in data.items() if name != "file"}
    return said
