"""What `q=` finds: the same as on the search page."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db.models import Q
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from annotations.api.access import person
from annotations.api.errors import BadQuery
from annotations.models import Desk, SearchEntry
from annotations.models.search import SearchEntryQuerySet
from annotations.models.search_filters import Seeker, on_articles
from annotations.workflow import searching


class Found(NamedTuple):
    """Titles and sentences, and what the articles that they stand in have to fit; see `on_articles`."""

    entries: SearchEntryQuerySet
    on: Q


def found(request: Request, text: str, *, among: Sequence[Desk], blind: Collection[int]) -> Found:
    """Return the titles and sentences that fit and that the caller may see."""
    try:
        wanted = searching.read(text, desks=among)
    except searching.BadSearch as refusal:
        raise BadQuery({"q": [ErrorDetail(str(refusal), refusal.reason)]}) from refusal
    by = Seeker(person(request), among, blind)
    return Found(SearchEntry.objects.found(wanted, by=by), on_articles(wanted.filters, by))
