"""Which of our labels the words of other tools mean."""

from collections.abc import Iterable, Mapping

from annotations.imports.names import plain

OURS = ("verified", "unverified", "disputed", "dismissed")
IGNORE = "ignore"
TRUE_FROM = 0.75  # of a rating from 0, worst, to 1, best
_DEFAULTS = {
    "verified": "true vrai exact correct supported supports confirmed confirme verifie mostly_true "
    "plutot_vrai largely_true accurate",
    "disputed": "false faux refuted refutes fake wrong incorrect misleading trompeur inexact "
    "mostly_false plutot_faux partly_false partiellement_faux half_true a_moitie_vrai mixed "
    "infonde altered satire out_of_context hors_contexte manque_de_contexte missing_context "
    "conteste contested",
    "unverified": "unproven unsupported not_enough_info nei inconclusive undetermined a_verifier "
    "non_verifie non_prouve invérifiable inverifiable indetermine to_check claim affirmation",
    "dismissed": "not_a_claim no_claim not_checkable opinion pas_une_affirmation non_verifiable "
    "not_claim",
    IGNORE: "unstarted in_progress a_commencer en_cours",
}
Table = Mapping[str, str]


class BadTable(ValueError):
    """A line of the table says nothing that can be understood."""


def table_of(lines: Iterable[str]) -> dict[str, str]:
    """Read `verified=True,Vrai` or `Vrai=verified`: which of our labels each word means."""
    table: dict[str, str] = {}
    for line in lines:
        for part in filter(None, map(str.strip, line.replace("\n", ";").split(";"))):
            table |= _pairs(part)
    return table


def meaning(word: str, table: Table, worth: float | None = None) -> str | None:
    """Return our label for a word, by the table, the usual words, or else the rating."""
    name = plain(word)
    known = table.get(name) or _KNOWN.get(name)
    if known or worth is None:
        return known
    return "verified" if worth >= TRUE_FROM else "disputed"


def _pairs(part: str) -> dict[str, str]:
    left, equals, right = (one.strip() for one in part.partition("="))
    words = [one.strip() for one in right.split(",") if one.strip()]
    if equals and left in (*OURS, IGNORE) and words:
        return {plain(word): left for word in words}
    if equals and right in (*OURS, IGNORE) and left:
        return {plain(word.strip()): right for word in left.split(",")}
    raise BadTable(part)


_KNOWN = {name: ours for ours in OURS for name in (ours,)} | {
    plain(word): ours for ours, words in _DEFAULTS.items() for word in words.split()
}
