"""Amounts: a number, what it counts, and how exactly it is meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotations.extraction import numerals
from annotations.extraction.languages.base import Counting
from annotations.extraction.numerals import Numeral
from annotations.extraction.quantity_grammar import Grammar, grammar_of, hedge_tails
from annotations.extraction.records import Quantity, Span, Value
from annotations.extraction.units import counted_noun, singular

SYMBOLS = {
    "€": "EUR",
    "$": "USD",
    "US$": "USD",
    "R$": "BRL",
    "A$": "AUD",
    "C$": "CAD",
    "£": "GBP",
    "¥": "JPY",
    "₽": "RUB",
    "₹": "INR",
}
SYMBOL = re.compile(r"((?:US|R|A|C)?\$|[€£¥₽₹])[ \u00a0\u202f]?$")
YEARS = range(1500, 2101)
BEFORE = 32
ROUNDING = 3
GENERATION = re.compile(r"[DG]\b")
SERIES = re.compile(r"([^\W\d_]+)\s\d+(?:,\s\d+){0,4},?\s(?:et|and|ou|or|à|to)\s$")
MINUS = re.compile(r"(?:^|[\s(])[-−–]$")
SHARES = frozenset({"fraction", "ratio"})
CERTAIN = SHARES | {"%", "point", "score", *SYMBOLS.values()}


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in the making."""

    start: int
    end: int
    value: Value
    unit: str | None = None
    bare: bool = True


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
            if place and re.search(counting.against, before):
                unit = last
            elif named:
                unit = singular(named[1], counting)
        last = unit
        yield replace(quantity, unit=unit)


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
            yield _quantity(exact, amount, grammar)


def _amount(
    exact: str, numeral: Numeral, follower: Numeral | None, grammar: Grammar
) -> Amount | None:
    """Read what stands around a number; None where it counts nothing."""
    has_scale = numeral.worded and numeral.value >= numerals.MILLION
    start, value = numeral.start, numeral.value
    if MINUS.search(exact[max(0, start - 2) : start]) and start > 1:
        start, value = start - 1, -value
    amount = Amount(start, numeral.end, value, bare=not has_scale)
    if follower is not None:
        amount = _range(exact, amount, follower, grammar)
    amount = _measured(exact, amount, grammar)
    if follower is not None and amount.bare and _is_change(exact, amount, follower, grammar):
        amount = _as_later(exact, amount, follower, grammar)
    if follower is not None and amount.end <= follower.start:
        amount = _share(exact, amount, follower, grammar)
        amount = _part(exact, amount, follower, grammar)
    return None if _is_idle(exact, numeral, amount, grammar.counting) else amount


def _range(exact: str, amount: Amount, follower: Numeral, grammar: Grammar) -> Amount:
    """Join `10 to 15`, `between 10 and 15`, `2-1` into one amount of two values."""
    gap = exact[amount.end : follower.start]
    before = exact[max(0, amount.start - BEFORE) : amount.start]
    between = grammar.between.search(before)
    if gap in ("-", "–", "—"):
        value = (_single(amount.value), follower.value)
        return Amount(amount.start, follower.end, value, "score" if gap == "-" else None)
    is_compared = gap[-1:] in SYMBOLS and re.search(grammar.counting.against, before.rstrip("€$£¥"))
    if is_compared or _is_change(exact, amount, follower, grammar):
        return amount
    joined = between is not None and _between(exact, gap, follower) == grammar.counting.joiner
    if not joined and not grammar.upto.fullmatch(gap):
        return amount
    first = _single(amount.value) * numerals.shared_scale(
        _single(amount.value), exact[follower.start : follower.end], grammar.counting
    )
    return Amount(amount.start, follower.end, (first, follower.value))


def _is_change(exact: str, amount: Amount, follower: Numeral, grammar: Grammar) -> bool:
    """See `fell from 120 to 85`: two amounts, where `from 10 to 15 years` may be one."""
    before = exact[max(0, amount.start - BEFORE) : amount.start]
    gap = exact[amount.end : follower.start]
    return bool(grammar.upto.fullmatch(gap) and grammar.change.search(before))


def _as_later(exact: str, amount: Amount, follower: Numeral, grammar: Grammar) -> Amount:
    """Give the first of two amounts the scale and the unit that stand after the second."""
    later = Amount(follower.start, follower.end, follower.value)
    measured = _measured(exact, later, grammar)
    factor = _single(measured.value) / follower.value if follower.value else 1
    return replace(amount, value=_times(amount.value, factor), unit=measured.unit, bare=False)


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
        unit = grammar.counting.money[_plain(match["money"])]
        return Amount(amount.start, match.end(), amount.value, unit, bare=False)
    return _of_noun(exact, amount, grammar)


def _of_noun(exact: str, amount: Amount, grammar: Grammar) -> Amount:
    if match := grammar.fraction.match(exact, amount.end):
        share = _times(amount.value, 1 / grammar.counting.fractions[match["fraction"].lower()])
        return Amount(amount.start, match.end(), share, "fraction", bare=False)
    link = None if amount.bare else grammar.link.match(exact, amount.end)
    noun = counted_noun(exact, link.end() - 1 if link else amount.end, grammar.counting)
    if noun is None or (amount.unit == "score" and noun.unit in grammar.counting.contests):
        return amount
    value = _plus_half(amount.value) if noun.half else amount.value
    return Amount(amount.start, noun.end, value, noun.unit, bare=False)


def _scaled(exact: str, amount: Amount, grammar: Grammar) -> Amount:
    counting = grammar.counting
    if match := grammar.scale.match(exact, amount.end):
        factor = counting.scales[match["scale"].lower()]
    elif match := grammar.short_scale.match(exact, amount.end):
        factor = counting.short_scales[match["scale"]]
    else:
        return amount
    return Amount(amount.start, match.end(), _times(amount.value, factor), None, bare=False)


def _share(exact: str, amount: Amount, follower: Numeral, grammar: Grammar) -> Amount:
    """Read `one in five`, `deux Français sur trois`."""
    if isinstance(amount.value, tuple) or amount.unit in ("%", "fraction", "ratio"):
        return amount
    gap = exact[amount.end : follower.start]
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


def _is_idle(exact: str, numeral: Numeral, amount: Amount, counting: Counting) -> bool:
    """Tell articles, ordinals, names and years from amounts."""
    if exact[numeral.start : numeral.end].lower() in counting.articles:
        is_one = amount.bare or amount.value == 1
        return amount.unit not in SHARES and is_one and not _is_at_least(exact, numeral, counting)
    after = exact[numeral.end : numeral.end + 6]
    if GENERATION.match(after) or re.match(counting.ordinal, after, re.IGNORECASE):
        return True
    if amount.unit in CERTAIN:
        return False
    return _is_named(exact, numeral, counting) or _is_bare(exact, numeral, amount, counting)


def _is_at_least(exact: str, numeral: Numeral, counting: Counting) -> bool:
    """See `at least one night`: there, the word is a number and no article."""
    before = exact[max(0, numeral.start - BEFORE) : numeral.start]
    return re.search(counting.least, before, re.IGNORECASE) is not None


def _is_bare(exact: str, numeral: Numeral, amount: Amount, counting: Counting) -> bool:
    """Tell whether nothing says what is counted; after `including`, what came before does."""
    before = exact[max(0, numeral.start - BEFORE) : numeral.start]
    return amount.bare and _is_bare_year(numeral) and not re.search(counting.among, before)


def _is_bare_year(numeral: Numeral) -> bool:
    """Tell whether a number without a noun is a year, or a word such as `deux`."""
    four_digits = numeral.end - numeral.start == len("2024")
    return numeral.worded or (four_digits and numeral.value in YEARS)


def _is_named(exact: str, numeral: Numeral, counting: Counting) -> bool:
    """Tell whether the number is part of a name: S&P 500, Leopard 2, article 7."""
    before = exact[max(0, numeral.start - BEFORE) : numeral.start]
    last = before.rstrip(" -\u00a0\u202f").split()[-1:] or [""]
    if not before.strip() or last[0].endswith((",", ";", ":", ")")):
        return False
    word = re.sub(r"^.*['’(]", "", last[0].strip("«»“”\"'’("))
    if word.lower() in counting.name_before or before[-1:] in ("°", "#"):
        return True
    series = SERIES.search(before)
    if numeral.worded or (series and series[1].lower() in counting.name_before):
        return not numeral.worded
    is_first = numeral.start <= len(last[0]) + 2
    return word[:1].isupper() and not is_first and word.lower() not in hedge_tails(counting)


def _quantity(exact: str, amount: Amount, grammar: Grammar) -> Quantity:
    """Add the hedge and make the record."""
    counting, start, end = grammar.counting, amount.start, amount.end
    modifier = None
    if before := grammar.hedge.search(exact[max(0, start - BEFORE) : start]):
        modifier = counting.hedges[_plain(before["hedge"])]
        if "barre" not in before["hedge"]:
            start -= len(before.group())
    elif after := grammar.late_hedge.match(exact, end):
        modifier = counting.late_hedges[_plain(after["hedge"])]
        end = after.end()
    if isinstance(amount.value, tuple):
        start = _from_between(exact, start, grammar)
    return Quantity(exact[start:end], start, end, amount.value, amount.unit, modifier)


def _from_between(exact: str, start: int, grammar: Grammar) -> int:
    match = grammar.between.search(exact[max(0, start - BEFORE) : start])
    return start - len(match.group()) if match else start


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
            yield _quantity(exact, Amount(amount.start, amount.end, share, "fraction"), grammar)
        elif word in counting.multiples:
            times = counting.multiples[word]
            yield _quantity(exact, Amount(amount.start, amount.end, times, "ratio"), grammar)
        else:
            yield _dozen(exact, amount, counting.dozens[word], grammar)


def _dozen(exact: str, amount: Amount, value: int, grammar: Grammar) -> Quantity:
    link = grammar.link.match(exact, amount.end)
    noun = counted_noun(exact, link.end() - 1 if link else amount.end, grammar.counting)
    end, unit = (noun.end, noun.unit) if noun else (amount.end, None)
    return Quantity(exact[amount.start : end], amount.start, end, value, unit, "~")


def _halves(exact: str, grammar: Grammar, masked: Sequence[Span]) -> Iterator[Quantity]:
    """Yield `half a million people`, `half an hour`."""
    counting = grammar.counting
    for match in grammar.half_of.finditer(exact):
        word = match["noun"].lower()
        value = _rounded(0.5 * (counting.scales.get(word) or counting.dozens.get(word) or 1))
        amount = Amount(match.start(), match.end(), value, singular(word, counting), bare=False)
        if _is_masked(amount, masked):
            continue
        if value > 1:
            amount = _measured(exact, replace(amount, unit=None), grammar)
        yield _quantity(exact, amount, grammar)


def _is_masked(span: Numeral | Amount, masked: Sequence[Span]) -> bool:
    return any(mask.start < span.end and span.start < mask.end for mask in masked)


def _times(value: Value, factor: float) -> Value:
    if isinstance(value, tuple):
        return (_rounded(value[0] * factor), _rounded(value[1] * factor))
    return _rounded(value * factor)


def _rounded(value: float) -> int | float:
    rounded = round(value, ROUNDING)
    return int(rounded) if rounded == int(rounded) else rounded


def _plus_half(value: Value) -> Value:
    return value if isinstance(value, tuple) else value + 0.5


def _single(value: Value) -> int | float:
    return value[0] if isinstance(value, tuple) else value


def _plain(word: str) -> str:
    return " ".join(word.lower().replace("’", "'").split())
