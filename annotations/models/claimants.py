"""Who was named as saying something: each name once on a desk, however many sentences name it.

The database keeps this table itself (`migrations/0021_claimants.py`); nobody else writes to it. A
name stays when the last sentence that names it is gone.
"""

from collections.abc import Sequence
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, TextField, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan, PostgresOperatorLookup

from annotations.models.desks import Desk
from annotations.models.few import FEW, Condition
from annotations.models.sentences import Candidate


@models.TextField.register_lookup
class Like(PostgresOperatorLookup):
    """A pattern as PostgreSQL takes it, which may come from one of its functions."""

    lookup_name = "like"
    postgres_operator = "LIKE"


class ClaimantQuerySet(models.QuerySet["Claimant"]):
    def holding(self, part: str) -> Self:
        """Only names with this part, whatever its accents and capitals."""
        pattern = Func(Value(part), function="search_part", output_field=TextField())
        return self.filter(folded__like=pattern)

    def named(self) -> Self:
        """Only those whom some sentence still names."""
        naming = Candidate.objects.exclude(claimant_name="")
        return self.filter(
            Exists(naming.filter(desk=OuterRef("desk"), claimant_name=OuterRef("name")))
        )


ClaimantManager = models.Manager.from_queryset(ClaimantQuerySet)


class Claimant(models.Model):
    """A name as extraction gives it, and as it is looked for: without accents and capitals."""

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=300)
    folded = models.TextField()

    objects = ClaimantManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "name"], name="claimant_once_a_desk")
        ]
        indexes = [GinIndex(OpClass("folded", name="gin_trgm_ops"), name="claimant_by_part")]

    def __str__(self) -> str:
        return self.name


def naming(part: str, desks: Sequence[int]) -> Condition:
    """Keep the search entries of sentences that name somebody with this part in the name.

    Few sentences are looked up here, so that no plan walks through all others to find them.
    """
    held = Claimant.objects.filter(desk__in=desks).holding(part)
    names = list(held.values_list("name", flat=True)[: FEW + 1])
    rows = Candidate.objects.filter(desk__in=desks).exclude(claimant_name="")
    if len(names) > FEW:
        rows = rows.filter(_on_the_way(part), sentence=OuterRef("sentence"))
        return Condition(Q(Exists(rows)))
    naming = rows.filter(claimant_name__in=names)
    by_index = naming.order_by("claimant_name")  # read on in the table, they could be at its end
    sentences = list(by_index.values_list("sentence", flat=True)[: FEW + 1])
    if len(sentences) <= FEW:
        return Condition(Q(sentence__isnull=False, sentence__in=sentences), is_few=True)
    return Condition(Q(Exists(naming.filter(sentence=OuterRef("sentence")))))


def _on_the_way(part: str) -> GreaterThan:
    """Ask each name that is come upon, in a form that the planner takes for a frequent one."""
    return GreaterThan(StrIndex(_folded(F("claimant_name")), _folded(Value(part))), 0)


def _folded(text: Any) -> Func:
    return Func(text, function="search_folded", output_field=TextField())
