"""What an export takes and leaves out, on the wire."""

from typing import Any

from rest_framework import serializers

from annotations.exports.documents import Tally
from annotations.exports.meanings import MEANINGS


class BrokenRuleSerializer(serializers.Serializer[Any]):
    rule = serializers.CharField(help_text="Such as `CR-E4`; stable.")
    meaning = serializers.CharField(help_text="What the rule asks for.")
    count = serializers.IntegerField(help_text="Publications that break it.")


class ExportReportSerializer(serializers.Serializer[Any]):
    """How many publications a format takes. One that breaks several rules counts under each."""

    format = serializers.CharField()
    written = serializers.IntegerField(source="tally.written")
    left_out = serializers.IntegerField(source="tally.left_out")
    errors: Any = BrokenRuleSerializer(many=True)
    warnings = BrokenRuleSerializer(many=True)

    def to_representation(self, instance: dict[str, Any]) -> dict[str, Any]:
        tally: Tally = instance["tally"]
        return {
            "format": instance["format"],
            "written": tally.written,
            "left_out": tally.left_out,
            "errors": _broken(tally.errors),
            "warnings": _broken(tally.warnings),
        }


def _broken(counted: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"rule": rule, "meaning": str(MEANINGS[rule]), "count": number}
        for rule, number in sorted(counted.items())
    ]
