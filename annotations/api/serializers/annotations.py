"""Annotations and their evidence on the wire."""

from operator import attrgetter
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import Choice, Filled, Moment, Text
from annotations.api.serializers.quick import Quick
from annotations.models import Annotation, Evidence, Label
from annotations.workflow.evidence import TITLE_LENGTH, Item
from annotations.workflow.tagging import Opinion

EVIDENCE_AT_MOST = 50
WORDS_AT_MOST = 100_000


class EvidenceSerializer(Quick, serializers.Serializer[Evidence]):
    """A link, and whether it speaks for the sentence or against it."""

    url = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)
    quote = serializers.CharField(read_only=True)
    stance = Choice(Evidence.Stance.choices, name="Stance", read_only=True)
    archived_url = Filled()
    accessed_at = Moment(read_only=True)


class EvidenceDraftSerializer(serializers.Serializer[Any]):
    url = Text(max_length=2000)
    title = Text(required=False, allow_blank=True, max_length=TITLE_LENGTH)
    quote = Text(required=False, allow_blank=True, max_length=10_000)
    stance = Choice(Evidence.Stance.choices, name="Stance", required=False)
    archived_url = Text(required=False, allow_blank=True, max_length=2000)


_EVIDENCE = EvidenceSerializer()  # made once, not for each row


def evidence_of(annotation: Annotation) -> Any:
    """Say an annotation's evidence in the order in which it was given."""
    if annotation.has_evidence is False:
        return []
    rows: Any = sorted(annotation.evidence.all(), key=attrgetter("position"))
    return [_EVIDENCE.to_representation(row) for row in rows]


class AnnotationSerializer(Quick, serializers.ModelSerializer[Annotation]):
    """One's own annotation. Its version is its ETag; a null label means that it was withdrawn."""

    label: Any = Choice(Label.choices, name="Label", read_only=True, allow_null=True)
    evidence = serializers.SerializerMethodField()
    created_at = Moment(read_only=True)
    updated_at = Moment(read_only=True)

    class Meta:
        model = Annotation
        fields = (
            "label",
            "words",
            "rationale",
            "evidence",
            "version",
            "created_at",
            "updated_at",
        )
        read_only_fields = fields

    @extend_schema_field(EvidenceSerializer(many=True))
    def get_evidence(self, annotation: Annotation) -> Any:
        return evidence_of(annotation)


class ReadIn(serializers.IntegerField):
    """The number of the text in which the writer read what the label is for."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            min_value=1,
            max_value=2**31 - 1,
            help_text="The number of the text in which its writer read the sentence. Where its "
            "words changed since, the label is refused with 412 `words_changed`; left out, it is "
            "taken for the words that stand now.",
        )


class Words(Text):
    """The words of the sentence as the writer read them."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            max_length=WORDS_AT_MOST,
            help_text="The words of the sentence as its writer read them (`exact`). Where it says "
            "others by now, since the article has a new text or the sentence was split or merged, "
            "the label is refused with 412 `words_changed`. White space, the form of quotes and "
            "how accents are coded make no difference.",
        )


class AnnotationDraftSerializer(serializers.Serializer[Any]):
    """What somebody says of a sentence; a rationale or evidence left out stays as it was."""

    words = Words()
    read_in = ReadIn()

    label: Any = Choice(Label.choices, name="Label")
    rationale = Text(required=False, allow_blank=True, max_length=20_000)
    evidence = serializers.ListField(
        child=EvidenceDraftSerializer(), required=False, max_length=EVIDENCE_AT_MOST
    )


def items(rows: list[dict[str, str]] | None) -> tuple[Item, ...] | None:
    """Turn validated evidence into what the workflow takes."""
    return None if rows is None else tuple(Item(**row) for row in rows)


def opinion(valid: dict[str, Any]) -> Opinion:
    return Opinion(
        label=valid["label"],
        rationale=valid.get("rationale"),
        evidence=items(valid.get("evidence")),
        read_in=valid.get("read_in"),
        words=valid.get("words"),
    )
