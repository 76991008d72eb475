"""The queue: the articles of one's desks, with what is left to do."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from annotations.editor.paging import newest
from annotations.editor.requests import EditorRequest, signed_in, whole_number
from annotations.models import Article, Desk, Label, User, Verdict
from annotations.models.articles import ArticleQuerySet
from annotations.workflow import workers

PAGE_SIZE = 30
CONTESTED = "contested"


class FilterForm(forms.Form):
    """What the address asks for; a value that does not exist filters nothing."""

    desk = forms.ModelChoiceField(
        Desk.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("All desks"),
        label=_("Desk"),
    )
    language = forms.ChoiceField(required=False, label=_("Language"))
    state = forms.ChoiceField(
        choices=[("", _("Any state")), *Article.State.choices], required=False, label=_("State")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = (  # type: ignore[attr-defined]
            Desk.objects.visible_to(user).order_by("name")
        )
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("Any language")),
            *settings.LANGUAGES,
        ]

    def applied(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


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
    filters = FilterForm(request.GET, user=request.user, auto_id="filter-%s", label_suffix="")
    desks = Desk.objects.visible_to(request.user).ids()
    found = Article.objects.filter(desk__in=desks).for_list()
    page = newest(
        _filtered(found, filters.applied()),
        before=whole_number(request.GET.get("before")),
        size=PAGE_SIZE,
    )
    is_active = any(one.state == Article.State.EXTRACTING for one in page.rows)
    context = {
        "filters": filters,
        "rows": _rows(page.rows),
        "older": page.older,
        "is_active": is_active,
        "no_worker": is_active and not workers.any_alive(at=timezone.now()),
    }
    template = "annotations/_queue.html" if request.htmx else "annotations/queue.html"
    return render(request, template, context)


def _filtered(found: ArticleQuerySet, wanted: dict[str, Any]) -> ArticleQuerySet:
    if "desk" in wanted:
        found = found.of_desk(wanted["desk"])
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
    every = {mark: counts.get(mark, 0) for mark in (*Label.values, CONTESTED)} | {"left": left}
    return {mark: number for mark, number in every.items() if number}
