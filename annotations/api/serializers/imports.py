"""Imports on the wire: what is asked for, how far they are, and what was wrong with each row."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotations.api.serializers.fields import Choice, Filled, Moment, Text
from annotations.imports import FORMATS
from annotations.models import Import, ImportFault
from annotations.workflow import import_words
from annotations.workflow.imports import Wish

FIRST_FAULTS = 10
OPTIONS = ("language", "source", "map", "people", "publish", "author")


class WishSerializer(serializers.Serializer[Any]):
    """What is to become of the file."""

    desk = Text(required=False, help_text="May be left out by who belongs to one desk only.")
    format = Choice(
        [(name, name) for name in FORMATS],
        name="ImportFormat",
        required=False,
        default=Import.Format.ARTICLES,
        help_text="What the file is, or which tool wrote it.",
    )
    dry_run = serializers.BooleanField(
        required=False, default=False, help_text="Check every row and store none."
    )
    language = Text(required=False, help_text="BCP 47, of articles that name none.")
    source: Any = Text(required=False, max_length=200, help_text="For articles that name none.")
    map = Text(
        required=False,
        max_length=5_000,
        help_text="What labels of other tools mean: `disputed=False,Fake;Person=ignore`.",
    )
    people = Text(
        required=False,
        max_length=5_000,
        help_text="Label Studio, by managers: whose annotations the labels of its accounts become: "
        "`7=camille;anna@journal.example=leo`.",
    )
    publish = serializers.BooleanField(
        required=False,
        default=False,
        help_text="ClaimReview and Meedan Check, by managers: these are earlier publications of "
        "the house; publish them at once.",
    )
    author = Text(
        required=False,
        max_length=150,
        help_text="With `publish`: user name of the colleague who did these checks.",
    )


@extend_schema_field(OpenApiTypes.BINARY)
class UploadedFile(serializers.FileField):
    """The file itself, in a part of the form."""


class UploadSerializer(WishSerializer):
    """A file in a form."""

    file = UploadedFile()


class FaultSerializer(serializers.ModelSerializer[ImportFault]):
    """What is wrong in one place of the file."""

    level = serializers.SerializerMethodField(help_text="An error kept the row out.")
    column = Filled()
    value = Filled(help_text="How what stands there begins.")
    why = serializers.SerializerMethodField()

    class Meta:
        model = ImportFault
        fields = ("row", "line", "column", "value", "code", "why", "level")
        read_only_fields = fields

    @extend_schema_field(Choice(["error", "warning"], name="FaultLevel"))
    def get_level(self, fault: ImportFault) -> str:
        return "warning" if fault.is_warning else "error"

    def get_why(self, fault: ImportFault) -> str:
        return import_words.sentence(fault.code, fault.params)


class ImportedFileSerializer(serializers.Serializer[Import]):
    name = Filled(source="file_name")
    size = serializers.IntegerField(help_text="In bytes.", read_only=True)
    sha256 = serializers.CharField(read_only=True)
    encoding = serializers.CharField(read_only=True)
    shape = serializers.CharField(read_only=True, help_text="csv, jsonl, json or html.")


class ImportProgressSerializer(serializers.Serializer[Import]):
    done = serializers.IntegerField(source="rows_done", read_only=True)
    total = serializers.IntegerField(
        source="rows_total", read_only=True, allow_null=True, help_text="Null until all were read."
    )
    percent = serializers.IntegerField(read_only=True, help_text="Of the file's bytes.")


class ImportCountsSerializer(serializers.Serializer[Import]):
    """In a dry run: what would be."""

    added = serializers.IntegerField(read_only=True)
    known = serializers.IntegerField(
        read_only=True, help_text="Left out: the desk has these texts already."
    )
    refused = serializers.IntegerField(read_only=True)
    labels = serializers.IntegerField(read_only=True)


class ImportSerializer(serializers.ModelSerializer[Import]):
    """One import; `queued` with no worker running means that nobody works."""

    desk: Any = serializers.SlugRelatedField("slug", read_only=True)
    state = Choice(Import.State.choices, name="ImportState", read_only=True)
    format = Choice([(name, name) for name in FORMATS], name="ImportFormat", read_only=True)
    dry_run = serializers.BooleanField(source="is_dry_run", read_only=True)
    file = ImportedFileSerializer(source="*", read_only=True)
    progress = ImportProgressSerializer(source="*", read_only=True)
    counts = ImportCountsSerializer(source="*", read_only=True)
    error = Filled(source="reason")
    created_at = Moment(read_only=True)
    started_at = Moment(read_only=True, allow_null=True)
    heartbeat_at = Moment(read_only=True, allow_null=True)
    finished_at = Moment(read_only=True, allow_null=True)

    class Meta:
        model = Import
        fields: tuple[str, ...] = (
            "id",
            "desk",
            "state",
            "format",
            "dry_run",
            "file",
            "progress",
            "counts",
            "error",
            "created_at",
            "started_at",
            "heartbeat_at",
            "finished_at",
        )
        read_only_fields = fields


class ImportDetailSerializer(ImportSerializer):
    """One import with the first things that were wrong in it; `/errors/` has all."""

    errors: Any = serializers.SerializerMethodField()
    worker_running = serializers.SerializerMethodField()

    class Meta(ImportSerializer.Meta):
        fields = (*ImportSerializer.Meta.fields, "errors", "worker_running")
        read_only_fields = fields

    @extend_schema_field(FaultSerializer(many=True))
    def get_errors(self, work: Import) -> Any:
        return FaultSerializer(work.faults.in_order()[:FIRST_FAULTS], many=True).data

    def get_worker_running(self, _work: Import) -> bool:
        return bool(self.context["worker_running"])


def wish(valid: dict[str, Any]) -> Wish:
    """Turn checked parameters into what the workflow takes."""
    options = {name: valid[name] for name in OPTIONS if valid.get(name)}
    return Wish(valid["format"], valid["dry_run"], options)
