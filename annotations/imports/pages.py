"""What a web page says of itself: JSON-LD in scripts, microdata and RDFa Lite in its elements.

All come back as the same kind of value: objects by the names of schema.org, with `@type`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from annotations.imports.references import Entangled, Item, References

Attributes = dict[str, str]

DEPTH = 200  # elements within one another; what lies deeper is text
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"]
)
_BREAKING = frozenset(["br", "div", "p", "li", "tr", "td", "dd", "h1", "h2", "h3", "h4"])
_CLOSED_BY = {  # what these close where its own end was left out
    **{tag: {"p"} for tag in ("p", "div", "ul", "ol", "table", "section", "h1", "h2", "h3")},
    "li": {"li", "p"},
    "dt": {"dt", "dd", "p"},
    "dd": {"dt", "dd", "p"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "option": {"option"},
}
_ADDRESSED = ("href", "src", "resource", "data")
_LINKS = frozenset(
    ["url", "sameAs", "appearance", "firstAppearance", "citation", "isBasedOn", "mainEntityOfPage"]
)
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$"  # old browsers' needs
)


@dataclass(frozen=True, slots=True)
class Page:
    """The values that were found: first those of scripts, then those of elements.

    Where items refer to one another more than can be followed, those of elements are left out.
    """

    scripts: list[Any]
    elements: list[Any]
    address: str
    is_entangled: bool = False


def read(html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    scripts = list(_parsed(reader.scripts))
    try:
        return Page(scripts, reader.done(), reader.address)
    except Entangled:
        return Page(scripts, [], reader.address, is_entangled=True)


def _parsed(scripts: list[str]) -> Iterator[Any]:
    """Parse each script; one that is broken does not stop the others."""
    for script in scripts:
        try:
            yield json.loads(_WRAPPING.sub("", script), strict=False)
        except (ValueError, RecursionError):
            continue


@dataclass(slots=True)
class _Element:
    """An open element: what it says of the item around it, and the item that it begins itself."""

    tag: str
    names: list[str] = field(default_factory=list)
    item: Item | None = None
    value: str | None = None
    text: list[str] = field(default_factory=list)
    id: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.address = ""
        self._base = ""
        self._open: list[_Element] = []
        self._items: list[Item] = []
        self._references = References()
        self._raw = ""  # inside of a script or style: of which kind

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in reversed(attrs)}
        if tag in {"script", "style"}:
            self._begin_raw(tag, given)
            return
        self._note_address(tag, given)
        while self._open and self._open[-1].tag in _CLOSED_BY.get(tag, ()):
            self._close()
        if tag in _BREAKING:
            self.handle_data(" ")
        if len(self._open) < DEPTH:
            self._open.append(self._element(tag, given))
            if tag in _VOID:
                self._close()

    def handle_endtag(self, tag: str) -> None:
        self._raw = ""
        if any(one.tag == tag for one in self._open):
            while self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._raw == "script":
            self.scripts[-1] += data
        elif not self._raw:
            for one in self._open:
                if one.names and one.value is None:
                    one.text.append(data)

    def done(self) -> list[Item]:
        """Return the items that are no part of others, with what they refer to."""
        while self._open:
            self._close()
        return self._references.resolved(self._items)

    def _begin_raw(self, tag: str, given: Attributes) -> None:
        kind = given.get("type", "").split(";")[0].strip().lower()
        self._raw = "style"
        if tag == "script" and kind == "application/ld+json":
            self._raw = "script"
            self.scripts.append("")

    def _note_address(self, tag: str, given: Attributes) -> None:
        """Keep where the page says that it is."""
        if tag == "base":
            self._base = self._base or given.get("href", "")
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self.address = given.get("href", "") or self.address
        elif tag == "meta" and given.get("property") == "og:url":
            self.address = self.address or given.get("content", "")

    def _element(self, tag: str, given: Attributes) -> _Element:
        names = given.get("itemprop", "") or given.get("property", "")
        element = _Element(tag, [_bare(one) for one in names.split()], id=given.get("id", ""))
        if "itemscope" in given or "typeof" in given:
            types = f"{given.get('itemtype', '')} {given.get('typeof', '')}".split()
            element.item = {"@type": types}
            if named := given.get("itemid") or given.get("resource") or given.get("href"):
                element.item["@id"] = self._whole(named)
            if "itemref" in given:
                self._references.note(element.item, given["itemref"])
        elif names:
            element.value = self._value(element, given)
        return element

    def _value(self, element: _Element, given: Attributes) -> str | None:
        """Return what the attributes say, or nothing where the text says it.

        The name in a link is a name, whatever the letter of the rule.
        """
        for name in ("content", "datetime"):
            if name in given:
                return given[name]
        if element.tag in {"data", "meter"} and "value" in given:
            return given["value"]
        if element.tag == "a" and not _LINKS.intersection(element.names):
            return None
        found = next((given[name] for name in _ADDRESSED if given.get(name)), None)
        return None if found is None else self._whole(found)

    def _whole(self, address: str) -> str:
        try:
            return urljoin(self._base or self.address, address)
        except ValueError:
            return address

    def _close(self) -> str:
        element = self._open.pop()
        value: Any = element.item
        if value is None and element.names:
            value = "".join(element.text) if element.value is None else element.value
        if element.item is not None and not element.names:
            self._items.append(element.item)
        elif value is not None:
            self._give(element, value)
        return element.tag

    def _give(self, element: _Element, value: Any) -> None:
        """Give a value to the item around it, and to those that refer to where it stands."""
        for around in (element, *reversed(self._open)):
            if around is not element and around.item is not None:
                for name in element.names:
                    _add(around.item, name, value)
                return
            if around.id:
                self._references.keep(around.id, [(name, value) for name in element.names])
        if isinstance(value, dict):
            self._items.append(value)


def _add(item: Item, name: str, value: Any) -> None:
    """Add a value to those that the item has under this name."""
    known = item.setdefault(name, [])
    if value not in known:
        known.append(value)


def _bare(name: str) -> str:
    """Take a name without the address or prefix of its vocabulary."""
    return re.split(r"[:/#]", name)[-1]
