"""Exports in files, on the wire."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.reverse import reverse

from annotations.api.examples import ORDER
from annotations.api.serializers.fields import Choice, Moment
from annotations.api.serializers.queries import PublicationQuerySerializer, Strict
from annotations.exports import DOCUMENTS, EXPORTERS, Document, Exporter
from annotations.models import Export
from annotations.models.jobs import JobState
from annotations.workflow.export_files import Order

COMPRESSIONS = ("none", "gzip")


class ExportFiltersSerializer(PublicationQuerySerializer):
    """What lists of publications can be asked for."""

    beside = frozenset()
    desk = None  # type: ignore[assignment]  # it is said beside the filters


@extend_schema_serializer(examples=[ORDER])
class ExportOrderSerializer(Strict):
    """What is to be written into a file; a member that it does not know is refused."""

    format = Choice(list(EXPORTERS), name="ExportFormat", required=False, default="jsonl")
    desk = serializers.CharField(
        required=False, help_text="Slug. Needed by who belongs to several desks."
    )
    filters = ExportFiltersSerializer(required=False)
    compression = Choice(COMPRESSIONS, name="ExportCompression", required=False, default="none")
    trailer = serializers.BooleanField(
        required=False, default=False, help_text="JSON Lines only: close with the count."
    )
    bom = serializers.BooleanField(
        required=False, default=False, help_text="CSV only: begin with a byte-order mark."
    )
    quotes = serializers.BooleanField(
        required=False, default=True, help_text="Web Annotation only: with the article's words."
    )


class ExportProgressSerializer(serializers.Serializer[Export]):
    done = serializers.IntegerField(help_text="Publications written so far.")
    total = serializers.IntegerField(allow_null=True, help_text="Null until a worker counted.")


class ExportSerializer(serializers.Serializer[Export]):
    """A file that is asked for: how far it is, and what is in it."""

    id = serializers.IntegerField()
    desk = serializers.SlugField(source="desk.slug")
    format = Choice(list(EXPORTERS), name="ExportFormat")
    filters = serializers.DictField()
    compression = serializers.SerializerMethodField()
    state = Choice(JobState.choices, name="RunState")
    progress = ExportProgressSerializer(source="*")
    left_out = serializers.IntegerField(help_text="Publications that break the format's rules.")
    file = serializers.SerializerMethodField()
    size = serializers.IntegerField(allow_null=True, help_text="Bytes.")
    sha256 = serializers.SerializerMethodField()
    created_at = Moment(source="queued_at")
    finished_at = Moment(allow_null=True)
    expires_at = Moment(allow_null=True, help_text="The file is deleted then.")
    error = serializers.SerializerMethodField()

    def get_compression(self, export: Export) -> str:
        return COMPRESSIONS[export.is_compressed]

    def get_file(self, export: Export) -> str | None:
        """Where to fetch it, once it is whole."""
        if export.state != JobState.SUCCEEDED:
            return None
        address: str = reverse("api:export-file", [export.pk], request=self.context["request"])
        return address

    def get_sha256(self, export: Export) -> str | None:
        return export.sha256 or None

    def get_error(self, export: Export) -> str | None:
        return export.reason or None


def order_of(valid: dict[str, Any], *, base: str) -> Order:
    """Say what was asked for in the form that is kept."""
    filters = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in valid.get("filters", {}).items()
    }
    return Order(
        format=valid["format"],
        filters=filters,
        base=base,
        is_compressed=valid["compression"] == "gzip",
        has_trailer=valid["trailer"],
        has_bom=valid["bom"],
        has_quotes=valid["quotes"],
    )


def unfit(asked: dict[str, Any], exporter: Exporter | Document) -> dict[str, list[str]]:
    """Say what a format has no place for."""
    errors = {}
    if asked["trailer"] and not (isinstance(exporter, Exporter) and exporter.trailer):
        errors["trailer"] = [_("This format has no place for a trailer.")]
    if asked["bom"] and exporter is not EXPORTERS["csv"]:
        errors["bom"] = [_("Only CSV may begin with a byte-order mark.")]
    if asked.get("count") and not isinstance(exporter, Exporter):
        errors["count"] = [_("This format closes with its own count.")]
    if not asked["quotes"] and exporter is not DOCUMENTS["webannotation"]:
        errors["quotes"] = [_("Only Web Annotation can do without quotations.")]
    return errors
