"""Whether the house stands."""

from typing import Any

from rest_framework import serializers

from annotations.api.serializers.fields import Choice


class HealthSerializer(serializers.Serializer[Any]):
    status = Choice(["ok", "unavailable"], name="HealthStatus")
