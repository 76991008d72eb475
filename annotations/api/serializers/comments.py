"""Comments on the wire."""

from typing import Any

from rest_framework import serializers

from annotations.api.serializers.fields import Moment, Text
from annotations.models import Comment
from annotations.workflow.comments import TEXT_LENGTH


class CommentSerializer(serializers.ModelSerializer[Comment]):
    author = serializers.CharField(source="author.name", read_only=True)
    created_at = Moment(read_only=True)

    class Meta:
        model = Comment
        fields = ("id", "author", "text", "created_at")
        read_only_fields = fields


class CommentDraftSerializer(serializers.Serializer[Any]):
    text = Text(max_length=TEXT_LENGTH)
