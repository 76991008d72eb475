"""What columns are called, in French and English, and which field of ours each means."""

import re
import unicodedata
from collections.abc import Iterable

FIELDS = {
    "title": "title titre headline",
    "text": "text texte body corps content contenu article",
    "html": "html page",
    "language": "language langue lang",
    "byline": "byline author authors auteur auteurs autrice signature",
    "source": "source media outlet journal publication newspaper",
    "source_url": "url source_url link lien adresse address permalink canonical_url",
    "published_at": "date published_at published publie publie_le date_de_publication "
    "publication_date date_publication published_on",
}
IGNORED = frozenset(["id", "identifiant", "guid", "uuid"])
_MEANINGS = {name: field for field, names in FIELDS.items() for name in names.split()}
_GAP = re.compile(r"[^a-z0-9]+")


def plain(name: str) -> str:
    """Write a name without accents, capitals and punctuation."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _GAP.sub("_", bare.lower()).strip("_")


def meaning(name: str) -> str:
    """Return the field that a column means, or nothing."""
    return _MEANINGS.get(plain(name), "")


def is_known(name: str) -> bool:
    return bool(meaning(name))


def meanings(names: Iterable[str]) -> dict[str, str]:
    """Tell of each field which column gives it: the first, where several mean the same."""
    found: dict[str, str] = {}
    for name in names:
        if field := meaning(name):
            found.setdefault(field, name)
    return found
