"""Who has been named so far in the article, to tell whom a pronoun or a role stands for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from annotations.extraction.languages.base import Reporting
from annotations.extraction.phrases import PERSON, Phrase

MOST_NAMES = 200
PREFIX = 5
WORD = re.compile(r"[^\W\d_]{3,}")
EMPTY: Mapping[str, tuple[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Memory:
    """The last claimant, and for each surname or role the name and the words it was met with."""

    latest: str | None = None
    known: Mapping[str, tuple[str, str]] = field(default_factory=lambda: EMPTY)


def resolve(phrase: Phrase, memory: Memory, reporting: Reporting) -> str:
    """Return the name that the phrase stands for, or the phrase itself."""
    if phrase.text.lower() in reporting.pronouns:
        return memory.latest or phrase.text
    name, met_as = memory.known.get(_head(phrase.text), ("", ""))
    if not name or not _is_within(phrase.text, f"{met_as} {name}"):
        return phrase.text
    return name


def learn(phrase: Phrase | None, exact: str, memory: Memory, reporting: Reporting) -> Memory:
    """Return the memory after one more sentence."""
    known = dict(memory.known)
    for person in PERSON.finditer(exact):
        _keep(known, person.group().split()[-1].lower(), person.group(), person.group())
    if phrase is None:
        return Memory(memory.latest, _recent(known))
    name = resolve(phrase, memory, reporting)
    if phrase.text.lower() not in reporting.pronouns:
        _keep(known, _head(phrase.whole), name, phrase.whole)
    return Memory(name, _recent(known))


def _keep(known: dict[str, tuple[str, str]], head: str, name: str, met_as: str) -> None:
    """Remember a name under its head; a longer description is not given up for a shorter one."""
    if head in known and len(known[head][1]) >= len(met_as) and known[head][0] == name:
        return
    known.pop(head, None)
    known[head] = (name, met_as)


def _recent(known: dict[str, tuple[str, str]]) -> Mapping[str, tuple[str, str]]:
    """Keep memory bounded: the names met last."""
    if len(known) <= MOST_NAMES:
        return known
    return dict(list(known.items())[-MOST_NAMES:])


def _head(phrase: str) -> str:
    words = phrase.split()
    return words[0].lower() if words else ""


def _is_within(phrase: str, description: str) -> bool:
    """Tell whether each word of the phrase was in the description, in whatever gender."""
    met = [word.lower()[:PREFIX] for word in WORD.findall(description)]
    return all(word.lower()[:PREFIX] in met for word in WORD.findall(phrase)[1:])
