"""Static files under hashed names, so that browsers may keep them for ever."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped library
    """Hash the imports inside ES modules too, or browsers would mix two releases."""

    support_js_module_import_aggregation = True

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what is new: a hashed name never gets another content."""
        new = {path for path in paths if not Path(f"{self.path(path)}.gz").exists()}
        yield from super().compress_files(new)
