"""An Atom feed of a desk's newest publications, corrections and retractions (RFC 4287)."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from annotations.exports.documents import moment
from annotations.exports.publishers import Publisher
from annotations.exports.records import Record
from annotations.exports.reports import changed_at, shown

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
SIZE = 50
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_START = datetime(1970, 1, 1, tzinfo=UTC)
_WORDS = {"en": ("Checks", "Retracted"), "fr": ("Vérifications", "Retiré")}

register_namespace("", ATOM)


def feed_of(records: Sequence[Record], publisher: Publisher, address: str) -> bytes:
    """Write the newest version of each; an entry keeps its id over all versions."""
    feed = Element(f"{{{ATOM}}}feed", {"xml:lang": publisher.language})
    _add(feed, "id", f"{publisher.base}/api/v1/feeds/{publisher.slug}.atom")
    _add(feed, "title", f"{publisher.name} · {_words(publisher)[0]}")
    _add(feed, "updated", moment(max(map(changed_at, records), default=_START)))
    _add(feed, "link", rel="self", href=address, type=MEDIA_TYPE)
    _add(feed, "link", rel="alternate", href=publisher.home)
    author = _add(feed, "author")
    _add(author, "name", publisher.name)
    for record in records:
        _entry(feed, record, publisher)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: Element, record: Record, publisher: Publisher) -> None:
    said = shown(record, publisher)
    entry = _add(feed, "entry")
    _add(entry, "id", f"{publisher.base}/api/v1/publications/{record.id}/")
    _add(entry, "title", f"{said.name or _words(publisher)[1]} · {record.exact}")
    _add(entry, "published", moment(record.published_at))
    _add(entry, "updated", moment(changed_at(record)))
    _add(entry, "category", term=said.state)
    if record.kind != "original":
        _add(entry, "category", term=record.kind)
    if said.address:
        _add(entry, "link", rel="alternate", href=said.address)
    if record.article_url:
        _add(entry, "link", rel="related", href=record.article_url, title=record.article_title)
    _add(entry, "summary", _summary(record), type="text")


def _summary(record: Record) -> str:
    """Say why it changed, then why it was found so; a retracted finding is not repeated."""
    said = [record.note] if record.retracted_at else [record.note, record.rationale]
    return "\n\n".join(part for part in said if part)


def _words(publisher: Publisher) -> tuple[str, str]:
    return _WORDS["fr" if publisher.language.startswith("fr") else "en"]


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    child = SubElement(
        parent,
        f"{{{ATOM}}}{name}",
        {key: _clean(value) for key, value in attributes.items()},
    )
    if text:
        child.text = _clean(text)
    return child


def _clean(text: str) -> str:
    """Take out what no XML may hold."""
    return _NOT_IN_XML.sub("", text)
