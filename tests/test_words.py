"""What people read is marked for translation in the sources."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
SPOKEN = {"alt", "aria-description", "aria-label", "aria-valuetext", "label", "title"}
UNSPOKEN = {"code", "kbd", "script", "style"}
NAMES = {"factcheck", "JSON Lines", "CSV", "ClaimReview", "Web Annotation", "HTTP"}
WORD = re.compile(r"[^\W\d_]{2,}")


class Words(HTMLParser):
    """Collects what stands in a template as it is read or heard, outside of translation tags."""

    def __init__(self):
        super().__init__()
        self.found, self._hushed = [], 0

    def handle_starttag(self, tag, attrs):
        self._hushed += tag in UNSPOKEN
        self.found += [words for name, words in attrs if name in SPOKEN and words]

    def handle_endtag(self, tag):
        self._hushed -= tag in UNSPOKEN

    def handle_data(self, data):
        if not self._hushed:
            self.found.append(data)


def _unmarked(source):
    words = Words()
    words.feed(_outside_of_tags(source))
    texts = (text.strip(" \n·") for text in words.found)
    return [text for text in texts if WORD.search(text) and text not in NAMES]


def _outside_of_tags(source):
    """Leave out tags, what stands between `blocktranslate` and its end, and the class of a page."""
    kept, waits_for = [], None
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.split_contents()[0]
            if waits_for == name:
                waits_for = None
            elif name == "blocktranslate":
                waits_for = "endblocktranslate"
            elif token.contents == "block page":
                waits_for = "endblock"
        elif token.token_type == TokenType.TEXT and waits_for is None:
            kept.append(token.contents)
    return "".join(kept)


class TestTemplates:
    @pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
    def test_mark_every_word_for_translation(self, file):
        assert _unmarked(file.read_text()) == []

    def test_would_be_found_out(self):
        source = '<p title="{% translate "x" %} of it">Save <b>{{ name }}</b></p>'

        assert _unmarked(source) == ["of it", "Save"]
