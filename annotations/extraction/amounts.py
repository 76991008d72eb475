"""A quantity in the making: its value, and how it is put down with the hedge beside it."""

import re
from dataclasses import dataclass

from annotations.extraction.languages.base import Counting
from annotations.extraction.quantity_grammar import Grammar
from annotations.extraction.records import Quantity, Value

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
BEFORE = 32
ROUNDING = 3
VERBAL = re.compile(r"dépass|excèd|exceed|top|surpass|sous", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in the making."""

    start: int
    end: int
    value: Value
    unit: str | None = None
    bare: bool = True


def recorded(exact: str, amount: Amount, grammar: Grammar) -> Quantity:
    """Add the hedge and make the record."""
    counting, start, end = grammar.counting, amount.start, amount.end
    modifier = None
    ahead = exact[max(0, start - BEFORE) : start]
    if (before := grammar.hedge.search(ahead)) and not _is_plain(ahead, before, amount, counting):
        modifier = counting.hedges[plain(before["hedge"])]
        if not VERBAL.match(before["hedge"]):
            start -= len(before.group())
    elif after := grammar.late_hedge.match(exact, end):
        modifier = counting.late_hedges[plain(after["hedge"])]
        end = after.end()
    if isinstance(amount.value, tuple):
        start = _from_between(exact, start, grammar)
    return Quantity(exact[start:end], start, end, amount.value, amount.unit, modifier)


def _is_plain(ahead: str, hedge: re.Match[str], amount: Amount, counting: Counting) -> bool:
    """See `over six years`, `goes up to $20`: words that only look like a hedge."""
    if re.search(counting.upwards, ahead, re.IGNORECASE):
        return True
    return amount.unit in counting.lasting and plain(hedge["hedge"]) in counting.during


def _from_between(exact: str, start: int, grammar: Grammar) -> int:
    match = grammar.between.search(exact[max(0, start - BEFORE) : start])
    return start - len(match.group()) if match else start


def times(value: Value, factor: float) -> Value:
    if isinstance(value, tuple):
        return (rounded(value[0] * factor), rounded(value[1] * factor))
    return rounded(value * factor)


def rounded(value: float) -> int | float:
    rounded = round(value, ROUNDING)
    return int(rounded) if rounded == int(rounded) else rounded


def plus_half(value: Value) -> Value:
    return value if isinstance(value, tuple) else value + 0.5


def with_half(value: float, counting: Counting) -> int | float:
    """Read `two million and a half`: the half is one of the largest scale named."""
    scale = max((one for one in counting.scales.values() if value % one == 0), default=1)
    return rounded(value + scale / 2)


def single(value: Value) -> int | float:
    return value[0] if isinstance(value, tuple) else value


def plain(word: str) -> str:
    return " ".join(word.lower().replace("’", "'").split())
