"""Verdicts on the wire, and what reviewers send."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.annotations import (
    EVIDENCE_AT_MOST,
    EvidenceDraftSerializer,
    EvidenceSerializer,
    evidence_of,
)
from annotations.api.serializers.fields import Choice, Filled, Moment, Rating, Text
from annotations.api.serializers.quick import Quick
from annotations.models import CLAIM_LABELS, Annotation, Label, Verdict


class VerdictSerializer(Quick, serializers.ModelSerializer[Verdict]):
    """The desk's position on a sentence. Its version is its ETag."""

    desk: Any = serializers.SlugRelatedField("slug", read_only=True)
    article = serializers.IntegerField(source="article_id", read_only=True)
    sentence = serializers.IntegerField(source="sentence_id", read_only=True)
    exact = serializers.CharField(source="sentence.exact", read_only=True)
    state = Choice(Verdict.State.choices, name="VerdictState", read_only=True)
    label: Any = Choice(Label.choices, name="Label", read_only=True, allow_null=True)
    comment = Filled(
        source="reason",
        help_text="Why it was returned: what was labelled before the words changed, and what a "
        "reviewer asked. In the language of the answer (Accept-Language).",
    )
    approved_by = serializers.CharField(source="approved_by.name", read_only=True, allow_null=True)
    approved_at = Moment(read_only=True, allow_null=True)
    updated_at = Moment(read_only=True)

    class Meta:
        model = Verdict
        fields: tuple[str, ...] = (
            "id",
            "desk",
            "article",
            "sentence",
            "exact",
            "state",
            "label",
            "rationale",
            "rating",
            "annotators",
            "has_evidence",
            "comment",
            "approved_by",
            "approved_at",
            "version",
            "updated_at",
        )
        read_only_fields = fields


class GivenAnnotationSerializer(Quick, serializers.ModelSerializer[Annotation]):
    """What one annotator said, for those who review it."""

    author = serializers.CharField(source="author.name", read_only=True)
    label: Any = Choice(Label.choices, name="Label", read_only=True)
    evidence = serializers.SerializerMethodField()
    updated_at = Moment(read_only=True)

    class Meta:
        model = Annotation
        fields = ("author", "label", "words", "rationale", "evidence", "updated_at")
        read_only_fields = fields

    @extend_schema_field(EvidenceSerializer(many=True))
    def get_evidence(self, annotation: Annotation) -> Any:
        return evidence_of(annotation)


class VerdictWithAnnotationsSerializer(VerdictSerializer):
    annotations = serializers.SerializerMethodField()

    class Meta(VerdictSerializer.Meta):
        fields = (*VerdictSerializer.Meta.fields, "annotations")
        read_only_fields = fields

    @extend_schema_field(GivenAnnotationSerializer(many=True))
    def get_annotations(self, verdict: Verdict) -> Any:
        given = [one for one in verdict.sentence.annotations.all() if one.label]
        return GivenAnnotationSerializer(given, many=True).data


class ApprovalSerializer(serializers.Serializer[Any]):
    rating = Rating()


class ReturnSerializer(serializers.Serializer[Any]):
    comment = Text(max_length=5_000)


class AdjudicationSerializer(serializers.Serializer[Any]):
    label: Any = Choice(Label.choices, name="Label")
    rationale = Text(max_length=20_000)
    rating = Rating()


class CorrectionSerializer(serializers.Serializer[Any]):
    """The new public position; a rationale or evidence left out stays as it was."""

    label: Any = Choice([label.value for label in CLAIM_LABELS], name="ClaimLabel")
    rationale = Text(required=False, allow_blank=True, max_length=20_000)
    evidence = serializers.ListField(
        child=EvidenceDraftSerializer(), required=False, max_length=EVIDENCE_AT_MOST
    )
    rating = Rating()
    note = Text(max_length=5_000, help_text="Public: why it changes.")


class RetractionSerializer(serializers.Serializer[Any]):
    note = Text(max_length=5_000, help_text="Public: why it is withdrawn.")
