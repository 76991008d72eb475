from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from factcheck import catalogues


class Command(BaseCommand):
    help = "Gather, check or compile the catalogues of the interface's languages."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("step", choices=["update", "check", "compile"])

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        if step == "update":
            for file in catalogues.update(settings.BASE_DIR):
                self.stdout.write(f"changed: {file}")
        catalogues.compile_stale(settings.BASE_DIR)
        if step != "compile":
            self._check(is_fatal=step == "check")

    def _check(self, *, is_fatal: bool) -> None:
        problems = list(catalogues.problems(settings.BASE_DIR))
        for problem in problems:
            self.stderr.write(problem)
        if problems and is_fatal:
            raise CommandError("The interface is not complete in every language.")
