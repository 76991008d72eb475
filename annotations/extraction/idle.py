"""Numbers that count nothing: articles, ordinals, names and years."""

import re

from annotations.extraction.amounts import BEFORE, SYMBOLS, Amount
from annotations.extraction.languages.base import Counting
from annotations.extraction.numerals import Numeral
from annotations.extraction.quantity_grammar import hedge_tails

YEARS = range(1500, 2101)
QUOTED_ALONE = re.compile(r".?[«“\"][ \u00a0\u202f]?[\d.,]+[ \u00a0\u202f]?[»”\"]")
GENERATION = re.compile(r"[DG]\b")
SERIES = re.compile(r"([^\W\d_]+)\s\d+(?:,\s\d+){0,4},?\s(?:et|and|ou|or|à|to)\s$")
LINKED = re.compile(r"(?:[,;:–]|\b(?:et|et que|mais|puis|and|but))\s$")
SHARES = frozenset({"fraction", "ratio"})
CERTAIN = SHARES | {"%", "point", "score", *SYMBOLS.values()}


def is_idle(exact: str, numeral: Numeral, amount: Amount, counting: Counting) -> bool:
    """Tell articles, ordinals, names and years from amounts."""
    if exact[numeral.start : numeral.end].lower() in counting.articles:
        is_one = amount.bare or amount.value == 1
        is_idle_one = amount.unit not in SHARES and is_one
        return _is_dozen(exact, numeral, counting) or (
            is_idle_one and not _is_at_least(exact, numeral, counting)
        )
    after = exact[numeral.end : numeral.end + 6]
    is_quoted = QUOTED_ALONE.match(exact, max(0, numeral.start - 2))
    if is_quoted or GENERATION.match(after) or re.match(counting.ordinal, after, re.IGNORECASE):
        return True
    if amount.unit in CERTAIN:
        return False
    return _is_named(exact, numeral, counting) or _is_bare(exact, numeral, amount, counting)


def _is_dozen(exact: str, numeral: Numeral, counting: Counting) -> bool:
    """See `at least a dozen`, which is read as a dozen."""
    following = exact[numeral.end :].split(maxsplit=1)[:1]
    return bool(following) and following[0].lower() in counting.dozens


def _is_at_least(exact: str, numeral: Numeral, counting: Counting) -> bool:
    """See `at least one night`: there, the word is a number and no article."""
    before = exact[max(0, numeral.start - BEFORE) : numeral.start]
    return re.search(counting.least, before, re.IGNORECASE) is not None


def _is_bare(exact: str, numeral: Numeral, amount: Amount, counting: Counting) -> bool:
    """Tell whether nothing says what is counted; after `including`, what came before does."""
    before = exact[max(0, numeral.start - BEFORE) : numeral.start]
    if not amount.bare or not _is_bare_year(numeral) or re.search(counting.among, before):
        return False
    again = LINKED.search(before) and re.match(counting.again, exact[numeral.end :], re.IGNORECASE)
    return not (again and numeral.worded)


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
