"""Steps that change many annotations, on the wire."""

from typing import Any

from rest_framework import serializers

from annotations.api.serializers.annotations import AnnotationSerializer, ReadIn, Words
from annotations.api.serializers.fields import Choice
from annotations.models import Annotation, Label
from annotations.workflow.tagging import MANY, Seen


class SeenSerializer(serializers.Serializer[Any]):
    """A sentence, and the version of one's own annotation that one saw; 0 where there is none."""

    id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)
    words = Words()


class LabelsSerializer(serializers.Serializer[Any]):
    """One label for many sentences."""

    label: Any = Choice(Label.choices, name="Label")
    read_in = ReadIn()
    sentences = serializers.ListField(child=SeenSerializer(), min_length=1, max_length=MANY)


def seen(rows: list[dict[str, Any]]) -> dict[int, Seen]:
    """Turn validated sentences into what the workflow takes."""
    return {one["id"]: Seen(one["version"], one.get("words")) for one in rows}


class ChangedAnnotationSerializer(serializers.Serializer[Annotation]):
    """One's own annotation, and the sentence that it is about."""

    sentence = serializers.IntegerField(source="sentence_id", read_only=True)
    annotation = AnnotationSerializer(source="*", read_only=True)


class ChangedSerializer(serializers.Serializer[Any]):
    """The annotations that a step changed, as they stand now."""

    changed = ChangedAnnotationSerializer(many=True, read_only=True)
