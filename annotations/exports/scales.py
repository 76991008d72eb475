"""What labels and ratings are called, mean and count: the one mapping for all formats."""

from typing import Any, NamedTuple

from annotations.exports.records import Record

LABELS: dict[str, dict[str, Any]] = {
    "verified": {
        "en": "Verified",
        "fr": "Vérifié",
        "meaning": {
            "en": "The desk found evidence that the statement is right.",
            "fr": "La rédaction a trouvé des preuves que l’affirmation est exacte.",
        },
    },
    "unverified": {
        "en": "Unverified",
        "fr": "Non vérifié",
        "meaning": {
            "en": "The desk looked and could neither confirm nor refute the statement so far.",
            "fr": "La rédaction a cherché sans pouvoir, à ce jour, confirmer ni réfuter "
            "l’affirmation.",
        },
    },
    "disputed": {
        "en": "Disputed",
        "fr": "Contesté",
        "meaning": {
            "en": "Reliable evidence speaks against the statement, or reliable sources disagree.",
            "fr": "Des preuves fiables contredisent l’affirmation, "
            "ou des sources fiables divergent.",
        },
    },
}
WORST = 1
LANGUAGES = ("en", "fr")


class Outcome(NamedTuple):
    """How a publication's result is said everywhere: words, and a number where it was rated."""

    names: dict[str, str]
    value: int | None = None
    best: int | None = None
    worst: int | None = None


def outcome(record: Record) -> Outcome:
    """Map label and rating to words and number, with the names of the day of publication.

    A label is a status and never has a number; only a rating on the desk's scale has one.
    """
    if record.rating is not None:
        names = {"en": record.rating_en, "fr": record.rating_fr}
        return Outcome(names, record.rating, record.rating_best, WORST)
    return Outcome(label_names(record.label))


def label_names(label: str) -> dict[str, str]:
    wording = LABELS.get(label)
    return {one: str(wording[one]) if wording else "" for one in LANGUAGES}


def spoken(language: str) -> str:
    """Return the language of wordings that fits a language tag: French for fr-CA, else English."""
    return "fr" if language.lower().partition("-")[0] == "fr" else "en"
