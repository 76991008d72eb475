"""The languages the engine knows, by code; any other is read with the neutral one."""

from annotations.extraction.languages import en, fr, neutral
from annotations.extraction.languages.base import Language

LANGUAGES = {language.code: language for language in (en.LANGUAGE, fr.LANGUAGE)}


def find(code: str) -> Language:
    """Return what is known of a language; `fr-CA` is read as `fr`."""
    return LANGUAGES.get(code.lower().partition("-")[0], neutral.LANGUAGE)
