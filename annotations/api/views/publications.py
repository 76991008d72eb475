"""What is published: the standing snapshot, each with its versions, and the log."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from django.utils.cache import patch_vary_headers
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import waiting
from annotations.api.access import desks, hidden, is_anybody, one_desk, within
from annotations.api.conditions import kept_by, tag, unless_known
from annotations.api.linked_data import LINKED, LinkedJson, linked, wants_linked_data
from annotations.api.pagination import DeskByDesk, bad_cursor, decoded, encoded
from annotations.api.permissions import PUBLISHED, Scoped
from annotations.api.schema import FOR_READERS, IF_NONE_MATCH, NOT_MODIFIED, PAUSE, answers
from annotations.api.serializers.publications import (
    ChangesSerializer,
    PublicationSerializer,
    PublicationWithVersionsSerializer,
)
from annotations.api.serializers.queries import (
    ChangesQuerySerializer,
    PublicationQuerySerializer,
    read,
)
from annotations.exports import Record, log_behind, record_of, to_wire
from annotations.models import Desk, Publication
from annotations.models.publications import PublicationQuerySet, ends_of_logs

_LOG = ("desk_id", "sequence")


class PublicationViewSet(Scoped):
    """What the desk has published. Nothing that was not approved and published is here."""

    scopes = {"list": PUBLISHED, "retrieve": PUBLISHED, "changes": PUBLISHED}
    serializer_class = PublicationSerializer
    pagination_class = DeskByDesk
    open_to_readers = frozenset({"list", "retrieve", "changes"})

    def get_renderers(self) -> list[BaseRenderer]:
        """One publication can also be had as linked data."""
        given = super().get_renderers()
        return [*given, LinkedJson()] if self.action == "retrieve" else given

    def get_queryset(self) -> PublicationQuerySet:
        return Publication.objects.select_related("desk").defer("desk__guidelines")

    @extend_schema(
        parameters=[PublicationQuerySerializer, IF_NONE_MATCH],
        responses=answers(PublicationSerializer, 400, 404) | NOT_MODIFIED,
        auth=FOR_READERS,
    )
    def list(self, request: Request) -> Response:
        """List the newest version of all that stands published, the newest first."""
        query = read(request, PublicationQuerySerializer)
        among = desks(request, query.get("desk"))
        return unless_known(
            request, state_of(among), partial(self._list, query, among), keep=kept_by(request)
        )

    def _list(self, query: dict[str, Any], among: Sequence[Desk]) -> Response:
        filters = {name: value for name, value in query.items() if name != "desk"}
        pages = cast(DeskByDesk, self.paginator)
        page = pages.records_of(self.request, [desk.pk for desk in among], filters)
        return pages.get_paginated_response([to_wire(record) for record in page])

    @extend_schema(
        parameters=[IF_NONE_MATCH],
        responses=answers(PublicationWithVersionsSerializer, 404, 406, 409, 410)
        | NOT_MODIFIED
        | {(200, LINKED): OpenApiTypes.OBJECT},
        auth=FOR_READERS,
    )
    def retrieve(self, request: Request, pk: int) -> Response:
        """Show a publication with all its versions; a retracted one shows its retraction.

        Asked for linked data, it is one Web Annotation or, by its profile, one ClaimReview.
        """
        every = self.get_queryset().filter(within(request), verdict=pk)
        rows = list(every.with_text().order_by("version"))
        if not rows:
            raise hidden(request)
        if wants_linked_data(request):
            return linked(request, rows[-1])
        etag = tag(pk, rows[-1].version, _left_behind_in(rows[-1]))
        response = unless_known(request, etag, partial(_with_versions, rows), keep=kept_by(request))
        patch_vary_headers(response, ["Accept"])
        return response

    @extend_schema(
        parameters=[ChangesQuerySerializer, PAUSE],
        responses=answers(ChangesSerializer, 400, 404) | NOT_MODIFIED,
        auth=FOR_READERS,
    )
    def changes(self, request: Request) -> Response:
        """Read a desk's log on from a cursor: publications, corrections, retractions, in order."""
        query = read(request, ChangesQuerySerializer)
        desk = one_desk(request, query.get("desk"))
        place, size = _place(query, desk), query["page_size"]
        look = partial(log_behind, desk.pk, place, size + 1)
        page, headers = look(), {}
        if query["wait"] and not page:
            try:
                page = _waited(request, desk, query["wait"], look)
            except waiting.Crowded:
                headers["Retry-After"] = str(waiting.LATER)
        last = page[:size][-1].sequence if page else place
        etag = tag(desk.slug, place, last, len(page) > size)
        return unless_known(
            request,
            etag,
            lambda: Response(_stretch(page, size, desk, last), headers=headers),
            keep=kept_by(request),
        )


def _waited(
    request: Request, desk: Desk, seconds: int, look: Callable[[], list[Record]]
) -> list[Record]:
    """Wait for news; those who brought no key are asked to come again instead."""
    if is_anybody(request):
        raise waiting.Crowded
    return waiting.for_news(desk.pk, seconds=seconds, look=look)


def _with_versions(rows: list[Publication]) -> Response:
    versions = [to_wire(record_of(row)) for row in rows]
    since = {"left_behind_in": _left_behind_in(rows[-1])}
    return Response(versions[-1] | since | {"versions": versions})


def _left_behind_in(row: Any) -> int | None:
    found: int | None = row.left_behind_in
    return found


def _stretch(page: list[Record], size: int, desk: Desk, last: int) -> dict[str, Any]:
    return {
        "results": [to_wire(record) for record in page[:size]],
        "next_cursor": encoded(_LOG, [desk.pk, last]),
        "has_more": len(page) > size,
    }


def _place(query: dict[str, Any], desk: Desk) -> int:
    """Return the sequence after which to go on; a cursor of another desk is refused."""
    if "cursor" not in query:
        return 0
    of_desk, sequence = decoded(query["cursor"], _LOG)
    if of_desk != desk.pk or not isinstance(sequence, int):
        raise bad_cursor()
    return sequence


def state_of(among: Sequence[Desk]) -> str:
    """Name the state of desks' logs: their last numbers."""
    return tag(*ends_of_logs([desk.pk for desk in among]))
