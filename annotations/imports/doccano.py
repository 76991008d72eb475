"""doccano's JSON Lines: sequence labelling, text classification, or both."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotations.imports import articles
from annotations.imports.entries import Entry, Mark
from annotations.imports.faults import Fault, excerpt
from annotations.imports.marking import span_mark
from annotations.imports.records import Record

_TEXTS = ("text", "data")
_LABELS = ("label", "labels", "entities", "cats", "spans")


def entries(records: Iterable[Record]) -> Iterator[Entry]:
    """Read each document as an article with its labels."""
    for record in records:
        if isinstance(record.values, Mapping):
            yield _entry(record, record.values)
        else:
            yield articles.entry(record)


def _entry(record: Record, values: Mapping[str, Any]) -> Entry:
    text = next((values[name] for name in _TEXTS if isinstance(values.get(name), str)), "")
    beside = {
        name: value
        for name, value in values.items()
        if isinstance(value, str) and name not in (*_TEXTS, *_LABELS)
    }
    entry = articles.entry(Record(record.line, beside | {"text": text}, record.faults))
    marks: list[Mark] = []
    faults = list(entry.faults)
    for name in _LABELS:
        for label in _listed(values.get(name)):
            found = _mark(text, label, record.line, name)
            if isinstance(found, Mark):
                marks.append(found)
            else:
                faults.append(found)
    return Entry(record.line, entry.fields, entry.columns, tuple(marks), tuple(faults))


def _listed(labels: Any) -> list[Any]:
    if isinstance(labels, Mapping):  # {tag: weight}
        return [tag for tag, weight in labels.items() if weight]
    if labels is None or labels == "":
        return []
    return labels if isinstance(labels, list) else [labels]


def _mark(text: str, label: Any, line: int, column: str) -> Mark | Fault:
    if isinstance(label, str):
        return Mark(label)
    if isinstance(label, Mapping):
        label = [label.get(name) for name in ("start_offset", "end_offset", "label")]
    if isinstance(label, list) and len(label) == 3:
        start, end, tag = label
        if _is_number(start) and _is_number(end) and isinstance(tag, str):
            return span_mark(text, tag, (start, end), None, (line, column))
    return Fault(line, "not_a_label", column, excerpt(label), is_warning=True)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
