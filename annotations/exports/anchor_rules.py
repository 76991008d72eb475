"""The rules of Web Annotation: the selectors of an annotation find its sentence, and only it."""

import unicodedata
from hashlib import sha256
from typing import Any

from annotations.exports.documents import Case, Check

_JOINER = "\u200d"
_JOINED = range(0xFE00, 0xFE10)  # variation selectors
_TONES = range(0x1F3FB, 0x1F400)


def _selector(case: Case, kind: str) -> dict[str, Any]:
    selectors = case.item["target"]["selector"]
    return next((one for one in selectors if one["type"] == kind), {})


def _span(case: Case) -> tuple[int, int]:
    position = _selector(case, "TextPositionSelector")
    return position["start"], position["end"]


def _text(case: Case) -> str:
    return case.snapshot.text if case.snapshot else ""


def _is_other_text(case: Case) -> bool:
    start, end = _span(case)
    return _text(case)[start:end] != case.record.exact


def _has_other_context(case: Case) -> bool:
    start, end = _span(case)
    prefix, suffix = case.record.prefix, case.record.suffix
    before = _text(case)[max(0, start - len(prefix)) : start]
    return before != prefix or _text(case)[end : end + len(suffix)] != suffix


def _is_out_of_bounds(case: Case) -> bool:
    start, end = _span(case)
    return not 0 <= start < end <= len(_text(case))


def _cuts_a_character(case: Case) -> bool:
    start, end = _span(case)
    text = _text(case)
    return _is_inside(text, start) or _is_inside(text, end)


def _is_inside(text: str, at: int) -> bool:
    """Say whether an offset lies within what readers see as one character."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    is_added = bool(unicodedata.combining(after)) or unicodedata.category(after) in {"Mn", "Me"}
    is_joined = _JOINER in (before, after) or ord(after) in _JOINED or ord(after) in _TONES
    return is_added or is_joined


def _is_not_the_snapshot(case: Case) -> bool:
    found = sha256(_text(case).encode()).hexdigest()
    return bool(found != case.item["target"]["schema:sha256"])


def _is_ambiguous(case: Case) -> bool:
    """Tell a quotation that stands in the text more than once, or not at all."""
    whole = f"{case.record.prefix}{case.record.exact}{case.record.suffix}"
    first = _text(case).find(whole)
    return first < 0 or _text(case).find(whole, first + 1) >= 0


ERRORS: dict[str, Check] = {
    "WA-E1": _is_other_text,
    "WA-E2": _has_other_context,
    "WA-E3": _is_out_of_bounds,
    "WA-E4": _cuts_a_character,
    "WA-E5": _is_not_the_snapshot,
    "WA-E6": _is_ambiguous,
}
