"""A desk's scales, and its API keys."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import desks, one_desk, person, within
from annotations.api.conditions import kept_by, tag, unless_known
from annotations.api.permissions import PEOPLE_ONLY, PUBLISHED, Scoped
from annotations.api.replay import once
from annotations.api.schema import (
    FOR_READERS,
    IDEMPOTENCY_KEY,
    IF_NONE_MATCH,
    NOT_MODIFIED,
    answers,
)
from annotations.api.serializers.desks import (
    IssuedKeySerializer,
    KeyDraftSerializer,
    KeySerializer,
    ScaleSerializer,
)
from annotations.api.serializers.queries import DeskQuerySerializer, KeyQuerySerializer, read
from annotations.exports.scales import LABELS, WORST
from annotations.models import ApiKey, Desk
from annotations.workflow import api_keys, roles


class ScaleViewSet(Scoped):
    """What the desk's labels and ratings mean."""

    scopes = {"list": PUBLISHED, "retrieve": PUBLISHED}
    open_to_readers = frozenset({"retrieve"})
    pagination_class = None  # type: ignore[assignment]  # a handful of desks

    @extend_schema(
        parameters=[DeskQuerySerializer, IF_NONE_MATCH],
        responses=answers(ScaleSerializer(many=True), 400, 404) | NOT_MODIFIED,
    )
    def list(self, request: Request) -> Response:
        """Show the scales of all the caller's desks."""
        query = read(request, DeskQuerySerializer)
        shown = [_scale(desk) for desk in desks(request, query.get("desk"))]
        return unless_known(request, tag(shown), lambda: Response(shown))

    @extend_schema(
        parameters=[IF_NONE_MATCH],
        responses=answers(ScaleSerializer, 404) | NOT_MODIFIED,
        auth=FOR_READERS,
    )
    def retrieve(self, request: Request, desk: str) -> Response:
        """Show the desk's labels and rating scale, in every language."""
        [found] = desks(request, desk)
        shown = _scale(found)
        return unless_known(request, tag(shown), lambda: Response(shown), keep=kept_by(request))


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
        parameters=[IDEMPOTENCY_KEY],
        request=KeyDraftSerializer,
        responses=answers(IssuedKeySerializer, 400, 404, 422, status=201),
    )
    def create(self, request: Request) -> Response:
        """Make a key. Its text is in this answer and never shown again."""
        body = KeyDraftSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        desk = one_desk(request, body.validated_data.get("desk"))
        issued = once(request, partial(self._issue, desk, body.validated_data))
        key = get_object_or_404(self.get_queryset(), pk=issued["id"])
        text = api_keys.text_of(key, issued["salt"])
        shown = IssuedKeySerializer(key, context={"text": text}).data
        return Response(shown, status=201, headers={"Cache-Control": "no-store"})

    def _issue(self, desk: Desk, valid: dict[str, Any]) -> dict[str, Any]:
        """Keep for a repeated request what leads to the text, not the text."""
        issued = api_keys.issue(
            desk=desk,
            name=valid["name"],
            scopes=valid["scopes"],
            by=person(self.request),
            at=timezone.now(),
            expires_at=valid.get("expires_at"),
        )
        return {"id": issued.key.pk, "salt": issued.salt}

    @extend_schema(responses=answers(None, 404, status=204))
    def destroy(self, request: Request, pk: int) -> Response:
        """Revoke a key for good; it stays in the list."""
        key = get_object_or_404(self.get_queryset().filter(within(request)), pk=pk)
        api_keys.revoke(key=key, by=person(request), at=timezone.now())
        return Response(status=204)
