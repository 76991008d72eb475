from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from annotations import tasks
from annotations.models import Desk, ExtractionRun, User
from annotations.workflow import articles, intake
from annotations.workflow.errors import WorkflowError


class Command(BaseCommand):
    help = "Add articles from UTF-8 text or HTML files; the workers extract them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--desk", required=True, help="the desk's short name")
        parser.add_argument("--by", required=True, help="the user name of a member of the desk")
        parser.add_argument("--language", default="", help="such as fr; detected where not given")
        parser.add_argument("--source", default="", help="the outlet")
        parser.add_argument("--published-at", default="", help="such as 2024-11-26T18:00+01:00")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        desk = _one(Desk, "slug", options["desk"])
        by = _one(User, "username", options["by"])
        refused = 0
        for file in files:
            try:
                draft = _draft(file, options)
                run = articles.add(
                    desk=desk, draft=draft, by=by, at=timezone.now(), queue=ExtractionRun.Queue.BULK
                )
            except (OSError, WorkflowError) as refusal:
                self.stderr.write(f"{file}: {refusal}")
                refused += 1
                continue
            tasks.send(run)
            self.stdout.write(f"{file}: article {run.revision.article_id}")
        if refused:
            raise CommandError(f"{refused} of {len(files)} files were not taken.")


def _one(model: type[Desk] | type[User], field: str, value: str) -> Any:
    found = model._default_manager.filter(**{field: value}).first()
    if found is None:
        raise CommandError(f"There is no {model._meta.verbose_name} {value!r}.")
    return found


def _draft(file: Path, options: dict[str, Any]) -> intake.Draft:
    moment = parse_datetime(options["published_at"]) if options["published_at"] else None
    if options["published_at"] and (moment is None or moment.tzinfo is None):
        raise CommandError("--published-at is a time with a zone, such as 2024-11-26T18:00+01:00.")
    content = intake.decode(file.read_bytes())
    kind = "html" if file.suffix.lower() in {".html", ".htm"} else "text"
    return intake.Draft(
        **{kind: content},
        language=options["language"],
        source=options["source"],
        published_at=moment,
    )
