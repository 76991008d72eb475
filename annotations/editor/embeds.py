"""An article's outcome for the pages of others: a frame without script, and oEmbed to find it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.editor.public import answer
from annotations.editor.readers import FRESH, at_one_address, counted, for_everybody
from annotations.editor.requests import whole_number
from annotations.exports import base_of, publisher_of
from annotations.exports.reports import seen, shown
from annotations.models import Publication

WIDTH, HEIGHT = 640, 480
SMALLEST = 200
SANDBOX = (
    "allow-popups allow-popups-to-escape-sandbox"  # what a link opens is a page like any other
)
DIRECTIVES = {"script-src": [NONE], "connect-src": [NONE], "form-action": [NONE]}


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the pages of publishers show it, and nothing in it act."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponse:
        response = view(request, pk)
        response.xframe_options_exempt = True
        response._csp_replace = DIRECTIVES | {  # type: ignore[attr-defined]  # read by the middleware
            "frame-ancestors": settings.EMBED_ANCESTORS
        }
        return response

    return guarded


@framed
@require_safe
@at_one_address()
@counted
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article's published outcome in a frame on the page of a publisher."""
    rows = _published(pk)
    publisher = publisher_of(rows[0].desk, base_of(request.build_absolute_uri()))
    context = {"lines": [shown(seen(row), publisher) for row in rows], "article": pk}
    return answer(request, "public/embed.html", rows[0].desk, context)


@require_safe
@counted
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer by the oEmbed specification: what to put into a page for one of our addresses."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(_("Only JSON is given."), status=501)
    rows = _published(_article_of(request.GET.get("url", "")))
    base = base_of(request.build_absolute_uri())
    return for_everybody(request, JsonResponse(_rich(rows[0], base, request)))


def _rich(publication: Publication, base: str, request: HttpRequest) -> dict[str, Any]:
    width = _within(request.GET.get("maxwidth"), WIDTH)
    height = _within(request.GET.get("maxheight"), HEIGHT)
    address = f"{base}{reverse('editor:embed-article', args=[publication.article_id])}"
    frame = format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
        'sandbox="{}" referrerpolicy="no-referrer"></iframe>',
        address,
        publication.article_title,
        width,
        height,
        SANDBOX,
    )
    publisher = publisher_of(publication.desk, base)
    return {
        "version": "1.0",
        "type": "rich",
        "title": publication.article_title,
        "provider_name": publisher.name,
        "provider_url": publisher.home,
        "cache_age": FRESH,
        "html": str(frame),
        "width": width,
        "height": height,
    }


def _published(pk: int) -> list[Publication]:
    """Return the newest versions of an article's publications, if its desk shows them."""
    rows = Publication.objects.filter(article=pk, desk__publishes_publicly=True).newest()
    found = list(rows.for_readers().order_by("start", "verdict_id"))
    if not found:
        raise Http404
    return found


def _article_of(address: str) -> int:
    """Find the article of one of our addresses; others are not known here."""
    try:
        found = resolve(urlsplit(address).path)
    except (Resolver404, ValueError) as unknown:
        raise Http404 from unknown
    if found.view_name == "editor:embed-article":
        return int(found.kwargs["pk"])
    if found.view_name != "editor:public-check":
        raise Http404
    rows = Publication.objects.filter(verdict=found.kwargs["pk"], desk__slug=found.kwargs["slug"])
    return rows.values_list("article_id", flat=True).first() or 0


def _within(asked: str | None, usual: int) -> int:
    limit = whole_number(asked)
    return max(SMALLEST, min(limit, usual)) if limit else usual
