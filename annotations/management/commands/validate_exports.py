from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from annotations.exports import (
    DOCUMENTS,
    Document,
    Setting,
    Texts,
    base_of,
    publisher_of,
    records_of,
    tallied,
)
from annotations.exports.documents import Tally
from annotations.exports.meanings import MEANINGS
from annotations.exports.surroundings import Surroundings
from annotations.models import Desk, Publication

DEFAULT_BASE = "http://localhost:8000"


class Command(BaseCommand):
    help = "Check all that stands published by the rules of the export formats."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--desk", action="append", help="a desk's short name; may be repeated")
        parser.add_argument("--format", action="append", choices=list(DOCUMENTS))
        parser.add_argument("--strict", action="store_true", help="fail where one is left out")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = options["desk"] or Desk.objects.values_list("slug", flat=True)
        desks = list(Desk.objects.filter(slug__in=chosen).order_by("slug"))
        if options["desk"] and len(desks) != len(set(options["desk"])):
            raise CommandError("There is no such desk.")
        names = options["format"] or list(DOCUMENTS)
        tallies = [self._told(desk, name) for desk in desks for name in names]
        left_out = sum(tally.left_out for tally in tallies)
        if options["strict"] and left_out:
            raise CommandError(f"{left_out} are left out of a format.")

    def _told(self, desk: Desk, name: str) -> Tally:
        tally = _tally(desk, DOCUMENTS[name])
        self.stdout.write(f"{desk.slug} {name}: {tally.written} written, {tally.left_out} left out")
        for level, rules in (("error", tally.errors), ("warning", tally.warnings)):
            for rule, number in sorted(rules.items()):
                self.stdout.write(f"  {level} {rule}: {number}  {MEANINGS[rule]}")
        return tally


def _tally(desk: Desk, document: Document) -> Tally:
    base = base_of(settings.PUBLIC_URL or DEFAULT_BASE)
    publisher = publisher_of(desk, base)
    rows = Publication.objects.filter(desk=desk)
    rows = rows.newest() if document.shows_retractions else rows.standing()
    setting = Setting(
        publishers={desk.slug: publisher},
        base=base,
        address=base,
        at=timezone.now(),
        texts=Texts,
        beside=Surroundings(rows, publisher),
    )
    return tallied(document, records_of(rows.in_log_order()), setting)
