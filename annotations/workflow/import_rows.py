"""The rows of an import: checked as every article is, then stored, many in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils import timezone

from annotations.imports import Entry, Fault
from annotations.imports.faults import excerpt
from annotations.models import Article, ExtractionRun, Import, ImportFault, ImportRow
from annotations.workflow import articles, import_words, intake
from annotations.workflow.articles import Duplicate
from annotations.workflow.errors import BadInput

Outcome = ImportRow.Outcome
_NAMES = ("text", "html", "title", "language", "byline", "source", "source_url", "published_at")


@dataclass(slots=True)
class Row:
    """One row on its way: what came in, and what became of it."""

    number: int
    entry: Entry
    draft: intake.Draft | None = None
    faults: list[Fault] = field(default_factory=list)
    outcome: str = Outcome.REFUSED
    article: Article | None = None

    @property
    def key(self) -> str:
        """Name the text and address of the row; empty where it has none that can be used."""
        if self.draft is None:
            return ""
        return sha256("\n".join(articles.key_of(self.draft)).encode()).hexdigest()


def prepared(number: int, entry: Entry, options: Mapping[str, Any]) -> Row:
    """Check a row by itself, as an article that comes alone is checked."""
    row = Row(number, entry, faults=list(entry.faults))
    if not entry.is_refused:
        try:
            row.draft = _settled(_draft(entry, options), options)
        except BadInput as refusal:
            row.faults.append(_fault(entry, refusal, options))
    return row


def store(work: Import, rows: Sequence[Row], *, at: datetime) -> list[ExtractionRun]:
    """Store what can be stored, or in a dry run find out what could; return runs to send."""
    drafted = [row for row in rows if row.draft]
    seen = _seen(work, drafted)
    runs = []
    for row, found in zip(drafted, _outcomes(work, drafted, at), strict=True):
        if isinstance(found, ExtractionRun):
            runs.append(found)
        _note(row, found, seen)
    return runs


def write(work: Import, rows: Sequence[Row]) -> None:
    """Write down what became of each row, and count it on the import; the caller saves that."""
    note(work, rows)
    tell(work, rows)


def note(work: Import, rows: Sequence[Row]) -> None:
    """Write down which rows came in and which did not."""
    ImportRow.objects.bulk_create(
        ImportRow(
            of=work,
            number=row.number,
            line=row.entry.line,
            outcome=row.outcome,
            key=row.key,
            article=row.article,
        )
        for row in rows
    )
    for row in rows:
        setattr(work, row.outcome, getattr(work, row.outcome) + 1)


def tell(work: Import, rows: Sequence[Row]) -> None:
    """Write down what was wrong with rows that are done."""
    ImportFault.objects.bulk_create(_faults(work, rows))
    work.rows_done = rows[-1].number


def _settled(draft: intake.Draft, options: Mapping[str, Any]) -> intake.Draft:
    """Settle a draft; a claim too short to tell its language is taken in the fallback."""
    try:
        return intake.settle(draft)
    except BadInput as refusal:
        if refusal.reason != "language_not_detected" or not options.get("fallback"):
            raise
        return intake.settle(replace(draft, language=options["fallback"]))


def _draft(entry: Entry, options: Mapping[str, Any]) -> intake.Draft:
    """Fill in what was said of all rows, and the newsroom's zone where a time names none."""
    given = {name: options[name] for name in ("language", "source") if options.get(name)}
    given |= {name: entry.fields[name] for name in _NAMES if entry.fields.get(name)}
    moment = given.get("published_at")
    if moment is not None and moment.tzinfo is None:
        given["published_at"] = timezone.make_aware(moment)
    return intake.Draft(**given)


def _fault(entry: Entry, refusal: BadInput, options: Mapping[str, Any]) -> Fault:
    value = str(entry.fields.get(refusal.field, ""))
    column = entry.columns.get(refusal.field, refusal.field)
    said = import_words.in_each_language(lambda: _settled(_draft(entry, options), options), refusal)
    return Fault(entry.line, refusal.reason, column, excerpt(value), said)


def _outcomes(
    work: Import, rows: Sequence[Row], at: datetime
) -> Iterator[ExtractionRun | Duplicate | None]:
    """Say of each row what it repeats, or its extraction; in a dry run there is none."""
    drafts = [row.draft for row in rows if row.draft]
    if not work.is_dry_run:
        yield from articles.add_many(desk=work.desk, drafts=drafts, by=work.created_by, at=at)
        return
    known = articles.stored(work.desk, drafts)
    for draft in drafts:
        first = known.get(articles.key_of(draft))
        yield Duplicate(first) if first else None


def _note(row: Row, found: ExtractionRun | Duplicate | None, seen: dict[str, int]) -> None:
    """Note what became of a row; `seen` tells on which line the same stood before."""
    first_line = seen.setdefault(row.key, row.entry.line)
    if isinstance(found, Duplicate):
        row.outcome, row.article = Outcome.KNOWN, found.first
    elif first_line != row.entry.line:
        row.outcome = Outcome.KNOWN
    else:
        row.outcome = Outcome.ADDED
        row.article = found.revision.article if found else None
        return
    row.faults.append(_repeated(row, first_line))


def _seen(work: Import, rows: Sequence[Row]) -> dict[str, int]:
    """Return the lines of earlier rows with the same text and address."""
    found = ImportRow.objects.filter(
        of=work, key__in=[row.key for row in rows], outcome=Outcome.ADDED
    )
    return dict(found.values_list("key", "line"))


def _repeated(row: Row, first_line: int) -> Fault:
    """Name what this row repeats: an earlier row, or an article that the desk had before."""
    column = row.entry.columns.get("text", "text")
    shown = excerpt(row.entry.fields.get("title", ""))
    if first_line != row.entry.line or row.article is None:
        return Fault(row.entry.line, "duplicate_row", column, shown, {"line": first_line})
    params: dict[str, str | int] = {"title": row.article.title, "id": row.article.pk}
    return Fault(row.entry.line, "duplicate", column, shown, params)


def _faults(work: Import, rows: Sequence[Row]) -> Iterator[ImportFault]:
    for row in rows:
        for one in row.faults:
            yield ImportFault(
                of=work,
                row=row.number,
                line=one.line,
                column=_plain(one.column)[:200],
                value=_plain(one.value)[:400],
                code=one.code,
                params=dict(one.params),
                is_warning=one.is_warning,
            )


def _plain(text: str) -> str:
    """Leave out what no database takes."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
