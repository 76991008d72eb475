"""Reading what people look for, with what is wrong in it said so that they can put it right."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.models import Claimant, Desk, Source, User
from annotations.models.few import FEW
from annotations.models.search import operators
from annotations.search import completion, language
from annotations.search.completion import Offer
from annotations.search.language import Filter, Grammar, Query, QueryError
from annotations.search.names import NAMES
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


def read(text: str, *, desks: Sequence[Desk], today: date, field: str = "q") -> Query:
    """Read a query of somebody who sees these desks."""
    try:
        query = language.parse(text, Grammar(operators(desks), today))
        terms = [_settled(one, desks) if isinstance(one, Filter) else one for one in query.terms]
    except QueryError as error:
        raise BadSearch(error, field=field) from error
    return Query(tuple(terms))


def spoken() -> str:
    """Return the language in which names are shown to whoever reads."""
    return (get_language() or "en").partition("-")[0]


def values_of(operator: str, typed: str, *, desks: Sequence[Desk]) -> list[Offer]:
    """Return the values that could be meant, for an operator that takes any of what is there."""
    known = _known(operator, typed, desks)
    return completion.values(typed, known, operator=operator, language=spoken())


def _known(operator: str, typed: str, desks: Sequence[Desk]) -> Sequence[str]:
    if operator in _COMPLETED:
        return _COMPLETED[operator](typed, desks)
    known = operators(desks).get(operator)
    return (known.values or NAMES.values(operator)) if known else []


def _settled(one: Filter, desks: Sequence[Desk]) -> Filter:
    """Refuse a name that nobody has. A person of this name goes before a word of ours."""
    if one.operator == "lang":
        return replace(one, value=_language(one))
    if one.operator not in _NAMED:
        return one
    meant = NAMES.value(one.operator, one.value)
    known = _NAMED[one.operator](one.value, desks)
    for name in known:
        if name.casefold() == one.value.casefold():
            return replace(one, value=name)
    if meant:
        return replace(one, value=meant)
    raise _unknown(one, _NAMED[one.operator]("", desks))


def _language(one: Filter) -> str:
    given = NAMES.value(one.operator, one.value) or one.value
    try:
        return intake.known_language(given)
    except BadInput as refusal:
        raise _unknown(one, NAMES.values(one.operator)) from refusal


def _unknown(one: Filter, allowed: Sequence[str]) -> QueryError:
    given = f"{one.name}:{one.value}"
    return QueryError(
        "unknown_value", place=one.place, given=given, allowed=allowed, operator=one.operator
    )


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


_COMPLETED = _NAMED | {"claimant": _claimants}


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
    allowed = ", ".join(_called(error)) or _("any words")
    return said[error.code] % {
        "given": error.given[:80],
        "place": error.place,
        "allowed": allowed,
        "limit": LENGTH,
        "terms": language.TERMS,
    }


def _called(error: QueryError) -> list[str]:
    """Name what may stand as the reader's language does."""
    shown, operator, reader = error.allowed[:SHOWN], error.operator, spoken()
    if operator:
        return [NAMES.of_value(operator, one, reader)[0] for one in shown]
    return [NAMES.of_operator(one, reader)[0] for one in shown]
