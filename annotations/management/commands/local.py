import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from factcheck import env, local


class Command(BaseCommand):
    help = "Run the whole workbench on this machine: services, web, worker and beat."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = env.integer("PORT", 8000, low=1, high=65_535)
        parser.add_argument("--port", type=int, default=default)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        """Hand over to the program that watches over the others; it needs nothing of Django."""
        var = settings.VAR_DIR.absolute()
        command = local.command(base=settings.BASE_DIR, var=var, port=port, demo=settings.DEMO)
        os.chdir(settings.BASE_DIR)
        os.execv(command[0], command)  # noqa: S606  # our own Python, with our own words
