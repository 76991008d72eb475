"""The page of insights, and each of its tables as a file."""

import csv
from collections.abc import Sequence
from datetime import timedelta
from io import StringIO
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.editor.insights.panels import PANELS, Period
from annotations.editor.listing import Filter
from annotations.editor.requests import EditorRequest, signed_in
from annotations.exports.csv import safe
from annotations.models.figures import Sight

DAYS = (7, 30, 90)
USUAL = 30


@signed_in
@require_safe
def insights(request: EditorRequest) -> HttpResponse:
    """Show how the reader's desks fare; every chart with its table."""
    filters = _filters(request)
    period = _period(request, filters)
    context: dict[str, Any] = {
        "filters": filters,
        "panels": [draw(period) for draw in PANELS.values()],
    }
    return render(request, "annotations/insights.html", context)


@signed_in
@require_safe
def table(request: EditorRequest, name: str) -> HttpResponse:
    """Give the table behind a chart, as spreadsheets take it."""
    if name not in PANELS:
        raise Http404
    shown = PANELS[name](_period(request, _filters(request))).table
    written = StringIO()
    rows: list[Sequence[object]] = [shown.heads, *shown.rows]
    csv.writer(written).writerows(
        [safe(one) if isinstance(one, str) else one for one in row] for row in rows
    )
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _filters(request: EditorRequest) -> list[Filter]:
    desks = [(one.slug, one.name) for one in request.standing.desks]
    days = [(str(one), _("%(days)s days") % {"days": one}) for one in DAYS]
    asked = request.GET.get("days", "")
    return [
        Filter("desk", _("Desk"), [("", _("All desks")), *desks], request.GET.get("desk", "")),
        Filter("days", _("Period"), days, asked if asked in dict(days) else str(USUAL)),
    ]


def _period(request: EditorRequest, filters: list[Filter]) -> Period:
    desk, days = (one.chosen for one in filters)
    desks = [one for one in request.standing.desks if desk in ("", one.slug)]
    now = timezone.now()
    since = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    by = Sight(request.user, frozenset(request.standing.blind_ids))
    first = since - timedelta(days=int(days) - 1)
    return Period(by, desks, first, timezone.localtime(now), int(days))
