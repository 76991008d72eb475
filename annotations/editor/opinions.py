"""What was given about sentences: plain values, read by statements that are made once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import QuerySet

from annotations.models import Annotation, Evidence
from annotations.models.annotations import AnnotationQuerySet
from annotations.models.people import called
from annotations.models.statements import Reading, Slot

Source = tuple[str, str, str, str]  # stance, address, title, quote


def _standing() -> AnnotationQuerySet:
    among = Annotation.objects.given().filter(sentence__among=Slot("sentences"))
    return among.order_by("updated_at", "pk")


def _proof() -> QuerySet[Evidence]:
    return Evidence.objects.filter(annotation__among=Slot("annotations")).order_by("position")


_NAMES = ("username", "display_name", "first_name", "last_name")
_AUTHOR = tuple(f"author__{name}" for name in _NAMES)
_GIVEN = Reading(
    lambda: (
        _standing()
        .select_related("author")
        .only("sentence", "label", "words", "rationale", "version", "updated_at", *_AUTHOR)
    )
)
_EVIDENCE = Reading(_proof)
_SHOWN = Reading(
    lambda: _standing().values_list(
        *("pk", "sentence", "sentence__exact", "author", "label", "words", "rationale"),
        "updated_at",
        *_AUTHOR,
    )
)
_SOURCES = Reading(lambda: _proof().values_list("annotation", "stance", "url", "title", "quote"))


@dataclass(frozen=True, slots=True)
class Given:
    """What is shown of an annotation; `was` where it was said of other words than stand now."""

    author_id: int
    author: str
    label: str
    was: str
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
    """Gather by sentence what is shown of its annotations, the first given first."""
    rows = _SHOWN.rows(sentences=list(sentences))
    sources: dict[int, tuple[Source, ...]] = defaultdict(tuple)
    for key, *source in _SOURCES.rows(annotations=[row[0] for row in rows]):
        sources[key] += (cast(Source, tuple(source)),)
    found: dict[int, tuple[Given, ...]] = defaultdict(tuple)
    for key, sentence, exact, author, label, words, rationale, at, *names in rows:
        was = "" if words == exact else words
        found[sentence] += (Given(author, called(*names), label, was, rationale, at, sources[key]),)
    return found


def shown(one: Annotation, evidence: Sequence[Evidence], *, exact: str) -> Given:
    return Given(
        author_id=one.author_id,
        author=one.author.name,
        label=one.label,
        was="" if one.words == exact else one.words,
        rationale=one.rationale,
        at=one.updated_at,
        sources=tuple((item.stance, item.url, item.title, item.quote) for item in evidence),
    )
