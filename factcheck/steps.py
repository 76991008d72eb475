"""The steps of a start: each says that it was it, where one goes wrong."""

from contextlib import AbstractContextManager
from types import TracebackType


class Step(AbstractContextManager[None]):
    """Note on what is raised inside which step that was."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __exit__(
        self, _kind: object, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is not None:
            error.add_note(f"This was {self.name}.")
