"""Webhooks and their deliveries on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import Choice, Filled, Moment, Text
from annotations.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from annotations.workflow.webhooks import DESCRIPTION_LENGTH, OVERLAP, OVERLAP_AT_MOST, Draft

_HOUR = 3600


class WebhookSerializer(serializers.ModelSerializer[WebhookEndpoint]):
    """Where news of a desk is sent. Its secret is shown when it is made, and never here."""

    desk: Any = serializers.SlugRelatedField("slug", read_only=True)
    events = serializers.ListField(
        child=Choice(WebhookEvent.choices, name="WebhookEvent"), read_only=True
    )
    state = Choice(WebhookEndpoint.State.choices, name="WebhookState", read_only=True)
    paused_because = Choice(
        WebhookEndpoint.Because.choices, name="WebhookPause", read_only=True, allow_null=True
    )
    failing_since = Moment(read_only=True, allow_null=True)
    retry_at = Moment(read_only=True, allow_null=True, help_text="It rests until then.")
    last_delivered_at = Moment(read_only=True, allow_null=True)
    previous_secret_until = Moment(read_only=True, allow_null=True, source="previous_until")
    created_at = Moment(read_only=True)

    class Meta:
        model = WebhookEndpoint
        fields: tuple[str, ...] = (
            "id",
            "desk",
            "url",
            "description",
            "events",
            "state",
            "paused_because",
            "failing_since",
            "retry_at",
            "last_delivered_at",
            "previous_secret_until",
            "version",
            "created_at",
        )
        read_only_fields = fields


class IssuedWebhookSerializer(WebhookSerializer):
    """A webhook with its new secret, which is never shown again."""

    secret = serializers.SerializerMethodField(help_text="Shown this once.")

    class Meta(WebhookSerializer.Meta):
        fields = (*WebhookSerializer.Meta.fields, "secret")
        read_only_fields = fields

    def get_secret(self, _endpoint: WebhookEndpoint) -> str:
        return str(self.context["secret"])


class WebhookChangeSerializer(serializers.Serializer[Any]):
    """What of a webhook can be changed; what is left out stays."""

    url = Text(required=False, max_length=2000, help_text="Begins with https://.")
    events = serializers.ListField(
        child=Choice(WebhookEvent.choices, name="WebhookEvent"), required=False, allow_empty=False
    )
    description = Text(required=False, allow_blank=True, max_length=DESCRIPTION_LENGTH)


class WebhookDraftSerializer(WebhookChangeSerializer):
    """A webhook to add; without `events`, it is told of all."""

    desk = Text(required=False, help_text="May be left out by who belongs to one desk only.")
    url = Text(max_length=2000, help_text="Begins with https://.")


class RotationSerializer(serializers.Serializer[Any]):
    overlap_hours = serializers.IntegerField(
        required=False,
        default=int(OVERLAP.total_seconds() // _HOUR),
        min_value=0,
        max_value=int(OVERLAP_AT_MOST.total_seconds() // _HOUR),
        help_text="How long messages are signed with the old secret too.",
    )


class DeliverySerializer(serializers.ModelSerializer[WebhookDelivery]):
    """One message and what became of it."""

    webhook_id = serializers.SerializerMethodField(help_text="The same at every attempt.")
    event = Choice(WebhookEvent.choices, name="WebhookEvent", read_only=True)
    state = Choice(WebhookDelivery.State.choices, name="DeliveryState", read_only=True)
    publication: Any = serializers.IntegerField(
        source="publication.verdict_id", read_only=True, allow_null=True, default=None
    )
    sequence: Any = serializers.IntegerField(
        source="publication.sequence", read_only=True, allow_null=True, default=None
    )
    occurred_at = Moment(read_only=True)
    last_attempt_at = Moment(read_only=True, allow_null=True)
    next_attempt_at = serializers.SerializerMethodField(help_text="Null once nothing is tried.")
    delivered_at = Moment(read_only=True, allow_null=True)
    answer = Filled(help_text="How the last answer began.")
    error = Filled()

    class Meta:
        model = WebhookDelivery
        fields = (
            "id",
            "webhook_id",
            "event",
            "publication",
            "sequence",
            "occurred_at",
            "state",
            "attempts",
            "last_attempt_at",
            "next_attempt_at",
            "delivered_at",
            "status",
            "answer",
            "error",
        )
        read_only_fields = fields

    def get_webhook_id(self, delivery: WebhookDelivery) -> str:
        return delivery.webhook_id

    @extend_schema_field(Moment(allow_null=True))
    def get_next_attempt_at(self, delivery: WebhookDelivery) -> Any:
        is_pending = delivery.state == delivery.State.PENDING
        return Moment().to_representation(delivery.next_attempt_at) if is_pending else None


def draft(valid: dict[str, Any]) -> Draft:
    """Turn a validated body into what the workflow takes."""
    return Draft(**{name: valid[name] for name in Draft.__slots__ if name in valid})
