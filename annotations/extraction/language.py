"""Which language an article is written in."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

EXPECTED = ("fr", "en", "de", "es", "it", "nl", "pt", "ru", "ar")
UNKNOWN = "und"
ENOUGH = 20_000


def detect_language(text: str) -> str:
    """Return the primary tag of the language, or `und` where there are no letters to judge by."""
    sample = text[:ENOUGH]
    if not any(char.isalpha() for char in sample):
        return UNKNOWN
    label, _ = _identifier().classify(sample)
    return str(label)


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model once, when first asked."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(EXPECTED))
    return identifier
