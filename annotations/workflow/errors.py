"""Refusals: each a stable code and a sentence that a journalist understands.

WorkflowError            the thing cannot be done in the present state
├── BadInput             what came in cannot be used; names the field
├── NotAllowed           this person may not do it
│   └── Outsider         … and is not to know that it is there
└── StaleWrite           somebody changed it in between; carries what stands now
"""

from typing import ClassVar


class WorkflowError(Exception):
    """Why something was refused. `code` is public and stays; the text may be reworded."""

    code: ClassVar[str] = "refused"


class BadInput(WorkflowError):
    code = "bad_input"

    def __init__(self, message: str, *, field: str, code: str = "bad_input") -> None:
        super().__init__(message)
        self.field = field
        self.reason = code


class NotAllowed(WorkflowError):
    code = "not_allowed"


class Outsider(NotAllowed):
    """The person does not belong to the desk at all."""


class StaleWrite(WorkflowError):
    code = "stale"

    def __init__(self, message: str, *, current: object) -> None:
        super().__init__(message)
        self.current = current
