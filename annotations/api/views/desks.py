"""A desk's scales, and its API keys."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import desks, one_desk, person, within
from annotations.api.conditions import tag, unless_known
from annotations.api.permissions import PEOPLE_ONLY, PUBLISHED, Scoped
from annotations.api.schema import IF_NONE_MATCH, NOT_MODIFIED, answers
from annotations.api.serializers.desks import (
    IssuedKeySerializer,
    KeyDraftSerializer,
    KeySerializer,
    ScaleSerializer,
)
from annotations.api.serializers.queries import KeyQuerySerializer, read
from annotations.exports.scales import LABELS, WORST
from annotations.models import ApiKey, Desk
from annotations.workflow import api_keys, roles


class ScaleViewSet(Scoped):
    """What the desk's labels and ratings mean."""

    scopes = {"list": PUBLISHED, "retrieve": PUBLISHED}
    pagination_class = None  # type: ignore[assignment]  # a handful of desks

    @extend_schema(
        parameters=[KeyQuerySerializer, IF_NONE_MATCH],
        responses=answers(ScaleSerializer(many=True), 400, 404) | NOT_MODIFIED,
    )
    def list(self, request: Request) -> Response:
        """Show the scales of all the caller's desks."""
        query = read(request, KeyQuerySerializer)
        shown = [_scale(desk) for desk in desks(request, query.get("desk"))]
        return unless_known(request, tag(shown), lambda: Response(shown))

    @extend_schema(
        parameters=[IF_NONE_MATCH], responses=answers(ScaleSerializer, 404) | NOT_MODIFIED
    )
    def retrieve(self, request: Request, desk: str) -> Response:
        """Show the desk's labels and rating scale, in every language."""
        [found] = desks(request, desk)
        shown = _scale(found)
        return unless_known(request, tag(shown), lambda: Response(shown))


def _scale(desk: Desk) -> dict[str, Any]:
    labels = [{"value": value} | wording for value, wording in LABELS.items()]
    ratings = desk.rating_scale
    ends = {"worst": WORST, "best": len(ratings)} if ratings else {"worst": None, "best": None}
    scale = {"desk": desk.slug, "labels": labels, "ratings": ratings} | ends
    return dict(ScaleSerializer(scale).data)


class KeyViewSet(Scoped):
    """Keys for publishers' programs. Only a desk's managers see and make them, signed in."""

    scopes = {"list": PEOPLE_ONLY, "create": PEOPLE_ONLY, "destroy": PEOPLE_ONLY}
    serializer_class = KeySerializer

    def get_queryset(self) -> QuerySet[ApiKey]:
        return ApiKey.objects.select_related("desk")

    @extend_schema(parameters=[KeyQuerySerializer], responses=answers(KeySerializer, 400, 404))
    def list(self, request: Request) -> Response:
        """List a desk's keys, the newest first; never their text."""
        desk = one_desk(request, read(request, KeyQuerySerializer).get("desk"))
        roles.require(person(request), desk, roles.Role.MANAGER)
        page = self.paginate_queryset(self.get_queryset().filter(desk=desk).order_by("-id"))
        return self.get_paginated_response(KeySerializer(page, many=True).data)

    @extend_schema(
        request=KeyDraftSerializer, responses=answers(IssuedKeySerializer, 400, 404, status=201)
    )
    def create(self, request: Request) -> Response:
        """Make a key. Its text is in this answer and never shown again."""
        body = KeyDraftSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        valid = body.validated_data
        issued = api_keys.issue(
            desk=one_desk(request, valid.get("desk")),
            name=valid["name"],
            scopes=valid["scopes"],
            by=person(request),
            at=timezone.now(),
            expires_at=valid.get("expires_at"),
        )
        shown = IssuedKeySerializer(issued.key, context={"text": issued.text}).data
        return Response(shown, status=201, headers={"Cache-Control": "no-store"})

    @extend_schema(responses=answers(None, 404, status=204))
    def destroy(self, request: Request, pk: int) -> Response:
        """Revoke a key for good; it stays in the list."""
        key = get_object_or_404(self.get_queryset().filter(within(request)), pk=pk)
        api_keys.revoke(key=key, by=person(request), at=timezone.now())
        return Response(status=204)
