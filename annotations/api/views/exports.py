"""Downloads: everything published, in one stream."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import desks, is_anybody, one_desk
from annotations.api.conditions import kept_by, tag, unless_known
from annotations.api.crowds import READERS
from annotations.api.documents import setting_of
from annotations.api.errors import BadQuery
from annotations.api.permissions import PUBLISHED
from annotations.api.schema import (
    FOR_READERS,
    IF_NONE_MATCH,
    NAMED_FILE,
    NOT_MODIFIED,
    NUMBER_OF_LINES,
    answers,
    problems_of,
)
from annotations.api.serializers.export_files import unfit
from annotations.api.serializers.exports import ExportReportSerializer
from annotations.api.serializers.queries import (
    ExportQuerySerializer,
    ExportReportQuerySerializer,
    read,
)
from annotations.api.views.export_files import ExportFileViewSet
from annotations.api.views.publications import state_of
from annotations.exports import (
    CODINGS,
    DOCUMENTS,
    EXPORTERS,
    Document,
    Exporter,
    base_of,
    compressed,
    counted,
    publisher_of,
    records_of,
    selected,
    stream,
    tallied,
    written,
)
from annotations.models import Desk
from factcheck.packing import chosen


class FormatByName(DefaultContentNegotiation):
    """The format is asked for by name: `Accept` changes nothing, and problems stay JSON."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


class ExportViewSet(ExportFileViewSet):
    """Everything that stands published: in a stream, or in a file that a worker writes."""

    scopes = ExportFileViewSet.scopes | {"list": PUBLISHED, "report": PUBLISHED}
    content_negotiation_class = FormatByName
    open_to_readers = frozenset({"list"})

    @extend_schema(
        operation_id="exports_download",
        parameters=[ExportQuerySerializer, IF_NONE_MATCH, NAMED_FILE, NUMBER_OF_LINES],
        responses=problems_of(400, 404, 429)
        | {(200, one.media_type): OpenApiTypes.BINARY for one in EXPORTERS.values()}
        | NOT_MODIFIED,
        auth=FOR_READERS,
    )
    def list(self, request: Request) -> HttpResponseBase:
        """Download what stands published, one publication a line, from one snapshot."""
        query = read(request, ExportQuerySerializer)
        exporter = EXPORTERS[query["format"]]
        among = _among(request, query, exporter)
        if errors := unfit(query, exporter):
            raise BadQuery(errors)
        etag = _state_of(request, among, query)
        response = unless_known(
            request, etag, partial(_stream, request, among, query), keep=kept_by(request)
        )
        response["ETag"] = f"W/{etag}"  # the same content, though not the same bytes
        patch_vary_headers(response, ["Accept-Encoding"])
        return response

    @extend_schema(
        operation_id="exports_report",
        parameters=[ExportReportQuerySerializer, IF_NONE_MATCH],
        responses=answers(ExportReportSerializer, 400, 404) | NOT_MODIFIED,
    )
    def report(self, request: Request) -> Response:
        """Say how many a checked format takes and leaves out, and by which rules."""
        query = read(request, ExportReportQuerySerializer)
        among = _among(request, query, DOCUMENTS[query["format"]])
        return unless_known(
            request, _state_of(request, among, query), partial(_report, request, among, query)
        )


def _state_of(request: Request, among: Sequence[Desk], query: dict[str, Any]) -> str:
    """Name all that an export depends on: the logs, the desks' words for readers, what is asked."""
    base = base_of(request.build_absolute_uri())
    return tag(state_of(among), [publisher_of(desk, base) for desk in among], sorted(query.items()))


def _stream(
    request: Request, among: Sequence[Desk], query: dict[str, Any]
) -> StreamingHttpResponse:
    exporter = EXPORTERS[query["format"]]
    if is_anybody(request):
        READERS.refuse_if_full()
    rows = selected(exporter, [desk.pk for desk in among], query)
    headers = {"Content-Disposition": _disposition(among, exporter)}
    if isinstance(exporter, Document):
        setting = setting_of(request, among, with_quotes=query["quotes"])
        pieces = written(exporter, records_of(rows), setting)
    else:
        count, records = counted(rows) if query["count"] else (None, records_of(rows))
        headers |= {} if count is None else {"X-Total-Count": str(count)}
        pieces = stream(exporter, records, trailer=query["trailer"], bom=query["bom"])
    if is_anybody(request):
        pieces = READERS.count(pieces)
    return _download(request, pieces, exporter, headers=headers)


def _report(request: Request, among: Sequence[Desk], query: dict[str, Any]) -> Response:
    document = DOCUMENTS[query["format"]]
    records = records_of(selected(document, [desk.pk for desk in among], query))
    tally = tallied(document, records, setting_of(request, among))
    return Response(ExportReportSerializer({"format": query["format"], "tally": tally}).data)


def _among(
    request: Request, query: dict[str, Any], exporter: Exporter | Document
) -> Sequence[Desk]:
    """Return the desks to export; a feed is of one publisher."""
    if exporter is DOCUMENTS["datafeed"]:
        return [one_desk(request, query.get("desk"))]
    return desks(request, query.get("desk"))


def _download(
    request: Request,
    pieces: Iterator[bytes],
    exporter: Exporter | Document,
    *,
    headers: dict[str, str],
) -> StreamingHttpResponse:
    coding = chosen(request.headers.get("Accept-Encoding", ""), CODINGS)
    if request.method == "HEAD":
        pieces = iter(())
    elif coding:
        pieces = compressed(pieces, coding)
    response = StreamingHttpResponse(pieces, content_type=exporter.media_type, headers=headers)
    response["Cache-Control"] = "private, no-cache"
    response["X-Accel-Buffering"] = "no"
    if coding:
        response["Content-Encoding"] = coding
    patch_vary_headers(response, ["Accept-Encoding", "Authorization", "Cookie"])
    return response


def _disposition(among: Sequence[Desk], exporter: Exporter | Document) -> str:
    of = among[0].slug if len(among) == 1 else "all"
    name = f"publications-{of}-{timezone.now():%Y-%m-%d}.{exporter.suffix}"
    return f'attachment; filename="{name}"'
