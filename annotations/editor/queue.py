"""The queue: the articles of one's desks, with what is left to do."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from annotations.editor.context import Standing
from annotations.editor.paging import newest
from annotations.editor.requests import EditorRequest, signed_in, whole_number
from annotations.models import Article, Label, Verdict
from annotations.models.articles import ArticleQuerySet
from annotations.workflow import workers

PAGE_SIZE = 20
CONTESTED, LEFT = "contested", "left"


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice of the address; a value that does not exist filters nothing."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    asked: str

    @property
    def chosen(self) -> str:
        return self.asked if any(value == self.asked for value, _name in self.choices) else ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of an article's bar, in hundredths."""

    mark: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    article: Article
    counts: dict[str, int]

    @property
    def key(self) -> str:
        return str(self.article.pk)

    @property
    def is_extracted(self) -> bool:
        return self.article.state in (Article.State.OPEN, Article.State.DONE)

    @property
    def bar(self) -> list[Segment]:
        total, start, segments = sum(self.counts.values()), 0.0, []
        for mark, count in self.counts.items():
            segments.append(Segment(mark, count, round(start, 2), round(100 * count / total, 2)))
            start += 100 * count / total
        return segments


@signed_in
@require_GET
def queue(request: EditorRequest) -> HttpResponse:
    """Show a page of the queue; the fragment asks for itself again while workers are busy."""
    filters = _filters(request)
    chosen = {one.name: one.chosen for one in filters if one.chosen}
    page = newest(
        _filtered(request.standing, chosen),
        before=whole_number(request.GET.get("before")),
        size=PAGE_SIZE,
    )
    is_active = any(one.state == Article.State.EXTRACTING for one in page.rows)
    context = {
        "filters": filters,
        "is_filtered": bool(chosen),
        "rows": _rows(page.rows),
        "older": page.older,
        "is_active": is_active,
        "no_worker": is_active and not workers.any_alive(at=timezone.now()),
    }
    template = "annotations/_queue.html" if request.htmx else "annotations/queue.html"
    return render(request, template, context)


def _filters(request: EditorRequest) -> list[Filter]:
    desks = [(one.slug, one.name) for one in request.standing.desks]
    return [
        Filter(name, label, [("", every), *choices], request.GET.get(name, ""))
        for name, label, every, choices in (
            ("desk", _("Desk"), _("All desks"), desks),
            ("language", _("Language"), _("Any language"), settings.LANGUAGES),
            ("state", _("State"), _("Any state"), Article.State.choices),
        )
    ]


def _filtered(standing: Standing, wanted: dict[str, str]) -> ArticleQuerySet:
    desks = [one for one in standing.desks if wanted.get("desk", one.slug) == one.slug]
    found = Article.objects.filter(desk__in=[one.pk for one in desks]).for_queue()
    if "language" in wanted:
        found = found.filter(language=wanted["language"])
    if "state" in wanted:
        found = found.in_state(wanted["state"])
    return found


def _rows(articles: list[Article]) -> list[Row]:
    """Count each article's labels, all in one query."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for article, label, state, number in Verdict.objects.filter(article__in=articles).counted():
        mark = CONTESTED if state == Verdict.State.CONTESTED else label
        counts[article][mark] = counts[article].get(mark, 0) + number
    return [Row(one, _in_order(counts[one.pk], one.open_candidates)) for one in articles]


def _in_order(counts: dict[str, int], left: int) -> dict[str, int]:
    every = {mark: counts.get(mark, 0) for mark in (*Label.values, CONTESTED)} | {LEFT: left}
    return {mark: number for mark, number in every.items() if number}
