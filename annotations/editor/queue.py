"""The queue: the articles of one's desks, with what is left to do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from annotations.editor import saved
from annotations.editor.context import Standing
from annotations.editor.listing import Line, Listing, listed, opener
from annotations.editor.requests import EditorRequest, signed_in
from annotations.editor.returned import returned_to
from annotations.models import Article, ExtractionRun, Label, SavedView, Source, Verdict
from annotations.models.extraction_runs import percent
from annotations.models.jobs import spoken
from annotations.models.statements import Reading, Slot
from annotations.workflow import news, presence, workers
from annotations.workflow.presence import Person

PAGE_SIZE = 20
START_AMONG = 50
SOURCES_AT_MOST = 200
CONTESTED, LEFT = "contested", "left"
_MARKS = (*Label.values, CONTESTED)
_COUNTED = Reading(
    lambda: Verdict.objects.filter(article__among=Slot("articles")).settled().counted()
)
FILTERS = "filters"  # the form that asks for the list
EXTRACTED = frozenset({Article.State.OPEN, Article.State.DONE})
Counts = tuple[tuple[str, int], ...]  # label or CONTESTED or LEFT, and how many


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of an article's bar, in hundredths."""

    mark: str
    count: int
    start: float
    width: float


class Run(NamedTuple):
    """What a row says of an extraction that goes on, has failed, or took another engine."""

    sentences_done: int
    sentences_total: int
    reason: str
    engine_asked: str
    engine: str
    fallback: str

    @property
    def percent(self) -> int:
        return percent(self.sentences_done, self.sentences_total)

    @property
    def get_fallback_display(self) -> str:
        return str(ExtractionRun.Fallback(self.fallback).label)


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of the queue says: rows that are equal are drawn once."""

    key: int
    address: str
    title: str
    language: str
    desk: str
    source: str
    created_at: datetime
    priority: int
    due_at: datetime | None
    is_extracted: bool
    is_open: bool
    assignee: str
    holder: str
    counts: tuple[tuple[str, int], ...]
    undecided_since: datetime | None
    run: Run | None  # where there is more to say of the extraction

    @property
    def bar(self) -> list[Segment]:
        total, start, segments = sum(count for _mark, count in self.counts), 0.0, []
        for mark, count in self.counts:
            segments.append(Segment(mark, count, round(start, 2), round(100 * count / total, 2)))
            start += 100 * count / total
        return segments


@signed_in
@require_safe
def queue(request: EditorRequest) -> HttpResponse:
    """Show a page of the queue; the fragment asks for itself again while workers are busy."""
    listing = Listing(request.standing, request.GET.dict())
    page = listing.page(before=request.GET.get("before", ""), size=PAGE_SIZE)
    is_active = any(one.state == Article.State.EXTRACTING for one in page.rows)
    context: dict[str, Any] = {
        "listing": listing,
        "rows": _rows(page.rows, listing),
        "older": page.older,
        "is_active": is_active,
        "no_worker": is_active and not workers.any_alive(at=timezone.now()),
        "nothing_to_start": request.GET.get("start") == "none",
        "returned": returned_to(request.standing),
    }
    if not request.htmx or request.htmx.trigger == FILTERS:
        context["views"] = saved.tabs(request.standing, SavedView.Page.QUEUE, listing.address)
    template = "annotations/_queue.html" if request.htmx else "annotations/queue.html"
    return render(request, template, context)


@signed_in
@require_POST
def start(request: EditorRequest) -> HttpResponse:
    """Open the best next article of the list: nobody is on it, and it is mine or nobody's."""
    listing = listed(request.standing, request.POST.get("list", ""))
    chosen = next((one for one in _startable(listing) if _take(one, request)), None)
    if chosen is None:
        asked = "&".join(part for part in (listing.address, "start=none") if part)
        return redirect(f"{reverse('editor:queue')}?{asked}")
    return redirect(opener(listing)(chosen.pk))


@signed_in
@require_safe
def sources(request: EditorRequest) -> HttpResponse:
    """Name the outlets, for the filter to offer."""
    named = Source.objects.filter(desk__in=request.standing.desk_ids).order_by("name")
    names = named.values_list("name", flat=True).distinct()[:SOURCES_AT_MOST]
    return render(request, "annotations/_sources.html", {"names": names})


def _startable(listing: Listing) -> list[Article]:
    """Return what could be done next: the most urgent first, and of those what is one's own."""
    mine_or_free = Q(assignee=None) | Q(assignee=listing.standing.user)
    left = listing.articles.in_state(Article.State.OPEN).filter(mine_or_free)
    found = list(left.only("desk", "urgency", "assignee").in_queue_order()[:START_AMONG])
    return sorted(found, key=lambda one: (-one.urgency, one.assignee_id is None))


def _take(article: Article, request: EditorRequest) -> bool:
    """Say that one works on it, unless somebody else does."""
    holder = presence.at_work([article.pk]).get(article.pk)
    if holder is not None:
        return holder.user == request.user.pk
    if presence.work(article_id=article.pk, by=request.user):
        news.send(news.Hint(news.PEOPLE, article.desk_id, article.pk))
    return True


def _rows(lines: list[Line], listing: Listing) -> list[Row]:
    """Count each article's labels, all in one query; look once who is at work."""
    keys = [one.key for one in lines]
    mine = _said_already(lines, listing.standing)
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for article, label, state, number in _counted(keys, listing.standing):
        mark = CONTESTED if state == Verdict.State.CONTESTED else label
        counts[article][mark] = counts[article].get(mark, 0) + number
    busy, address = presence.at_work(keys), opener(listing)
    desks = {one.pk: one.name for one in listing.standing.desks}
    return [
        _row(
            one,
            desk=desks[one.desk],
            address=address(one.key),
            counts=_in_order(counts[one.key], one.open_candidates - mine.get(one.key, 0)),
            holder=_colleague(busy.get(one.key), listing.standing),
        )
        for one in lines
    ]


def _row(line: Line, *, desk: str, address: str, counts: Counts, holder: str) -> Row:
    return Row(
        key=line.key,
        address=address,
        title=line.title,
        language=line.language,
        desk=desk,
        source=line.source or "",
        created_at=line.created_at,
        priority=line.priority,
        due_at=line.due_at,
        is_extracted=line.state in EXTRACTED,
        is_open=line.is_open,
        assignee=line.assignee,
        holder=holder,
        counts=counts,
        undecided_since=line.finished_at if LEFT in dict(counts) else None,
        run=_run(line),
    )


def _run(line: Line) -> Run | None:
    if line.run is None or (line.state in EXTRACTED and not line.fallback):
        return None
    return Run(
        line.sentences_done,
        line.sentences_total,
        spoken(line.errors, line.error),
        line.engine_asked,
        line.engine,
        line.fallback,
    )


def _counted(articles: list[int], standing: Standing) -> Iterable[tuple[int, str, str, int]]:
    """Count the labels that this person may see."""
    if not articles or standing.user is None:
        return []
    if not standing.blind_ids and all(one.annotators_needed == 1 for one in standing.desks):
        return _COUNTED.rows(articles=articles)
    shown = Verdict.objects.revealed_to(standing.user, blind=standing.blind_ids)
    return shown.filter(article__in=articles).settled_for(standing.user).counted()


def _said_already(lines: list[Line], standing: Standing) -> dict[int, int]:
    """Count by article the candidates that wait for nobody but colleagues."""
    several = {one.pk for one in standing.desks if one.annotators_needed > 1}
    articles = [one.key for one in lines if one.desk in several and one.is_open]
    if not articles or standing.user is None:
        return {}
    waiting = Verdict.objects.waiting_for_others(standing.user).filter(article__in=articles)
    counted = waiting.values("article").annotate(number=Count("pk")).order_by()
    return dict(counted.values_list("article", "number"))


def _colleague(holder: Person | None, standing: Standing) -> str:
    is_other = holder and standing.user and holder.user != standing.user.pk
    return holder.name if holder and is_other else ""


def _in_order(counts: dict[str, int], left: int) -> Counts:
    every = [(mark, counts.get(mark, 0)) for mark in _MARKS]
    return tuple((mark, number) for mark, number in [*every, (LEFT, left)] if number)
