"""Who has been named so far in the article, to tell whom a pronoun or a role stands for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from annotations.extraction.languages.base import Reporting
from annotations.extraction.languages.given_names import FEMININE, MASCULINE
from annotations.extraction.phrases import CAPITALISED, GIVEN, PERSON, Phrase, after

MOST_NAMES = 200
MOST_SOURCES = 16
PREFIX = 5
WORD = re.compile(r"[^\W\d_]{3,}")
ANY_WORD = re.compile(r"[\w’'-]+")
PROPER = re.compile(
    r"[A-ZÀ-Þ][\w’'&.-]*(?: (?:(?:de|du|des|la|le|les|of|the|for|and|et|publique) ){0,2}"
    r"[A-ZÀ-Þ][\w’'&.-]*)*"
)
EMPTY: Mapping[str, tuple[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who spoke or was named: what a pronoun has to agree with."""

    name: str
    is_feminine: bool | None = None
    is_plural: bool = False
    is_person: bool = False
    is_medium: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """Those who spoke and those who were named, the last first; and names by surname or role."""

    spoke: tuple[Source, ...] = ()
    named: tuple[Source, ...] = ()
    known: Mapping[str, tuple[str, str]] = field(default_factory=lambda: EMPTY)


def resolve(phrase: Phrase, memory: Memory, reporting: Reporting) -> str:
    """Return the name that the phrase stands for, or the phrase itself."""
    low = phrase.text.lower().replace("’", "'")
    if low in reporting.anyone:
        return phrase.text
    if low in reporting.pronouns or phrase.text.lower() in reporting.pronouns:
        fits = _agreeing(low, reporting)
        return _first(fits, memory) or phrase.text
    return _by_role(phrase, memory) or _by_class(phrase, memory, reporting) or phrase.text


def learn(phrase: Phrase | None, exact: str, memory: Memory, reporting: Reporting) -> Memory:
    """Return the memory after one more sentence."""
    known = dict(memory.known)
    persons = PERSON.findall(exact)
    titled = list(_titled(exact, reporting))
    for person in (*persons, *(source.name for source in titled)):
        _keep(known, person.split()[-1].lower(), person, person)
    named = _recent((*titled, *_people(persons), *memory.named)) if persons else memory.named
    if phrase is None:
        return Memory(_led(exact, memory, reporting), named, _bounded(known))
    name = resolve(phrase, memory, reporting)
    if phrase.text.lower() in reporting.pronouns:
        met = (one for one in (*memory.spoke, *memory.named) if one.name == name)
        again = _as_pronoun(phrase, next(met, Source(name)), reporting)
        return Memory(_recent((again, *memory.spoke)), named, _bounded(known))
    for head in _heads(phrase.whole, reporting):
        _keep(known, head, name, phrase.whole)
    source = _source(phrase, name, memory, reporting)
    return Memory(_recent((source, *memory.spoke)), named, _bounded(known))


def _as_pronoun(phrase: Phrase, source: Source, reporting: Reporting) -> Source:
    """Learn from the pronoun who is a woman and who is a man, where nothing else told."""
    gender = _pronoun_gender(set(phrase.text.lower().split()), reporting)
    if source.is_feminine is not None or gender is None or source.name == phrase.text:
        return source
    return replace(source, is_feminine=gender)


def _led(exact: str, memory: Memory, reporting: Reporting) -> tuple[Source, ...]:
    """Put first who leads the sentence: `Le ministre … se rendra sur place`, then `il`."""
    opening = reporting.definite.match(exact)
    subject = after(exact, 0, reporting) if opening else None
    if subject is None or _head(subject.whole) not in reporting.people:
        return memory.spoke
    source = _source(subject, resolve(subject, memory, reporting), memory, reporting)
    return _recent((source, *memory.spoke))


def _by_role(phrase: Phrase, memory: Memory) -> str | None:
    """Find `the ministry` by the words it was met with."""
    name, met_as = memory.known.get(_head(phrase.text), ("", ""))
    return name if name and _is_within(phrase.text, f"{met_as} {name}") else None


def _by_class(phrase: Phrase, memory: Memory, reporting: Reporting) -> str | None:
    """Find `la chaîne` or `the company` by what kind of body was named before."""
    head = _head(phrase.text)
    if not phrase.text[:1].islower() or not phrase.determined:
        return None
    if head in reporting.media and (
        medium := _first(lambda source: source.is_medium and source.name[:1].isupper(), memory)
    ):
        return medium
    if head in reporting.bodies and len(phrase.text.split()) == 1:
        return _first(lambda source: _is_body(source, reporting), memory)
    return None


def _is_body(source: Source, reporting: Reporting) -> bool:
    """Tell whether a proper name is that of a company or the like: no person, paper or office."""
    words = {word.lower() for word in ANY_WORD.findall(source.name)}
    is_other = source.is_person or source.is_medium or source.is_plural
    return (
        PROPER.fullmatch(source.name) is not None
        and not is_other
        and words.isdisjoint(reporting.offices)
    )


def _agreeing(pronoun: str, reporting: Reporting) -> Callable[[Source], bool]:
    """Return the test that a pronoun puts to whom it may stand for."""
    words = set(pronoun.split())
    gender = _pronoun_gender(words, reporting)
    is_plural = bool(words & reporting.plural)

    def fits(source: Source) -> bool:
        if gender is not None and source.is_feminine not in (None, gender):
            return False
        if words & reporting.persons and source.is_feminine is None and not source.is_person:
            return False
        if words & reporting.things and source.is_person:
            return False
        return source.is_plural == is_plural or (is_plural and not source.is_person)

    return fits


def _pronoun_gender(words: set[str], reporting: Reporting) -> bool | None:
    if words & reporting.feminine:
        return True
    return False if words & reporting.masculine else None


def _first(fits: Callable[[Source], bool], memory: Memory) -> str | None:
    sources = (*memory.spoke, *memory.named)
    return next((source.name for source in sources if fits(source)), None)


def _source(phrase: Phrase, name: str, memory: Memory, reporting: Reporting) -> Source:
    """Describe who spoke; what was learnt of the same name before is kept."""
    met = next((one for one in (*memory.spoke, *memory.named) if one.name == name), None)
    words = [word.lower() for word in ANY_WORD.findall(f"{phrase.lead} {phrase.whole}")]
    first = name.split()[0].lower() if name.split() else ""
    is_person = bool(met and met.is_person) or first in GIVEN
    is_person = is_person or not reporting.people.isdisjoint(words)
    feminine = _gender(phrase, first, words, reporting)
    return Source(
        name,
        met.is_feminine if met and feminine is None else feminine,
        is_plural=_is_plural(phrase, words, reporting),
        is_person=is_person,
        is_medium=any(word in reporting.media for word in words),
    )


def _is_plural(phrase: Phrase, words: list[str], reporting: Reporting) -> bool:
    """Tell many from one: by the article, or by the ending where no article tells."""
    if not words or words[0].rstrip("’'") in reporting.plural:
        return bool(words)
    is_told = phrase.lead.strip().lower() not in ("", "the")
    last = words[-1]
    return not is_told and phrase.text.islower() and last.endswith("s") and not last.endswith("ss")


def _gender(phrase: Phrase, first: str, words: list[str], reporting: Reporting) -> bool | None:
    """Tell a woman from a man by given name, title, article or role; None where all are silent."""
    if first in FEMININE or first in MASCULINE:
        return first in FEMININE
    for word in words[:3]:
        bare = word.rstrip("’'.")
        if bare in reporting.feminine or bare in reporting.masculine:
            return bare in reporting.feminine
    return None


def _titled(exact: str, reporting: Reporting) -> Iterator[Source]:
    """Yield those who are named by their office: `Outgoing Prime Minister Marko Zupan`."""
    for match in CAPITALISED.finditer(exact):
        words = match.group().split(" ")
        places = [place for place, word in enumerate(words) if word.lower() in reporting.people]
        name = " ".join(words[places[-1] + 1 :]) if places else ""
        if PERSON.fullmatch(name):
            first = words[places[-1] + 1].lower()
            yield Source(name, first in FEMININE if first in GIVEN else None, is_person=True)


def _people(persons: Sequence[str]) -> Iterator[Source]:
    """Yield those whose given name says that they are persons, the last first."""
    for person in reversed(persons):
        first = person.split()[0].lower()
        if first in FEMININE or first in MASCULINE:
            yield Source(person, first in FEMININE, is_person=True)


def _recent(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Keep each once, at its latest place, and memory bounded."""
    kept: dict[str, Source] = {}
    for source in sources:
        kept.setdefault(source.name, source)
    return tuple(kept.values())[:MOST_SOURCES]


def _keep(known: dict[str, tuple[str, str]], head: str, name: str, met_as: str) -> None:
    """Remember a name under its head; a longer description is not given up for a shorter one."""
    if head in known and len(known[head][1]) >= len(met_as) and known[head][0] == name:
        return
    known.pop(head, None)
    known[head] = (name, met_as)


def _bounded(known: dict[str, tuple[str, str]]) -> Mapping[str, tuple[str, str]]:
    """Keep memory bounded: the names met last."""
    if len(known) <= MOST_NAMES:
        return known
    return dict(list(known.items())[-MOST_NAMES:])


def _head(phrase: str) -> str:
    words = phrase.split()
    return words[0].lower() if words else ""


def _heads(phrase: str, reporting: Reporting) -> set[str]:
    """Return the words by which the phrase may be taken up: its first, and its last before `of`."""
    linked = reporting.of.search(phrase)
    own = phrase[: linked.start()] if linked else phrase
    words = own.lower().split() or phrase.lower().split()
    return {words[0], words[-1]} if words else set()


def _is_within(phrase: str, description: str) -> bool:
    """Tell whether each word of the phrase was in the description, in whatever gender."""
    met = [word.lower()[:PREFIX] for word in WORD.findall(description)]
    return all(word.lower()[:PREFIX] in met for word in WORD.findall(phrase)[1:])
