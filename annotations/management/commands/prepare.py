import gc
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

from factcheck import catalogues
from factcheck.steps import Step
from factcheck.supervisor import wait_for_release


class Command(BaseCommand):
    help = "Prepare a start in one process: compile the words, check the project, make the tables."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--held", action="store_true", help="wait for a line of input before the tables"
        )

    def handle(self, *args: Any, held: bool, **options: Any) -> None:
        """Do what are commands of their own elsewhere; the house is loaded once for them."""
        gc.freeze()  # what was loaded stays to the end: it is not looked through each time
        with Step("messages compile"):
            catalogues.compile_stale(settings.BASE_DIR)
        self.check()
        if held:
            wait_for_release()
        with Step("migrate"):
            call_command("migrate", interactive=False, verbosity=0)
        gc.freeze()  # nor once more at the end
