"""DataFeed of schema.org: a desk's ClaimReviews for aggregators, newest first, with tombstones."""

from datetime import datetime

from annotations.exports.claimreview import CONTEXT, author_of, identity, review_of
from annotations.exports.documents import (
    Case,
    Document,
    Item,
    Setting,
    Snapshot,
    Tally,
    counts,
    dumped,
    moment,
)
from annotations.exports.records import Record
from annotations.exports.review_rules import ERRORS, WARNINGS


def entry_of(record: Record, setting: Setting, _snapshot: Snapshot | None = None) -> Item:
    """Say a publication as a feed item; a retracted one stays, with its date of deletion."""
    entry: Item = {
        "@type": "DataFeedItem",
        "@id": f"{identity(record, setting)}#item",
        "dateCreated": moment(record.published_at),
        "dateModified": moment(_changed_at(record)),
    }
    if record.retracted_at:
        return entry | {"dateDeleted": moment(record.retracted_at), "item": _gone(record, setting)}
    review = review_of(record, setting)
    del review["@context"]
    return entry | {"item": review}


def _changed_at(record: Record) -> datetime:
    return record.retracted_at or record.corrected_at or record.published_at


def _gone(record: Record, setting: Setting) -> Item:
    """Say what a mirror needs to take an item away: which, where, and why."""
    return {
        "@type": "ClaimReview",
        "@id": identity(record, setting),
        "identifier": f"{record.desk}:{record.id}",
        "url": setting.publishers[record.desk].check_address(record),
        "correction": {"@type": "CorrectionComment", "text": record.note},
    }


def _review_in(case: Case) -> Case | None:
    """Pick out the ClaimReview, which its rules are about; a tombstone claims nothing."""
    return None if case.record.retracted_at else case._replace(item=case.item["item"])


def _frame(setting: Setting) -> tuple[bytes, bytes]:
    """Write the feed's own members first; its last one is left open for the items."""
    [publisher] = setting.publishers.values()
    feed: Item = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "@id": setting.address,
        "name": publisher.name,
        "publisher": author_of(publisher),
        "inLanguage": publisher.language,
        "dateModified": moment(setting.at),
    }
    if publisher.license_url:
        feed["license"] = publisher.license_url
    return dumped(feed)[:-1] + b',"dataFeedElement":[', b"\n]"


def _closing(_setting: Setting, tally: Tally) -> bytes:
    return b',"variableMeasured":' + dumped(counts(tally)) + b"}\n"


DATA_FEED = Document(
    media_type="application/ld+json",
    suffix="datafeed.json",
    item=entry_of,
    errors=ERRORS,
    warnings=WARNINGS,
    frame=_frame,
    closing=_closing,
    judged=_review_in,
    shows_retractions=True,
)
