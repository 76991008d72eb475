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
            *("sentence", "label", "rationale", "version", "updated_at", "author__username"),
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


def stands_on(sentences: Sequence[int]) -> list[tuple[Annotation, list[Evidence]]]:
    """Read the annotations on these sentences, the first given first, each with its evidence."""
    annotations = _GIVEN.all(sentences=list(sentences))
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for item in _EVIDENCE.all(annotations=[one.pk for one in annotations]):
        evidence[item.annotation_id].append(item)
    return [(one, evidence[one.pk]) for one in annotations]


def given_on(sentences: Sequence[int]) -> dict[int, tuple[Given, ...]]:
    """Gather by sentence what is shown of its annotations."""
    found: dict[int, tuple[Given, ...]] = defaultdict(tuple)
    for one, evidence in stands_on(sentences):
        found[one.sentence_id] += (shown(one, evidence),)
    return found


def shown(one: Annotation, evidence: Sequence[Evidence]) -> Given:
    return Given(
        author_id=one.author_id,
        author=one.author.name,
        label=one.label,
        rationale=one.rationale,
        at=one.updated_at,
        sources=tuple((item.stance, item.url, item.title, item.quote) for item in evidence),
    )
