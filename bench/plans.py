"""The plans of every list's statements, on as many sentences as are asked for.

Each list is read once through its view; the statements that this took are explained. What would
get slower with every article more shows here, long before anybody waits for it.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg import ClientCursor

from annotations.models import ExtractionRun
from bench import newsroom
from bench.addresses import ADDRESSES, Address
from bench.figures import Stopwatch, print_table
from bench.near_and_far import FAR, RATIO_AT_MOST
from bench.scratch import Scratch

STATEMENTS_AT_MOST = 8  # without those that say who is asking
MILLISECONDS_AT_MOST = 10.0
FIRST_ROWS = 100
STREAMED, DOWNLOAD = 'FROM "annotations_publication"', "DECLARE download NO SCROLL CURSOR FOR "
SCATTERED = 10  # pages more, where rows lie less close together
LARGE = 10_000  # rows; a smaller table may be read whole, and so many of a large one
SIGNING_IN = ('FROM "django_session"', 'FROM "annotations_user" WHERE "annotations_user"."id" = ')


@dataclass(slots=True)
class Finding:
    """What the statements of one list cost together; of a far page, beside what the first did."""

    name: str
    first: "Finding | None" = None
    statements: int = 0
    milliseconds: float = 0.0
    rows: int = 0
    buffers: int = 0
    scans: set[str] = field(default_factory=set)
    whole_tables: set[str] = field(default_factory=set)
    sums: bool = False

    @property
    def is_good(self) -> bool:
        is_bounded = self.sums or not self.whole_tables
        return is_bounded and not self.is_far and self.statements <= STATEMENTS_AT_MOST

    @property
    def is_far(self) -> bool:
        """It costs more for being far."""
        near = self.first.buffers if self.first else self.buffers
        return self.buffers > RATIO_AT_MOST * near + SCATTERED

    def cells(self) -> list[str]:
        slow = "  slow" if self.milliseconds > MILLISECONDS_AT_MOST else ""
        whole = f"READS ALL OF {', '.join(sorted(self.whole_tables))}; " * bool(self.whole_tables)
        return [
            self.name,
            f"{self.statements}",
            f"{self.milliseconds:.1f}{slow}",
            f"{self.rows}",
            f"{self.buffers}" + "  missed" * self.is_far,
            whole + ", ".join(sorted(self.scans)),
        ]


def main(_scratch: Scratch, options: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="plans")
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument(
        "--only", default="", help="lists whose name begins so, or so: search,queue"
    )
    parser.add_argument("--show", action="store_true", help="print the plans of slow statements")
    chosen = parser.parse_args(options)
    names = tuple(chosen.only.split(","))
    with Stopwatch() as watch:
        newsroom.build(newsroom.Newsroom(chosen.sentences))
    print(f"{chosen.sentences:,} sentences, made in {watch.seconds:.0f} s")
    findings = []
    for one in ADDRESSES:
        if one.name.startswith(names):
            findings += _examined_near_and_far(one, show=chosen.show)
    findings += [_explained(name, [_sql(rows)], show=chosen.show) for name, rows in _watches()]
    head = ["list", "statements", "ms", "rows", "pages", "how"]
    print_table(head, [finding.cells() for finding in findings])
    return all(finding.is_good for finding in findings)


def _examined_near_and_far(address: Address, *, show: bool) -> Iterator[Finding]:
    first = _examined(address, show=show)
    yield first
    if address.turns:
        number, path = _far(address)
        far = address._replace(name=f"… page {number:,}", path=path)
        finding = _examined(far, show=show)
        finding.first = first
        yield finding


def _far(address: Address) -> tuple[int, str]:
    """Find the thousandth page, or the last full one, in steps of 25; a cursor fits any size."""
    client, number, far = newsroom.client(address.reader), 1, address.path
    large = address.path.replace("page_size=20", "page_size=500")
    while number < FAR:
        answer = client.get(large).json()
        cursor = answer.get("next_cursor") or _cursor_in(answer.get("next"))
        if not cursor or not answer.get("has_more", True):
            break
        number += 25
        far, large = (f"{_bare(one)}&cursor={cursor}" for one in (far, large))
    return number, far


def _cursor_in(address: str | None) -> str:
    """Take the cursor out of the address of the next page."""
    return "".join(parse_qs(urlsplit(address or "").query).get("cursor", []))


def _bare(path: str) -> str:
    return path.partition("&cursor=")[0]


def _examined(address: Address, *, show: bool) -> Finding:
    """Read a list as its reader does, then explain what was asked of the database."""
    client = newsroom.client(address.reader)
    client.get(address.path)  # what is prepared only once does not count
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address.path)
        if answer.streaming:
            next(iter(answer), b"")
            answer.close()
    statements = [one["sql"] for one in captured.captured_queries]
    if answer.streaming:
        statements = [DOWNLOAD + one if STREAMED in one else one for one in statements]
    if answer.status_code != 200:
        raise AssertionError(f"{address.path}: {answer.status_code} {answer.content[:300]!r}")
    finding = _explained(address.name, statements, show=show)
    finding.sums = address.sums
    return finding


def _watches() -> Iterator[tuple[str, QuerySet[Any]]]:
    """Name what the watch over extraction asks every few seconds."""
    now, runs = timezone.now(), ExtractionRun.objects
    yield "watch: silent runs", runs.silent_since(now)
    yield "watch: unsent runs", runs.unsent_since(now).order_by("dispatched_at", "pk")[:100]
    yield "watch: active runs", runs.active().order_by("pk")[:100]


def _sql(rows: QuerySet[Any]) -> str:
    return ClientCursor(connection.connection).mogrify(*rows.query.sql_with_params())


def _explained(name: str, statements: Sequence[str], *, show: bool) -> Finding:
    finding = Finding(name)
    for statement in statements:
        if not statement.startswith(("SELECT", "WITH", "DECLARE")):
            continue
        if any(table in statement for table in SIGNING_IN):
            continue
        finding.statements += 1
        plan = _plan(statement)
        finding.milliseconds += plan["Execution Time"] + plan["Planning Time"]
        if show and plan["Execution Time"] > MILLISECONDS_AT_MOST:
            _print_plan(statement)
        _add(finding, plan["Plan"])
    return finding


def _plan(statement: str) -> dict[str, Any]:
    """Explain a statement. Of an export, only the plan: its rows are timed as far as the first."""
    with transaction.atomic(), connection.cursor() as cursor:
        if statement.startswith("DECLARE"):
            return _plan_of_cursor(statement, cursor)
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}")
        return _first(cursor)


def _plan_of_cursor(statement: str, cursor: Any) -> dict[str, Any]:
    cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
    plan = _first(cursor)
    with Stopwatch() as watch:
        cursor.execute(statement)
        cursor.execute(f"FETCH {FIRST_ROWS} FROM {statement.split()[1]}")
    return {"Planning Time": 0.0, "Execution Time": watch.seconds * 1000, **plan}


def _first(cursor: Any) -> dict[str, Any]:
    found = cursor.fetchone()[0]
    plans: list[dict[str, Any]] = orjson.loads(found) if isinstance(found, str) else found
    return plans[0]


def _add(finding: Finding, plan: dict[str, Any]) -> None:
    finding.rows += plan.get("Actual Rows", 0)
    finding.buffers += plan.get("Shared Hit Blocks", 0) + plan.get("Shared Read Blocks", 0)
    for node in _nodes(plan):
        if "Index Name" in node:
            finding.scans.add(_short(node["Index Name"]))
        elif node["Node Type"] == "Seq Scan" and _read(node) > LARGE:
            finding.whole_tables.add(_short(node["Relation Name"]))


def _read(node: dict[str, Any]) -> float:
    """Count the rows that were read; of a plan that was not carried out, those of the table."""
    if "Actual Rows" not in node:
        return _rows_of(node["Relation Name"])
    read: float = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return read * node["Actual Loops"]


@cache
def _rows_of(table: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        return float(cursor.fetchone()[0])


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _short(name: str) -> str:
    return name.removeprefix("annotations_")


def _print_plan(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}")
        print(statement, *(row[0] for row in cursor.fetchall()), sep="\n", end="\n\n")
