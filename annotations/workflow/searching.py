"""Reading what people look for, with what is wrong in it said so that they can put it right."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from annotations.models import Claimant, Desk, Source, User
from annotations.models.few import FEW
from annotations.models.search import operators
from annotations.search import language
from annotations.search.completion import fitting
from annotations.search.language import Filter, Query, QueryError
from annotations.workflow import intake
from annotations.workflow.errors import BadInput

SHOWN = 15
LOOKED_AT = 60  # names of claimants, some of whom no sentence may name any more
LENGTH = language.LENGTH
CLAIMANT_LETTERS = 3  # fewer would be looked up in all names there are
ME, NOBODY = "me", "nobody"


class BadSearch(BadInput):
    """What was typed cannot be searched: what, where, and what could stand there."""

    code = "bad_search"

    def __init__(self, error: QueryError, *, field: str) -> None:
        super().__init__(_message(error), field=field, code=error.code)
        self.place, self.given, self.allowed = error.place, error.given, error.allowed


def read(text: str, *, desks: Sequence[Desk], field: str = "q") -> Query:
    """Read a query of somebody who sees these desks."""
    try:
        query = language.parse(text, operators(desks))
        terms = [_settled(one, desks) if isinstance(one, Filter) else one for one in query.terms]
    except QueryError as error:
        raise BadSearch(error, field=field) from error
    return Query(tuple(terms))


def values_of(operator: str, typed: str, *, desks: Sequence[Desk]) -> list[str]:
    """Return the values that could be meant, for an operator that takes any of what is there."""
    if operator in _COMPLETED:
        return fitting(typed, _COMPLETED[operator](typed, desks))
    known = operators(desks).get(operator)
    return fitting(typed, known.values) if known else []


def _settled(one: Filter, desks: Sequence[Desk]) -> Filter:
    """Refuse a name that nobody has."""
    if one.operator == "lang":
        return replace(one, value=_language(one))
    if one.operator not in _NAMED:
        return one
    known = _NAMED[one.operator](one.value, desks)
    for name in known:
        if name.casefold() == one.value.casefold():
            return replace(one, value=name)
    others = _NAMED[one.operator]("", desks)
    given = f"{one.operator}:{one.value}"
    raise QueryError("unknown_value", place=one.place, given=given, allowed=others)


def _language(one: Filter) -> str:
    try:
        return intake.known_language(one.value)
    except BadInput as refusal:
        allowed = ("fr", "en", "de")
        given = f"lang:{one.value}"
        raise QueryError(
            "unknown_value", place=one.place, given=given, allowed=allowed
        ) from refusal


def _sources(typed: str, desks: Sequence[Desk]) -> list[str]:
    rows = Source.objects.filter(desk__in=desks, name__icontains=typed)
    return list(rows.order_by("name").values_list("name", flat=True).distinct()[:SHOWN])


def _people(typed: str, desks: Sequence[Desk]) -> list[str]:
    named = Q(username__icontains=typed) | Q(display_name__icontains=typed)
    rows = User.objects.filter(named, memberships__desk__in=desks, is_active=True)
    names = rows.order_by("username").values_list("username", flat=True).distinct()[:SHOWN]
    return [ME, NOBODY, *names]


_NAMED: dict[str, Callable[[str, Sequence[Desk]], list[str]]] = {
    "source": _sources,
    "assigned": _people,
}


def _claimants(typed: str, desks: Sequence[Desk]) -> list[str]:
    if len(typed) < CLAIMANT_LETTERS:
        return []
    held = Claimant.objects.filter(desk__in=desks).holding(typed)
    names = sorted(set(held.values_list("name", flat=True)[:FEW]), key=str.casefold)
    rows = Claimant.objects.filter(desk__in=desks, name__in=names[:LOOKED_AT]).named()
    return list(rows.order_by("name").values_list("name", flat=True).distinct()[:SHOWN])


def _languages(typed: str, desks: Sequence[Desk]) -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


_COMPLETED = _NAMED | {"claimant": _claimants, "lang": _languages}


def _message(error: QueryError) -> str:
    said = {
        "unknown_operator": _(
            "“%(given)s:” at character %(place)s is no operator. Known are: %(allowed)s. "
            "To look for these words themselves, put them into quotation marks."
        ),
        "needs_value": _("“%(given)s” at character %(place)s needs a value: %(allowed)s."),
        "unknown_value": _(
            "“%(given)s” at character %(place)s cannot be found: there is no such value. "
            "Known are: %(allowed)s."
        ),
        "bad_day": _(
            "“%(given)s” at character %(place)s is no day. Write it as one of: %(allowed)s."
        ),
        "too_long": _("A search has at most %(limit)s characters."),
        "too_many": _("A search has at most %(terms)s words and operators."),
    }
    allowed = ", ".join(error.allowed[:SHOWN]) or _("any words")
    return said[error.code] % {
        "given": error.given[:80],
        "place": error.place,
        "allowed": allowed,
        "limit": LENGTH,
        "terms": language.TERMS,
    }
