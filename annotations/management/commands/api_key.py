from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from annotations.models import ApiKey, Desk, User
from annotations.workflow import api_keys
from annotations.workflow.errors import WorkflowError


class Command(BaseCommand):
    help = "Issue an API key of a desk; its text is shown once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="who will use it")
        parser.add_argument("--desk", required=True, help="the desk's short name")
        parser.add_argument("--by", required=True, help="the user name of a manager of the desk")
        parser.add_argument("--scope", action="append", required=True, choices=ApiKey.Scope.values)

    def handle(self, *args: Any, name: str, scope: list[str], **options: Any) -> None:
        try:
            issued = api_keys.issue(
                desk=Desk.objects.get(slug=options["desk"]),
                name=name,
                scopes=scope,
                by=User.objects.get(username=options["by"]),
                at=timezone.now(),
            )
        except (Desk.DoesNotExist, User.DoesNotExist) as absent:
            raise CommandError("There is no such desk or user.") from absent
        except WorkflowError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(issued.text)
