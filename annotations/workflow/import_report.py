"""What was wrong with a file, as a table to open beside it."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

from django.utils.translation import gettext as _

from annotations.exports.csv import safe
from annotations.models import Import, ImportFault
from annotations.workflow import import_words

_BATCH = 500


def rows(work: Import) -> Iterator[bytes]:
    """Write the report piece by piece, for spreadsheets too."""
    yield "\ufeff".encode()
    yield _line([_("row"), _("line"), _("column"), _("value"), _("why"), _("level")])
    for fault in work.faults.in_order().iterator(_BATCH):
        yield _line(_cells(fault))


def disposition(work: Import) -> str:
    return f'attachment; filename="import-{work.pk}-errors.csv"'


class Told(NamedTuple):
    """What is wrong in one place, in words."""

    row: int
    line: int
    column: str
    value: str
    why: str
    is_warning: bool


def told(fault: ImportFault) -> Told:
    why = import_words.sentence(fault.code, fault.params)
    return Told(fault.row, fault.line, fault.column, fault.value, why, fault.is_warning)


def _cells(fault: ImportFault) -> list[str]:
    said = told(fault)
    level = _("warning") if said.is_warning else _("error")
    words = [said.column, said.value, said.why, level]
    return [str(said.row), str(said.line), *map(safe, words)]


def _line(cells: list[str]) -> bytes:
    sheet = StringIO(newline="")
    csv.writer(sheet).writerow(cells)
    return sheet.getvalue().encode()
