"""A language with every translated word in brackets: what stands outside is not translated."""

import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import django
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

from factcheck import catalogues

CODE = "eo"  # a language that Django knows and we do not speak
DATA = "§"  # what is in the database says so in the tests
OPEN, CLOSED = "⟦", "⟧"
SPOKEN = {
    "alt",
    "aria-description",
    "aria-label",
    "aria-valuetext",
    "label",
    "placeholder",
    "title",
}
UNSPOKEN = {"code", "kbd", "script", "style", "textarea", "time"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
NAMES = re.compile(
    r"\b(?:factcheck|JSON Lines|CSV|ClaimReview|DataFeed|HTTP|JSON|Label Studio|doccano"
    r"|Meedan Check|Web Annotation|Atom|Esc|Enter|Ctrl|EO|Esperanto)\b"
    r"|-a de\b"  # a date as Django writes it in that language
    r"|\S*(?:://|@|\.example)\S*"
)
WORD = re.compile(r"[^\W\d_]{2,}")


def compile_into(folder: Path) -> None:
    """Write the catalogue: our strings, and those of Django, each in brackets."""
    pseudo = Catalog(locale=CODE)
    shipped = Path(django.__file__).parent.glob("**/locale/en/LC_MESSAGES/django.po")
    for file in [*shipped, *catalogues.files(settings.BASE_DIR)]:
        for message in read_po(BytesIO(file.read_bytes())):
            if message.id:
                pseudo.add(message.id, _bracketed(message.id), context=message.context)
    target = folder / CODE / "LC_MESSAGES"
    target.mkdir(parents=True)
    with (target / "django.mo").open("wb") as out:
        write_mo(out, pseudo)


def _bracketed(text):
    if isinstance(text, str):
        return f"{OPEN}{text}{CLOSED}"
    return tuple(f"{OPEN}{one}{CLOSED}" for one in text)


class _Outside(HTMLParser):
    """Collects what is outside of the brackets and not data: marked so, or in its own language."""

    def __init__(self):
        super().__init__()
        self.found, self._within, self._depth = [], [], 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        own = tag in UNSPOKEN or given.get("translate") == "no"
        if "lang" in given:
            own = own or given["lang"] != CODE
        elif self._within:
            own = own or self._within[-1][1]
        for name, value in attrs:
            is_heard = name.startswith("data-") and name != "data-controller"
            if not own and (name in SPOKEN or is_heard):
                self._note(value or "", is_spoken=name in SPOKEN)
        if tag not in VOID:
            self._within.append((tag, own))

    def handle_endtag(self, tag):
        while self._within and self._within.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self._within and self._within[-1][1]:
            return
        for part in re.split(f"([{OPEN}{CLOSED}])", data):
            self._depth += (part == OPEN) - (part == CLOSED)
            if not self._depth and part not in {OPEN, CLOSED}:
                self._keep(part)

    def _note(self, value, *, is_spoken):
        """An attribute that is spoken, or one of several words, which a script will speak."""
        bare = re.sub(f"{OPEN}.*{CLOSED}", "", value, flags=re.DOTALL)
        if is_spoken or re.search(r"[^\W\d_]{2,} [^\W\d_]{2,}", bare):
            self._keep(bare)

    def _keep(self, text):
        if DATA not in text and WORD.search(NAMES.sub("", text)):
            self.found.append(" ".join(text.split()))


def untranslated(html):
    """Return what a page says that did not come out of the catalogue."""
    page = _Outside()
    page.feed(html)
    return sorted(set(page.found))
