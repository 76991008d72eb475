"""Files of articles and of other houses' work, read row by row. No database, no framework.

What is wrong is said by code and place (`faults.py`); the workflow puts it into words.
"""

from collections.abc import Callable, Iterable, Iterator

from annotations.imports import (
    articles,
    claimreview,
    doccano,
    encodings,
    labelstudio,
    meedan,
    records,
    tables,
    values,
)
from annotations.imports.encodings import Sniffer
from annotations.imports.entries import Entry, Mark, Parser, Proof
from annotations.imports.faults import Fault, Params, Unreadable
from annotations.imports.records import CSV, HTML, JSON, JSON_LINES, Input, Record, shape_of

FORMATS: dict[str, Parser] = {
    "articles": articles.entries,
    "claimreview": claimreview.entries,
    "doccano": doccano.entries,
    "labelstudio": labelstudio.entries,
    "meedan": meedan.entries,
}
_SHAPES: dict[str, Callable[[Input], Iterator[Record]]] = {
    CSV: tables.rows,
    JSON_LINES: values.lines,
    JSON: values.values,
    HTML: records.whole,
}


def read(
    chunks: Iterable[bytes],
    *,
    format: str,  # noqa: A002  # as the API names it
    shape: str,
    encoding: str,
    told: Callable[[int], None] = lambda size: None,
) -> Iterator[Entry]:
    """Read a file's entries one by one; `told` is called with the number of bytes read."""
    file = Input(encodings.decoded(chunks, encoding, told), encoding)
    return FORMATS[format](_SHAPES[shape](file))


__all__ = [
    "CSV",
    "FORMATS",
    "HTML",
    "JSON",
    "JSON_LINES",
    "Entry",
    "Fault",
    "Mark",
    "Params",
    "Proof",
    "Sniffer",
    "Unreadable",
    "read",
    "shape_of",
]
