from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from factcheck import env, local
from factcheck.local_services import LocalServiceError
from factcheck.supervisor import ChildDied


class Command(BaseCommand):
    help = "Run the whole workbench on this machine: services, web, worker and beat."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = env.integer("PORT", 8000, low=1, high=65_535)
        parser.add_argument("--port", type=int, default=default)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        try:
            local.run(base=settings.BASE_DIR, var=settings.VAR_DIR, port=port, demo=settings.DEMO)
        except (LocalServiceError, ChildDied) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
