"""Which language an article is written in."""

import re
from collections import Counter
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from annotations.extraction.languages.base import words

EXPECTED = ("fr", "en", "de", "es", "it", "nl", "pt", "ru", "ar")
UNKNOWN = "und"
ENOUGH = 20_000
PLAIN = 12
AHEAD = 4
WORD = re.compile(r"[^\W\d_]+")

# Small words that the neighbours do not write: in prose they are one word in five.
TELLING = {
    "fr": words(
        "le les des du est dans une pour pas qui sur au avec sont ont cette été aux ses ce"
    ),
    "en": words("the of and to that for was with by have which this it from are be his has he"),
    "de": words("der das und ist nicht mit dem den von zu ein eine auf sich auch wird im für"),
    "es": words("el los las y una se su más fue lo al este como pero sus también según ya"),
    "it": words("gli della che è di il sono dei nel alla ha anche più dal delle nella degli"),
    "nl": words("het een van dat niet zijn voor met aan ook door wordt naar bij heeft zij worden"),
    "pt": words("os da em um uma não foi mais ao dos das na pelo são também às seu"),
}


def detect_language(text: str) -> str:
    """Return the primary tag of the language, or `und` where there are no letters to judge by."""
    sample = text[:ENOUGH]
    if not any(char.isalpha() for char in sample):
        return UNKNOWN
    return _plainly(sample) or str(_identifier().classify(sample)[0])


def _plainly(sample: str) -> str | None:
    """Tell by small words alone, where one language has many and no other comes near.

    What is plain needs no model, which a process that never meets anything else does not load.
    """
    met = Counter(WORD.findall(sample.lower()))
    counts = {code: sum(met[word] for word in known) for code, known in TELLING.items()}
    first, second = sorted(counts.values())[:-3:-1]
    if first < PLAIN or first < AHEAD * second:
        return None
    return max(counts, key=lambda code: counts[code])


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model once, when first asked; what it knows of other languages is let go."""
    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    whole.set_languages(list(EXPECTED))
    return LanguageIdentifier(
        whole.nb_ptc,
        whole.nb_pc,
        whole.nb_classes,
        whole.tk_nextmove,
        whole.tk_output,
        tk_row=whole.tk_row,
    )
