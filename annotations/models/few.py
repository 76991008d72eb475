"""How many rows are few: so many are looked up one by one before a list is asked for them.

The planner goes by averages. Of what is rarer than that, it walks through a list to its end.
"""

from typing import NamedTuple

from django.db.models import Q

FEW = 1_000


class Condition(NamedTuple):
    """What rows have to fit; `is_few` where they were looked up already."""

    where: Q
    is_few: bool = False
