"""What `q=` finds: the same as on the search page."""

from collections.abc import Collection, Sequence

from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from annotations.api.access import person
from annotations.api.errors import BadQuery
from annotations.models import Desk, SearchEntry
from annotations.models.search import SearchEntryQuerySet
from annotations.models.search_filters import Seeker
from annotations.workflow import searching


def found(
    request: Request, text: str, *, among: Sequence[Desk], blind: Collection[int]
) -> SearchEntryQuerySet:
    """Return the titles and sentences that fit and that the caller may see."""
    try:
        wanted = searching.read(text, desks=among)
    except searching.BadSearch as refusal:
        raise BadQuery({"q": [ErrorDetail(str(refusal), refusal.reason)]}) from refusal
    return SearchEntry.objects.found(wanted, by=Seeker(person(request), among, blind))
