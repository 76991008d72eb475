"""Labelled sentences, as people wrote them down.

JSON Lines with the fields of the labelling guidelines, of which only `text` has to be there, or
tables (`.tsv`) with the columns `Text` and `class_label` (Yes or No) as ClaimBuster has them.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from annotations.extraction.records import Span

TABLE_LANGUAGE = "en"


class BadGold(Exception):
    """A line that cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An amount or a date as labelled: its place and what it stands for."""

    span: Span
    value: object
    unit: str | None = None
    modifier: str | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled sentence; what was not labelled is None, what is not there is empty."""

    text: str
    language: str
    published_on: date | None = None
    split: str | None = None
    article: str | None = None
    check_worthy: bool | None = None
    kind: str | None = None
    facets: frozenset[str] | None = None
    speaker: str | None = None
    speaker_resolved: str | None = None
    quantities: tuple[Mention, ...] | None = None
    dates: tuple[Mention, ...] | None = None


def read(path: Path) -> Iterator[Gold]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = _table(lines) if path.suffix == ".tsv" else map(_record, lines)
        done = 0
        try:
            for row in rows:
                yield row
                done += 1
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadGold(f"{path.name}, row {done + 1}: {error!r}") from error


def _table(lines: Iterator[str]) -> Iterator[Gold]:
    for row in csv.DictReader(lines, delimiter="\t"):
        label = row["class_label"].strip().lower()
        yield Gold(row["Text"], TABLE_LANGUAGE, check_worthy=label in ("yes", "1"))


def _record(line: str) -> Gold:
    row: Mapping[str, Any] = json.loads(line)
    worthy, facets, day = row.get("check_worthy"), row.get("facets"), row.get("pub_date")
    return Gold(
        text=row["text"],
        language=row.get("lang") or row.get("language") or "und",
        published_on=date.fromisoformat(day) if day else None,
        split=row.get("split"),
        article=row.get("article"),
        check_worthy=None if worthy is None else bool(worthy),
        kind=row.get("type"),
        facets=None if facets is None else frozenset(facets),
        speaker=row.get("speaker", "") or ("" if "speaker" in row else None),
        speaker_resolved=row.get("speaker_resolved") or row.get("speaker"),
        quantities=_mentions(row.get("quantities"), "value"),
        dates=_mentions(row.get("dates"), "iso"),
    )


def _mentions(rows: Sequence[Mapping[str, Any]] | None, value: str) -> tuple[Mention, ...] | None:
    if rows is None:
        return None
    return tuple(
        Mention(Span(*row["span"]), _plain(row[value]), row.get("unit"), row.get("mod"))
        for row in rows
    )


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
