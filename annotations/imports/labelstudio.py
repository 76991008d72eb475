"""Label Studio's JSON: tasks with annotations, or the short form; spans and choices.

Regions of one id belong together: the span, its labels, and what was written about it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotations.imports import articles
from annotations.imports.entries import Entry, Mark
from annotations.imports.faults import Fault, excerpt
from annotations.imports.marking import span_mark
from annotations.imports.names import meaning
from annotations.imports.records import Record

_OF_TOOL = frozenset(
    [
        "id",
        "annotator",
        "annotation_id",
        "annotation",
        "created_at",
        "updated_at",
        "lead_time",
        "meta",
        "inner_id",
    ]
)


@dataclass(slots=True)
class Region:
    """A stretch of the text, or all of it, with the labels and notes that it was given."""

    start: int | None = None
    end: int | None = None
    exact: str | None = None
    labels: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    by: tuple[str, ...] = ()


def entries(records: Iterable[Record]) -> Iterator[Entry]:
    """Read each task as an article with its labels."""
    for record in records:
        if not isinstance(record.values, Mapping):
            yield articles.entry(record)
        elif isinstance(record.values.get("data"), Mapping):
            yield _task(record, record.values)
        else:
            yield _short(record, record.values)


def _task(record: Record, task: Mapping[str, Any]) -> Entry:
    given = task.get("annotations") or task.get("completions") or []
    kept = [one for one in _objects(given) if not one.get("was_cancelled")]
    faults = []
    if not kept and task.get("predictions"):
        faults.append(Fault(record.line, "only_predictions", "predictions", is_warning=True))
    regions = [
        replace(region, by=_names(one.get("completed_by")))
        for one in kept
        for region in _regions(_objects(one.get("result")))
    ]
    return _entry(record, task["data"], regions, faults)


def _short(record: Record, task: Mapping[str, Any]) -> Entry:
    """Read the short form, in which every control's answer stands beside the text."""
    data = {name: value for name, value in task.items() if isinstance(value, str) and meaning(name)}
    regions: list[Region] = []
    for name, value in task.items():
        if name not in data and name not in _OF_TOOL:
            regions += _answers(value)
    by = _names(task.get("annotator"))
    return _entry(record, data, [replace(region, by=by) for region in regions], [])


def _answers(value: Any) -> Iterator[Region]:
    if isinstance(value, str):
        yield Region(labels=[value])
    elif isinstance(value, Mapping):
        yield Region(labels=_words(value.get("choices")))
    else:
        for one in _objects(value):
            yield _region(one)


def _regions(results: Iterable[Mapping[str, Any]]) -> Iterator[Region]:
    found: dict[str, Region] = defaultdict(Region)
    for number, one in enumerate(results):
        value = one.get("value")
        if not isinstance(value, Mapping):
            continue
        region, part = found[str(one.get("id", number))], _region(value)
        if part.start is not None:
            region.start, region.end = part.start, part.end
            region.exact = region.exact or part.exact
        region.labels += [label for label in part.labels if label not in region.labels]
        if one.get("type") == "textarea":
            region.notes += _words(value.get("text"))
    yield from found.values()


def _region(value: Mapping[str, Any]) -> Region:
    place = value.get("globalOffsets")
    start, end = (
        (place if isinstance(place, Mapping) else value).get(name) for name in ("start", "end")
    )
    is_span = isinstance(start, int) and isinstance(end, int)
    labels = next(
        (words for one in value if one.endswith("labels") and (words := _words(value[one]))), []
    )
    exact = value.get("text")
    return Region(
        start=start if is_span else None,
        end=end if is_span else None,
        exact=exact if isinstance(exact, str) else None,
        labels=labels or _words(value.get("choices")),
    )


def _entry(
    record: Record, data: Mapping[str, Any], regions: Iterable[Region], faults: list[Fault]
) -> Entry:
    texts = {name: value for name, value in data.items() if isinstance(value, str)}
    entry = articles.entry(Record(record.line, texts, record.faults))
    text = entry.fields.get("text", "")
    faults = [*entry.faults, *faults]
    marks: dict[tuple[Any, ...], Mark] = {}
    for region in regions:
        for label in region.labels:
            found = _mark(text, label, region, record.line)
            if isinstance(found, Fault):
                faults.append(found)
            else:
                marks.setdefault((found.by, found.label, found.start, found.end), found)
    return Entry(record.line, entry.fields, entry.columns, tuple(marks.values()), tuple(faults))


def _mark(text: str, label: str, region: Region, line: int) -> Mark | Fault:
    notes = "\n".join(region.notes)
    if region.start is None or region.end is None:
        return Mark(label, rationale=notes, by=region.by)
    span = region.start, region.end
    found = span_mark(text, label, span, region.exact, (line, "annotations"))
    if isinstance(found, Fault):
        return found
    return replace(found, rationale=notes, by=region.by)


def _names(account: Any) -> tuple[str, ...]:
    """Say all that an account is called: its number, address and user name."""
    if isinstance(account, Mapping):
        return sum((_names(account.get(name)) for name in ("id", "email", "username")), ())
    is_named = isinstance(account, int | str) and not isinstance(account, bool)
    return (str(account)[:200],) if is_named and str(account).strip() else ()


def _objects(values: Any) -> list[Mapping[str, Any]]:
    listed = values if isinstance(values, list) else []
    return [one for one in listed if isinstance(one, Mapping)]


def _words(values: Any) -> list[str]:
    listed = values if isinstance(values, list) else [values]
    return [excerpt(one) if len(one) > 10_000 else one for one in listed if isinstance(one, str)]
