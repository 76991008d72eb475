"""Where the sentences of one text stand in another: as they were, elsewhere, with other words."""

import re
from bisect import bisect_right, insort
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from heapq import nsmallest
from typing import NamedTuple
from unicodedata import category, normalize

from annotations.extraction.records import Sentence, Span

ALIKE = 0.6  # of the words, in their order, from which a sentence counts as the same one, changed
COMPARED = 20  # with each sentence: those that share most words, whatever their order
NEAR = 100  # of the sentences with one of its words, which may be all: those at about its height
_WORD = re.compile(r"\w+")
_TYPESET = str.maketrans("\u2018\u2019\u02bc\u201c\u201d", "'''\"\"")
FEW = 8  # characters before a place, to see what stands before the white space there
_FINAL = (".", "!", "?", "…", "»", "”", '"')
_IN_NUMBER = re.compile(r"\d(?:[.,:/'’\u00a0\u2009\u202f]\d| \d{3}(?!\d))")
_JOINER = "\u200d"
Token = tuple[str, int]


class Match(NamedTuple):
    """A place in the other text; `is_same` where the words are the same there."""

    span: Span
    is_same: bool


def follow(
    before: Sequence[str],
    text: str,
    pieces: Sequence[Sentence],
    *,
    loosely: Collection[int],
    by_hand: Collection[int] = (),
    earlier: Sequence[str] = (),
) -> dict[int, Match]:
    """Say of the sentences wanted where they stand now; one that is left out stands nowhere.

    `before` are all sentences of the other text in order, `pieces` those of this one. Those wanted
    `loosely` may have other words by now, those cut `by_hand` may be a part of a sentence.
    `earlier` are sentences of still other texts, numbered on after the first: they count only with
    the same words. No two places overlap.
    """
    taken = _Taken(text, pieces)
    wanted = [n for n in range(len(before)) if n in loosely or n in by_hand]
    in_order = dict(taken.in_order(before))
    found = {one: Match(in_order[one], is_same=True) for one in wanted if one in in_order}
    left = {one: before[one] for one in wanted if one not in in_order}
    for number, exact in [*left.items(), *enumerate(earlier, start=len(before))]:
        if span := taken.elsewhere(exact, by_hand=number in by_hand):
            found[number] = Match(span, is_same=True)
    loose = {n: exact for n, exact in left.items() if n in loosely and n not in found}
    for number, span in taken.alike(loose, among=len(before)):
        found[number] = Match(span, is_same=False)
    return found


class _Taken:
    """The pieces of a text, each to be had once."""

    def __init__(self, text: str, pieces: Sequence[Sentence]) -> None:
        self._text, self._pieces = text, pieces
        self._keys = [_same(one.exact) for one in pieces]
        self._starts = {one.start for one in pieces}
        self._ends = {one.end for one in pieces}
        self._held: list[tuple[int, int]] = []  # the places taken, in order
        self._free: dict[str, deque[int]] = defaultdict(deque)
        self._searched: dict[
            tuple[str, bool], Iterator[Span]
        ] = {}  # where a search ends, the next goes on

    def in_order(self, before: Sequence[str]) -> Iterator[tuple[int, Span]]:
        """Match what stands in the same order in both texts; few passes even over many repeats."""
        blocks = SequenceMatcher(None, [_same(one) for one in before], self._keys)
        matched = set()
        for start, other, size in blocks.get_matching_blocks():
            for step in range(size):
                matched.add(other + step)
                yield start + step, self._take(other + step)
        for place, key in enumerate(self._keys):
            if place not in matched:
                self._free[key].append(place)

    def elsewhere(self, exact: str, *, by_hand: bool) -> Span | None:
        """Find the same words: as a sentence, or from or to the edge of one."""
        while self._free[_same(exact)]:
            place = self._free[_same(exact)].popleft()
            if self._is_free(self._span(place)):
                return self._take(place)
        for span in self._searched.setdefault((exact, by_hand), self._occurrences(exact)):
            if self._is_cut_so(span, by_hand=by_hand) and self._is_free(span):
                insort(self._held, (span.start, span.end))
                return span
        return None

    def alike(self, left: dict[int, str], *, among: int) -> Iterator[tuple[int, Span]]:
        """Pair what is left of both, the most alike first; of equals those at the same height."""
        free = [n for n, one in enumerate(self._pieces) if self._is_free(Span(one.start, one.end))]
        pairs = sorted(self._pairs(left, free, among))
        done: set[int] = set()
        for _unlike, _apart, number, place in pairs:
            if number not in done and self._is_free(self._span(place)):
                done.add(number)
                yield number, self._take(place)

    def _pairs(
        self, left: dict[int, str], free: Sequence[int], among: int
    ) -> Iterator[tuple[float, float, int, int]]:
        words = {place: _words(self._pieces[place].exact) for place in free}
        tokens = {place: set(_tokens(here)) for place, here in words.items()}
        holding: dict[Token, list[int]] = defaultdict(list)
        for place, here in tokens.items():
            for token in here:
                holding[token].append(place)
        for number, exact in left.items():
            mine, height = _words(exact), number / among
            own = set(_tokens(mine))
            level = round(height * len(self._pieces))
            shared = Counter(place for one in own for place in _near(holding[one], level))
            for place in self._likely(shared, len(own), tokens, height):
                most = 2 * len(own & tokens[place]) / (len(own) + len(tokens[place]))
                if most >= ALIKE and (ratio := _ratio(mine, words[place])) >= ALIKE:
                    yield -ratio, abs(height - self._height(place)), number, place

    def _likely(
        self, shared: Counter[int], size: int, tokens: dict[int, set[Token]], height: float
    ) -> list[int]:
        """Choose those that share most words; of equals those at the same height."""
        ordered = (
            (-common / (size + len(tokens[place])), abs(height - self._height(place)), place)
            for place, common in shared.items()
        )
        return [place for _unlike, _apart, place in nsmallest(COMPARED, ordered)]

    def _height(self, place: int) -> float:
        return place / len(self._pieces)

    def _occurrences(self, exact: str) -> Iterator[Span]:
        start = self._text.find(exact)
        while start >= 0:
            yield Span(start, start + len(exact))
            start = self._text.find(exact, start + len(exact))

    def _is_cut_so(self, span: Span, *, by_hand: bool) -> bool:
        """Tell whether these words would be cut so: as whole pieces, or from or to the edge of one.

        What lies inside a piece is cut where a sentence ends; a hand cuts between any two words.
        """
        begins, ends = span.start in self._starts, span.end in self._ends
        if begins and ends:
            return True
        if not (begins or ends):
            return False
        inside = span.end if begins else span.start
        if by_hand:
            return not splits_word(self._text, inside)
        return self._text[max(inside - FEW, 0) : inside].rstrip().endswith(_FINAL)

    def _is_free(self, span: Span) -> bool:
        place = bisect_right(self._held, (span.start, span.end))
        is_after = place == 0 or self._held[place - 1][1] <= span.start
        return is_after and (place == len(self._held) or span.end <= self._held[place][0])

    def _take(self, place: int) -> Span:
        span = self._span(place)
        insort(self._held, (span.start, span.end))
        return span

    def _span(self, place: int) -> Span:
        return Span(self._pieces[place].start, self._pieces[place].end)


def splits_word(text: str, place: int) -> bool:
    """Tell whether a cut here parts a word, a number or a character of several code points."""
    if not 0 < place < len(text):
        return False
    left, right = text[place - 1], text[place]
    if _is_mark(right) or _JOINER in (left, right):
        return True
    if (_is_mark(left) or _WORD.match(left)) and _WORD.match(right):
        return True
    numbers = (_IN_NUMBER.match(text, start) for start in (max(place - 2, 0), place - 1))
    return any(number and number.end() > place for number in numbers)


def _is_mark(char: str) -> bool:
    """Tell whether it belongs to the character before: an accent that is coded apart."""
    return category(char).startswith("M")


def reads_same(one: str, other: str) -> bool:
    """Tell whether two sentences differ in nothing but white space, quotes and coded accents."""
    return _same(one) == _same(other)


def _near(places: Sequence[int], level: int) -> Sequence[int]:
    """Choose, of places in order, those about this one: many words stand nearly everywhere."""
    middle = bisect_right(places, level)
    first = max(0, min(middle - NEAR // 2, len(places) - NEAR))
    return places[first : first + NEAR]


def _same(exact: str) -> str:
    """Fold what changes no word: white space, the form of quotes, how accents are coded."""
    return normalize("NFC", " ".join(exact.translate(_TYPESET).split()))


def _words(exact: str) -> list[str]:
    return _WORD.findall(normalize("NFC", exact).casefold())


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _tokens(words: Iterable[str]) -> Iterator[Token]:
    """Tell the occurrences of a word apart, so that what two sentences share can be counted."""
    seen: Counter[str] = Counter()
    for word in words:
        yield word, seen[word]
        seen[word] += 1
