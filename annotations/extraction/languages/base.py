"""What the stages need to know of a language: words and patterns, no code."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby

NEVER = r"(?!)"


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


def opening(*alternatives: str) -> str:
    """Return a pattern for what begins the text: its place is looked at once for all of them."""
    return rf"^(?:{'|'.join(alternatives)})"


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A pattern that knows no capitals: it looks at the text in lower case, place for place.

    Several times faster than a pattern that ignores case, which cannot skip ahead. Several
    stages ask the same of a sentence: the answer is kept for a while.
    """

    known: re.Pattern[str]

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        if start == 0 and end == sys.maxsize:
            return _first(self, text)
        return self.known.search(lowered(text), start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self.known.match(lowered(text), start, end)

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        return self.known.finditer(lowered(text), start, end)


@lru_cache(maxsize=128)
def _first(folded: Folded, text: str) -> re.Match[str] | None:
    return folded.known.search(lowered(text))


def folded(*alternatives: str) -> Folded:
    """Compile words written in lower case; only places, never letters, may be read of a match."""
    return Folded(re.compile("|".join(alternatives)))


@lru_cache(maxsize=4)
def lowered(text: str) -> str:
    """Return the text in lower case at the same length; each sentence is asked for many times."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(one if len(one := char.lower()) == 1 else char for char in text)


def cased(*alternatives: str) -> re.Pattern[str]:
    """Compile a pattern in which capitals matter."""
    return re.compile("|".join(alternatives))


def numbered(text: str) -> Mapping[str, int]:
    """Read `word=number` pairs."""
    return {word: int(number) for word, _, number in (pair.partition("=") for pair in text.split())}


def renamed(text: str) -> Mapping[str, str]:
    """Read `word=other` pairs; an underscore stands for a space."""
    pairs = (pair.replace("_", " ").partition("=") for pair in text.split())
    return {word: other for word, _, other in pairs}


@cache
def either(choices: frozenset[str]) -> str:
    """Return a pattern for any of the words, the longest that fits; both apostrophes fit.

    Words that begin alike share their beginning, so that a miss is seen at the first letter.
    """
    return _branches(sorted(choices)) if choices else NEVER


def _branches(ordered: Sequence[str]) -> str:
    """Return the pattern of words in alphabetical order, without what they begin with."""
    groups = [(first, list(same)) for first, same in groupby(ordered, key=lambda word: word[:1])]
    branches = [
        _letter(first) + _branches([word[1:] for word in same]) for first, same in groups if first
    ]
    if not branches:
        return ""
    is_whole = groups[0][0] == ""
    if len(branches) == 1 and not is_whole:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if is_whole else ''}"


def _letter(letter: str) -> str:
    return "['’]" if letter == "'" else re.escape(letter)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Where sentences end, and which lines are not the article itself."""

    titles: frozenset[str]
    abbreviations: frozenset[str]
    starters: frozenset[str]
    joiners: frozenset[str]
    furniture: re.Pattern[str]
    glued: re.Pattern[str]
    new_clause: re.Pattern[str]
    speech_ahead: re.Pattern[str]
    byline: re.Pattern[str]
    caption: re.Pattern[str]
    credit: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Counting:
    """How amounts are written. `numbers` are added, `scales` multiply what stands before."""

    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    short_scales: Mapping[str, int]
    joiner: str
    joined: str
    articles: frozenset[str]
    fraction_end: str
    number_of: str
    against: str
    grouping: str
    decimal: str
    fractions: Mapping[str, int]
    multiples: Mapping[str, int]
    dozens: Mapping[str, int]
    lone: str
    times: str
    half: str
    out_of: str
    part_of: str
    again: str
    among: str
    between: str
    to: str
    change: str
    least: str
    hedges: Mapping[str, str]
    late_hedges: Mapping[str, str]
    percent: str
    points: str
    money: Mapping[str, str]
    link: str
    adjectives: frozenset[str]
    not_counted: frozenset[str]
    invariable: Mapping[str, str]
    ordinal: str
    name_before: frozenset[str]
    plural_ends: bool
    half_of: str = r"(?!)(?P<noun>)"
    contests: frozenset[str] = frozenset()
    upwards: str = NEVER
    during: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """How dates are written: each rule names its resolver in `dates.py` and has a pattern.

    A rule is tried only where one of the words that it `needs` stands, in lower case.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    amounts: Mapping[str, int]
    spans: Mapping[str, str]
    seasons: Mapping[str, str]
    quarters: Mapping[str, int]
    future: Folded
    foretold: Folded
    told: re.Pattern[str]
    telling: re.Pattern[str]
    onward: re.Pattern[str]
    lasted: re.Pattern[str]
    cue: Folded
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Reporting:
    """How the language says who says something."""

    verb: Folded
    passive: re.Pattern[str]
    not_speakers: frozenset[str]
    addressing: re.Pattern[str]
    after_quote: re.Pattern[str]
    after_close: re.Pattern[str]
    subject_after_close: re.Pattern[str]
    end_verb: re.Pattern[str]
    finite: Folded
    citing: Folded
    according: re.Pattern[str]
    inverted: re.Pattern[str]
    pronoun_inverted: re.Pattern[str]
    pronouns: frozenset[str]
    anyone: frozenset[str]
    nominative: frozenset[str]
    persons: frozenset[str]
    things: frozenset[str]
    determiners: re.Pattern[str]
    inner: re.Pattern[str]
    plural_only: re.Pattern[str]
    adding: re.Pattern[str]
    definite: re.Pattern[str]
    phrase_ends: frozenset[str]
    aside: re.Pattern[str]
    linking: re.Pattern[str]
    agents: frozenset[str]
    clause_starts: re.Pattern[str]
    relatives: frozenset[str]
    documents: frozenset[str]
    people: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]
    plural: frozenset[str]
    media: frozenset[str]
    bodies: frozenset[str]
    offices: frozenset[str]
    of: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Tone:
    """Words by which a sentence shows what it is: report, judgement, wish or question."""

    public: Folded
    action: Folded
    headline: Folded
    position: Folded
    state: Folded
    comparison: Folded
    cause: Folded
    negation: Folded
    hedge: Folded
    modal: Folded
    ability: Folded
    future: Folded
    truism: Folded
    first_person: Folded
    second_person: Folded
    opinion: Folded
    vague: Folded
    procedure: Folded
    question: Folded


@dataclass(frozen=True, slots=True, eq=False)
class Aspect:
    """Words by which a statement shows what it says: what was done, is so, or is to come."""

    forecast: Folded
    looming: Folded
    promised: Folded
    added: Folded
    clause: Folded
    done: Folded
    headline: Folded
    headline_ahead: Folded
    lasting: Folded
    trend: Folded
    settled: Folded
    hedged: Folded
    negation: Folded
    nobody: Folded
    never: Folded
    nothing: Folded
    relative: Folded
    teaser: Folded
    causal: Folded
    comparison: Folded
    personal: Folded


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    code: str
    reading: Reading
    counting: Counting
    calendar: Calendar
    reporting: Reporting
    tone: Tone
    aspect: Aspect
