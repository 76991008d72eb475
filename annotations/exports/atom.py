"""An Atom feed of a desk's newest publications, corrections and retractions (RFC 4287)."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from annotations.exports.documents import moment
from annotations.exports.publishers import Publisher
from annotations.exports.records import Record
from annotations.exports.reports import Seen, Shown, shown

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
SIZE = 50
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_START = datetime(1970, 1, 1, tzinfo=UTC)
LEFT_BEHIND = "left_behind"  # a category


class Words(NamedTuple):
    checks: str
    retracted: str
    left_behind: str


_WORDS = {
    "en": Words(
        checks="Checks",
        retracted="Retracted",
        left_behind="The article was changed after this check: these words are no longer in it.",
    ),
    "fr": Words(
        checks="Vérifications",
        retracted="Retiré",
        left_behind="L’article a été modifié après cette vérification\u202f: "
        "ces mots n’y figurent plus.",
    ),
}

register_namespace("", ATOM)


def feed_of(entries: Sequence[Seen], publisher: Publisher, address: str) -> bytes:
    """Write the newest version of each; an entry keeps its id over all versions."""
    feed = Element(f"{{{ATOM}}}feed", {"xml:lang": publisher.language})
    _add(feed, "id", f"{publisher.base}/api/v1/feeds/{publisher.slug}.atom")
    _add(feed, "title", f"{publisher.name} · {_words(publisher).checks}")
    _add(feed, "updated", moment(max((one.changed_at for one in entries), default=_START)))
    _add(feed, "link", rel="self", href=address, type=MEDIA_TYPE)
    _add(feed, "link", rel="alternate", href=publisher.home)
    author = _add(feed, "author")
    _add(author, "name", publisher.name)
    for one in entries:
        _entry(feed, one, publisher)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: Element, one: Seen, publisher: Publisher) -> None:
    record, said, words = one.record, shown(one, publisher), _words(publisher)
    entry = _add(feed, "entry")
    _add(entry, "id", f"{publisher.base}/api/v1/publications/{record.id}/")
    _add(entry, "title", f"{said.name or words.retracted} · {record.exact}")
    _add(entry, "published", moment(record.published_at))
    _add(entry, "updated", moment(one.changed_at))
    for term in _terms(said):
        _add(entry, "category", term=term)
    if said.address:
        _add(entry, "link", rel="alternate", href=said.address)
    if record.article_url:
        _add(entry, "link", rel="related", href=record.article_url, title=record.article_title)
    since = words.left_behind if said.is_left_behind else ""
    _add(entry, "summary", _summary(record, since), type="text")


def _terms(said: Shown) -> list[str]:
    changed = [said.record.kind] if said.record.kind != "original" else []
    return [said.state, *changed, *([LEFT_BEHIND] if said.is_left_behind else [])]


def _summary(record: Record, since: str) -> str:
    """Say what came since, why it changed, why it was found so; a retracted finding never again."""
    said = [record.note] if record.retracted_at else [since, record.note, record.rationale]
    return "\n\n".join(part for part in said if part)


def _words(publisher: Publisher) -> Words:
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
