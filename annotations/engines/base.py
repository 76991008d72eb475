"""What every engine takes and gives."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from annotations.extraction import Finding, Sentence

Alive = Callable[[], None]


class Failure(StrEnum):
    """Why an engine could not read an article. The values are kept on runs."""

    NOT_SET_UP = "not_set_up"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    REFUSED = "refused"
    BUSY = "busy"
    BROKEN = "broken"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    OVER_BUDGET = "over_budget"


class EngineFailed(Exception):
    """The engine could not read the article; nothing of what it said is used."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(f"{failure} ({detail})" if detail else str(failure))
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Material:
    """An article as engines read it: cut already, and never cut anew."""

    sentences: Sequence[Sentence]
    language: str
    published_at: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What one article cost, and how much of what was said did not stand in the text."""

    calls: int = 0
    tokens: int = 0
    dropped: int = 0


class Engine(Protocol):
    """Reads one article; made anew for each run."""

    @property
    def version(self) -> str: ...

    @property
    def usage(self) -> Usage: ...

    def examine(self, material: Material, *, alive: Alive) -> Iterator[Finding]:
        """Yield one finding for each sentence, in order.

        Calls `alive` every second while it waits for somebody else; raises `EngineFailed` before
        the first finding or not at all.
        """
        ...
