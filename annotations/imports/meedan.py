"""Meedan Check's tables: of items with their status, or of fact-checks with their rating."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotations.imports import articles, dates
from annotations.imports.entries import Entry, Mark, Proof
from annotations.imports.faults import Unreadable, excerpt
from annotations.imports.names import plain
from annotations.imports.records import Record

_MEANINGS = {
    "claim": "text",
    "fact_check_title": "text",
    "fact_check_summary": "rationale",
    "item_page_url": "url",
    "fact_check_url": "url",
    "status": "label",
    "rating": "label",
    "social_media_posted_at": "posted",
    "submitted_at": "submitted",
    "updated_at": "updated",
    "report_published_at": "published",
    "language": "language",
}


def entries(records: Iterable[Record]) -> Iterator[Entry]:
    """Read each row as a claim with its outcome; columns of tasks are left out."""
    for number, record in enumerate(records):
        if number == 0 and isinstance(record.values, list):
            _refuse_other_table(record.values)
        elif isinstance(record.values, Mapping) and record.values:
            yield _entry(record, record.values)
        else:
            yield articles.entry(record)


def _refuse_other_table(names: list[str]) -> None:
    if "text" not in {_MEANINGS.get(plain(name)) for name in names}:
        raise Unreadable("no_claim_column", found=excerpt(", ".join(names)))


def _entry(record: Record, values: Mapping[str, Any]) -> Entry:
    named = {
        field: name for name in values if (field := _MEANINGS.get(plain(name))) and values[name]
    }
    said = {field: str(values[name]).strip() for field, name in named.items()}
    url = said.get("url", "")
    fields = {"text": " ".join(said.get("text", "").split()), "url": url}
    fields |= {"language": said.get("language", "")}
    entry = articles.entry(
        Record(record.line, {name: value for name, value in fields.items() if value}, record.faults)
    )
    stamp = said.get("posted") or said.get("submitted") or said.get("updated", "")
    moment = dates.read_stamp(stamp) if stamp else None
    return Entry(
        record.line,
        entry.fields | ({"published_at": moment} if moment else {}),
        {
            "text": named.get("text", "Claim"),
            "source_url": named.get("url", ""),
            "label": named.get("label", "Status"),
        },
        _marks(said, url),
        entry.faults,
        dates.read_stamp(said.get("published") or said.get("updated") or ""),
    )


def _marks(said: Mapping[str, str], url: str) -> tuple[Mark, ...]:
    if not said.get("label"):
        return ()
    proof = (Proof(url, said.get("text", "")),) if url.startswith(("https://", "http://")) else ()
    return (Mark(said["label"], rationale=said.get("rationale", ""), proof=proof),)
