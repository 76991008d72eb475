"""What lists can be asked for: the parameters of the addresses."""

from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from annotations.api.errors import BadQuery
from annotations.api.serializers.fields import Choice, Moment
from annotations.exports import DOCUMENTS, EXPORTERS
from annotations.models import CLAIM_LABELS, Article, Candidate, Label, Verdict, WebhookDelivery

_CLAIM_LABELS = [(label.value, label.label) for label in CLAIM_LABELS]
_DESK: dict[str, Any] = {
    "required": False,
    "help_text": "Slug. Without it: all desks of the caller.",
}
_ONE_DESK = _DESK | {"help_text": "Slug. Needed by who belongs to several desks."}
_LANGUAGE: dict[str, Any] = {
    "required": False,
    "help_text": "BCP 47. `fr` also finds `fr-CA`.",
}


_SEARCH = (
    'Words are found by their stem, without accents; `"exact phrase"`, `-without`, and operators '
    "such as `label:disputed`, `desk:politique`, `after:2024-11-01`, or in French "
    "`étiquette:contesté`; see docs/search.md."
)


class Id(serializers.IntegerField):
    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, **options)


class ArticleQuerySerializer(serializers.Serializer[Any]):
    desk = serializers.CharField(**_DESK)
    state = Choice(Article.State.choices, name="ArticleState", required=False)
    language = serializers.CharField(**_LANGUAGE)
    source: Any = serializers.CharField(required=False, help_text="The outlet's name.")
    q = serializers.CharField(
        required=False, help_text=f"Finds titles and sentences of the newest text. {_SEARCH}"
    )
    published_after = Moment(required=False, help_text="By the article's own date.")
    ordering = Choice(
        ["-id", "-published_at"],
        name="ArticleOrdering",
        required=False,
        default="-id",
        help_text="`-published_at` leaves out articles without a date.",
    )


class SentenceQuerySerializer(serializers.Serializer[Any]):
    desk = serializers.CharField(**_DESK)
    article = Id(required=False)
    label: Any = Choice(Label.choices, name="Label", required=False, help_text="Of the verdict.")
    state = Choice(
        Verdict.State.choices, name="VerdictState", required=False, help_text="Of the verdict."
    )
    kind = Choice(Candidate.Kind.choices, name="CandidateKind", required=False)
    min_score = serializers.FloatField(
        required=False, min_value=0, max_value=1, help_text="Of `check_worthiness`, at least."
    )
    claimant = serializers.CharField(required=False, help_text="The claimant's name.")
    language = serializers.CharField(**_LANGUAGE)
    q = serializers.CharField(required=False, help_text=_SEARCH)
    ordering = Choice(
        ["-check_worthiness", "reading"],
        name="SentenceOrdering",
        required=False,
        default="-check_worthiness",
        help_text="`reading` also gives the sentences that extraction does not propose.",
    )


class VerdictQuerySerializer(serializers.Serializer[Any]):
    desk = serializers.CharField(**_DESK)
    state = Choice(Verdict.State.choices, name="VerdictState", required=False)
    label: Any = Choice(_CLAIM_LABELS, name="ClaimLabel", required=False)
    article = Id(required=False)


class Strict(serializers.Serializer[Any]):
    """Refuses what it does not know: a filter that is misspelt would otherwise filter nothing."""

    beside: frozenset[str] = frozenset()  # read elsewhere: by the pages, by the negotiation

    def to_internal_value(self, data: Any) -> Any:
        valid = super().to_internal_value(data)
        if unknown := data.keys() - self.fields.keys() - self.beside:
            what = ErrorDetail(_("There is nothing of this name to ask for."), "unknown")
            raise serializers.ValidationError({name: [what] for name in sorted(unknown)})
        return valid


class PublicationQuerySerializer(Strict):
    beside = frozenset({"cursor", "page_size", "format"})
    desk = serializers.CharField(**_DESK)
    article = Id(required=False, help_text="The article's number here.")
    label: Any = Choice(_CLAIM_LABELS, name="ClaimLabel", required=False)
    rating = serializers.IntegerField(
        required=False, min_value=1, max_value=32_767, help_text="On the desk's scale."
    )
    claimant = serializers.CharField(required=False, help_text="The claimant's name.")
    language = serializers.CharField(**_LANGUAGE)
    published_after = Moment(required=False, help_text="When the first version came out.")
    published_before = Moment(required=False, help_text="When the first version came out.")


class ChangesQuerySerializer(Strict):
    beside = frozenset({"format"})
    desk = serializers.CharField(**_ONE_DESK)
    cursor = serializers.CharField(
        required=False, help_text="`next_cursor` of the last answer; left out, the log's start."
    )
    page_size = serializers.IntegerField(
        required=False, default=100, min_value=1, max_value=500, help_text="Entries an answer."
    )
    wait = serializers.IntegerField(
        required=False,
        default=0,
        min_value=0,
        max_value=25,
        help_text="Seconds to wait for news where there is none. The answer may come sooner.",
    )


class ExportQuerySerializer(PublicationQuerySerializer):
    beside = frozenset()
    format = Choice(list(EXPORTERS), name="ExportFormat", required=False, default="jsonl")
    trailer = serializers.BooleanField(
        required=False,
        default=False,
        help_text='JSON Lines only: close with `{"count": n}`, so that a cut download shows.',
    )
    bom = serializers.BooleanField(
        required=False, default=False, help_text="CSV only: begin with a byte-order mark."
    )
    count = serializers.BooleanField(
        required=False,
        default=False,
        help_text="JSON Lines and CSV: give the number of lines in `X-Total-Count`; "
        "the first byte then waits for the counting.",
    )
    quotes = serializers.BooleanField(
        required=False,
        default=True,
        help_text="Web Annotation only: `false` gives places without the words of the article.",
    )


class ExportReportQuerySerializer(PublicationQuerySerializer):
    beside = frozenset()
    format = Choice(list(DOCUMENTS), name="CheckedFormat", required=False, default="claimreview")


class DeskQuerySerializer(serializers.Serializer[Any]):
    desk = serializers.CharField(**_DESK)


class KeyQuerySerializer(serializers.Serializer[Any]):
    desk = serializers.CharField(**_ONE_DESK)


class DeliveryQuerySerializer(serializers.Serializer[Any]):
    state = Choice(WebhookDelivery.State.choices, name="DeliveryState", required=False)


def read(request: Request, form: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """Read the parameters, or refuse them; one that is left empty counts as left out."""
    given = {name: value for name, value in request.query_params.items() if value != ""}
    try:
        valid: dict[str, Any] = _made(form).run_validation(given)
    except serializers.ValidationError as refused:
        raise BadQuery(refused.detail) from refused
    return valid


@lru_cache
def _made(form: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """Make a form once: reading parameters leaves nothing in it."""
    return form()


def conditions(valid: dict[str, Any], lookups: dict[str, str]) -> Q:
    """Turn what was asked for into one condition; `lookups` says where each name looks."""
    return Q(**said(valid, lookups))


def said(valid: dict[str, Any], lookups: dict[str, str]) -> dict[str, Any]:
    """Return what was asked for, by where it is looked for."""
    return {lookup: valid[name] for name, lookup in lookups.items() if name in valid}


def in_language(valid: dict[str, Any], path: str) -> Q:
    """Keep a language with its regional forms."""
    if "language" not in valid:
        return Q()
    language = valid["language"]
    return Q(**{path: language}) | Q(**{f"{path}__startswith": f"{language}-"})
