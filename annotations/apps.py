from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from factcheck import catalogues


class AnnotationsConfig(AppConfig):
    name = "annotations"

    def ready(self) -> None:
        checks.register(words_are_compiled, checks.Tags.translation)


def words_are_compiled(**_: Any) -> list[checks.CheckMessage]:
    """Warn where pages would stay English because nobody compiled their catalogue."""
    return [
        checks.Warning(
            f"{file.relative_to(settings.BASE_DIR)} is not compiled.",
            hint="Run: manage.py messages compile",
            id="annotations.W001",
        )
        for file in catalogues.stale(settings.BASE_DIR)
    ]
