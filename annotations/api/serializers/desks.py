"""A desk's scales and its keys on the wire."""

from typing import Any

from rest_framework import serializers

from annotations.api.serializers.fields import Choice, Moment, Text
from annotations.models import ApiKey


class WordingSerializer(serializers.Serializer[Any]):
    en = serializers.CharField()
    fr = serializers.CharField()


class ScaleLabelSerializer(WordingSerializer):
    value = serializers.CharField()
    meaning = WordingSerializer()


class ScaleRatingSerializer(WordingSerializer):
    value = serializers.IntegerField(help_text="1 is worst.")


class ScaleSerializer(serializers.Serializer[Any]):
    """The labels, which say how far the check got, and the rating scale, which is the desk's."""

    desk = serializers.CharField()
    labels = ScaleLabelSerializer(many=True)
    ratings = ScaleRatingSerializer(many=True)
    worst = serializers.IntegerField(allow_null=True, help_text="Null where nothing is rated.")
    best = serializers.IntegerField(allow_null=True)


class KeySerializer(serializers.ModelSerializer[ApiKey]):
    desk: Any = serializers.SlugRelatedField("slug", read_only=True)
    scopes = serializers.ListField(child=Choice(ApiKey.Scope.choices, name="Scope"), read_only=True)
    created_at = Moment(read_only=True)
    expires_at = Moment(read_only=True, allow_null=True)
    last_used_at = Moment(read_only=True, allow_null=True)
    revoked_at = Moment(read_only=True, allow_null=True)

    class Meta:
        model = ApiKey
        fields: tuple[str, ...] = (
            "id",
            "desk",
            "name",
            "prefix",
            "scopes",
            "created_at",
            "expires_at",
            "last_used_at",
            "revoked_at",
        )
        read_only_fields = fields


class IssuedKeySerializer(KeySerializer):
    """A new key with its text, which is never shown again."""

    key = serializers.SerializerMethodField(help_text="Shown this once.")

    class Meta(KeySerializer.Meta):
        fields = (*KeySerializer.Meta.fields, "key")
        read_only_fields = fields

    def get_key(self, _key: ApiKey) -> str:
        return str(self.context["text"])


class KeyDraftSerializer(serializers.Serializer[Any]):
    desk = Text(required=False, help_text="May be left out by who belongs to one desk only.")
    name = Text(max_length=150)
    scopes = serializers.ListField(
        child=Choice(ApiKey.Scope.choices, name="Scope"), allow_empty=False
    )
    expires_at = Moment(required=False, allow_null=True)
