"""Sentences: found by what they hold, and annotated."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import blind_desks, desks, person, within
from annotations.api.permissions import ALL, Scoped
from annotations.api.schema import answers
from annotations.api.searching import found
from annotations.api.serializers.queries import (
    SentenceQuerySerializer,
    conditions,
    in_language,
    read,
    said,
)
from annotations.api.serializers.sentences import (
    SentenceSerializer,
    SentenceWithHistorySerializer,
)
from annotations.models import AuditEvent, Desk, Sentence, Verdict, read_own, with_findings
from annotations.models.sentences import SentenceQuerySet
from annotations.models.shapes import Shapes, of_desks

_HISTORY_AT_MOST = 200
_LOOKUPS = {
    "article": "article",
    "kind": "candidate__kind",
    "min_score": "candidate__check_worthiness__gte",
    "claimant": "candidate__claimant_name",
}
_VERDICT_LOOKUPS = {"label": "verdict__label", "state": "verdict__state"}
_PLAIN = {*_LOOKUPS, *_VERDICT_LOOKUPS, "desk", "ordering"}
_ORDER = ("-candidate__check_worthiness", "-candidate__id")
_LISTED = Shapes(
    lambda: (
        Sentence.objects.current()
        .filter(candidate__is_candidate=True)
        .select_related("candidate", "verdict")
        .order_by(*_ORDER)
    )
)


class SentenceViewSet(Scoped):
    """Sentences with what extraction found and what was said of them."""

    scopes = {"list": ALL, "retrieve": ALL}
    serializer_class = SentenceSerializer

    @extend_schema(
        parameters=[SentenceQuerySerializer], responses=answers(SentenceSerializer, 400, 404)
    )
    def list(self, request: Request) -> Response:
        """List sentences of the newest texts: those worth checking most come first."""
        query = read(request, SentenceQuerySerializer)
        among = desks(request, query.get("desk"))
        blind = blind_desks(request, among)
        if blind or not query.keys() <= _PLAIN or query["ordering"] == "reading":
            page = self.paginate_queryset(self._asked_for(query, among, blind)) or []
        else:
            where = of_desks("candidate__desk", [desk.pk for desk in among])
            where |= said(query, _LOOKUPS | _VERDICT_LOOKUPS)
            page = self.pages.page_of(request, _LISTED, where)
        found_here = read_own(page, reader=person(request))
        row = SentenceSerializer(context={"blind": blind})
        return self.get_paginated_response([row.to_representation(one) for one in found_here])

    def _asked_for(
        self, query: dict[str, Any], among: Sequence[Desk], blind: set[int]
    ) -> SentenceQuerySet:
        request = self.request
        rows = self._ordered(query, among).filter(
            conditions(query, _LOOKUPS), in_language(query, "article__language")
        )
        if _VERDICT_LOOKUPS.keys() & query.keys():
            shown = Verdict.objects.revealed_to(person(request), blind=blind)
            rows = rows.filter(conditions(query, _VERDICT_LOOKUPS))
            rows = rows.filter(verdict__in=shown) if blind else rows
        if "q" in query:
            hits = found(request, query["q"], among=among, blind=blind)
            is_by_worth = query["ordering"] != "reading"
            rows = rows.filter(
                (is_by_worth and hits.sentences) or Q(pk__in=hits.entries.values("sentence"))
            )
        return rows.select_related("candidate", "verdict")

    def _ordered(self, query: dict[str, Any], among: Sequence[Desk]) -> SentenceQuerySet:
        ids = [desk.pk for desk in among]
        rows = Sentence.objects.current()
        if query["ordering"] == "reading":
            return rows.filter(article__desk__in=ids).in_reading_order()
        return rows.filter(candidate__desk__in=ids, candidate__is_candidate=True).order_by(*_ORDER)

    @extend_schema(responses=answers(SentenceWithHistorySerializer, 404))
    def retrieve(self, request: Request, pk: int) -> Response:
        """Show a sentence with its history."""
        rows = Sentence.objects.filter(within(request, "article__desk"))
        rows = with_findings(rows, reader=person(request)).select_related(
            "candidate", "verdict", "article__desk"
        )
        sentence = get_object_or_404(rows.annotate(text_number=F("revision__number")), pk=pk)
        blind = blind_desks(request, [sentence.article.desk])
        context = {"blind": blind, "history": self._history(sentence, is_blind=bool(blind))}
        return Response(SentenceWithHistorySerializer(sentence, context=context).data)

    def _history(self, sentence: Any, *, is_blind: bool) -> Sequence[AuditEvent]:
        """Read what happened; before one has annotated, a blind desk shows one's own steps only."""
        events = AuditEvent.objects.filter(sentence=sentence).select_related("actor")
        verdict = getattr(sentence, "verdict", None)
        is_decided = verdict is not None and verdict.state in Verdict.DECIDED
        if is_blind and not sentence.own_annotations and not is_decided:
            events = events.filter(actor=person(self.request))
        return list(events.order_by("-id")[:_HISTORY_AT_MOST])
