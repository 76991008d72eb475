"""Downloads: everything published, in one stream."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import desks, one_desk
from annotations.api.documents import setting_of
from annotations.api.errors import BadQuery
from annotations.api.permissions import PUBLISHED, Scoped
from annotations.api.schema import answers, problems_of
from annotations.api.serializers.exports import ExportReportSerializer
from annotations.api.serializers.queries import (
    ExportQuerySerializer,
    ExportReportQuerySerializer,
    read,
)
from annotations.api.views.publications import chosen
from annotations.exports import (
    COLUMNS,
    DOCUMENTS,
    EXPORTERS,
    Document,
    Exporter,
    Record,
    gzipped,
    stream,
    tallied,
    written,
)
from annotations.models import Desk, Publication
from annotations.models.publications import PublicationQuerySet


class FormatByName(BaseContentNegotiation):
    """The format is asked for by name: `Accept` changes nothing, and problems stay JSON."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


class ExportViewSet(Scoped):
    """Everything that stands published, as a file."""

    scopes = {"list": PUBLISHED, "report": PUBLISHED}
    content_negotiation_class = FormatByName

    @extend_schema(
        operation_id="exports_download",
        parameters=[ExportQuerySerializer],
        responses=problems_of(400, 404)
        | {(200, one.media_type): OpenApiTypes.BINARY for one in EXPORTERS.values()},
    )
    def list(self, request: Request) -> StreamingHttpResponse:
        """Download what stands published, one publication a line, from one snapshot."""
        query = read(request, ExportQuerySerializer)
        exporter = EXPORTERS[query["format"]]
        among = _among(request, query, exporter)
        _refuse_unfit(query, exporter)
        rows = _rows(query, among, exporter)
        headers = {"Content-Disposition": _disposition(among, exporter)}
        if isinstance(exporter, Document):
            setting = setting_of(request, among, with_quotes=query["quotes"])
            pieces = written(exporter, _read(rows), setting)
        else:
            count, records = _counted(rows) if query["count"] else (None, _read(rows))
            headers |= {} if count is None else {"X-Total-Count": str(count)}
            pieces = stream(exporter, records, trailer=query["trailer"], bom=query["bom"])
        return _download(request, pieces, exporter, headers=headers)

    @extend_schema(
        operation_id="exports_report",
        parameters=[ExportReportQuerySerializer],
        responses=answers(ExportReportSerializer, 400, 404),
    )
    def report(self, request: Request) -> Response:
        """Say how many a checked format takes and leaves out, and by which rules."""
        query = read(request, ExportReportQuerySerializer)
        document = DOCUMENTS[query["format"]]
        among = _among(request, query, document)
        records = _read(_rows(query, among, document))
        tally = tallied(document, records, setting_of(request, among))
        return Response(ExportReportSerializer({"format": query["format"], "tally": tally}).data)


def _among(
    request: Request, query: dict[str, Any], exporter: Exporter | Document
) -> Sequence[Desk]:
    """Return the desks to export; a feed is of one publisher."""
    if exporter is DOCUMENTS["datafeed"]:
        return [one_desk(request, query.get("desk"))]
    return desks(request, query.get("desk"))


def _rows(
    query: dict[str, Any], among: Sequence[Desk], exporter: Exporter | Document
) -> PublicationQuerySet:
    """Choose what the format shows: what stands, or for a feed also what is gone, newest first."""
    if isinstance(exporter, Document) and exporter.shows_retractions:
        rows = chosen(Publication.objects.newest(), query, among, keeps_retractions=True)
        return rows.order_by("-desk_id", "-sequence")
    return chosen(Publication.objects.standing(), query, among).in_log_order()


def _read(rows: PublicationQuerySet) -> Iterator[Record]:
    return map(Record._make, rows.streamed(*COLUMNS))


def _counted(rows: PublicationQuerySet) -> tuple[int, Iterator[Record]]:
    """Count in the same statement that reads, so that both are of one snapshot."""
    found = rows.with_total().streamed("total", *COLUMNS)
    first = next(found, None)
    if first is None:
        return 0, iter(())
    return first[0], (Record._make(row[1:]) for row in chain([first], found))


def _refuse_unfit(query: dict[str, Any], exporter: Exporter | Document) -> None:
    """Refuse what a format has no place for."""
    is_plain = isinstance(exporter, Exporter)
    if query["trailer"] and not (isinstance(exporter, Exporter) and exporter.trailer):
        raise BadQuery({"trailer": [_("This format has no place for a trailer.")]})
    if query["bom"] and exporter is not EXPORTERS["csv"]:
        raise BadQuery({"bom": [_("Only CSV may begin with a byte-order mark.")]})
    if query["count"] and not is_plain:
        raise BadQuery({"count": [_("This format closes with its own count.")]})
    if not query["quotes"] and exporter is not DOCUMENTS["webannotation"]:
        raise BadQuery({"quotes": [_("Only Web Annotation can do without quotations.")]})


def _download(
    request: Request,
    pieces: Iterator[bytes],
    exporter: Exporter | Document,
    *,
    headers: dict[str, str],
) -> StreamingHttpResponse:
    is_gzip = _takes_gzip(request)
    if is_gzip:
        pieces = gzipped(pieces)
    response = StreamingHttpResponse(pieces, content_type=exporter.media_type, headers=headers)
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


def _disposition(among: Sequence[Desk], exporter: Exporter | Document) -> str:
    of = among[0].slug if len(among) == 1 else "all"
    name = f"publications-{of}-{timezone.now():%Y-%m-%d}.{exporter.suffix}"
    return f'attachment; filename="{name}"'
