"""What the operators of the search and their values are called in each language of the pages.

The code knows them by their English names. Every name is understood whatever language the pages are
in, so that an address finds the same whoever opens it; the language only says which name is shown.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

LETTERS = r"(?:[^\W\d_]|[\u0300-\u036f])+"  # with accents as characters of their own
_GAP = re.compile(r"[\s-]+")
Spellings = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Named:
    """By language the name that is shown, then others that are understood; the values alike."""

    names: Spellings = field(default_factory=dict)
    values: Mapping[str, Spellings] = field(default_factory=dict)


def _in(**names: str) -> Spellings:
    return {language: tuple(said.split()) for language, said in names.items()}


_DAYS = {"today": _in(fr="aujourd’hui"), "yesterday": _in(fr="hier")}
TABLE: Mapping[str, Named] = {
    "label": Named(
        _in(fr="étiquette"),
        {
            "verified": _in(fr="vérifié vérifiée"),
            "unverified": _in(fr="non-vérifié non-vérifiée"),
            "disputed": _in(fr="contesté contestée"),
            "dismissed": _in(fr="écarté écartée pas-une-affirmation", en="dismissed not-a-claim"),
        },
    ),
    "state": Named(
        _in(fr="état"),
        {
            "proposed": _in(fr="proposé proposée"),
            "contested": _in(fr="en-désaccord désaccord"),
            "returned": _in(fr="renvoyé renvoyée"),
            "approved": _in(fr="approuvé approuvée"),
            "published": _in(fr="publié publiée"),
            "retracted": _in(fr="retiré retirée"),
        },
    ),
    "kind": Named(
        _in(fr="genre"),
        {
            "numeric": _in(fr="chiffre", en="numeric figure"),
            "quotation": _in(fr="citation"),
            "attribution": _in(fr="propos-rapporté", en="attribution reported-statement"),
            "event": _in(fr="événement"),
            "state": _in(fr="état-de-fait", en="state state-of-affairs"),
            "prediction": _in(fr="prévision"),
            "opinion": _in(fr="opinion"),
            "question": _in(fr="question"),
            "caption": _in(fr="légende"),
            "boilerplate": _in(fr="habillage habillage-de-page"),
            "other": _in(fr="autre"),
        },
    ),
    "is": Named(
        _in(fr="est"),
        {
            "candidate": _in(fr="candidat candidate"),
            "undecided": _in(fr="à-décider"),
            "title": _in(fr="titre"),
        },
    ),
    "has": Named(
        _in(fr="avec"),
        {"evidence": _in(fr="preuve preuves"), "rationale": _in(fr="justification")},
    ),
    "desk": Named(_in(fr="rédaction rubrique")),
    "source": Named(_in(fr="source")),
    "claimant": Named(_in(fr="déclarant")),
    "lang": Named(
        _in(fr="langue"),
        {
            "fr": _in(fr="français", en="fr french"),
            "en": _in(fr="anglais", en="en english"),
            "de": _in(fr="allemand", en="de german"),
        },
    ),
    "after": Named(_in(fr="après"), _DAYS),
    "before": Named(_in(fr="avant"), _DAYS),
    "assigned": Named(
        _in(fr="confié attribué"),
        {"me": _in(fr="moi"), "nobody": _in(fr="personne")},
    ),
}


class Names:
    """Looks up what somebody typed, and what to show."""

    def __init__(self, table: Mapping[str, Named]) -> None:
        self._table = table
        self._operators = {
            folded(one): key for key, named in table.items() for one in _every(named.names)
        }
        self._values = {
            (key, folded(one)): value
            for key, named in table.items()
            for value, names in named.values.items()
            for one in (value, *_every(names))
        }

    def operator(self, typed: str) -> str:
        """Return the operator that is meant, or what was typed."""
        name = typed.lower()
        return name if name in self._table else self._operators.get(folded(typed), name)

    def value(self, operator: str, typed: str) -> str:
        """Return the value that is meant, or nothing."""
        return self._values.get((operator, folded(typed)), "")

    def values(self, operator: str) -> tuple[str, ...]:
        return tuple(self._named(operator).values)

    def of_operator(self, operator: str, language: str) -> tuple[str, ...]:
        """Return all its names: first the one that this language shows."""
        return _ordered(operator, self._named(operator).names, language)

    def of_value(self, operator: str, value: str, language: str) -> tuple[str, ...]:
        """Return all its names; what is no word of ours, such as an outlet, has only its own."""
        return _ordered(value, self._named(operator).values.get(value, {}), language)

    def _named(self, operator: str) -> Named:
        return self._table.get(operator, Named())


def folded(text: str) -> str:
    """Leave out accents and capitals, as the search does; a gap is as good as a hyphen."""
    parts = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return _GAP.sub("-", "".join(one for one in parts if not unicodedata.combining(one)))


def _every(names: Spellings) -> Iterator[str]:
    for some in names.values():
        yield from some


def _ordered(key: str, names: Spellings, language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names.get(language, (key,)), key, *_every(names))))


NAMES = Names(TABLE)
