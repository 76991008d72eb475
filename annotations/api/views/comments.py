"""Comments on a sentence, among colleagues."""

from functools import partial
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import blind_desks, person, within
from annotations.api.permissions import ALL, ANNOTATIONS, Scoped
from annotations.api.replay import once
from annotations.api.schema import IDEMPOTENCY_KEY, answers
from annotations.api.serializers.comments import CommentDraftSerializer, CommentSerializer
from annotations.models import Comment, Sentence, Verdict, with_findings
from annotations.workflow import comments


class CommentViewSet(Scoped):
    """What colleagues tell one another about a sentence; never part of a publication."""

    scopes = {"list": ALL, "create": ANNOTATIONS}
    serializer_class = CommentSerializer

    @extend_schema(responses=answers(CommentSerializer(many=True), 400, 404))
    def list(self, request: Request, pk: int) -> Response:
        """List the comments; before one has annotated, a blind desk shows one's own only."""
        rows = Comment.objects.filter(sentence=pk)
        shown = rows.shown_to(person(request), open_=self._is_open(self._sentence()))
        page = self.paginate_queryset(shown)
        return self.get_paginated_response(CommentSerializer(page, many=True).data)

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=CommentDraftSerializer,
        responses=answers(CommentSerializer, 400, 404, 409, 422, status=201),
    )
    def create(self, request: Request, pk: int) -> Response:
        """Comment on the sentence."""
        body = CommentDraftSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        text = body.validated_data["text"]
        return Response(once(request, partial(self._add, self._sentence(), text)), status=201)

    def _add(self, sentence: Sentence, text: str) -> dict[str, Any]:
        by = person(self.request)
        added = comments.add(sentence=sentence, text=text, by=by, at=timezone.now())
        return CommentSerializer(added).data

    def _sentence(self) -> Any:
        rows = Sentence.objects.filter(within(self.request, "article__desk"))
        found = with_findings(rows.select_related("article__desk"), reader=person(self.request))
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def _is_open(self, sentence: Any) -> bool:
        verdict = getattr(sentence, "verdict", None)
        is_decided = verdict is not None and verdict.state in Verdict.DECIDED
        is_blind = bool(blind_desks(self.request, [sentence.article.desk]))
        return not is_blind or bool(sentence.own_annotations) or is_decided
