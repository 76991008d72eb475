"""How many rows are few: so many are looked up one by one before a list is asked for them.

The planner goes by averages. Of what is rarer than that, it walks through a list to its end.
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Func, OuterRef, Q, QuerySet

from annotations.models.desks import Desk

FEW = 1_000


class Condition(NamedTuple):
    """What rows have to fit; `is_few` where they were looked up already."""

    where: Q
    is_few: bool = False


def few_of(each: Sequence[QuerySet[Any]], desks: Sequence[int]) -> list[int] | None:
    """Return the keys of these rows of the desks, or None where they are many.

    Each of these, on each desk, is read in the order of an index, so that nothing else is walked
    through.
    """
    firsts: list[Any] = [
        ArraySubquery(one.filter(desk=OuterRef("pk")).values("pk")[: FEW + 1]) for one in each
    ]
    together: Any = reduce(lambda one, other: Func(one, other, function="array_cat"), firsts)
    key = Func(together, function="unnest", output_field=BigIntegerField())
    found = list(Desk.objects.filter(pk__in=desks).values_list(key, flat=True)[: FEW + 1])
    return found if len(found) <= FEW else None
