"""The texts of an article: listed, and replaced by a new one."""

from functools import partial
from typing import Any

from django.db.models.functions import Length
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotations import tasks
from annotations.api.access import person
from annotations.api.conditions import require_version
from annotations.api.permissions import ALL, ARTICLES
from annotations.api.schema import IDEMPOTENCY_KEY, IF_MATCH_REQUIRED, answers
from annotations.api.serializers.articles import TextSerializer
from annotations.api.serializers.revisions import RevisedSerializer, RevisionRowSerializer
from annotations.api.views.one_article import OneArticle
from annotations.models import Article
from annotations.workflow import revisions
from annotations.workflow.intake import Draft


class RevisionViewSet(OneArticle):
    """Every text that an article had; none of them ever changes."""

    scopes = {"list": ALL | ARTICLES, "create": ARTICLES}
    serializer_class = RevisionRowSerializer

    @extend_schema(responses=answers(RevisionRowSerializer(many=True), 400, 404))
    def list(self, request: Request, pk: int) -> Response:
        """List the texts of the article, the newest first."""
        rows = self.article().revisions.defer("text", "raw").select_related("created_by")
        counted = rows.annotate(length=Length("text")).order_by("-number")
        page = self.paginate_queryset(counted)
        return self.get_paginated_response(RevisionRowSerializer(page, many=True).data)

    @extend_schema(
        description="Give the article a new text: what was said comes along where its sentence "
        "still stands.",
        parameters=[IF_MATCH_REQUIRED, IDEMPOTENCY_KEY],
        request=TextSerializer,
        responses=answers(RevisedSerializer, 400, 404, 409, 412, 413, 415, 422, 428, status=201),
    )
    def create(self, request: Request, pk: int) -> Response:
        article, version = self.article(), require_version(request)
        body = TextSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        revise = partial(self._revise, article, version)
        answer = self.once_with_text(body.validated_data, revise)
        return Response(answer, status=201, headers={"ETag": self.tag(self.article())})

    def _revise(self, article: Article, version: int, draft: Draft) -> dict[str, Any]:
        run, carried = revisions.revise(
            article=article,
            draft=draft,
            by=person(self.request),
            at=timezone.now(),
            based_on=version,
        )
        tasks.send(run)
        return {"article": self.whole(self.article()), "sentences": revisions.state_of(carried)}
