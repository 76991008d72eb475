"""Steps over a whole article: many labels at once, undone and done again as one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import person, within
from annotations.api.permissions import ANNOTATIONS, Scoped
from annotations.api.replay import once
from annotations.api.schema import IDEMPOTENCY_KEY, answers
from annotations.api.serializers.steps import ChangedSerializer, LabelsSerializer, seen
from annotations.models import Annotation, Article
from annotations.workflow import tagging, undoing


class StepViewSet(Scoped):
    """What the caller does to many sentences of an article in one step."""

    scopes = {"labels": ANNOTATIONS, "undo": ANNOTATIONS, "redo": ANNOTATIONS}
    serializer_class = ChangedSerializer

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=LabelsSerializer,
        responses=answers(ChangedSerializer, 400, 404, 409, 412, 422),
    )
    def labels(self, request: Request, pk: int) -> Response:
        """Give many sentences one label: all of them, or none where one was changed meanwhile."""
        body = LabelsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        what = {"label": said["label"], "read_in": said.get("read_in")}
        return self._step(partial(tagging.annotate_all, seen=seen(said["sentences"]), **what))

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=None,
        responses=answers(ChangedSerializer, 404, 409, 422),
    )
    def undo(self, request: Request, pk: int) -> Response:
        """Undo one's last step in this article, of one label or of many."""
        return self._step(undoing.undo)

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=None,
        responses=answers(ChangedSerializer, 404, 409, 422),
    )
    def redo(self, request: Request, pk: int) -> Response:
        """Do again what one undid last in this article."""
        return self._step(undoing.redo)

    def _step(self, act: Callable[..., list[Annotation]]) -> Response:
        rows = Article.objects.filter(within(self.request))
        article = get_object_or_404(rows, pk=self.kwargs["pk"])

        def take() -> dict[str, Any]:
            changed = act(article=article, by=person(self.request), at=timezone.now())
            return ChangedSerializer({"changed": changed}).data

        return Response(once(self.request, take))
