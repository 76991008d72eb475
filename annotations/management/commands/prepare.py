import gc
from argparse import ArgumentParser
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

from factcheck import catalogues
from factcheck.supervisor import wait_for_release


class Command(BaseCommand):
    help = "Prepare a start: compile the words, check, collect the static files, make the tables."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--held", action="store_true", help="wait for a line of input before the tables"
        )

    def handle(self, *args: Any, held: bool, **options: Any) -> None:
        """Do in one process, loaded once, what are commands of their own elsewhere."""
        gc.freeze()  # what was loaded stays to the end: it is not looked through each time
        with _Naming("messages compile"):
            catalogues.compile_stale(settings.BASE_DIR)
        self.check()
        with _Naming("collectstatic"):
            call_command("collectstatic", interactive=False, verbosity=0)
        if held:
            wait_for_release()
        with _Naming("migrate"):
            call_command("migrate", interactive=False, verbosity=0)
        gc.freeze()  # nor once more at the end


class _Naming(AbstractContextManager[None]):
    """Say, where a step goes wrong, which it was."""

    def __init__(self, step: str) -> None:
        self.step = step

    def __exit__(
        self, _kind: object, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is not None:
            error.add_note(f"This was {self.step}.")
