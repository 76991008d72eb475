"""Downloads: everything published, in one stream."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from annotations.api.access import desks
from annotations.api.errors import BadQuery
from annotations.api.permissions import PUBLISHED, Scoped
from annotations.api.schema import problems_of
from annotations.api.serializers.queries import ExportQuerySerializer, read
from annotations.api.views.publications import chosen
from annotations.exports import COLUMNS, EXPORTERS, Exporter, Record, gzipped, stream
from annotations.models import Desk, Publication


class FormatByName(BaseContentNegotiation):
    """The format is asked for by name: `Accept` changes nothing, and problems stay JSON."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


class ExportViewSet(Scoped):
    """Everything that stands published, as a file."""

    scopes = {"list": PUBLISHED}
    content_negotiation_class = FormatByName

    @extend_schema(
        operation_id="exports_download",
        parameters=[ExportQuerySerializer],
        responses=problems_of(400, 404)
        | {(200, exporter.media_type): OpenApiTypes.BINARY for exporter in EXPORTERS.values()},
    )
    def list(self, request: Request) -> StreamingHttpResponse:
        """Download what stands published, one publication a line, from one snapshot."""
        query = read(request, ExportQuerySerializer)
        among = desks(request, query.get("desk"))
        exporter = EXPORTERS[query["format"]]
        _refuse_unfit(query, exporter)
        rows = chosen(Publication.objects.standing(), query, among).in_log_order()
        records = map(Record._make, rows.streamed(*COLUMNS))
        pieces = stream(exporter, records, trailer=query["trailer"], bom=query["bom"])
        return _download(request, pieces, exporter, name=_file_name(among, exporter))


def _refuse_unfit(query: dict[str, Any], exporter: Exporter) -> None:
    if query["trailer"] and exporter.trailer is None:
        raise BadQuery({"trailer": [_("This format has no place for a trailer.")]})
    if query["bom"] and exporter is not EXPORTERS["csv"]:
        raise BadQuery({"bom": [_("Only CSV may begin with a byte-order mark.")]})


def _download(
    request: Request, pieces: Iterator[bytes], exporter: Exporter, *, name: str
) -> StreamingHttpResponse:
    is_gzip = _takes_gzip(request)
    if is_gzip:
        pieces = gzipped(pieces)
    response = StreamingHttpResponse(pieces, content_type=exporter.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-cache"
    response["X-Accel-Buffering"] = "no"
    if is_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding", "Authorization", "Cookie"])
    return response


def _takes_gzip(request: Request) -> bool:
    for offer in request.headers.get("Accept-Encoding", "").split(","):
        coding, _semicolon, weight = offer.replace(" ", "").lower().partition(";")
        if coding in {"gzip", "x-gzip"}:
            return weight.strip("q=0.") != "" if weight else True
    return False


def _file_name(among: Sequence[Desk], exporter: Exporter) -> str:
    of = among[0].slug if len(among) == 1 else "all"
    return f"publications-{of}-{timezone.now():%Y-%m-%d}.{exporter.suffix}"
