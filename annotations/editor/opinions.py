"""What was given about sentences: plain values, read by statements that are made once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from annotations.models import Annotation, Evidence
from annotations.models.statements import Reading, Slot

Source = tuple[str, str, str, str]  # stance, address, title, quote
_GIVEN = Reading(
    lambda: (
        Annotation.objects.given()
        .filter(sentence__among=Slot("sentences"))
        .select_related("author")
        .only(
            *("sentence", "label", "rationale", "updated_at", "author__username"),
            *("author__display_name", "author__first_name", "author__last_name"),
        )
        .order_by("updated_at", "pk")
    )
)
_EVIDENCE = Reading(
    lambda: Evidence.objects.filter(annotation__among=Slot("annotations")).order_by("position")
)


@dataclass(frozen=True, slots=True)
class Given:
    """What is shown of an annotation."""

    author_id: int
    author: str
    label: str
    rationale: str
    at: datetime
    sources: tuple[Source, ...]


def given_on(sentences: Sequence[int]) -> dict[int, tuple[Given, ...]]:
    """Gather by sentence what stands there, the first given first, in two statements."""
    annotations = _GIVEN.all(sentences=list(sentences))
    sources: dict[int, list[Source]] = defaultdict(list)
    for item in _EVIDENCE.all(annotations=[one.pk for one in annotations]):
        sources[item.annotation_id].append((item.stance, item.url, item.title, item.quote))
    found: dict[int, tuple[Given, ...]] = defaultdict(tuple)
    for one in annotations:
        given = _given(one, tuple(sources[one.pk]))
        found[one.sentence_id] += (given,)
    return found


def _given(one: Annotation, sources: tuple[Source, ...]) -> Given:
    return Given(
        author_id=one.author_id,
        author=one.author.name,
        label=one.label,
        rationale=one.rationale,
        at=one.updated_at,
        sources=sources,
    )
