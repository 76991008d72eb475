"""The texts of an article, and what became of its sentences when a new one came."""

from rest_framework import serializers

from annotations.api.serializers.articles import ArticleSerializer
from annotations.api.serializers.fields import Moment, Plain
from annotations.models import Revision


class RevisionRowSerializer(serializers.ModelSerializer[Revision]):
    """One text of an article; it never changes."""

    length = serializers.IntegerField(read_only=True, help_text="In code points.")
    created_at = Moment(read_only=True)
    created_by = serializers.CharField(source="created_by.name", read_only=True, allow_null=True)

    class Meta:
        model = Revision
        fields = ("number", "sha256", "length", "created_at", "created_by")
        read_only_fields = fields


class FateSerializer(Plain):
    """A sentence with its words before, and those in its place now, if any are."""

    sentence = serializers.IntegerField()
    was = serializers.CharField()
    now = serializers.CharField(allow_null=True)


class CarriedSerializer(Plain):
    """What became of the sentences that somebody had annotated or commented on.

    `kept` stand in the new text, `changed` with other words: their verdicts were returned. `gone`
    stay with the old text, as does what is published of words that changed. `back` had been left
    behind by an earlier new text, and stand in this one again.
    """

    kept = serializers.ListField(child=serializers.IntegerField())
    changed = FateSerializer(many=True)
    gone = FateSerializer(many=True)
    back = serializers.ListField(child=serializers.IntegerField())


class RevisedSerializer(Plain):
    """The article with its new text, of which the extraction is queued."""

    article = ArticleSerializer()
    sentences = CarriedSerializer()
