"""Static files under hashed names, so that browsers may keep them for ever."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it ships no types
from django.conf import settings
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("annotations/", "django_htmx/")  # what every page loads
_ANY_SCRIPT, _IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class _Compressor(Compressor):  # type: ignore[misc]  # untyped library
    def __init__(self, quality: int) -> None:
        super().__init__(settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS, quiet=True)
        self.quality = quality

    def compress_brotli(self, data: bytes) -> bytes:
        return bytes(brotli.compress(data, quality=self.quality))


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped library
    """Hash the imports inside our ES modules too, or browsers would mix two releases."""

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (f"annotations/{_ANY_SCRIPT}", _IMPORTS)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what is new: a hashed name never gets another content.

        What only the admin and the pages of the API load is compressed in a tenth of the time, to
        a tenth more. In this thread: memory that other threads had would stay with the process.
        """
        for path in paths:
            compressor = _Compressor(11 if path.startswith(OURS) else 9)
            is_new = not Path(f"{self.path(path)}.gz").exists()
            if is_new and compressor.should_compress(path):
                for made in compressor.compress(self.path(path)):
                    yield path, f"{path}{Path(made).suffix}"
