"""Publications as records."""

from operator import attrgetter

from annotations.exports import COLUMNS, Record
from annotations.models import Publication

_values = attrgetter(*(column.replace("__", ".") for column in COLUMNS))


def record_of(publication: Publication) -> Record:
    """Turn a row into what exports and lists show of it."""
    return Record._make(_values(publication))
