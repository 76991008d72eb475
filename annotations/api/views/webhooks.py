"""Webhooks: managers say where news is sent, and see what became of it."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from annotations.api.access import one_desk, person, within
from annotations.api.conditions import require_version, version_tag
from annotations.api.permissions import WEBHOOKS, Scoped
from annotations.api.replay import once
from annotations.api.schema import (
    IDEMPOTENCY_KEY,
    IF_MATCH_REQUIRED,
    LOCATION,
    answers,
)
from annotations.api.serializers.queries import (
    DeliveryQuerySerializer,
    KeyQuerySerializer,
    conditions,
    read,
)
from annotations.api.serializers.webhooks import (
    DeliverySerializer,
    IssuedWebhookSerializer,
    RotationSerializer,
    WebhookChangeSerializer,
    WebhookDraftSerializer,
    WebhookSerializer,
    draft,
)
from annotations.models import Desk, WebhookDelivery, WebhookEndpoint
from annotations.workflow import roles, webhooks


class OfManagers(Scoped):
    """What only a desk's managers see and do, themselves or through a key."""

    def endpoint(self) -> WebhookEndpoint:
        found: WebhookEndpoint = get_object_or_404(self.endpoints(), pk=self.kwargs["pk"])
        roles.require(person(self.request), found.desk, roles.Role.MANAGER)
        return found

    def endpoints(self) -> QuerySet[WebhookEndpoint]:
        rows = WebhookEndpoint.objects.kept().select_related("desk").defer("desk__guidelines")
        return rows.filter(within(self.request))


class WebhookViewSet(OfManagers):
    """Where a desk's news is sent, by the Standard Webhooks specification."""

    scopes = dict.fromkeys(
        ("list", "create", "retrieve", "partial_update", "destroy", "rotate", "pause", "resume"),
        WEBHOOKS,
    )
    serializer_class = WebhookSerializer

    def get_queryset(self) -> QuerySet[WebhookEndpoint]:
        return self.endpoints()

    @extend_schema(parameters=[KeyQuerySerializer], responses=answers(WebhookSerializer, 400, 404))
    def list(self, request: Request) -> Response:
        """List a desk's webhooks, the newest first; never their secrets."""
        desk = one_desk(request, read(request, KeyQuerySerializer).get("desk"))
        roles.require(person(request), desk, roles.Role.MANAGER)
        page = self.paginate_queryset(self.endpoints().filter(desk=desk).order_by("-id"))
        return self.get_paginated_response(WebhookSerializer(page, many=True).data)

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request=WebhookDraftSerializer,
        responses=answers(IssuedWebhookSerializer, 400, 404, 409, 413, 415, 422, status=201),
    )
    def create(self, request: Request) -> Response:
        """Add a webhook. Its secret is in this answer and never shown again."""
        body = WebhookDraftSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        desk = one_desk(request, body.validated_data.get("desk"))
        added = once(request, partial(self._add, desk, body.validated_data))
        endpoint = get_object_or_404(self.endpoints(), pk=added["id"])
        location = reverse("api:webhook-detail", args=[endpoint.pk], request=request)
        secret = webhooks.secret_of(added["salt"])
        return _issued(endpoint, secret, status=201, headers={"Location": location})

    def _add(self, desk: Desk, valid: dict[str, Any]) -> dict[str, Any]:
        """Keep for a repeated request what leads to the secret, not the secret."""
        endpoint = webhooks.add(
            desk=desk, draft=draft(valid), by=person(self.request), at=timezone.now()
        ).endpoint
        return {"id": endpoint.pk, "salt": endpoint.salt}

    @extend_schema(responses=answers(WebhookSerializer, 404))
    def retrieve(self, request: Request, pk: int) -> Response:
        """Show a webhook and how it goes; its ETag is the version of its settings."""
        return _shown(self.endpoint())

    @extend_schema(
        parameters=[IF_MATCH_REQUIRED],
        request=WebhookChangeSerializer,
        responses=answers(WebhookSerializer, 400, 404, 409, 412, 413, 415, 428),
    )
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change the address, the events or the description."""
        endpoint, version = self.endpoint(), require_version(request)
        body = WebhookChangeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        changed = webhooks.change(
            endpoint=endpoint,
            draft=draft(body.validated_data),
            by=person(request),
            at=timezone.now(),
            based_on=version,
        )
        return _shown(changed)

    @extend_schema(responses=answers(None, 404, status=204))
    def destroy(self, request: Request, pk: int) -> Response:
        """Remove a webhook; what was not delivered yet is not sent any more."""
        webhooks.remove(endpoint=self.endpoint(), by=person(request), at=timezone.now())
        return Response(status=204)

    @extend_schema(
        request=RotationSerializer, responses=answers(IssuedWebhookSerializer, 400, 404, 415)
    )
    def rotate(self, request: Request, pk: int) -> Response:
        """Give a new secret, shown in this answer only; for a while both sign."""
        endpoint = self.endpoint()
        body = RotationSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        issued = webhooks.rotate(
            endpoint=endpoint,
            by=person(request),
            at=timezone.now(),
            overlap=timedelta(hours=body.validated_data["overlap_hours"]),
        )
        return _issued(issued.endpoint, issued.secret)

    @extend_schema(request=None, responses=answers(WebhookSerializer, 404))
    def pause(self, request: Request, pk: int) -> Response:
        """Send nothing until it is resumed; what happens meanwhile is kept for then."""
        endpoint = self.endpoint()
        return _shown(webhooks.pause(endpoint=endpoint, by=person(request), at=timezone.now()))

    @extend_schema(request=None, responses=answers(WebhookSerializer, 404))
    def resume(self, request: Request, pk: int) -> Response:
        """Send again, beginning with what was kept."""
        endpoint = self.endpoint()
        return _shown(webhooks.resume(endpoint=endpoint, by=person(request), at=timezone.now()))


class DeliveryViewSet(OfManagers):
    """The messages to one webhook, and what became of them."""

    scopes = {"list": WEBHOOKS, "redeliver": WEBHOOKS}
    serializer_class = DeliverySerializer

    def get_queryset(self) -> QuerySet[WebhookDelivery]:
        return WebhookDelivery.objects.select_related("publication", "endpoint__desk")

    @extend_schema(
        operation_id="webhooks_deliveries_list",
        parameters=[DeliveryQuerySerializer],
        responses=answers(DeliverySerializer(many=True), 400, 404),
    )
    def list(self, request: Request, pk: int) -> Response:
        """List the messages to a webhook, the newest first."""
        query = read(request, DeliveryQuerySerializer)
        rows = self.get_queryset().filter(
            conditions(query, {"state": "state"}), endpoint=self.endpoint()
        )
        page = self.paginate_queryset(rows.order_by("-id"))
        return self.get_paginated_response(DeliverySerializer(page, many=True).data)

    @extend_schema(
        operation_id="webhooks_deliveries_redeliver",
        request=None,
        responses=answers(DeliverySerializer, 404, 409, status=202),
    )
    def redeliver(self, request: Request, pk: int, delivery: int) -> Response:
        """Send a message once more, under the same webhook-id."""
        rows = self.get_queryset().filter(endpoint=self.endpoint())
        found = get_object_or_404(rows, pk=delivery)
        found = webhooks.redeliver(delivery=found, by=person(request), at=timezone.now())
        return Response(DeliverySerializer(found).data, status=202)


def _shown(endpoint: WebhookEndpoint) -> Response:
    headers = {"ETag": version_tag(endpoint.version), "Cache-Control": "private, no-store"}
    return Response(WebhookSerializer(endpoint).data, headers=headers)


def _issued(
    endpoint: WebhookEndpoint,
    secret: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    body = IssuedWebhookSerializer(endpoint, context={"secret": secret}).data
    shown = {"ETag": version_tag(endpoint.version), "Cache-Control": "no-store"}
    return Response(body, status=status, headers=shown | (headers or {}))
