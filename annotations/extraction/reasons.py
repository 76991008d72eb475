"""Why a sentence was proposed, in the reader's language: signals are kept as id and parameters."""

from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Any

from annotations.extraction.languages import en_reasons, fr_reasons
from annotations.extraction.records import Signal

WORDINGS: Mapping[str, Mapping[str, str]] = {
    "en": en_reasons.REASONS,
    "fr": fr_reasons.REASONS,
}
KNOWN = frozenset(en_reasons.REASONS)
SEPARATOR = ": "
LONGEST = 60


def signal(name: str, start: int, end: int, **params: str) -> Signal:
    """Make a signal; what its sentence does not name is not kept."""
    wording = WORDINGS["en"][name]
    asked = _asked(wording)
    named = {key: _short(value) for key, value in params.items() if key in asked}
    return Signal(name, wording.format(**named), start, end, named)


def sentence(signal: Mapping[str, Any], language: str) -> str:
    """Say a signal in a language, else in English; what cannot be said anew is left as it came."""
    wording = WORDINGS.get(language.partition("-")[0], WORDINGS["en"]).get(signal["id"])
    given = parameters(signal)
    if wording is None or not _asked(wording) <= given.keys():
        return str(signal.get("text") or signal["id"])
    return wording.format(**given)


def parameters(signal: Mapping[str, Any]) -> dict[str, str]:
    """Return what the sentence is about; an older signal has it behind the colon of its text."""
    if "params" in signal:
        return dict(signal["params"])
    quote = str(signal.get("text", "")).partition(SEPARATOR)[2]
    return {"quote": quote} if quote else {}


@cache
def _asked(wording: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(wording) if name}


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"
