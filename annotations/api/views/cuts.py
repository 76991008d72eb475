"""Splitting and merging sentences that were cut wrongly."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import person, within
from annotations.api.conditions import require_cut
from annotations.api.permissions import ANNOTATIONS, Scoped
from annotations.api.replay import once
from annotations.api.schema import IDEMPOTENCY_KEY, IF_MATCH_CUT, answers
from annotations.api.serializers.cuts import CutsSerializer, SplitSerializer
from annotations.extraction import Span
from annotations.models import Sentence
from annotations.workflow import cutting


class CutViewSet(Scoped):
    """Where a sentence begins and ends. The text never changes, and what was said of it stays."""

    scopes = {"split": ANNOTATIONS, "merge": ANNOTATIONS}
    serializer_class = CutsSerializer

    @extend_schema(
        parameters=[IF_MATCH_CUT, IDEMPOTENCY_KEY],
        request=SplitSerializer,
        responses=answers(CutsSerializer, 400, 404, 409, 412, 422, 428),
    )
    def split(self, request: Request, pk: int) -> Response:
        """Cut a sentence in two; what was said of it stays with the first part."""
        body = SplitSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        offset = body.validated_data["at"]

        def act(sentence: Sentence, seen: Span) -> Sequence[Sentence]:
            return cutting.split(
                sentence=sentence,
                offset=offset,
                by=person(request),
                at=timezone.now(),
                based_on=seen,
            )

        return self._cut(act)

    @extend_schema(
        parameters=[IF_MATCH_CUT, IDEMPOTENCY_KEY],
        request=None,
        responses=answers(CutsSerializer, 400, 404, 409, 412, 422, 428),
    )
    def merge(self, request: Request, pk: int) -> Response:
        """Join a sentence with the next one of its paragraph; what was said of either stays."""

        def act(sentence: Sentence, seen: Span) -> Sequence[Sentence]:
            by, at = person(request), timezone.now()
            return [cutting.merge(sentence=sentence, by=by, at=at, based_on=seen)]

        return self._cut(act)

    def _cut(self, act: Callable[[Sentence, Span], Sequence[Sentence]]) -> Response:
        rows = Sentence.objects.filter(within(self.request, "article__desk"))
        sentence = get_object_or_404(rows, pk=self.kwargs["pk"])
        seen = require_cut(self.request)

        def take() -> dict[str, Any]:
            return CutsSerializer({"sentences": act(sentence, seen)}).data

        return Response(once(self.request, take))
