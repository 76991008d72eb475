"""What each operator of the search asks for, and who asks: a condition on search entries."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Exists, F, OuterRef, Q

from annotations.models.annotations import Annotation
from annotations.models.claimants import naming
from annotations.models.desks import Desk
from annotations.models.people import User
from annotations.models.verdicts import Verdict
from annotations.search.language import Filter


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who looks, on which desks, and which of them hide colleagues' labels from this person."""

    user: User
    desks: Sequence[Desk]
    blind: Collection[int] = ()

    @property
    def desk_ids(self) -> list[int]:
        return [one.pk for one in self.desks]


def conditions(filters: Sequence[Filter], by: Seeker) -> list[Q]:
    """Every filter holds; of several values of one operator, any does, where only one can be."""
    found: list[Q] = []
    alternatives: dict[str, Q] = {}
    for one in filters:
        condition = _condition(one, by)
        if one.is_negated:
            found.append(~condition)
        elif one.operator in _MANY:
            found.append(condition)
        else:
            alternatives[one.operator] = alternatives.get(one.operator, Q()) | condition
    return [*found, *alternatives.values()]


def _condition(one: Filter, by: Seeker) -> Q:
    if one.operator == "claimant":
        return naming(one.value, by.desk_ids, is_negated=one.is_negated)
    return _CONDITIONS[one.operator](one.value, by)


def _of_verdict(condition: Q, by: Seeker) -> Q:
    """Blind desks hide open verdicts on sentences that one did not annotate oneself."""
    if not by.blind:
        return condition
    own = Annotation.objects.given().filter(sentence=OuterRef("sentence"), author=by.user)
    is_shown = Q(sentence__verdict__state__in=Verdict.DECIDED) | Q(Exists(own))
    return condition & (~Q(desk__in=by.blind) | is_shown)


def _has(value: str, by: Seeker) -> Q:
    if value == "evidence":
        return _of_verdict(Q(sentence__verdict__has_evidence=True), by)
    return _of_verdict(Q(sentence__verdict__rationale__gt=""), by)


def _is(value: str, _by: Seeker) -> Q:
    if value == "title":
        return Q(sentence=None)
    proposed = Q(sentence__candidate__is_candidate=True)
    if value == "candidate":
        return proposed
    needed = F("article__desk__annotators_needed")
    return proposed & (Q(sentence__verdict=None) | Q(sentence__verdict__annotators__lt=needed))


def _desk(value: str, by: Seeker) -> Q:
    return Q(desk__in=[one.pk for one in by.desks if one.slug == value])


def _language(value: str, _by: Seeker) -> Q:
    return Q(article__language__iexact=value) | Q(article__language__istartswith=f"{value}-")


def _since(value: str, _by: Seeker) -> Q:
    """Go by the day of the article, or where it says none, by the day it came in."""
    day = datetime.combine(date.fromisoformat(value), time.min, UTC)
    undated = Q(article__published_at=None, article__created_at__gte=day)
    return Q(article__published_at__gte=day) | undated


def _assigned(value: str, by: Seeker) -> Q:
    if value == "me":
        return Q(article__assignee=by.user)
    if value == "nobody":
        return Q(article__assignee=None)
    return Q(article__assignee__username__iexact=value)


_MANY = {"is", "has", "after", "before"}
_CONDITIONS: dict[str, Callable[[str, Seeker], Q]] = {
    "label": lambda value, by: _of_verdict(Q(sentence__verdict__label=value), by),
    "state": lambda value, by: _of_verdict(Q(sentence__verdict__state=value), by),
    "kind": lambda value, by: Q(sentence__candidate__kind=value),
    "is": _is,
    "has": _has,
    "desk": _desk,
    "source": lambda value, by: Q(article__source__name__iexact=value),
    "lang": _language,
    "after": _since,
    "before": lambda value, by: ~_since(value, by),
    "assigned": _assigned,
}
