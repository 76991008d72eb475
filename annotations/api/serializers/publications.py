"""Publications on the wire: the same form in lists, in the log and in JSON Lines."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from annotations.api.examples import CHANGES, PUBLICATION, WITH_VERSIONS
from annotations.api.serializers.desks import WordingSerializer
from annotations.api.serializers.fields import Choice, Moment
from annotations.exports import Record, to_wire
from annotations.models import CLAIM_LABELS, Candidate, Evidence, Publication

_LABELS = [label.value for label in CLAIM_LABELS]


class PublishedArticleSerializer(serializers.Serializer[Any]):
    """The article as it was when this was published."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    url = serializers.CharField(allow_null=True)
    source: Any = serializers.CharField(allow_null=True)
    language = serializers.CharField()
    published_at = Moment(allow_null=True)


class PublishedRevisionSerializer(serializers.Serializer[Any]):
    """The text that was checked."""

    sha256 = serializers.CharField(help_text="Of the text in UTF-8, in hexadecimal digits.")
    number = serializers.IntegerField(help_text="1 is the first text that the article had.")


class SelectorSerializer(serializers.Serializer[Any]):
    """Where the sentence stands: its words with what is around them, and its code points."""

    exact = serializers.CharField()
    prefix = serializers.CharField()
    suffix = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class ClaimSerializer(serializers.Serializer[Any]):
    """What was checked: the sentence, who says it, and since when."""

    text = serializers.CharField()
    claimant = serializers.CharField(allow_null=True)
    kind = Choice(Candidate.Kind.choices, name="CandidateKind", allow_null=True)
    made_at = Moment(allow_null=True, help_text="When the article came out.")


class PublishedEvidenceSerializer(serializers.Serializer[Any]):
    """A link, and whether it speaks for the sentence or against it."""

    url = serializers.CharField()
    title = serializers.CharField()
    quote = serializers.CharField()
    stance = Choice(Evidence.Stance.choices, name="Stance")
    archived_url = serializers.CharField(allow_null=True)
    accessed_at = Moment(help_text="When somebody read it.")


@extend_schema_serializer(examples=[PUBLICATION])
class PublicationSerializer(serializers.Serializer[Record]):
    """One published version. `id` stays the same over all versions, `sequence` counts the log."""

    id = serializers.IntegerField(help_text="The same over all versions.")
    sequence = serializers.IntegerField(help_text="Its place in the desk's log, without a gap.")
    version = serializers.IntegerField(help_text="1 is the original.")
    kind = Choice(Publication.Kind.choices, name="PublicationKind")
    desk = serializers.CharField(help_text="Slug.")
    article = PublishedArticleSerializer()
    revision = PublishedRevisionSerializer()
    selector = SelectorSerializer()
    claim = ClaimSerializer()
    label: Any = Choice(
        _LABELS, name="ClaimLabel", allow_null=True, help_text="Null once retracted."
    )
    rating = serializers.IntegerField(allow_null=True, help_text="On the desk's scale; 1 is worst.")
    rating_best = serializers.IntegerField(
        allow_null=True, help_text="The scale's highest value when this was published."
    )
    rating_name = WordingSerializer(allow_null=True, help_text="What the rating was called then.")
    rationale = serializers.CharField()
    evidence = PublishedEvidenceSerializer(many=True)
    annotators = serializers.IntegerField(help_text="How many labelled it.")
    approved_by = serializers.CharField(help_text="A name or a role, as the desk chose.")
    published_at = Moment(help_text="When the first version came out.")
    corrected_at = Moment(allow_null=True)
    retracted_at = Moment(allow_null=True)
    note = serializers.CharField(allow_null=True, help_text="Why it was corrected or retracted.")

    def to_representation(self, instance: Record) -> dict[str, Any]:
        return to_wire(instance)


class PublicationInArticleSerializer(PublicationSerializer):
    """A publication, and whether the article's newest text still has its words."""

    left_behind_in = serializers.IntegerField(
        allow_null=True,
        help_text="Where the article has a newer text without these words: the number of the last "
        "one that had them. It is no part of the log, which never changes.",
    )


@extend_schema_serializer(examples=[WITH_VERSIONS])
class PublicationWithVersionsSerializer(PublicationInArticleSerializer):
    versions = PublicationSerializer(many=True, help_text="All, oldest first.")


@extend_schema_serializer(examples=[CHANGES])
class ChangesSerializer(serializers.Serializer[Any]):
    """A stretch of a desk's log; go on from `next_cursor`, also when nothing is new yet."""

    results = PublicationSerializer(many=True)
    next_cursor = serializers.CharField(help_text="Keep it with what you stored.")
    has_more = serializers.BooleanField(help_text="There is more already: ask at once.")


class PublishedSerializer(serializers.Serializer[Any]):
    """What was published just now, in reading order."""

    published = PublicationSerializer(many=True)
