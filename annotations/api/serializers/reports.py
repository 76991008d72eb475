"""An article's published outcome on the wire."""

from typing import Any

from rest_framework import serializers

from annotations.api.serializers.fields import Moment, Plain
from annotations.api.serializers.publications import (
    PublicationInArticleSerializer,
    PublishedArticleSerializer,
)


class ReportCountsSerializer(serializers.Serializer[Any]):
    verified = serializers.IntegerField()
    unverified = serializers.IntegerField()
    disputed = serializers.IntegerField()
    retracted = serializers.IntegerField()


class ReportSerializer(Plain):
    """The newest version of each publication of an article, in reading order."""

    desk = serializers.CharField()
    article = PublishedArticleSerializer()
    counts = ReportCountsSerializer()
    updated_at = Moment(help_text="When readers last saw something change.")
    publications = PublicationInArticleSerializer(many=True)
