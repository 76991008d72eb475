"""One's own annotation of a sentence: set, withdrawn, undone, done again."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import bound_to, person, within
from annotations.api.conditions import require_version, seen_version, unless_known, version_tag
from annotations.api.permissions import ALL, ANNOTATIONS, Scoped
from annotations.api.schema import (
    IF_MATCH,
    IF_MATCH_REQUIRED,
    IF_NONE_MATCH,
    NOT_MODIFIED,
    answers,
)
from annotations.api.serializers.annotations import (
    AnnotationDraftSerializer,
    AnnotationSerializer,
    opinion,
)
from annotations.models import Annotation, Sentence
from annotations.workflow import tagging, undoing
from annotations.workflow.errors import Outsider, StaleWrite
from annotations.workflow.holding import Gone

_WIRE, _DRAFT = AnnotationSerializer(), AnnotationDraftSerializer()  # their fields are made once


class AnnotationViewSet(Scoped):
    """What the caller says of one sentence. Colleagues' annotations are never changed here."""

    scopes = {
        "retrieve": ALL | ANNOTATIONS,
        "update": ANNOTATIONS,
        "destroy": ANNOTATIONS,
        "undo": ANNOTATIONS,
        "redo": ANNOTATIONS,
    }
    serializer_class = AnnotationSerializer

    @extend_schema(
        parameters=[IF_NONE_MATCH], responses=answers(AnnotationSerializer, 404) | NOT_MODIFIED
    )
    def retrieve(self, request: Request, pk: int) -> Response:
        """Show one's own annotation."""
        rows = Annotation.objects.given().filter(within(request, "sentence__article__desk"))
        annotation = get_object_or_404(rows, sentence=pk, author=person(request))
        shown = _WIRE.to_representation(annotation)
        etag = version_tag(annotation.version, shown)
        return unless_known(request, etag, lambda: Response(shown))

    @extend_schema(
        parameters=[IF_MATCH],
        request=AnnotationDraftSerializer,
        responses=answers(AnnotationSerializer, 400, 404, 409, 412, 428),
    )
    def update(self, request: Request, pk: int) -> Response:
        """Label the sentence. The first time needs no If-Match; a change names what one saw.

        A label that was meant for other words than stand there now is refused where it says so
        (`words`, `read_in`).
        """
        said = _DRAFT.run_validation(request.data)
        seen = seen_version(request)
        try:
            annotation = tagging.annotate(
                sentence=Sentence(pk=pk),
                opinion=opinion(said),
                by=person(request),
                at=timezone.now(),
                based_on=seen or 0,
                desk_id=bound_to(request),
            )
        except (Gone, Outsider) as hidden:
            raise NotFound from hidden
        except StaleWrite as stale:
            if not isinstance(stale, tagging.OtherWords):
                require_version(request)
            raise
        return _shown(annotation)

    @extend_schema(
        parameters=[IF_MATCH_REQUIRED],
        responses=answers(None, 404, 409, 412, 428, status=204),
    )
    def destroy(self, request: Request, pk: int) -> Response:
        """Withdraw one's annotation; undo brings it back."""
        sentence = self._sentence()
        own = sentence.annotations.filter(author=person(request)).exclude(label="")
        if not own.exists():
            raise NotFound
        tagging.withdraw(
            sentence=sentence,
            by=person(request),
            at=timezone.now(),
            based_on=require_version(request),
        )
        return Response(status=204)

    @extend_schema(request=None, responses=answers(AnnotationSerializer, 404, 409))
    def undo(self, request: Request, pk: int) -> Response:
        """Undo one's last change on this sentence; the answer is what stands after it."""
        [annotation] = undoing.undo(
            by=person(request), at=timezone.now(), sentence=self._sentence()
        )
        return _shown(annotation)

    @extend_schema(request=None, responses=answers(AnnotationSerializer, 404, 409))
    def redo(self, request: Request, pk: int) -> Response:
        """Do again what one undid last on this sentence; the answer is what stands after it."""
        [annotation] = undoing.redo(
            by=person(request), at=timezone.now(), sentence=self._sentence()
        )
        return _shown(annotation)

    def _sentence(self) -> Sentence:
        rows = Sentence.objects.filter(within(self.request, "article__desk"))
        return get_object_or_404(rows, pk=self.kwargs["pk"])


def _shown(annotation: Annotation) -> Response:
    headers = {"ETag": version_tag(annotation.version)}
    return Response(_WIRE.to_representation(annotation), headers=headers)
