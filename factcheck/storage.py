"""Static files under hashed names, so that browsers may keep them for ever."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]  # it ships no types
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("annotations/", "django_htmx/")  # what every page loads
_ANY_SCRIPT, _IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class _Compressor(Compressor):  # type: ignore[misc]  # untyped library
    def __init__(self, quality: int, **options: Any) -> None:
        super().__init__(**options)
        self.quality = quality

    def compress_brotli(self, data: bytes) -> bytes:
        return bytes(brotli.compress(data, quality=self.quality))


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped library
    """Hash the imports inside our ES modules too, or browsers would mix two releases."""

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (f"annotations/{_ANY_SCRIPT}", _IMPORTS)

    quality = 11

    def create_compressor(self, **options: Any) -> Compressor:
        return _Compressor(self.quality, **options)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what is new: a hashed name never gets another content.

        What only the admin and the pages of the API load is compressed in a tenth of the time, to
        a tenth more.
        """
        new = {path for path in paths if not Path(f"{self.path(path)}.gz").exists()}
        ours = {path for path in new if path.startswith(OURS)}
        for self.quality, alike in ((11, ours), (9, new - ours)):
            yield from super().compress_files(alike)
