"""What readers see: an article's outcome, and a desk's feed."""

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import BaseAuthentication
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import open_desk, within
from annotations.api.conditions import FOR_EVERYBODY, FOR_ONESELF, tag, unless_known
from annotations.api.permissions import PUBLISHED, Scoped, ScopeGranted
from annotations.api.renderers import Html
from annotations.api.schema import IF_NONE_MATCH, NOT_MODIFIED, answers, problems_of
from annotations.api.serializers.reports import ReportSerializer
from annotations.api.views.exports import FormatByName
from annotations.exports import Record, base_of, publisher_of, record_of
from annotations.exports.atom import MEDIA_TYPE, SIZE, feed_of
from annotations.exports.reports import changed_at, report_of, shown
from annotations.models import Desk, Publication


class ReportViewSet(Scoped):
    """What came of one article."""

    scopes = {"retrieve": PUBLISHED}

    def get_renderers(self) -> list[BaseRenderer]:
        return [*super().get_renderers(), Html()]

    @extend_schema(
        operation_id="articles_report_retrieve",
        parameters=[IF_NONE_MATCH],
        responses=answers(ReportSerializer, 404, 406)
        | {(200, "text/html"): OpenApiTypes.STR}
        | NOT_MODIFIED,
    )
    def retrieve(self, request: Request, pk: int) -> Response:
        """Sum up what is published of an article, as JSON or as a piece of a web page."""
        rows = Publication.objects.filter(within(request), article=pk).newest()
        found = list(rows.select_related("desk").order_by("start", "verdict_id"))
        if not found:
            raise Http404
        records = [record_of(row) for row in found]
        is_html = isinstance(request.accepted_renderer, Html)
        etag = tag(is_html, [(record.id, record.version) for record in records])
        response = unless_known(
            request, etag, lambda: _report(request, records, found[0].desk, is_html=is_html)
        )
        patch_vary_headers(response, ["Accept"])
        return response


def _report(request: Request, records: list[Record], desk: Desk, *, is_html: bool) -> Response:
    if not is_html:
        return Response(report_of(records))
    publisher = publisher_of(desk, base_of(request.build_absolute_uri()))
    context = {"lines": [shown(record, publisher) for record in records], "publisher": publisher}
    with translation.override(desk.language):
        return Response(render_to_string("public/_report.html", context))


class FeedViewSet(Scoped):
    """A desk's newest changes for feed readers; of a public desk, for everybody's."""

    scopes = {"retrieve": PUBLISHED}
    permission_classes = (ScopeGranted,)
    content_negotiation_class = FormatByName

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Ask nobody who they are where everybody may read: one copy then serves all."""
        slug = getattr(self, "kwargs", {}).get("desk")
        is_public = slug is not None and Desk.objects.public().filter(slug=slug).exists()
        return [] if is_public else super().get_authenticators()

    @extend_schema(
        parameters=[IF_NONE_MATCH],
        responses=problems_of(404) | {(200, MEDIA_TYPE): OpenApiTypes.STR} | NOT_MODIFIED,
    )
    def retrieve(self, request: Request, desk: str) -> HttpResponse:
        """Show the newest publications, corrections and retractions as an Atom feed."""
        found = open_desk(request, desk)
        rows = Publication.objects.filter(desk=found).newest().select_related("desk")
        records = [record_of(row) for row in rows.order_by("-sequence")[:SIZE]]
        address = request.build_absolute_uri()
        publisher = publisher_of(found, base_of(address))
        data = feed_of(records, publisher, f"{publisher.base}{request._request.path}")
        keep = FOR_EVERYBODY if found.publishes_publicly else FOR_ONESELF
        response: HttpResponse = unless_known(
            request, tag(data), lambda: HttpResponse(data, content_type=MEDIA_TYPE), keep=keep
        )
        if records:
            response["Last-Modified"] = http_date(max(map(changed_at, records)).timestamp())
        if not found.publishes_publicly:
            patch_vary_headers(response, ["Authorization", "Cookie"])
        return response
