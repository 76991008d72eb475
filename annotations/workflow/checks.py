"""Checks of single values that people send: each names the field and what is wrong."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from annotations.workflow.errors import BadInput

ADDRESS_LENGTH = 2000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ADDRESS = URLValidator(schemes=["http", "https"])
_ADDRESS.max_length = ADDRESS_LENGTH


def place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column of an offset, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def refuse_control(value: str, *, field: str) -> None:
    """Name the first character that no text should hold and that no database takes."""
    if bad := _CONTROL.search(value):
        line, column = place(value, bad.start())
        raise BadInput(
            _(
                "Line %(line)s, column %(column)s holds the control character U+%(code)s. "
                "Remove it and send it again."
            )
            % {"line": line, "column": column, "code": f"{ord(bad.group()):04X}"},
            field=field,
            code="control_character",
        )


def require_words(value: str, *, field: str, message: str) -> None:
    refuse_control(value, field=field)
    if not value.strip():
        raise BadInput(message, field=field, code="required")


def grouped(number: int) -> str:
    """Write a number as its reader does: 20,000 or 20 000."""
    return number_format(number, force_grouping=True)


def require_address(value: str, *, field: str) -> None:
    """Take only what a reader's browser can open; anything else would be a trap on a page."""
    refuse_control(value, field=field)
    try:
        _ADDRESS(value)
    except ValidationError as error:
        raise BadInput(
            _(
                "A web address begins with http:// or https://, names a site such as "
                "journal.example, and has at most %(limit)s characters."
            )
            % {"limit": grouped(ADDRESS_LENGTH)},
            field=field,
            code="bad_url",
        ) from error
