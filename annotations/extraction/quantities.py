"""Amounts: a number, what it counts, and how exactly it is meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotations.extraction import numerals
from annotations.extraction.amounts import (
    BEFORE,
    ROUNDING,
    SYMBOLS,
    Amount,
    plain,
    plus_half,
    recorded,
    rounded,
    single,
    times,
    with_half,
)
from annotations.extraction.idle import is_idle
from annotations.extraction.languages.base import Counting
from annotations.extraction.numerals import Numeral
from annotations.extraction.quantity_grammar import Grammar, grammar_of
from annotations.extraction.records import Quantity, Span
from annotations.extraction.units import Noun, counted_noun, singular

SYMBOL = re.compile(r"((?:US|R|A|C)?\$|[€£¥₽₹])[ \u00a0\u202f]?$")
HYPHEN = re.compile(r"%?[-–—][€$£¥]?")
PART_OF_POINT = re.compile(
    r"[\s-](?:(?:de|of an?|of a percentage)\s)?(?:percentage\s)?points?(?!\w)"
)
HOURS = re.compile(r"[ \u00a0\u202f]?h[ \u00a0\u202f]?([0-5]\d)(?!\d)")
INDEFINITE = ("a", "an")
PAIRED = re.compile(r"\s(?:et|and)\s")
VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75}
MINUS = re.compile(r"(?:^|[\s(])[-−–]$")


def find(exact: str, counting: Counting, masked: Sequence[Span]) -> tuple[Quantity, ...]:
    """Return the quantities of a sentence, outside the masked spans (its dates)."""
    grammar = grammar_of(counting)
    found = [
        *_counted(exact, grammar, masked),
        *_lone(exact, grammar, masked),
        *_halves(exact, grammar, masked),
    ]
    found.sort(key=lambda quantity: (quantity.start, -quantity.end))
    return tuple(_with_units(exact, list(_apart(found)), counting))


def _with_units(exact: str, found: Sequence[Quantity], counting: Counting) -> Iterator[Quantity]:
    """Give a bare number the noun it is compared with: `214 people, against 900`."""
    last: str | None = None
    for place, quantity in enumerate(found):
        unit = quantity.unit
        if unit is None:
            before = exact[max(0, quantity.start - BEFORE) : quantity.start]
            named = re.search(counting.number_of, exact[: quantity.start], re.IGNORECASE)
            is_again = re.search(counting.against, before) or re.match(
                counting.again, exact[quantity.end :], re.IGNORECASE
            )
            if place and (is_again or _is_paired(exact, found[place - 1], quantity)):
                unit = last
            elif named:
                unit = singular(named[named.lastindex or 1], counting)
        last = unit
        yield quantity if unit == quantity.unit else replace(quantity, unit=unit)


def _is_paired(exact: str, former: Quantity, later: Quantity) -> bool:
    return PAIRED.fullmatch(exact[former.end : later.start]) is not None


def _apart(found: Sequence[Quantity]) -> Iterator[Quantity]:
    reach = 0
    for quantity in found:
        if quantity.start >= reach:
            yield quantity
            reach = quantity.end


def _counted(exact: str, grammar: Grammar, masked: Sequence[Span]) -> Iterator[Quantity]:
    reach = 0
    ready = list(numerals.find(exact, grammar.counting))
    for place, numeral in enumerate(ready):
        if numeral.start < reach or _is_masked(numeral, masked):
            continue
        follower = ready[place + 1] if place + 1 < len(ready) else None
        amount = _amount(exact, numeral, follower, grammar)
        if amount is not None:
            reach = amount.end
            yield recorded(exact, amount, grammar)


def _amount(
    exact: str, numeral: Numeral, follower: Numeral | None, grammar: Grammar
) -> Amount | None:
    """Read what stands around a number; None where it counts nothing."""
    has_scale = numeral.worded and numeral.value >= numerals.MILLION
    start, value = numeral.start, numeral.value
    if MINUS.search(exact[max(0, start - 2) : start]) and start > 1:
        start, value = start - 1, -value
    amount = Amount(start, numeral.end, value, bare=not has_scale)
    if has_scale and (half := grammar.half.match(exact, numeral.end)):
        value = with_half(numeral.value, grammar.counting)
        amount = Amount(start, half.end(), value, bare=False)
    if part := VULGAR.get(exact[numeral.end : numeral.end + 1]):
        amount = Amount(start, numeral.end + 1, value + part, bare=not has_scale)
    if follower is not None:
        amount = _range(exact, amount, follower, grammar)
    amount = _hours(exact, amount, grammar.counting) or _measured(exact, amount, grammar)
    if (
        follower is not None
        and amount.bare
        and (_is_change(exact, amount, follower, grammar) or _is_pair(exact, numeral, follower))
    ):
        amount = _as_later(exact, amount, follower, grammar)
    if follower is not None and amount.end <= follower.start:
        amount = _share(exact, amount, follower, grammar)
        amount = _part(exact, amount, follower, grammar)
    return None if is_idle(exact, numeral, amount, grammar.counting) else amount


def _hours(exact: str, amount: Amount, counting: Counting) -> Amount | None:
    """Read `2 h 30` as two hours and a half."""
    minutes = HOURS.match(exact, amount.end) if amount.bare else None
    if minutes is None:
        return None
    value = rounded(single(amount.value) + int(minutes[1]) / 60)
    return Amount(amount.start, minutes.end(), value, singular("heures", counting), bare=False)


def _range(exact: str, amount: Amount, follower: Numeral, grammar: Grammar) -> Amount:
    """Join `10 to 15`, `between 10 and 15`, `2-1` into one amount of two values."""
    gap = exact[amount.end : follower.start]
    before = exact[max(0, amount.start - BEFORE) : amount.start]
    between = grammar.between.search(before)
    if HYPHEN.fullmatch(gap):
        value = (single(amount.value), follower.value)
        return Amount(amount.start, follower.end, value, _hyphened(exact, amount, gap))
    is_compared = gap[-1:] in SYMBOLS and re.search(grammar.counting.against, before.rstrip("€$£¥"))
    if is_compared or _is_change(exact, amount, follower, grammar):
        return amount
    joined = between is not None and _between(exact, gap, follower) == grammar.counting.joiner
    if not joined and not grammar.upto.fullmatch(gap):
        return amount
    first = single(amount.value) * numerals.shared_scale(
        single(amount.value), exact[follower.start : follower.end], grammar.counting
    )
    return Amount(amount.start, follower.end, (first, follower.value))


def _hyphened(exact: str, amount: Amount, gap: str) -> str | None:
    """Tell a score from a range of money or percents."""
    is_money = exact[max(0, amount.start - 1) : amount.start] in SYMBOLS
    return "score" if gap == "-" and not is_money else None


def _is_change(exact: str, amount: Amount, follower: Numeral, grammar: Grammar) -> bool:
    """See `fell from 120 to 85`: two amounts, where `from 10 to 15 years` may be one."""
    before = exact[max(0, amount.start - BEFORE) : amount.start]
    gap = exact[amount.end : follower.start]
    return bool(grammar.upto.fullmatch(gap) and grammar.change.search(before))


def _is_pair(exact: str, numeral: Numeral, follower: Numeral) -> bool:
    """See `aged 24 and 31 years`: two amounts of what is named once."""
    is_both = PAIRED.fullmatch(exact[numeral.end : follower.start]) is not None
    return is_both and not numeral.worded and not follower.worded


def _as_later(exact: str, amount: Amount, follower: Numeral, grammar: Grammar) -> Amount:
    """Give the first of two amounts the scale and the unit that stand after the second."""
    later = Amount(follower.start, follower.end, follower.value)
    measured = _measured(exact, later, grammar)
    factor = single(measured.value) / follower.value if follower.value else 1
    return replace(amount, value=times(amount.value, factor), unit=measured.unit, bare=False)


def _between(exact: str, gap: str, follower: Numeral) -> str:
    """Return what stands between two numbers, without a currency or the scale that both have."""
    words = gap.strip(" \u00a0\u202f€$£¥%").split()
    after = re.findall(r"\w+", exact[follower.end : follower.end + BEFORE])
    return " ".join(words[1:] if len(words) > 1 and words[:1] == after[:1] else words)


def _measured(exact: str, amount: Amount, grammar: Grammar) -> Amount:
    """Read scale, then percent, money, multiple or noun after the number."""
    amount = _scaled(exact, amount, grammar)
    for known, unit in (
        (grammar.percent, "%"),
        (grammar.points, "point"),
        (grammar.ratio, "ratio"),
    ):
        if match := known.match(exact, amount.end):
            return Amount(amount.start, match.end(), amount.value, unit, bare=False)
    if symbol := SYMBOL.search(exact[max(0, amount.start - 4) : amount.start]):
        start = amount.start - len(symbol.group())
        return Amount(start, amount.end, amount.value, SYMBOLS[symbol[1]], bare=False)
    if match := grammar.money.match(exact, amount.end):
        unit = grammar.counting.money[plain(match["money"])]
        return Amount(amount.start, match.end(), amount.value, unit, bare=False)
    return _of_noun(exact, amount, grammar)


def _of_noun(exact: str, amount: Amount, grammar: Grammar) -> Amount:
    if match := grammar.fraction.match(exact, amount.end):
        share = times(amount.value, 1 / grammar.counting.fractions[match["fraction"].lower()])
        if point := PART_OF_POINT.match(exact, match.end()):
            return Amount(amount.start, point.end(), share, "point", bare=False)
        return Amount(amount.start, match.end(), share, "fraction", bare=False)
    link = None if amount.bare else grammar.link.match(exact, amount.end)
    counting = grammar.counting
    is_single = exact[amount.start : amount.end].lower() in counting.articles
    at = link.end() - 1 if link else amount.end
    noun = counted_noun(exact, at, counting, is_single=is_single)
    if noun is None or (amount.unit == "score" and _is_contest(exact, amount, noun, grammar)):
        return amount
    value = plus_half(amount.value) if noun.half else amount.value
    return Amount(amount.start, noun.end, value, noun.unit, bare=False)


def _is_contest(exact: str, score: Amount, noun: Noun, grammar: Grammar) -> bool:
    """See what follows a score without being counted by it: `a 3-1 win`, `City 2-3 Rovers`."""
    first = exact[score.end : noun.end].split()[0].lower()
    return first in grammar.counting.contests or exact[score.end + 1].isupper()


def _scaled(exact: str, amount: Amount, grammar: Grammar) -> Amount:
    counting = grammar.counting
    if match := grammar.scale.match(exact, amount.end):
        factor = counting.scales[match["scale"].lower()]
        if match["half"] or match["and_half"]:
            amount = replace(amount, value=plus_half(amount.value))
    elif match := grammar.short_scale.match(exact, amount.end):
        factor = counting.short_scales[match["scale"]]
    elif match := grammar.dozen.match(exact, amount.end):
        factor = counting.dozens[match["scale"].lower()]
    else:
        return amount
    return Amount(amount.start, match.end(), times(amount.value, factor), None, bare=False)


def _share(exact: str, amount: Amount, follower: Numeral, grammar: Grammar) -> Amount:
    """Read `one in five`, `deux Français sur trois`."""
    if isinstance(amount.value, tuple) or amount.unit in ("%", "fraction", "ratio"):
        return amount
    gap = exact[amount.end : follower.start]
    words = (exact[amount.start : amount.end] + gap).lower().split()
    if words[0] in INDEFINITE or not grammar.counting.dozens.keys().isdisjoint(words):
        return amount
    if not grammar.out_of.fullmatch(gap) or not 0 < amount.value <= follower.value:
        return amount
    share = round(amount.value / follower.value, ROUNDING)
    return Amount(amount.start, follower.end, share, "fraction", bare=False)


def _part(exact: str, amount: Amount, follower: Numeral, grammar: Grammar) -> Amount:
    """Read `seven of the eight accused`: the first number counts what the second counts."""
    gap = exact[amount.end : follower.start]
    if not amount.bare or not grammar.part_of.fullmatch(gap):
        return amount
    noun = counted_noun(exact, follower.end, grammar.counting)
    if noun is None:
        return amount
    return Amount(amount.start, amount.end, amount.value, noun.unit, bare=False)


def _lone(exact: str, grammar: Grammar, masked: Sequence[Span]) -> Iterator[Quantity]:
    """Yield `half of`, `a dozen people`, `nearly double`: amounts without a numeral."""
    counting = grammar.counting
    for match in grammar.lone.finditer(exact):
        word = (match[match.lastgroup or 0]).lower()
        amount = Amount(match.start(), match.end(), 0, None, bare=False)
        if _is_masked(amount, masked):
            continue
        if word in counting.fractions:
            share = round(1 / counting.fractions[word], ROUNDING)
            yield recorded(exact, Amount(amount.start, amount.end, share, "fraction"), grammar)
        elif word in counting.multiples:
            times = counting.multiples[word]
            yield recorded(exact, Amount(amount.start, amount.end, times, "ratio"), grammar)
        else:
            yield _dozen(exact, amount, counting.dozens[word], grammar)


def _dozen(exact: str, amount: Amount, value: int, grammar: Grammar) -> Quantity:
    link = grammar.link.match(exact, amount.end)
    noun = counted_noun(exact, link.end() - 1 if link else amount.end, grammar.counting)
    end, unit = (noun.end, noun.unit) if noun else (amount.end, None)
    counted = recorded(exact, Amount(amount.start, end, value, unit), grammar)
    return replace(counted, modifier=counted.modifier or "~")


def _halves(exact: str, grammar: Grammar, masked: Sequence[Span]) -> Iterator[Quantity]:
    """Yield `half a million people`, `half an hour`."""
    counting = grammar.counting
    for match in grammar.half_of.finditer(exact):
        word = match["noun"].lower()
        value = rounded(0.5 * (counting.scales.get(word) or counting.dozens.get(word) or 1))
        amount = Amount(match.start(), match.end(), value, singular(word, counting), bare=False)
        if _is_masked(amount, masked):
            continue
        if value > 1:
            amount = _measured(exact, replace(amount, unit=None), grammar)
        yield recorded(exact, amount, grammar)


def _is_masked(span: Numeral | Amount, masked: Sequence[Span]) -> bool:
    return any(mask.start < span.end and span.start < mask.end for mask in masked)
