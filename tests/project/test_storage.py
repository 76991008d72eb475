"""What browsers get of the static files."""

import gzip
import re

import brotli
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

HASHED = {"staticfiles": {"BACKEND": "factcheck.storage.HashedStorage"}}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=settings.STORAGES | HASHED):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def only(folder, pattern):
    (found,) = folder.glob(pattern)
    return found


class TestHashedStorage:
    def test_names_modules_by_their_hash_where_they_are_imported(self, collected):
        main = only(collected, "annotations/js/main.*.js").read_text()

        imported = re.findall(r'["\']\./(\S+?)["\']', main)

        assert imported
        assert all((collected / "annotations/js" / name).exists() for name in imported)
        assert all(re.search(r"\.[0-9a-f]{12}\.js$", name) for name in imported)

    def test_compresses_what_is_small_and_what_is_large(self, collected):
        for pattern in ("annotations/js/main.*.js", "*/swagger-ui-dist/swagger-ui-bundle.*.js"):
            file = only(collected, pattern)
            content = file.read_bytes()

            assert brotli.decompress(file.with_name(f"{file.name}.br").read_bytes()) == content
            assert gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()) == content

    def test_takes_the_best_compression_for_what_every_page_loads(self, collected):
        for pattern in ("annotations/js/main.*.js", "django_htmx/htmx-2.min.*.js"):
            file = only(collected, pattern)
            best = brotli.compress(file.read_bytes(), quality=11)

            assert file.with_name(f"{file.name}.br").stat().st_size == len(best)
