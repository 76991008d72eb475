from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from annotations import tasks
from annotations.imports import FORMATS
from annotations.models import Desk, Import, User
from annotations.workflow import import_report, imports
from annotations.workflow.errors import WorkflowError
from annotations.workflow.import_files import File
from annotations.workflow.imports import Wish

_PIECE = 1 << 18


class Command(BaseCommand):
    help = "Import a file of articles, or what another tool wrote, with a report of every row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", choices=list(FORMATS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--desk", required=True, help="the desk's short name")
        parser.add_argument("--by", required=True, help="the user name of a member of the desk")
        parser.add_argument("--dry-run", action="store_true", help="check, and store nothing")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="LABELS",
            help="what labels mean: disputed=False,Fake or Person=ignore; may be repeated",
        )
        parser.add_argument(
            "--people",
            action="append",
            default=[],
            metavar="ACCOUNT=NAME",
            help="Label Studio, by managers: whose annotations its labels become; may be repeated",
        )
        parser.add_argument(
            "--publish", action="store_true", help="earlier publications of the house: publish them"
        )
        parser.add_argument("--author", default="", help="with --publish: who did these checks")
        parser.add_argument("--language", default="", help="of articles that name none")
        parser.add_argument("--source", default="", help="the outlet of articles that name none")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        work = self._request(file, options)
        more: Import | None = work
        while more is not None:
            more = imports.carry_out(
                import_id=work.pk, token=uuid4(), clock=timezone.now, send=tasks.send
            )
        work.refresh_from_db()
        self._report(work)
        if work.state != work.State.SUCCEEDED:
            raise CommandError(work.reason or work.get_state_display())

    def _request(self, file: Path, options: dict[str, Any]) -> Import:
        wish = Wish(
            options["format"],
            options["dry_run"],
            {
                "map": ";".join(options["map"]),
                "people": ";".join(options["people"]),
                "language": options["language"],
                "source": options["source"],
                "publish": options["publish"],
                "author": options["author"],
            },
        )
        try:
            return imports.request(
                desk=_one(Desk, "slug", options["desk"]),
                file=File(file.name, _pieces(file)),
                wish=wish,
                by=_one(User, "username", options["by"]),
                at=timezone.now(),
            )
        except (OSError, WorkflowError) as refusal:
            raise CommandError(f"{file}: {refusal}") from refusal

    def _report(self, work: Import) -> None:
        for fault in work.faults.in_order().iterator(500):
            said = import_report.told(fault)
            where = f"line {said.line}" + (f", {said.column}" if said.column else "")
            shown = f" “{said.value}”" if said.value else ""
            stream = self.stdout if said.is_warning else self.stderr
            stream.write(f"{where}{shown}: {said.why}")
        done = "would be added" if work.is_dry_run else "added"
        self.stdout.write(
            f"{work.rows_done} rows: {work.added} articles {done}, {work.known} known already, "
            f"{work.refused} refused; {work.labels} labels"
        )


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as content:
        while piece := content.read(_PIECE):
            yield piece


def _one(model: type[Desk] | type[User], field: str, value: str) -> Any:
    found = model._default_manager.filter(**{field: value}).first()
    if found is None:
        raise CommandError(f"There is no {model._meta.verbose_name} {value!r}.")
    return found
