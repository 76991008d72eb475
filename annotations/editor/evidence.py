"""Evidence as the forms send it: a row of fields for each."""

from collections.abc import Iterator

from django.http import QueryDict

from annotations.models import Evidence
from annotations.workflow.evidence import Item

STANCES = Evidence.Stance.choices
COLUMNS = ("url", "title", "quote", "stance", "archived_url")


def typed(data: QueryDict) -> tuple[Item, ...]:
    """Read the rows in which something was typed."""
    return tuple(_rows(data))


def _rows(data: QueryDict) -> Iterator[Item]:
    columns = [map(str.strip, data.getlist(f"evidence_{name}")) for name in COLUMNS]
    for url, title, quote, stance, archived_url in zip(*columns, strict=False):
        if url or title or quote:
            yield Item(url, title, quote, stance or Evidence.Stance.SUPPORTS, archived_url)
