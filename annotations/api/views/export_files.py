"""Exports that a worker writes into a file: asked for, watched, fetched in parts, taken away."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from annotations import tasks
from annotations.api.access import one_desk, person, within
from annotations.api.conditions import unless_known
from annotations.api.permissions import PUBLISHED, Scoped
from annotations.api.problems import problem
from annotations.api.ranges import Part, Unsatisfiable, Version, part_asked_for
from annotations.api.replay import once
from annotations.api.schema import (
    IDEMPOTENCY_KEY,
    IF_NONE_MATCH,
    IF_RANGE,
    LOCATION,
    NAMED_FILE,
    NOT_MODIFIED,
    PART_SENT,
    RANGE,
    STATE_LATER,
    answers,
    problems_of,
)
from annotations.api.serializers.export_files import (
    ExportOrderSerializer,
    ExportSerializer,
    order_of,
    unfit,
)
from annotations.exports import EXPORTERS, base_of
from annotations.models import Desk, Export
from annotations.models.jobs import JobState
from annotations.workflow import export_files, export_writing

PIECE = 256 * 1024
GZIP = "application/gzip"
ASK_AGAIN = 2  # seconds
FILE_TYPES = [*dict.fromkeys(one.media_type for one in EXPORTERS.values()), GZIP]


class ExportFileViewSet(Scoped):
    """Files of everything that stands published; managers have them made."""

    scopes = dict.fromkeys(("create", "retrieve", "destroy", "file"), PUBLISHED)

    def get_queryset(self) -> QuerySet[Export]:
        return Export.objects.select_related("desk").filter(within(self.request))

    @extend_schema(
        operation_id="exports_create",
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request=ExportOrderSerializer,
        responses=answers(ExportSerializer, 400, 404, 409, 413, 415, 422, status=202),
    )
    def create(self, request: Request) -> Response:
        """Have a file written by a worker; it is kept for some days."""
        body = ExportOrderSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        valid = body.validated_data
        desk = one_desk(request, valid.get("desk"))
        if errors := unfit(valid, EXPORTERS[valid["format"]]):
            raise ValidationError(errors)
        answer = once(request, partial(self._order, desk, valid))
        location = reverse("api:export-detail", args=[answer["id"]], request=request)
        return Response(answer, status=202, headers={"Location": location})

    def _order(self, desk: Desk, valid: dict[str, Any]) -> dict[str, Any]:
        export = export_files.request(
            desk=desk,
            order=order_of(valid, base=base_of(self.request.build_absolute_uri())),
            by=person(self.request),
            at=timezone.now(),
        )
        tasks.send_export(export)
        return dict(self._said(export))

    def _said(self, export: Export) -> dict[str, Any]:
        return dict(ExportSerializer(export, context={"request": self.request}).data)

    @extend_schema(
        operation_id="exports_retrieve",
        parameters=[STATE_LATER],
        responses=answers(ExportSerializer, 404),
    )
    def retrieve(self, request: Request, pk: int) -> Response:
        """Say how far it is, and where the file is once it is whole."""
        export = get_object_or_404(self.get_queryset(), pk=pk)
        headers = {"Retry-After": str(ASK_AGAIN)} if export.is_active else {}
        return Response(self._said(export), headers=headers | {"Cache-Control": "no-store"})

    @extend_schema(operation_id="exports_destroy", responses=answers(None, 404, status=204))
    def destroy(self, request: Request, pk: int) -> Response:
        """Stop an export that is being written, or take its file away before its time."""
        export = get_object_or_404(self.get_queryset(), pk=pk)
        export_files.remove(export=export, by=person(request), at=timezone.now())
        return Response(status=204)

    @extend_schema(
        operation_id="exports_file",
        parameters=[RANGE, IF_RANGE, IF_NONE_MATCH, NAMED_FILE, PART_SENT],
        responses=problems_of(404, 409, 410, 416)
        | {(200, one): OpenApiTypes.BINARY for one in FILE_TYPES}
        | {(206, one): OpenApiResponse(OpenApiTypes.BINARY, "That part.") for one in FILE_TYPES}
        | NOT_MODIFIED,
    )
    def file(self, request: Request, pk: int) -> HttpResponse:
        """Download the file, or go on with a download that broke off."""
        export = get_object_or_404(self.get_queryset(), pk=pk)
        if export.state != JobState.SUCCEEDED:
            return problem(409, "not_ready", _("The file is not written yet."))
        is_over = export.expires_at is not None and export.expires_at <= timezone.now()
        if is_over or not export_writing.is_there(export):
            return problem(410, "expired", _("The file was kept for its time and is deleted now."))
        return self._sent(request, export)

    def _sent(self, request: Request, export: Export) -> HttpResponse:
        size, version = export.size or 0, _version(export)
        answer: HttpResponse = unless_known(
            request, version.etag, lambda: Response(), modified=version.modified_at
        )
        if answer.status_code == 304:
            return answer
        try:
            part = part_asked_for(request, size, version)
        except Unsatisfiable:
            refusal = problem(416, "range_not_satisfiable", _("The file ends before that range."))
            refusal["Content-Range"] = f"bytes */{size}"
            return refusal
        sent = part or Part(0, size)
        pieces = () if request.method == "HEAD" else _read(export, sent)
        status = 200 if part is None else 206
        response = StreamingHttpResponse(pieces, status=status, headers=_headers(export, sent))
        if part is not None:
            response["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{size}"
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return response  # type: ignore[return-value]  # streaming answers are answers too


def _version(export: Export) -> Version:
    return Version(f'"{export.sha256[:32]}"', export.finished_at or export.queued_at)


def _headers(export: Export, part: Part) -> dict[str, str]:
    exporter = EXPORTERS[export.format]
    version, ending = _version(export), ".gz" if export.is_compressed else ""
    name = f"publications-{export.desk.slug}-{export.queued_at:%Y-%m-%d}.{exporter.suffix}{ending}"
    return {
        "Content-Type": GZIP if export.is_compressed else exporter.media_type,
        "Content-Length": str(part.size),
        "Content-Disposition": f'attachment; filename="{name}"',
        "Accept-Ranges": "bytes",
        "ETag": version.etag,
        "Last-Modified": version.modified,
        "Cache-Control": "private, no-cache",
    }


def _read(export: Export, part: Part) -> Iterator[bytes]:
    with export_writing.opened(export) as file:
        file.seek(part.start)
        left = part.size
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
