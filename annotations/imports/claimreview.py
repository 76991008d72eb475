"""ClaimReview as houses really publish it: in JSON-LD, microdata or RDFa, in lists, graphs, feeds.

Taken with what is usual and wrong: `type` for `@type`, ratings as text, numbers that say nothing,
several addresses in one string, claimants that are none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from annotations.imports import articles, dates, pages
from annotations.imports.entries import Entry, Mark, Proof
from annotations.imports.faults import Fault, excerpt
from annotations.imports.names import plain
from annotations.imports.records import Record
from annotations.imports.references import Entangled

_ADDRESS = re.compile(r"https?://[^\s,;<>\"']+")
_NOBODY = frozenset(
    [
        "sources_multiples",
        "source_multiple",
        "multiple_sources",
        "various",
        "unknown",
        "inconnu",
        "divers",
        "plusieurs_sources",
        "internautes",
    ]
)
_COLUMNS = {
    "text": "claimReviewed",
    "title": "headline",
    "language": "inLanguage",
    "source": "itemReviewed.author",
    "source_url": "itemReviewed.appearance",
    "published_at": "itemReviewed.datePublished",
    "label": "reviewRating",
}


def entries(records: Iterable[Record]) -> Iterator[Entry]:
    """Read each review as a claim with its outcome."""
    for record in records:
        if any(not fault.is_warning for fault in record.faults):
            yield Entry(record.line, faults=record.faults)
            continue
        reviews, missing = [], "no_claimreview"
        try:
            reviews = list(_found(record))
        except Entangled:
            missing = "entangled_page"
        for review in reviews:
            yield _entry(review, record)
        if not reviews and not _is_beside(record.values):
            fault = Fault(record.line, missing, value=excerpt(record.values))
            yield Entry(record.line, faults=(*record.faults, fault))


def _found(record: Record) -> Iterator[Mapping[str, Any]]:
    """Find the reviews of a record: in itself, or in a page, each claim once."""
    if not isinstance(record.values, str):
        yield from _reviews(record.values)
        return
    page = pages.read(record.values)
    claims = set()
    for review in _reviews([page.scripts, page.elements]):
        claim = _text(review.get("claimReviewed"))
        if claim not in claims or not claim:
            claims.add(claim)
            yield {"url": page.address, **review}
    if page.is_entangled and not claims:
        raise Entangled


def _reviews(value: Any) -> Iterator[Mapping[str, Any]]:
    """Find reviews at any depth: in lists, graphs, feeds and what they are parts of."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, Mapping):
            if _is_review(one):
                yield one
            elif not _is_gone(one):
                waiting += reversed(list(one.values()))


def _is_review(value: Mapping[str, Any]) -> bool:
    return _is_a("ClaimReview", value)


def _is_gone(value: Mapping[str, Any]) -> bool:
    """Tell an entry of a feed that says what its publisher took back."""
    return "dateDeleted" in value


def _is_beside(value: Any) -> bool:
    """Tell what stands in a list of reviews and is meant to be none."""
    return isinstance(value, Mapping) and (_is_gone(value) or _is_a("Dataset", value))


def _is_a(name: str, value: Mapping[str, Any]) -> bool:
    kinds = _listed(value.get("@type", value.get("type")))
    return any(isinstance(kind, str) and kind.endswith(name) for kind in kinds)


def _entry(review: Mapping[str, Any], record: Record) -> Entry:
    item = _object(review.get("itemReviewed"))
    url = _address(review.get("url"))
    appearances = _addresses(item.get("appearance"), item.get("firstAppearance"), item.get("url"))
    fields = {
        "text": _text(review.get("claimReviewed")) or _text(item.get("name")),
        "title": _text(review.get("headline")) or _text(review.get("name")),
        "language": _text(review.get("inLanguage")),
        "source": _claimant(item.get("author")),
        "source_url": next(iter(appearances), url),
        "published_at": _text(item.get("datePublished")) or _text(review.get("datePublished")),
    }
    row = Record(record.line, {name: text for name, text in fields.items() if text}, record.faults)
    entry = articles.entry(row)
    marks, faults = _marks(review, url, appearances[1:], record.line)
    return Entry(
        record.line,
        entry.fields,
        _COLUMNS,
        marks,
        (*_forgiven(entry.faults), *faults),
        dates.read_stamp(_text(review.get("datePublished"))),
    )


def _forgiven(faults: Iterable[Fault]) -> Iterator[Fault]:
    """A date that cannot be read keeps no claim out."""
    for one in faults:
        is_warning = one.is_warning or one.code == "not_a_date"
        column = _COLUMNS.get(one.column, one.column)
        yield Fault(one.line, one.code, column, one.value, one.params, is_warning)


def _marks(
    review: Mapping[str, Any], url: str, others: list[str], line: int
) -> tuple[tuple[Mark, ...], list[Fault]]:
    rating = review.get("reviewRating")
    words, worth = _rating(rating)
    if not words and worth is None:
        fault = Fault(line, "no_rating", "reviewRating", excerpt(rating or ""), is_warning=True)
        return (), [fault]
    said = _object(rating)
    rationale = next(
        filter(
            None,
            map(
                _text,
                (
                    said.get("ratingExplanation"),
                    review.get("reviewBody"),
                    review.get("description"),
                ),
            ),
        ),
        "",
    )
    heading = _text(review.get("headline")) or _text(review.get("name"))
    proof = [Proof(url, heading)] if url else []
    proof += [Proof(one) for one in others if one != url]
    mark = Mark(words or f"{worth:g}", rationale=rationale, worth=worth, proof=tuple(proof))
    return (mark,), []


def _rating(rating: Any) -> tuple[str, float | None]:
    """Return the words of a rating, and its worth from 0 to 1 where its numbers say one."""
    if not isinstance(rating, Mapping):
        rating = next((one for one in _listed(rating) if isinstance(one, Mapping)), rating)
    if not isinstance(rating, Mapping):
        return _text(rating), None
    value, best, worst = (
        _number(rating.get(name)) for name in ("ratingValue", "bestRating", "worstRating")
    )
    worst = 1.0 if worst is None else worst
    worth = None
    if value is not None and best is not None and best > worst:
        worth = min(1.0, max(0.0, (value - worst) / (best - worst)))
    words = _text(rating.get("alternateName")) or _text(rating.get("name"))
    return words or ("" if worth is not None else _text(rating.get("ratingValue"))), worth


def _number(value: Any) -> float | None:
    try:
        return float(_text(value).replace(",", "."))
    except ValueError:
        return None


def _text(value: Any) -> str:
    """Read text, however it was wrapped."""
    if isinstance(value, Mapping):
        value = value.get("@value", value.get("name"))
    if isinstance(value, list):
        return next(filter(None, map(_text, value)), "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _claimant(author: Any) -> str:
    names = [_text(one) for one in _listed(author)]
    return ", ".join(name for name in names if name and plain(name) not in _NOBODY)[:200]


def _address(value: Any) -> str:
    return next(iter(_addresses(value)), "")


def _addresses(*values: Any) -> list[str]:
    """Find every web address, also several in one string."""
    found: list[str] = []
    for value in values:
        for one in _listed(value):
            text = (one.get("url") or one.get("@id")) if isinstance(one, Mapping) else one
            if isinstance(text, str):
                found += [place.rstrip(".)") for place in _ADDRESS.findall(text)]
    return list(dict.fromkeys(found))


def _object(value: Any) -> Mapping[str, Any]:
    return next((one for one in _listed(value) if isinstance(one, Mapping)), {})


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
