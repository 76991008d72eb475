"""What is wrong with a file, a row or a cell, in a form that others put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

VALUE_LENGTH = 200
Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in one place; a warning does not keep the row out."""

    line: int
    code: str
    column: str = ""
    value: str = ""
    params: Params = field(default_factory=dict)
    is_warning: bool = False


class Unreadable(Exception):
    """The file as a whole cannot be used."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params: Params = params


def excerpt(value: object) -> str:
    """Show how a value begins."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= VALUE_LENGTH else text[: VALUE_LENGTH - 1] + "…"
