"""What `q=` finds: the same as on the search page."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from annotations.api.access import person
from annotations.api.errors import BadQuery
from annotations.models import Desk, SearchEntry
from annotations.models.search import SearchEntryQuerySet
from annotations.models.search_filters import Seeker, conditions, on_articles, on_sentences
from annotations.workflow import searching


class Found(NamedTuple):
    """Titles and sentences, and in other words what articles or sentences fit; see `on_articles`.

    `sentences` is None where `entries` say it with less to read, and of use for a list by worth
    only.
    """

    entries: SearchEntryQuerySet
    articles: Q
    sentences: Q | None


def found(request: Request, text: str, *, among: Sequence[Desk], blind: Collection[int]) -> Found:
    """Return the titles and sentences that fit and that the caller may see."""
    try:
        wanted = searching.read(text, desks=among, today=timezone.localdate())
    except searching.BadSearch as refusal:
        raise BadQuery({"q": [ErrorDetail(str(refusal), refusal.reason)]}) from refusal
    by = Seeker(person(request), among, blind)
    filters = conditions(wanted.filters, by)
    is_narrow = bool(wanted.words) or any(one.is_few for one in filters)
    return Found(
        SearchEntry.objects.fitting(wanted, filters, by=by),
        on_articles(wanted.filters, by),
        None if is_narrow else on_sentences(wanted.filters, by),
    )
