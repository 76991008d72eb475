"""What reviewers sent back to the person who looks: shown above the queue."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from annotations.editor.context import Standing
from annotations.models import Verdict
from annotations.models.statements import Reading, Slot
from annotations.models.verdicts import why_returned

SHOWN = 5


class Item(NamedTuple):
    """A verdict that came back; in the order of the columns that are read."""

    key: int
    article: int
    sentence: int
    language: str
    title: str
    exact: str
    was: str
    comment: str
    at: datetime

    @property
    def reason(self) -> str:
        return why_returned(self.was, self.comment)


_LATEST = Reading(
    lambda: Verdict.objects.returned_to(Slot("user")).values_list(
        *("pk", "article", "sentence", "article__language", "article__title"),
        *("sentence__exact", "was", "comment", "updated_at"),
    )[: SHOWN + 1]
)


@dataclass(frozen=True, slots=True)
class Returned:
    shown: tuple[Item, ...]
    has_more: bool


def returned_to(standing: Standing) -> Returned:
    """Return the latest of it, in one statement."""
    rows = _LATEST.rows(user=standing.user.pk) if standing.user else []
    found = [Item(*row) for row in rows]
    return Returned(tuple(found[:SHOWN]), len(found) > SHOWN)
