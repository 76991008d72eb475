"""Articles and their extraction on the wire."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import Choice, Filled, Moment, Plain, Text
from annotations.api.serializers.quick import Quick
from annotations.models import Article, ExtractionRun, Label, Revision, Verdict
from annotations.workflow.intake import TITLE_LENGTH, Draft


class RevisionSerializer(Quick, serializers.ModelSerializer[Revision]):
    """The newest text: its number, and the SHA-256 of it in UTF-8."""

    class Meta:
        model = Revision
        fields = ("number", "sha256")
        read_only_fields = fields


class ProgressSerializer(serializers.Serializer[ExtractionRun]):
    done = serializers.IntegerField(source="sentences_done", read_only=True)
    total = serializers.IntegerField(source="sentences_total", read_only=True)


class UsageSerializer(Plain):
    """Empty where no language model was asked."""

    calls = serializers.IntegerField(required=False)
    tokens = serializers.IntegerField(required=False)
    dropped = serializers.IntegerField(
        required=False, help_text="Passages named that do not stand in the text."
    )


class ExtractionSerializer(serializers.ModelSerializer[ExtractionRun]):
    """How the newest extraction goes; `queued` with no worker running means that nobody works."""

    state = Choice(ExtractionRun.State.choices, name="RunState", read_only=True)
    queue = Choice(ExtractionRun.Queue.choices, name="RunQueue", read_only=True)
    progress = ProgressSerializer(source="*", read_only=True)
    engine_asked = Filled(help_text="The engine that the desk chose.")
    engine = Filled(help_text="The engine that read the article.")
    fallback = Choice(
        ExtractionRun.Fallback.choices,
        name="EngineFallback",
        read_only=True,
        allow_null=True,
        help_text="Why another engine than the one asked had to read it.",
    )
    engine_usage = UsageSerializer(read_only=True, help_text="What asking a language model cost.")
    queued_at = Moment(read_only=True)
    started_at = Moment(read_only=True, allow_null=True)
    heartbeat_at = Moment(read_only=True, allow_null=True)
    finished_at = Moment(read_only=True, allow_null=True)
    error = Filled()
    worker_running = serializers.SerializerMethodField()

    class Meta:
        model = ExtractionRun
        fields = (
            "state",
            "progress",
            "engine_asked",
            "engine",
            "fallback",
            "engine_usage",
            "queue",
            "queued_at",
            "started_at",
            "heartbeat_at",
            "finished_at",
            "error",
            "worker_running",
        )
        read_only_fields = fields

    def get_worker_running(self, _run: ExtractionRun) -> bool:
        return bool(self.context["worker_running"])


_PRIORITIES = [(one.name.lower(), one.label) for one in Article.Priority]


class ArticleRowSerializer(Quick, serializers.ModelSerializer[Article]):
    """An article in a list."""

    desk: Any = serializers.SlugRelatedField("slug", read_only=True)
    source: Any = serializers.SlugRelatedField("name", read_only=True, allow_null=True)
    source_url = Filled()
    byline = Filled()
    published_at = Moment(read_only=True, allow_null=True)
    created_at = Moment(read_only=True)
    state = Choice(Article.State.choices, name="ArticleState", read_only=True)
    revision = RevisionSerializer(source="current_revision", read_only=True)
    assignee: Any = serializers.SlugRelatedField(
        "username", read_only=True, allow_null=True, help_text="Who sees to it, by user name."
    )
    priority = Choice(_PRIORITIES, name="Priority", source="priority_name", read_only=True)
    due_at = Moment(read_only=True, allow_null=True, help_text="When it has to be done.")
    open_candidates = serializers.IntegerField(
        read_only=True,
        help_text="Candidates left to check: with too few annotators, or returned by a reviewer.",
    )

    class Meta:
        model = Article
        fields: tuple[str, ...] = (
            "id",
            "desk",
            "title",
            "language",
            "byline",
            "source",
            "source_url",
            "published_at",
            "created_at",
            "state",
            "open_candidates",
            "revision",
            "assignee",
            "priority",
            "due_at",
        )
        read_only_fields = fields


class LabelCountsSerializer(serializers.Serializer[Any]):
    verified = serializers.IntegerField()
    unverified = serializers.IntegerField()
    disputed = serializers.IntegerField()
    dismissed = serializers.IntegerField()


class StateCountsSerializer(serializers.Serializer[Any]):
    proposed = serializers.IntegerField()
    contested = serializers.IntegerField()
    returned = serializers.IntegerField()
    approved = serializers.IntegerField()
    published = serializers.IntegerField()
    retracted = serializers.IntegerField()


class CountsSerializer(serializers.Serializer[Any]):
    """How many sentences have which label and state; what a blind desk hides is not counted."""

    labels = LabelCountsSerializer()
    states = StateCountsSerializer()


class ArticleSerializer(ArticleRowSerializer):
    """An article with its extraction and what was said of its sentences so far."""

    extraction = Choice(
        ExtractionRun.State.choices, name="RunState", source="current_run.state", read_only=True
    )
    counts = serializers.SerializerMethodField()

    class Meta(ArticleRowSerializer.Meta):
        fields = (*ArticleRowSerializer.Meta.fields, "extraction", "counts")
        read_only_fields = fields

    @extend_schema_field(CountsSerializer)
    def get_counts(self, _article: Article) -> Any:
        return self.context["counts"]


def counts(rows: list[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    """Sum up (label, state, number) rows for the wire."""
    labels: dict[str, int] = dict.fromkeys(Label.values, 0)
    states: dict[str, int] = dict.fromkeys(Verdict.State.values, 0)
    for label, state, number in rows:
        states[state] += number
        if label:
            labels[label] += number
    return {"labels": labels, "states": states}


class TextSerializer(serializers.Serializer[Any]):
    """The text of an article, the HTML page that it stands in, or the address of that page."""

    text = Text(required=False)
    html = Text(required=False)
    url = serializers.URLField(
        required=False,
        max_length=2000,
        write_only=True,
        help_text="A public address; the page that stands there is fetched before the answer.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs.keys() & {"text", "html", "url"}) != 1:
            raise serializers.ValidationError(
                {"text": [_("Send one of text, html and url.")]}, code="one_of_text_html_url"
            )
        return attrs


class ArticleDraftSerializer(TextSerializer):
    """An article to add: its text, the HTML page that it stands in, or the address of that page."""

    desk = Text(required=False, help_text="May be left out by who belongs to one desk only.")
    title = Text(required=False, allow_blank=True, max_length=TITLE_LENGTH)
    language = Text(required=False, allow_blank=True, help_text="BCP 47; detected if left out.")
    published_at = Moment(required=False, allow_null=True)
    source: Any = Text(required=False, allow_blank=True, max_length=200)
    source_url = serializers.URLField(
        required=False, allow_blank=True, max_length=2000, help_text="Left out, it is the `url`."
    )
    byline = Text(required=False, allow_blank=True, max_length=300)
    queue = Choice(
        ExtractionRun.Queue.choices,
        name="RunQueue",
        required=False,
        default=ExtractionRun.Queue.INTERACTIVE,
    )


class ArticleChangeSerializer(serializers.Serializer[Any]):
    """What an article says of itself; what is left out stays.

    A new text is sent to `revisions/`.
    """

    title = Text(required=False, max_length=TITLE_LENGTH)
    language = Text(required=False, help_text="BCP 47. A change has the article read again.")
    published_at = Moment(
        required=False, allow_null=True, help_text="A change has the article read again."
    )
    source: Any = Text(required=False, allow_blank=True, max_length=200)
    source_url = serializers.URLField(required=False, allow_blank=True, max_length=2000)
    byline = Text(required=False, allow_blank=True, max_length=300)
    assignee = Text(
        required=False,
        allow_null=True,
        max_length=150,
        help_text="User name of a member, or null. Reviewers assign; others take and give back.",
    )
    priority = Choice(
        _PRIORITIES, name="Priority", required=False, help_text="For reviewers, as is `due_at`."
    )
    due_at = Moment(required=False, allow_null=True)


def draft(valid: dict[str, Any]) -> Draft:
    """Turn a validated body into what the workflow takes."""
    names = Draft.__slots__
    return Draft(**{name: valid[name] for name in names if name in valid})
