"""One's own annotation of a sentence: set, withdrawn, undone."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import person, within
from annotations.api.conditions import require_version, seen_version, version_tag
from annotations.api.permissions import ALL, ANNOTATIONS, Scoped
from annotations.api.schema import IF_MATCH, IF_MATCH_REQUIRED, answers
from annotations.api.serializers.annotations import (
    AnnotationDraftSerializer,
    AnnotationSerializer,
    opinion,
)
from annotations.models import Annotation, ApiKey, Sentence
from annotations.models.statements import Reading, Slot
from annotations.workflow import tagging
from annotations.workflow.errors import StaleWrite

_WIRE = AnnotationSerializer()  # its fields are made once
_OF_KEY = Reading(
    lambda: Sentence.objects.only("article").filter(pk=Slot("pk"), article__desk=Slot("desk"))
)
_OF_PERSON = Reading(
    lambda: Sentence.objects.only("article").filter(
        pk=Slot("pk"), article__desk__memberships__user=Slot("user")
    )
)


class AnnotationViewSet(Scoped):
    """What the caller says of one sentence. Colleagues' annotations are never changed here."""

    scopes = {
        "retrieve": ALL | ANNOTATIONS,
        "update": ANNOTATIONS,
        "destroy": ANNOTATIONS,
        "undo": ANNOTATIONS,
    }
    serializer_class = AnnotationSerializer

    @extend_schema(responses=answers(AnnotationSerializer, 404))
    def retrieve(self, request: Request, pk: int) -> Response:
        """Show one's own annotation."""
        rows = Annotation.objects.given().filter(within(request, "sentence__article__desk"))
        return _shown(get_object_or_404(rows, sentence=pk, author=person(request)))

    @extend_schema(
        parameters=[IF_MATCH],
        request=AnnotationDraftSerializer,
        responses=answers(AnnotationSerializer, 400, 404, 409, 412, 428),
    )
    def update(self, request: Request, pk: int) -> Response:
        """Label the sentence. The first time needs no If-Match; a change names what one saw."""
        body = AnnotationDraftSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        seen = seen_version(request)
        try:
            annotation = tagging.annotate(
                sentence=self._sentence(),
                opinion=opinion(body.validated_data),
                by=person(request),
                at=timezone.now(),
                based_on=seen or 0,
            )
        except StaleWrite:
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
        annotation = tagging.undo(by=person(request), at=timezone.now(), sentence=self._sentence())
        return _shown(annotation)

    def _sentence(self) -> Sentence:
        key, pk = self.request.auth, self.kwargs["pk"]
        if isinstance(key, ApiKey):
            found = _OF_KEY.one(pk=pk, desk=key.desk_id)
        else:
            found = _OF_PERSON.one(pk=pk, user=person(self.request).pk)
        if found is None:
            raise NotFound
        return found


def _shown(annotation: Annotation) -> Response:
    headers = {"ETag": version_tag(annotation.version)}
    return Response(_WIRE.to_representation(annotation), headers=headers)
