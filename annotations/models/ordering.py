"""Places in a list that is ordered by several columns."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Expression, F, Func, Value
from django.db.models.lookups import GreaterThan, LessThan


class Row(Func):
    """`(a, b)`, to compare several columns at once, as an index can."""

    function = ""
    output_field = BooleanField()


def behind(order: Sequence[str], place: Sequence[Any]) -> LessThan | GreaterThan:
    """Keep what comes behind a place in an order that goes one way, up or down."""
    names = [name.removeprefix("-") for name in order]
    return before(names, place) if order[0].startswith("-") else after(names, place)


def before(names: Sequence[str], values: Sequence[Any]) -> LessThan:
    """Keep what comes before a place, in the order of these columns."""
    return LessThan(Row(*map(F, names)), Row(*map(_value, values)))


def after(names: Sequence[str], values: Sequence[Any]) -> GreaterThan:
    return GreaterThan(Row(*map(F, names)), Row(*map(_value, values)))


def _value(value: Any) -> Expression:
    """Keys outgrow the type that a bare number would have."""
    if isinstance(value, Expression):
        return value
    return Value(value, BigIntegerField() if isinstance(value, int) else None)
