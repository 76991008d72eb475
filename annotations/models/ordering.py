"""Places in a list that is ordered by several columns."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Expression, F, Func, Q, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual


class Row(Func):
    """`(a, b)`, to compare several columns at once, as an index can."""

    function = ""
    output_field = BooleanField()


def behind(order: Sequence[str], place: Sequence[Any]) -> Q:
    """Keep what comes behind a place in an order that goes one way, up or down."""
    names = [name.removeprefix("-") for name in order]
    return before(names, place) if order[0].startswith("-") else after(names, place)


def before(names: Sequence[str], values: Sequence[Any]) -> Q:
    """Keep what comes before a place, in the order of these columns; the last of them is a key."""
    return _beside(LessThanOrEqual, names, values)


def after(names: Sequence[str], values: Sequence[Any]) -> Q:
    return _beside(GreaterThanOrEqual, names, values)


def _beside(
    lookup: type[LessThanOrEqual | GreaterThanOrEqual], names: Sequence[str], values: Sequence[Any]
) -> Q:
    """Compare with the place itself let in, and leave that out by its key.

    The planner judges by the first column alone. Where most rows have the same value there, it
    would take those strictly before it for none, and so join and sort every one of them.
    """
    bound = lookup(Row(*map(F, names)), Row(*map(_value, values)))
    return Q(bound) & ~Q(**{names[-1]: values[-1]})


def _value(value: Any) -> Expression:
    """Keys outgrow the type that a bare number would have."""
    if isinstance(value, Expression):
        return value
    return Value(value, BigIntegerField() if isinstance(value, int) else None)
