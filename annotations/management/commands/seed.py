import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from annotations import tasks
from annotations.models import ApiKey, Desk, ExtractionRun, Membership
from annotations.workflow import api_keys, demo, workers


class Command(BaseCommand):
    help = "Load the demo newsroom and let its desks work. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "seeds")
        parser.add_argument("--address", default="http://127.0.0.1:8000")
        parser.add_argument("--wait", type=int, default=120, help="seconds for the workers")

    def handle(self, *args: Any, folder: Path, address: str, wait: int, **options: Any) -> None:
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError("Demo users have published passwords: set DEMO=true to load them.")
        demo.load_people(folder)
        for run in demo.load_articles(folder, at=timezone.now()):
            tasks.send(run)
        self._wait_for_workers(wait)
        steps = demo.play_work(folder, at=timezone.now())
        self.stdout.write(f"The demo newsroom is loaded ({steps} new steps).")
        self._tell(address)

    def _wait_for_workers(self, seconds: int) -> None:
        deadline = time.monotonic() + seconds
        active = ExtractionRun.objects.active().filter(revision__article__desk__in=_desks())
        while left := active.count():
            if time.monotonic() > deadline:
                raise CommandError(_why(left))
            time.sleep(0.1)

    def _tell(self, address: str) -> None:
        self.stdout.write(f"\nLog in at {address}/ with the password {demo.PASSWORD}:")
        for one in Membership.objects.select_related("user", "desk").order_by("pk"):
            self.stdout.write(f"  {one.user.username:<10} {one.role:<10} {one.desk.name}")
        self.stdout.write("\nRead what is published, as a publisher does:")
        self.stdout.write(
            f'  curl -H "Authorization: Api-Key {_key()}" "{address}/api/v1/exports/?format=jsonl"'
        )


def _desks() -> list[Desk]:
    return list(Desk.objects.all())


def _why(left: int) -> str:
    if not workers.any_alive(at=timezone.now()):
        return (
            f"{left} articles wait for a worker, and none is running. Start one, then seed again: "
            "celery -A factcheck worker -Q interactive,webhooks,imports,bulk"
        )
    return f"{left} articles are still being extracted. Run this again to go on."


def _key() -> str:
    """Return the demo key of the first desk with a manager; a new one where its file is lost."""
    file = settings.VAR_DIR / "demo-api-key"
    if file.exists() and api_keys.recognise(text=file.read_text(), at=timezone.now()):
        return file.read_text()
    manager = Membership.objects.filter(role=Membership.Role.MANAGER).select_related("desk", "user")
    first = manager.earliest("pk")
    issued = api_keys.issue(
        desk=first.desk,
        name="Demo publisher",
        scopes=[ApiKey.Scope.READ_PUBLISHED],
        by=first.user,
        at=timezone.now(),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(issued.text)
    return issued.text
