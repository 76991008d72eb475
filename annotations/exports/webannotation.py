"""W3C Web Annotation: each publication as an assessment of a span of its article."""

from base64 import urlsafe_b64encode

from annotations.exports.anchor_rules import ERRORS
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
from annotations.exports.publishers import Publisher
from annotations.exports.records import Record

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PROFILE = f'application/ld+json; profile="{CONTEXT}"'


def annotation_of(record: Record, setting: Setting, snapshot: Snapshot | None) -> Item:
    publisher = setting.publishers[record.desk]
    return {
        "@context": CONTEXT,
        "id": f"{setting.base}/api/v1/publications/{record.id}/",
        "type": "Annotation",
        "motivation": "assessing",
        "created": moment(record.published_at),
        "modified": moment(record.corrected_at or record.published_at),
        "creator": {"id": publisher.home, "type": "Organization", "name": publisher.name},
        "generator": {"id": f"{setting.base}/", "type": "Software", "name": "factcheck"},
        "generated": moment(setting.at),
        "body": _bodies(record, publisher),
        "target": _target(record, setting, snapshot),
    }


def _bodies(record: Record, publisher: Publisher) -> list[Item]:
    """Name the status and the rating by address, then the reasons, then each piece of evidence."""
    scale = f"{publisher.base}/api/v1/scales/{record.desk}/"
    bodies = [_concept(f"{scale}#{record.label}", "classifying")]
    if record.rating is not None:
        bodies.append(_concept(f"{scale}#rating-{record.rating}", "assessing"))
    if record.rationale:
        bodies.append(
            {
                "type": "TextualBody",
                "value": record.rationale,
                "format": "text/plain",
                "language": publisher.language,
                "purpose": "commenting",
            }
        )
    return bodies + [_link(item) for item in record.evidence]


def _concept(address: str, purpose: str) -> Item:
    return {"type": "SpecificResource", "source": address, "purpose": purpose}


def _link(item: dict[str, str]) -> Item:
    link: Item = {"type": "SpecificResource", "source": item["url"], "purpose": "linking"}
    state: Item = {"type": "TimeState", "sourceDate": item["accessed_at"]}
    if item["archived_url"]:
        state["cached"] = item["archived_url"]
    return link | {"state": state}


def _target(record: Record, setting: Setting, snapshot: Snapshot | None) -> Item:
    target: Item = {
        "type": "SpecificResource",
        "source": record.article_url or _name_of_text(record.revision_sha256),
        "schema:sha256": record.revision_sha256,
        "selector": _selectors(record, with_quote=setting.with_quotes),
    }
    if snapshot:
        target["state"] = {"type": "TimeState", "sourceDate": moment(snapshot.taken_at)}
    return target


def _selectors(record: Record, *, with_quote: bool) -> list[Item]:
    position = {"type": "TextPositionSelector", "start": record.start, "end": record.end}
    if not with_quote:
        return [position]
    quote = {
        "type": "TextQuoteSelector",
        "exact": record.exact,
        "prefix": record.prefix,
        "suffix": record.suffix,
    }
    return [quote, position]


def _name_of_text(digest: str) -> str:
    """Name a text that stands at no address by what it says (RFC 6920)."""
    return f"ni:///sha-256;{urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip('=')}"


def _frame(setting: Setting) -> tuple[bytes, bytes]:
    """Write the collection with its one page; what counts the items comes after them."""
    page = {
        "id": f"{setting.address}#items",
        "type": "AnnotationPage",
        "partOf": setting.address,
        "startIndex": 0,
    }
    collection = {
        "@context": CONTEXT,
        "id": setting.address,
        "type": "AnnotationCollection",
        "modified": moment(setting.at),
    }
    first = dumped(collection)[:-1] + b',"first":' + dumped(page)[:-1]
    return first + b',"items":[', b"\n]}"


def _closing(_setting: Setting, tally: Tally) -> bytes:
    rest = {"total": tally.written, "schema:variableMeasured": counts(tally, "schema:")}
    return b"," + dumped(rest)[1:] + b"\n"


WEB_ANNOTATION = Document(
    media_type=PROFILE,
    suffix="webannotation.json",
    item=annotation_of,
    errors=ERRORS,
    warnings={},
    frame=_frame,
    closing=_closing,
    reads_texts=True,
)
