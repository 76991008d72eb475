"""What is wrong with a row, in words. The code is kept, so that each reads it in their language."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from annotations.models import Label
from annotations.workflow.errors import WorkflowError

SENTENCES = {
    "empty_file": gettext_lazy("The file is empty."),
    "spreadsheet": gettext_lazy(
        "This is a spreadsheet or an archive. Save the table as CSV (UTF-8) and send that."
    ),
    "not_text": gettext_lazy("This is no text file."),
    "page_not_table": gettext_lazy(
        "This is a web page. Add one article as a page, or choose ClaimReview."
    ),
    "broken_header": gettext_lazy("The first line cannot be cut into columns: %(why)s."),
    "no_text_column": gettext_lazy(
        "No column is called text (texte) or html. The file has: %(found)s."
    ),
    "too_large": gettext_lazy("This is larger than the %(limit)s characters that are taken."),
    "row_too_large": gettext_lazy(
        "This row is too long to be an article. Perhaps a quotation mark is missing."
    ),
    "broken_quotes": gettext_lazy("The quotation marks of this row do not match: %(why)s."),
    "too_many_cells": gettext_lazy("This row has %(found)s cells, the header %(expected)s."),
    "not_json": gettext_lazy("This is no JSON at character %(at)s: %(why)s."),
    "too_deep": gettext_lazy("Lists and objects lie too deep within one another here."),
    "not_an_object": gettext_lazy('A row is a JSON object: {"title": …, "text": …}.'),
    "not_a_text": gettext_lazy("This must be text."),
    "not_a_date": gettext_lazy("This is no date. Write 2024-11-26 or 2024-11-26T18:00+01:00."),
    "day_first": gettext_lazy("Read as day, then month. Write 2024-11-26 to be sure."),
    "empty": gettext_lazy("There is no text to check."),
    "column_unknown": gettext_lazy("Nothing is taken from this column."),
    "column_twice": gettext_lazy("Another column means the same; that one is taken."),
    "read_as_windows_1252": gettext_lazy("Byte 0x%(byte)s is not UTF-8; read as Windows-1252."),
    "undecodable": gettext_lazy("Byte 0x%(byte)s is neither UTF-8 nor Windows-1252."),
    "not_a_label": gettext_lazy("This is no label that can be understood."),
    "only_predictions": gettext_lazy(
        "This task was only read by a model: nobody labelled it, and nothing is taken."
    ),
    "span_nowhere": gettext_lazy(
        "The text, of %(length)s characters, holds no such words near %(start)s–%(end)s."
    ),
    "span_utf16": gettext_lazy("The offsets counted UTF-16 units; read as %(start)s–%(end)s."),
    "span_moved": gettext_lazy("These words stand elsewhere: at %(start)s–%(end)s."),
    "no_sentence_there": gettext_lazy("No sentence stands at %(start)s–%(end)s."),
    "label_unknown": gettext_lazy(
        "Nothing says what this label means. Say it, for example: disputed=False,Fake"
    ),
    "label_of_all": gettext_lazy(
        "This label is of the whole text, which has %(count)s sentences: it was put on none."
    ),
    "labels_differ": gettext_lazy("One sentence has several labels in the file: none was taken."),
    "people_differ": gettext_lazy(
        "Several people labelled this sentence differently: none was taken. A manager can say "
        "who is who, for example: 7=camille"
    ),
    "label_of_colleague_stands": gettext_lazy(
        "%(name)s labelled this sentence before: %(label)s. That stays."
    ),
    "label_stands": gettext_lazy("You labelled this sentence before: %(label)s. That stays."),
    "extraction_failed": gettext_lazy("The article could not be read: its labels wait."),
    "no_claimreview": gettext_lazy("No ClaimReview was found here."),
    "entangled_page": gettext_lazy(
        "The items of this page refer to one another (itemref) more often, or further down, "
        "than can be followed."
    ),
    "no_rating": gettext_lazy("This review has no rating: the claim comes in without a label."),
    "no_claim_column": gettext_lazy(
        "No column is called Claim or Fact-check title. The file has: %(found)s."
    ),
    "duplicate": gettext_lazy("The desk has this text already: “%(title)s” (article %(id)s)."),
    "duplicate_row": gettext_lazy("This file has the same text already in line %(line)s."),
}


_REASONS = {  # what parsers say
    "Expecting value": gettext_lazy("a value is missing"),
    "Expecting ',' delimiter": gettext_lazy("a comma is missing"),
    "Expecting ':' delimiter": gettext_lazy("a colon is missing"),
    "Expecting property name": gettext_lazy("a name in double quotes is missing"),
    "Illegal trailing comma": gettext_lazy("there is a comma too many"),
    "Unterminated string": gettext_lazy("a text does not end"),
    "Invalid control character": gettext_lazy("a control character stands in a text"),
    "Invalid \\": gettext_lazy("a backslash stands where none may"),
    "Extra data": gettext_lazy("something follows behind the end"),
    "unexpected end of data": gettext_lazy("the file ends within a quotation"),
    "' expected after": gettext_lazy("something follows a closing quotation mark"),
}


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """Say what is wrong, in the language that is spoken just now."""
    if "said" in params:
        return str(params.get(f"said_{get_language()}", params["said"]))
    return str(SENTENCES[code]) % {name: _spoken(name, one) for name, one in params.items()}


lazy_sentence = lazy(sentence, str)


def in_each_language(step: Callable[[], object], refusal: WorkflowError) -> dict[str, str | int]:
    """Have a step refused again in each language a reader may have: what it says goes along."""
    said: dict[str, str | int] = {"said": str(refusal)}
    for language in dict(settings.LANGUAGES):
        with translation.override(language):
            said[f"said_{language}"] = _refused(step) or str(refusal)
    return said


def in_vain(step: Callable[[], object]) -> None:
    """Take a step of which nothing stays."""
    with transaction.atomic():
        step()
        transaction.set_rollback(True)


def _refused(step: Callable[[], object]) -> str:
    try:
        step()
    except WorkflowError as refusal:
        return str(refusal)
    return ""


def _spoken(name: str, value: str | int) -> str | int:
    """Say in words what is no name and no number: labels, and what parsers complain of."""
    if name == "label":
        return str(dict(Label.choices).get(str(value), value))
    if name == "why":
        known = (said for begin, said in _REASONS.items() if begin in str(value))
        return str(next(known, value))
    return value


def too_large(limit: int) -> str:
    return _("The file is larger than the %(limit)s megabytes that are taken.") % {
        "limit": limit // 1_000_000
    }
