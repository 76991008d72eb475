"""The form of every error, for the schema."""

from typing import Any

from rest_framework import serializers


class ProblemErrorSerializer(serializers.Serializer[Any]):
    pointer = serializers.CharField(required=False, help_text="JSON pointer into the body.")
    parameter = serializers.CharField(required=False, help_text="Parameter of the address.")
    detail = serializers.CharField()
    code = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details by RFC 9457; `code` is stable, `detail` is for people."""

    type = serializers.CharField(help_text="`urn:factcheck:problem:` and the code.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors: Any = ProblemErrorSerializer(many=True, required=False)
    current = serializers.JSONField(
        required=False, help_text="With 412: what stands now.", allow_null=True
    )
