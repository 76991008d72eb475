"""Imports: a file of articles in, worked on by the workers, with a report of every bad row."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from annotations import tasks
from annotations.api.access import desks, one_desk, person, within
from annotations.api.conditions import tag, unless_known
from annotations.api.permissions import ALL, ARTICLES, Scoped
from annotations.api.replay import once
from annotations.api.schema import (
    IDEMPOTENCY_KEY,
    IF_NONE_MATCH,
    LOCATION,
    NOT_MODIFIED,
    answers,
    problems_of,
)
from annotations.api.serializers.imports import (
    FaultSerializer,
    ImportDetailSerializer,
    ImportSerializer,
    UploadSerializer,
    WishSerializer,
    wish,
)
from annotations.api.serializers.queries import DeskQuerySerializer, read
from annotations.api.uploads import Raw, Upload, parameters, received
from annotations.api.views.exports import FormatByName
from annotations.models import Desk, Import
from annotations.workflow import import_report, imports, workers

_TYPES = ("text/csv", "application/x-ndjson", "application/json")


class FileByName(FormatByName, DefaultContentNegotiation):
    """The format of the file is asked for by name; its parser is found by the type of the body."""


class ImportViewSet(Scoped):
    """Files of articles, each with how far it is and what was wrong with its rows."""

    content_negotiation_class = FileByName
    parser_classes = (MultiPartParser, Raw)
    scopes = {
        "list": ALL | ARTICLES,
        "create": ARTICLES,
        "retrieve": ALL | ARTICLES,
        "faults": ALL | ARTICLES,
        "report": ALL | ARTICLES,
        "confirm": ARTICLES,
        "cancel": ARTICLES,
    }
    serializer_class = ImportSerializer

    def get_queryset(self) -> QuerySet[Import]:
        return Import.objects.for_list().filter(within(self.request))

    @extend_schema(parameters=[DeskQuerySerializer], responses=answers(ImportSerializer, 400, 404))
    def list(self, request: Request) -> Response:
        """List the desk's imports, newest first."""
        query = read(request, DeskQuerySerializer)
        rows = Import.objects.for_list().filter(desk__in=desks(request, query.get("desk")))
        page = self.paginate_queryset(rows.order_by("-id"))
        return self.get_paginated_response(ImportSerializer(page, many=True).data)

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY, LOCATION, WishSerializer],
        request={"multipart/form-data": UploadSerializer}
        | dict.fromkeys(_TYPES, OpenApiTypes.BINARY),
        responses=answers(ImportDetailSerializer, 400, 404, 413, 422, status=202),
    )
    def create(self, request: Request) -> Response:
        """Take a file in; in a form, the parameters stand beside it, else in the address."""
        with received(request) as upload:
            said = WishSerializer(data=parameters(request))
            said.is_valid(raise_exception=True)
            valid = said.validated_data
            desk = one_desk(request, valid.get("desk"))
            take = partial(self._take, desk, upload, valid)
            answer = once(request, take, sent=[upload.sha256, valid])
        location = reverse("api:import-detail", args=[answer["id"]], request=request)
        return Response(answer, status=202, headers={"Location": location})

    def _take(self, desk: Desk, upload: Upload, valid: dict[str, Any]) -> dict[str, Any]:
        work = imports.request(
            desk=desk,
            file=upload.file,
            wish=wish(valid),
            by=person(self.request),
            at=timezone.now(),
        )
        tasks.send_import(work)
        return self._whole(work)

    @extend_schema(
        parameters=[IF_NONE_MATCH], responses=answers(ImportDetailSerializer, 404) | NOT_MODIFIED
    )
    def retrieve(self, request: Request, pk: int) -> Response:
        """Show how far an import is, what it brought, and the first things wrong with it."""
        work, alive = self._work(), workers.any_alive(at=timezone.now())
        state = (work.pk, work.state, work.is_dry_run, work.rows_done, work.bytes_done)
        etag = tag(*state, alive, get_language())
        return unless_known(request, etag, lambda: Response(self._whole(work)))

    @extend_schema(responses=answers(FaultSerializer(many=True), 404))
    def faults(self, request: Request, pk: int) -> Response:
        """List everything that was wrong with the file: line, column, value, and why."""
        page = self.paginate_queryset(self._work().faults.in_order())
        return self.get_paginated_response(FaultSerializer(page, many=True).data)

    @extend_schema(
        operation_id="imports_errors_file",
        responses=problems_of(404) | {(200, "text/csv"): OpenApiTypes.BINARY},
    )
    def report(self, request: Request, pk: int) -> StreamingHttpResponse:
        """Download everything that was wrong with the file, as CSV for a spreadsheet."""
        work = self._work()
        return StreamingHttpResponse(
            import_report.rows(work),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": import_report.disposition(work)},
        )

    @extend_schema(request=None, responses=answers(ImportDetailSerializer, 404, 409, status=202))
    def confirm(self, request: Request, pk: int) -> Response:
        """Import for good what a dry run has checked, without sending it again."""
        work = imports.confirm(work=self._work(), by=person(request), at=timezone.now())
        tasks.send_import(work)
        return Response(self._whole(work), status=202)

    @extend_schema(request=None, responses=answers(ImportDetailSerializer, 404, 409))
    def cancel(self, request: Request, pk: int) -> Response:
        """Stop an import. What it brought already stays."""
        work = imports.cancel(work=self._work(), by=person(request), at=timezone.now())
        return Response(self._whole(work))

    def _work(self) -> Import:
        found: Import = get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])
        return found

    def _whole(self, work: Import) -> dict[str, Any]:
        alive = workers.any_alive(at=timezone.now())
        return ImportDetailSerializer(work, context={"worker_running": alive}).data
