"""What reviewers sent back to the person who looks: shown above the queue."""

from dataclasses import dataclass

from annotations.editor.context import Standing
from annotations.models import Verdict
from annotations.models.statements import Reading, Slot

SHOWN = 5
_NAMED = (
    "comment",
    "updated_at",
    "article__title",
    "article__language",
    "sentence__exact",
)
_LATEST = Reading(
    lambda: (
        Verdict.objects.returned_to(Slot("user"))
        .select_related("article", "sentence")
        .only(*_NAMED)[: SHOWN + 1]
    )
)


@dataclass(frozen=True, slots=True)
class Returned:
    shown: list[Verdict]
    has_more: bool


def returned_to(standing: Standing) -> Returned:
    """Return the latest of it, in one statement."""
    found = _LATEST.all(user=standing.user.pk) if standing.user else []
    return Returned(found[:SHOWN], len(found) > SHOWN)
