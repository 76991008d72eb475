"""Splitting and merging sentences that were cut wrongly, from the inspector."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from annotations.editor.requests import EditorRequest, refuse, signed_in, whole_number
from annotations.extraction import Span
from annotations.models import Sentence
from annotations.workflow import cutting
from annotations.workflow.errors import WorkflowError

PROBLEM = "components/_problem.html"


@signed_in
@require_POST
def split(request: EditorRequest, pk: int) -> HttpResponse:
    """Cut a sentence in two; `place` counts code points from its start."""
    place = whole_number(request.POST.get("place"))

    def act(sentence: Sentence, seen: Span) -> object:
        return cutting.split(
            sentence=sentence,
            offset=seen.start + place,
            by=request.user,
            at=timezone.now(),
            based_on=seen,
        )

    return _cut(request, pk, act)


@signed_in
@require_POST
def merge(request: EditorRequest, pk: int) -> HttpResponse:
    """Join a sentence with the one after it."""

    def act(sentence: Sentence, seen: Span) -> object:
        return cutting.merge(sentence=sentence, by=request.user, at=timezone.now(), based_on=seen)

    return _cut(request, pk, act)


def _cut(request: EditorRequest, pk: int, act: Callable[[Sentence, Span], object]) -> HttpResponse:
    """Cut as asked; the page then loads anew, since what it shows is no more."""
    sentence = get_object_or_404(Sentence.objects.visible_to(request.user), pk=pk)
    seen = Span(whole_number(request.POST.get("start")), whole_number(request.POST.get("end")))
    try:
        act(sentence, seen)
    except WorkflowError as refusal:
        return refuse(request, PROBLEM, {}, refusal)
    return HttpResponse(status=204)
