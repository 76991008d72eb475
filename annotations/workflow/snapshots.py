"""What a publication says of its article, sentence and evidence, as they are at that moment."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from django.db.models import F, Prefetch, Q

from annotations.exports.selectors import quote_context
from annotations.models import Annotation, Article, Desk, Evidence, Publication, User, Verdict
from annotations.workflow import roles
from annotations.workflow.evidence import Item

_SCALE = ("rating_best", "rating_en", "rating_fr")


def article_fields(article: Article) -> dict[str, Any]:
    return {
        "article": article,
        "article_title": article.title,
        "article_url": article.source_url,
        "article_source": article.source.name if article.source else "",
        "article_language": article.language,
        "article_published_at": article.published_at,
    }


def sentence_fields(verdict: Verdict) -> dict[str, Any]:
    sentence = verdict.sentence
    candidate = getattr(sentence, "candidate", None)
    prefix, suffix = quote_context(sentence.revision.text, sentence.start, sentence.end)
    return {
        "sentence": sentence,
        "revision_number": sentence.revision.number,
        "revision_sha256": sentence.revision.sha256,
        "start": sentence.start,
        "end": sentence.end,
        "exact": sentence.exact,
        "prefix": prefix,
        "suffix": suffix,
        "claimant": candidate.claimant_name if candidate else "",
        "claim_kind": candidate.kind if candidate else "",
    }


def rating_fields(desk: Desk, rating: int | None) -> dict[str, Any]:
    """Keep what the rating is called on the desk's scale of this day; a scale may change later."""
    row = next((one for one in desk.rating_scale if one["value"] == rating), None)
    named = (len(desk.rating_scale), row["en"], row["fr"]) if row else (None, "", "")
    return {"rating": rating} | dict(zip(_SCALE, named, strict=True))


def kept_rating_fields(last: Publication) -> dict[str, Any]:
    """Keep the rating with the names that it was published with, whatever the scale is by now."""
    return {name: getattr(last, name) for name in ("rating", *_SCALE)}


def is_on_scale(publication: Publication, desk: Desk) -> bool:
    """Tell whether the desk's scale still says what the publication's rating says."""
    return kept_rating_fields(publication) == rating_fields(desk, publication.rating)


def evidence_for(verdicts: Sequence[Verdict]) -> dict[int, list[dict[str, str]]]:
    """Gather, for the sentence of each, the evidence of all who gave its label to its words.

    Where a reviewer decided for a label that nobody gave, all evidence led there.
    """
    given = Annotation.objects.given().filter(sentence__in=[one.sentence_id for one in verdicts])
    given = given.annotate(fits=Q(words=F("sentence__exact")))
    rows = given.prefetch_related(Prefetch("evidence", Evidence.objects.order_by("position")))
    said: dict[int, list[Annotation]] = defaultdict(list)
    for one in rows.order_by("pk"):
        said[one.sentence_id].append(one)
    return {one.sentence_id: _proof(said[one.sentence_id], one.label) for one in verdicts}


def _proof(said: Sequence[Annotation], label: str) -> list[dict[str, str]]:
    """Say the evidence of those who agree, each address once."""
    said = [one for one in said if cast(Any, one).fits] or said
    agreeing = [one for one in said if one.label == label]
    items = [item for one in agreeing or said for item in one.evidence.all()]
    return list({item.url: wire(item, item.accessed_at) for item in items}.values())


def wire(item: Item | Evidence, accessed_at: datetime) -> dict[str, str]:
    return {
        "url": item.url,
        "title": item.title,
        "quote": item.quote,
        "stance": item.stance,
        "archived_url": item.archived_url,
        "accessed_at": accessed_at.isoformat().replace("+00:00", "Z"),
    }


def unwired(said: dict[str, str]) -> Item:
    """Say what an editor gave, of what a publication says."""
    return Item(**{name: value for name, value in said.items() if name != "accessed_at"})


def corrected(
    last: list[dict[str, str]], items: Sequence[Item], at: datetime
) -> list[dict[str, str]]:
    """Say these; what the publication had already keeps when it was looked at."""
    seen = {one["url"]: one["accessed_at"] for one in last}
    said = [wire(item, at) for item in items]
    return [one | {"accessed_at": seen.get(one["url"], one["accessed_at"])} for one in said]


def credits_of(desk: Desk, people: Iterable[User | None]) -> dict[User | None, str]:
    return {person: credit(desk, person) for person in set(people)}


def credit(desk: Desk, person: User | None) -> str:
    """Name who approved, as the desk chose to show it."""
    if person is None:
        return ""
    if desk.credit == Desk.Credit.NAME:
        return person.name
    held = roles.role_of(person, desk)
    return held.value if held else ""
