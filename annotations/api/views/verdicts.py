"""Verdicts: read, and moved on by reviewers."""

from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import blind_desks, desks, person, within
from annotations.api.conditions import require_version, unless_known, version_tag
from annotations.api.permissions import ALL, ANNOTATIONS, Scoped
from annotations.api.schema import IF_MATCH_REQUIRED, IF_NONE_MATCH, NOT_MODIFIED, answers
from annotations.api.serializers.annotations import items
from annotations.api.serializers.queries import VerdictQuerySerializer, read, said
from annotations.api.serializers.verdicts import (
    AdjudicationSerializer,
    ApprovalSerializer,
    CorrectionSerializer,
    RetractionSerializer,
    ReturnSerializer,
    VerdictSerializer,
    VerdictWithAnnotationsSerializer,
)
from annotations.models import Annotation, Verdict
from annotations.models.shapes import Shapes, of_desks
from annotations.models.verdicts import VerdictQuerySet
from annotations.workflow import publishing, verdicts
from annotations.workflow.publishing import Correction

_WIRE = VerdictSerializer()  # made once, not for each request
_LOOKUPS = {"state": "state", "label": "label", "article": "article"}
_LISTED = Shapes(lambda: Verdict.objects.about_claims().for_rows().order_by("-id"))
_DECISION = answers(VerdictSerializer, 400, 404, 409, 412, 428)


class VerdictViewSet(Scoped):
    """The desk's positions. They move only by named actions, each with If-Match."""

    scopes = {
        "list": ALL,
        "retrieve": ALL,
        "approve": ANNOTATIONS,
        "send_back": ANNOTATIONS,
        "adjudicate": ANNOTATIONS,
        "correct": ANNOTATIONS,
        "retract": ANNOTATIONS,
    }
    serializer_class = VerdictSerializer

    def get_queryset(self) -> QuerySet[Verdict]:
        rows = Verdict.objects.select_related("desk", "sentence", "approved_by")
        return rows.defer("desk__guidelines")

    @extend_schema(
        parameters=[VerdictQuerySerializer], responses=answers(VerdictSerializer, 400, 404)
    )
    def list(self, request: Request) -> Response:
        """List the desk's positions on claims, newest first."""
        query = read(request, VerdictQuerySerializer)
        among = desks(request, query.get("desk"))
        where = of_desks("desk", [desk.pk for desk in among]) | said(query, _LOOKUPS)
        if blind := blind_desks(request, among):
            rows = cast(VerdictQuerySet, _LISTED.rows(where))
            rows = rows.revealed_to(person(request), blind=blind)
            page = self.paginate_queryset(rows) or []
        else:
            page = self.pages.page_of(request, _LISTED, where)
        return self.get_paginated_response([_WIRE.to_representation(one) for one in page])

    @extend_schema(
        parameters=[IF_NONE_MATCH],
        responses=answers(VerdictWithAnnotationsSerializer, 404) | NOT_MODIFIED,
    )
    def retrieve(self, request: Request, pk: int) -> Response:
        """Show a verdict with what each annotator said."""
        given = Annotation.objects.given().select_related("author").prefetch_related("evidence")
        verdict = self._verdict(
            self.get_queryset().prefetch_related(
                Prefetch("sentence__annotations", given.order_by("id"))
            )
        )
        shown = VerdictWithAnnotationsSerializer(verdict).data
        etag = version_tag(verdict.version, shown)
        return unless_known(request, etag, lambda: Response(shown))

    @extend_schema(parameters=[IF_MATCH_REQUIRED], request=ApprovalSerializer, responses=_DECISION)
    def approve(self, request: Request, pk: int) -> Response:
        """Approve a proposed verdict; only what is approved can be published."""
        valid = _valid(ApprovalSerializer, request)
        return _shown(verdicts.approve(**self._decision(), rating=valid.get("rating")))

    @extend_schema(parameters=[IF_MATCH_REQUIRED], request=ReturnSerializer, responses=_DECISION)
    def send_back(self, request: Request, pk: int) -> Response:
        """Return a verdict to its annotators with a comment."""
        valid = _valid(ReturnSerializer, request)
        return _shown(verdicts.send_back(**self._decision(), comment=valid["comment"]))

    @extend_schema(
        parameters=[IF_MATCH_REQUIRED], request=AdjudicationSerializer, responses=_DECISION
    )
    def adjudicate(self, request: Request, pk: int) -> Response:
        """Decide where annotators disagree."""
        decision = verdicts.Decision(**_valid(AdjudicationSerializer, request))
        return _shown(verdicts.adjudicate(**self._decision(), decision=decision))

    @extend_schema(
        parameters=[IF_MATCH_REQUIRED], request=CorrectionSerializer, responses=_DECISION
    )
    def correct(self, request: Request, pk: int) -> Response:
        """Publish a corrected version, with a public note."""
        valid = _valid(CorrectionSerializer, request)
        correction = Correction(**valid | {"evidence": items(valid.get("evidence"))})
        publication = publishing.correct(**self._decision(), correction=correction)
        return _shown(publication.verdict)

    @extend_schema(
        parameters=[IF_MATCH_REQUIRED], request=RetractionSerializer, responses=_DECISION
    )
    def retract(self, request: Request, pk: int) -> Response:
        """Withdraw what was published, with a public note."""
        valid = _valid(RetractionSerializer, request)
        return _shown(publishing.retract(**self._decision(), note=valid["note"]).verdict)

    def _decision(self) -> dict[str, Any]:
        """Gather what every decision needs: which verdict, who, when, based on which version."""
        return {
            "verdict": self._verdict(self.get_queryset()),
            "by": person(self.request),
            "at": timezone.now(),
            "based_on": require_version(self.request),
        }

    def _verdict(self, rows: QuerySet[Verdict]) -> Verdict:
        """Find a verdict; one that a blind desk hides from the caller is not found."""
        found = get_object_or_404(rows.filter(within(self.request)), pk=self.kwargs["pk"])
        if blind := blind_desks(self.request, [found.desk]):
            shown = Verdict.objects.revealed_to(person(self.request), blind=blind)
            get_object_or_404(shown, pk=found.pk)
        return found


def _valid(form: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    body = form(data=request.data)
    body.is_valid(raise_exception=True)
    valid: dict[str, Any] = body.validated_data
    return valid


def _shown(verdict: Verdict) -> Response:
    return Response(VerdictSerializer(verdict).data, headers={"ETag": version_tag(verdict.version)})
