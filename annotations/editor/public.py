"""Pages for everybody, of desks that show their work: what is out, what changed, how they check."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from annotations.editor.readers import at_one_address, counted, for_everybody
from annotations.editor.requests import whole_number
from annotations.exports import (
    DOCUMENTS,
    Publisher,
    Setting,
    Texts,
    base_of,
    publisher_of,
    record_of,
)
from annotations.exports.documents import cases, dumped, errors_of
from annotations.exports.reports import Shown, seen, shown
from annotations.exports.scales import LABELS, label_names, spoken
from annotations.models import Desk, Publication
from annotations.models.publications import PublicationQuerySet

PAGE_SIZE = 50


@require_safe
@at_one_address("before")
@counted
def desk_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a desk has published, the newest first."""
    desk = _public_desk(slug)
    rows = Publication.objects.filter(desk=desk).standing()
    lines, older = _page(request, desk, rows)
    return answer(request, "public/desk.html", desk, {"lines": lines, "older": older})


@require_safe
@at_one_address()
@counted
def check(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one check with all its versions; a retracted one says that it is retracted."""
    desk = _public_desk(slug)
    rows = Publication.objects.filter(desk=desk, verdict=pk).for_readers()
    versions = list(rows.order_by("-version"))
    if not versions:
        raise Http404
    lines = _shown(request, desk, versions)
    context = {
        "lines": lines[:1],
        "earlier": [line._replace(is_left_behind=False) for line in lines[1:]],
        "markup": _markup(request, versions[0]),
        "article": versions[0].article_id,
    }
    return answer(request, "public/check.html", desk, context)


@require_safe
@at_one_address("before")
@counted
def corrections(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every correction and retraction, with what was said before and why it changed."""
    desk = _public_desk(slug)
    rows = Publication.objects.filter(desk=desk).changes_only()
    lines, older = _page(request, desk, rows)
    return answer(request, "public/corrections.html", desk, {"lines": lines, "older": older})


@require_safe
@at_one_address()
@counted
def methodology(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how the desk works: its own words, its rules and its scale."""
    desk = _public_desk(slug)
    language = spoken(desk.language)
    labels = [(row[language], row["meaning"][language]) for row in LABELS.values()]
    scale = [(row["value"], row[language]) for row in desk.rating_scale]
    return answer(request, "public/methodology.html", desk, {"labels": labels, "scale": scale})


def answer(
    request: HttpRequest, template: str, desk: Desk, context: Mapping[str, Any]
) -> HttpResponse:
    """Make a page in the desk's language that anybody's cache may keep: it asks for no session."""
    publisher = publisher_of(desk, base_of(request.build_absolute_uri()))
    with translation.override(spoken(desk.language)):
        text = render_to_string(template, {"desk": desk, "publisher": publisher, **context})
    response = HttpResponse(text, headers={"Content-Language": spoken(desk.language)})
    return for_everybody(request, response)


def _public_desk(slug: str) -> Desk:
    return get_object_or_404(Desk.objects.public(), slug=slug)


def _page(
    request: HttpRequest, desk: Desk, rows: PublicationQuerySet
) -> tuple[list[Shown], int | None]:
    """Read one page by the log's numbers, and the number from which the next one goes on."""
    before = whole_number(request.GET.get("before"))
    if before:
        rows = rows.filter(sequence__lt=before)
    found = list(rows.for_readers().order_by("-sequence")[: PAGE_SIZE + 1])
    older = found[PAGE_SIZE - 1].sequence if len(found) > PAGE_SIZE else None
    return _shown(request, desk, found[:PAGE_SIZE]), older


def _shown(request: HttpRequest, desk: Desk, rows: Sequence[Publication]) -> list[Shown]:
    publisher = publisher_of(desk, base_of(request.build_absolute_uri()))
    lines = [shown(seen(row), publisher) for row in rows]
    return [
        line._replace(before=_before(row, publisher)) for line, row in zip(lines, rows, strict=True)
    ]


def _before(row: Publication, publisher: Publisher) -> str:
    """Name the outcome that stood before a change, where that was asked for."""
    return label_names(getattr(row, "label_before", "") or "")[spoken(publisher.language)]


def _markup(request: HttpRequest, publication: Publication) -> SafeString:
    """Give search engines the ClaimReview of the page, where it meets the rules."""
    publisher = publisher_of(publication.desk, base_of(request.build_absolute_uri()))
    document = DOCUMENTS["claimreview"]
    setting = Setting(
        {publisher.slug: publisher}, publisher.base, publisher.base, timezone.now(), Texts
    )
    [case] = cases(document, [record_of(publication)], setting)
    if errors_of(document, case):
        return SafeString("")
    data = dumped(case.item).decode()  # nothing in it can close the element
    return SafeString(f'<script type="application/ld+json">{data}</script>')
