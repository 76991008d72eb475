"""Sentences on the wire, with what extraction found and what was said of them."""

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.annotations import AnnotationSerializer
from annotations.api.serializers.fields import Choice, Moment, Plain
from annotations.api.serializers.quick import Quick
from annotations.extraction import reasons
from annotations.models import AuditEvent, Candidate, Label, Sentence, Verdict


class SpanSerializer(Plain):
    """A place in the text, in code points."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()


class WordsSerializer(SpanSerializer):
    """Words of the text, and where they stand."""

    text = serializers.CharField()


class ClaimantSerializer(WordsSerializer):
    """Who is named as saying it."""

    name = serializers.CharField()
    via = WordsSerializer(allow_null=True, help_text="Who passed it on, such as an agency.")


_NUMBER = {"type": "number"}
_PAIR = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}


@extend_schema_field({"oneOf": [_NUMBER, _PAIR], "nullable": True})
class ValueField(serializers.JSONField):
    """A number, or the two ends of a range."""


class QuantitySerializer(Plain):
    """A figure, and what it counts."""

    text = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    value = ValueField(help_text="A number, or for a range its two ends.")
    unit = serializers.CharField(allow_null=True)
    modifier = serializers.CharField(allow_null=True)


class DateSerializer(Plain):
    """A date as it is written; what is relative counts from the article's day."""

    text = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    iso = serializers.CharField(
        allow_null=True, help_text="ISO 8601, with `/` between the ends of a span."
    )
    precision = serializers.CharField(required=False)


class SignalSerializer(Plain):
    """A reason that moved the score up: what it is about, and in words."""

    id = serializers.CharField()
    text = serializers.CharField(help_text="In the language of the answer (Accept-Language).")
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    params = serializers.DictField(
        child=serializers.CharField(), help_text="What the words are made of: quote, engine."
    )

    def to_representation(self, instance: Any) -> Any:
        said = {
            "text": reasons.sentence(instance, get_language() or "en"),
            "params": reasons.parameters(instance),
        }
        return {"id": instance["id"], **said, "start": instance["start"], "end": instance["end"]}


class ConflictSerializer(Plain):
    """Two figures of one article that count the same and differ: a hint, not a verdict."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()
    other_start = serializers.IntegerField()
    other_end = serializers.IntegerField()
    other_text = serializers.CharField()
    unit = serializers.CharField()


class CandidateSerializer(Quick, serializers.ModelSerializer[Candidate]):
    """What extraction found, with the signals that explain the score."""

    kind = Choice(Candidate.Kind.choices, name="CandidateKind", read_only=True)
    claimant = ClaimantSerializer(read_only=True, allow_null=True)
    quotes = SpanSerializer(many=True, read_only=True)
    quantities = QuantitySerializer(many=True, read_only=True)
    dates = DateSerializer(many=True, read_only=True)
    signals = SignalSerializer(many=True, read_only=True)
    facets = serializers.ListField(child=serializers.CharField(), read_only=True)
    repeats = SpanSerializer(read_only=True, allow_null=True)
    conflicts = ConflictSerializer(many=True, read_only=True)

    class Meta:
        model = Candidate
        fields = (
            "is_candidate",
            "check_worthiness",
            "kind",
            "claimant",
            "quotes",
            "quantities",
            "dates",
            "signals",
            "facets",
            "repeats",
            "conflicts",
            "engine",
        )
        read_only_fields = fields


class PositionSerializer(Quick, serializers.ModelSerializer[Verdict]):
    """The desk's position on a sentence, in short."""

    label: Any = Choice(Label.choices, name="Label", read_only=True, allow_null=True)
    state = Choice(Verdict.State.choices, name="VerdictState", read_only=True)

    class Meta:
        model = Verdict
        fields = ("id", "state", "label", "rating", "version")
        read_only_fields = fields


_ANNOTATION, _POSITION = AnnotationSerializer(), PositionSerializer()  # made once, not for each row
_CANDIDATE = CandidateSerializer()


class SentenceSerializer(Quick, serializers.ModelSerializer[Sentence]):
    """A sentence; `annotation` is one's own, `verdict` is hidden where a blind desk hides it."""

    role = Choice(Sentence.Role.choices, name="SentenceRole", read_only=True)
    article = serializers.IntegerField(source="article_id", read_only=True)
    candidate = serializers.SerializerMethodField()
    annotation = serializers.SerializerMethodField()
    verdict = serializers.SerializerMethodField()

    class Meta:
        model = Sentence
        fields: tuple[str, ...] = (
            "id",
            "article",
            "index",
            "start",
            "end",
            "exact",
            "role",
            "candidate",
            "annotation",
            "verdict",
        )
        read_only_fields = fields

    @extend_schema_field(CandidateSerializer(allow_null=True))
    def get_candidate(self, sentence: Any) -> Any:
        found = getattr(sentence, "candidate", None)
        return None if found is None else _CANDIDATE.to_representation(found)

    @extend_schema_field(AnnotationSerializer(allow_null=True))
    def get_annotation(self, sentence: Any) -> Any:
        own = sentence.own_annotations
        return _ANNOTATION.to_representation(own[0]) if own else None

    @extend_schema_field(PositionSerializer(allow_null=True))
    def get_verdict(self, sentence: Any) -> Any:
        verdict = getattr(sentence, "verdict", None)
        if verdict is None or self._hides(verdict, sentence.own_annotations):
            return None
        return _POSITION.to_representation(verdict)

    def _hides(self, verdict: Verdict, own: list[Any]) -> bool:
        is_open = verdict.state not in Verdict.DECIDED
        return is_open and not own and verdict.desk_id in self.context["blind"]


class EventSerializer(Quick, serializers.ModelSerializer[AuditEvent]):
    """One step of a sentence's history."""

    at = Moment(read_only=True)
    actor = serializers.CharField(source="actor.name", read_only=True, allow_null=True)
    before = serializers.DictField(read_only=True, allow_null=True)
    after = serializers.DictField(read_only=True, allow_null=True)

    class Meta:
        model = AuditEvent
        fields = ("at", "action", "actor", "before", "after")
        read_only_fields = fields


class SentenceWithHistorySerializer(SentenceSerializer):
    revision = serializers.IntegerField(
        read_only=True,
        source="text_number",
        help_text="The number of the text that it stands in: an older one than the article's, "
        "where its words are gone.",
    )
    history = serializers.SerializerMethodField(help_text="Newest first.")

    class Meta(SentenceSerializer.Meta):
        fields = (*SentenceSerializer.Meta.fields, "revision", "history")
        read_only_fields = fields

    @extend_schema_field(EventSerializer(many=True))
    def get_history(self, _sentence: Sentence) -> Any:
        return EventSerializer(self.context["history"], many=True).data
