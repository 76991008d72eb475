"""Sentences as they are cut, on the wire."""

from typing import Any

from rest_framework import serializers

from annotations.models import Sentence


class SplitSerializer(serializers.Serializer[Any]):
    """Where the second sentence begins: an offset of the text, in code points."""

    at = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class CutSerializer(serializers.ModelSerializer[Sentence]):
    """A sentence and its place in the text; the place is the version that `If-Match` names."""

    class Meta:
        model = Sentence
        fields = ("id", "index", "start", "end", "exact")
        read_only_fields = fields


class CutsSerializer(serializers.Serializer[Any]):
    """What a sentence was cut into, in reading order."""

    sentences = CutSerializer(many=True, read_only=True)
