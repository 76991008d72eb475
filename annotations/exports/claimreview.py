"""ClaimReview of schema.org: one for each publication with a claimant and a rating."""

from typing import Any

from annotations.exports.documents import (
    Document,
    Item,
    Setting,
    Snapshot,
    Tally,
    counts,
    dumped,
    moment,
)
from annotations.exports.publishers import Publisher, host_of
from annotations.exports.records import Record
from annotations.exports.review_rules import ERRORS, WARNINGS
from annotations.exports.scales import outcome
from annotations.extraction.languages.given_names import FEMININE, MASCULINE

CONTEXT = "https://schema.org"
_GIVEN_NAMES = FEMININE | MASCULINE


def review_of(record: Record, setting: Setting, _snapshot: Snapshot | None = None) -> Item:
    """Say a publication as a ClaimReview; what is not known is left out, never invented."""
    publisher = setting.publishers[record.desk]
    review: Item = {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "@id": identity(record, setting),
        "identifier": f"{record.desk}:{record.id}",
        "url": publisher.check_address(record),
        "claimReviewed": record.exact,
        "reviewRating": rating_of(record, publisher),
        "author": author_of(publisher),
        "datePublished": moment(record.published_at),
        "dateModified": moment(record.corrected_at or record.published_at),
        "inLanguage": publisher.language,
        "itemReviewed": _claim(record, publisher),
    }
    if record.evidence:
        review["citation"] = [_source(item) for item in record.evidence]
    if record.kind == "correction":
        review["correction"] = _correction(record)
    return review


def identity(record: Record, setting: Setting) -> str:
    return f"{setting.base}/api/v1/publications/{record.id}/"


def rating_of(record: Record, publisher: Publisher) -> Item:
    """Say the outcome as a Rating: the desk's own words, and a number only where it was rated."""
    said = outcome(record)
    name = said.names["fr" if publisher.language.startswith("fr") else "en"]
    rating: Item = {"@type": "Rating", "alternateName": name}
    if said.value is not None:
        rating |= {
            "ratingValue": said.value,
            "bestRating": said.best,
            "worstRating": said.worst,
        }
    if record.rationale:
        rating["ratingExplanation"] = record.rationale
    return rating


def author_of(publisher: Publisher) -> Item:
    return {"@type": "Organization", "name": publisher.name, "url": publisher.home}


def _claim(record: Record, publisher: Publisher) -> Item:
    """Say who claimed it, when and where; the publisher's own page is no place of the claim."""
    claim: Item = {"@type": "Claim"}
    if record.claimant.strip():
        kind = "Person" if _is_person(record.claimant) else "Organization"
        claim["author"] = {"@type": kind, "name": record.claimant}
    if record.article_published_at:
        claim["datePublished"] = moment(record.article_published_at)
    if record.article_url and not publisher.owns(host_of(record.article_url)):
        claim["appearance"] = [{"@type": "CreativeWork", "url": record.article_url}]
    return claim


def _is_person(name: str) -> bool:
    first, _space, rest = name.strip().partition(" ")
    return bool(rest) and first.lower() in _GIVEN_NAMES


def _source(item: dict[str, str]) -> Item:
    source: Item = {"@type": "CreativeWork", "url": item["url"]}
    if item["title"]:
        source["name"] = item["title"]
    if item["archived_url"]:
        source["archivedAt"] = item["archived_url"]
    return source


def _correction(record: Record) -> Item:
    when = record.corrected_at or record.published_at
    return {"@type": "CorrectionComment", "text": record.note, "datePublished": moment(when)}


def _frame(_setting: Setting) -> tuple[bytes, bytes]:
    return b"[", b""


def _closing(setting: Setting, tally: Tally) -> bytes:
    """Close the array with a Dataset that says how many there are, and what was left out."""
    last: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": setting.address,
        "dateModified": moment(setting.at),
        "variableMeasured": counts(tally),
    }
    return (b",\n" if tally.written else b"\n") + dumped(last) + b"\n]\n"


CLAIM_REVIEW = Document(
    media_type="application/ld+json",
    suffix="claimreview.json",
    item=review_of,
    errors=ERRORS,
    warnings=WARNINGS,
    frame=_frame,
    closing=_closing,
)
