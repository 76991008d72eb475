"""What is set up with Django: the static files, and the queue that pages send tasks to."""

from django.contrib.staticfiles.apps import StaticFilesConfig

from factcheck.celery import app

__all__ = ["StaticFiles", "app"]


class StaticFiles(StaticFilesConfig):
    """Collects only what pages use: not htmx 4, its extensions, Redoc or uncompressed copies."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "ext",
        "redoc",
        "rest_framework",
        "htm*-4*.js",
        "htmx-2.js",
        "jquery.js",
        "select2.full.js",
        "swagger-ui-es-*",
        "swagger-ui.js",
        "xregexp.js",
    ]
