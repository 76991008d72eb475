"""The texts that publications point into, for the checks of their selectors."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.db.models.functions import Length

from annotations.exports.documents import Snapshot, TextKey
from annotations.exports.records import Record
from annotations.models import Revision

LARGE = 50_000  # characters; larger texts are read one at a time
Row = tuple[int, int, str, object]


class Texts:
    """The texts of a batch of records: the small ones read at once, of the large ones only one."""

    def __init__(self, records: Iterable[Record]) -> None:
        keys = {_key(record) for record in records}
        found = _revisions(keys).annotate(length=Length("text")).filter(length__lte=LARGE)
        self._small = _by_key(found)
        self._large: dict[TextKey, Snapshot] = {}

    def __call__(self, record: Record) -> Snapshot | None:
        key = _key(record)
        if key not in self._small and key not in self._large:
            self._large = _by_key(_revisions({key}))
        return self._small.get(key) or self._large.get(key)


def _key(record: Record) -> TextKey:
    return record.article_id, record.revision_number


def _revisions(keys: set[TextKey]) -> QuerySet[Revision]:
    articles, numbers = {one for one, _ in keys}, {one for _, one in keys}
    return Revision.objects.filter(article__in=articles, number__in=numbers)


def _by_key(found: QuerySet[Revision]) -> dict[TextKey, Snapshot]:
    rows = found.values_list("article_id", "number", "text", "created_at")
    return {(article, number): Snapshot(text, at) for article, number, text, at in rows}
