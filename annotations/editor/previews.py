"""What each export format would say of a verdict, before somebody approves it."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from annotations.editor.requests import EditorRequest, refuse, signed_in, whole_number
from annotations.exports import (
    DOCUMENTS,
    Document,
    Setting,
    Texts,
    base_of,
    publisher_of,
    record_of,
)
from annotations.exports.documents import cases, errors_of, warnings_of
from annotations.exports.meanings import MEANINGS
from annotations.exports.surroundings import beside
from annotations.models import Desk, Publication, Verdict
from annotations.workflow import publishing
from annotations.workflow.errors import WorkflowError

PREVIEW = "annotations/_preview.html"
NAMES = {
    "webannotation": "Web Annotation",
    "claimreview": "ClaimReview",
    "datafeed": "DataFeed",
}
Told = list[tuple[str, str | Promise]]


@dataclass(frozen=True, slots=True)
class Preview:
    """One format: what it would say, why it would leave this out, and what may harm."""

    name: str
    text: str
    errors: Told
    warnings: Told


@signed_in
@require_safe
def preview(request: EditorRequest, pk: int) -> HttpResponse:
    """Show a verdict in each checked format, with the rules that it breaks."""
    reviewed = Desk.objects.reviewed_by(request.user).ids()
    mine = Verdict.objects.filter(desk__in=reviewed)
    loaded = mine.select_related("desk", "article__source", "sentence__candidate", "approved_by")
    verdict = get_object_or_404(loaded.select_related("sentence__revision"), pk=pk)
    verdict.article.desk = verdict.desk
    rating = whole_number(request.GET.get("rating")) or verdict.rating
    try:
        publication = publishing.preview(
            verdict=verdict, by=request.user, at=timezone.now(), rating=rating
        )
    except WorkflowError as refusal:
        return refuse(request, PREVIEW, {}, refusal)
    return render(request, PREVIEW, {"previews": _previews(request, publication)})


def _previews(request: EditorRequest, publication: Publication) -> list[Preview]:
    base = base_of(request.build_absolute_uri())
    publisher = publisher_of(publication.desk, base)
    around = beside(publication, publisher)
    setting = Setting(
        publishers={publisher.slug: publisher},
        base=base,
        address=base,
        at=publication.published_at,
        texts=Texts,
        beside=lambda _record: around,
    )
    return [_preview(name, one, publication, setting) for name, one in DOCUMENTS.items()]


def _preview(name: str, document: Document, publication: Publication, setting: Setting) -> Preview:
    [case] = cases(document, [record_of(publication)], setting)
    return Preview(
        name=NAMES[name],
        text=_readable(case.item),
        errors=_told(errors_of(document, case)),
        warnings=_told(warnings_of(document, case)),
    )


def _readable(item: dict[str, Any]) -> str:
    return orjson.dumps(item, option=orjson.OPT_INDENT_2).decode()


def _told(rules: list[str]) -> Told:
    return [(rule, MEANINGS[rule]) for rule in rules]
