"""What each operator of the search asks for, and who asks: a condition on search entries."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from annotations.models.articles import Article, Source
from annotations.models.claimants import naming
from annotations.models.desks import Desk
from annotations.models.few import Condition, few_of
from annotations.models.people import User
from annotations.models.sentences import Candidate
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


def conditions(filters: Sequence[Filter], by: Seeker) -> list[Condition]:
    """Every filter holds; of several values of one operator, any does, where only one can be.

    Labels, states and kinds are looked up last, and only until something is few.
    """
    found: list[Condition] = []
    alternatives: dict[str, list[str]] = {}
    for one in filters:
        if one.is_negated:
            found.append(Condition(~_condition(one.operator, [one.value], by).where))
        elif one.operator in _MANY:
            found.append(_condition(one.operator, [one.value], by))
        else:
            alternatives.setdefault(one.operator, []).append(one.value)
    for name, values in sorted(alternatives.items(), key=lambda one: one[0] in _BY_KEY):
        is_worth_it = name in _BY_KEY and not any(one.is_few for one in found)
        few = _BY_KEY[name](values, by) if is_worth_it else None
        found.append(few or _condition(name, values, by))
    return found


def on_articles(filters: Sequence[Filter], by: Seeker) -> Q:
    """Say which articles can have a verdict that is asked for; nothing where none is.

    A list of articles so passes over those without one, and need not look at their sentences.
    """
    wanted: dict[str, list[str]] = {}
    for one in filters:
        if one.operator in _OF_VERDICT and not one.is_negated:
            wanted.setdefault(_OF_VERDICT[one.operator], []).append(one.value)
    if not wanted:
        return Q()
    some = Exists(Verdict.objects.filter(article=OuterRef("pk"), **wanted))
    return Q(some, desk__in=by.desk_ids)


def on_sentences(filters: Sequence[Filter], by: Seeker) -> Q | None:
    """Say which sentences have what is asked for, if that is one label, state or kind; else None.

    A list of sentences comes upon these in its own order, and need not put all of them into it.
    """
    operators = {one.operator for one in filters}
    if len(operators) != 1 or any(one.is_negated for one in filters):
        return None
    [operator] = operators
    values = [one.value for one in filters]
    if operator in _OF_VERDICT:
        shown = Verdict.objects.revealed_to(by.user, blind=by.blind)
        fits = Q(**{f"verdict__{_OF_VERDICT[operator]}": values})
        return fits & Q(verdict__in=shown) if by.blind else fits
    return Q(candidate__kind__in=values) if operator == "kind" else None


def _condition(operator: str, values: Sequence[str], by: Seeker) -> Condition:
    """Ask what is said of a sentence for all values at once, beside the way through sentences."""
    if operator in _OF_VERDICT:
        return Condition(_of_verdict(by, **{_OF_VERDICT[operator]: values}))
    if operator == "kind":
        return Condition(_of_candidate(by, kind__in=values))
    if operator in _LOOKED_UP:
        found = [_LOOKED_UP[operator](one, by) for one in values]
        return Condition(
            reduce(or_, (one.where for one in found)), all(one.is_few for one in found)
        )
    return Condition(reduce(or_, (_CONDITIONS[operator](one, by) for one in values)))


def _few_verdicts(column: str, values: Sequence[str], by: Seeker) -> Condition | None:
    each = [Verdict.objects.filter(**{column: one}).order_by("-pk") for one in values]
    few = few_of(each, by.desk_ids)
    return None if few is None else Condition(_of_verdict(by, pk__in=few), is_few=True)


def _few_of_kinds(values: Sequence[str], by: Seeker) -> Condition | None:
    order = ("is_candidate", "-check_worthiness", "-pk")
    each = [Candidate.objects.filter(kind=one).order_by(*order) for one in values]
    few = few_of(each, by.desk_ids)
    return None if few is None else Condition(_of_candidate(by, pk__in=few), is_few=True)


def _of_verdict(by: Seeker, **wanted: Any) -> Q:
    """Blind desks hide open verdicts on sentences that one did not annotate oneself."""
    shown = Verdict.objects.revealed_to(by.user, blind=by.blind)
    return Q(Exists(shown.filter(desk__in=by.desk_ids, sentence=OuterRef("sentence"), **wanted)))


def _of_candidate(by: Seeker, **wanted: Any) -> Q:
    of_desks = Candidate.objects.filter(desk__in=by.desk_ids)
    return Q(Exists(of_desks.filter(sentence=OuterRef("sentence"), **wanted)))


def _has(value: str, by: Seeker) -> Q:
    if value == "evidence":
        return _of_verdict(by, has_evidence=True)
    return _of_verdict(by, rationale__gt="")


def _is(value: str, by: Seeker) -> Q:
    if value == "title":
        return Q(sentence=None)
    proposed = _of_candidate(by, is_candidate=True)
    if value == "candidate":
        return proposed
    needed = F("article__desk__annotators_needed")
    return proposed & (Q(sentence__verdict=None) | Q(sentence__verdict__annotators__lt=needed))


def _desk(value: str, by: Seeker) -> Q:
    return Q(desk__in=[one.pk for one in by.desks if one.slug == value])


def _source(value: str, by: Seeker) -> Condition:
    named = Source.objects.filter(desk__in=by.desk_ids, name__iexact=value)
    few = Article.objects.few_of(named)
    if few is None:
        return Condition(Q(article__source__in=named))
    return Condition(Q(article__in=few), is_few=True)


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
_OF_VERDICT = {"label": "label__in", "state": "state__in"}
_BY_KEY: dict[str, Callable[[Sequence[str], Seeker], Condition | None]] = {
    "label": partial(_few_verdicts, "label"),
    "state": partial(_few_verdicts, "state"),
    "kind": _few_of_kinds,
}
_LOOKED_UP: dict[str, Callable[[str, Seeker], Condition]] = {
    "source": _source,
    "claimant": lambda value, by: naming(value, by.desk_ids),
}
_CONDITIONS: dict[str, Callable[[str, Seeker], Q]] = {
    "is": _is,
    "has": _has,
    "desk": _desk,
    "lang": _language,
    "after": _since,
    "before": lambda value, by: ~_since(value, by),
    "assigned": _assigned,
}
