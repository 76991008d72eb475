"""Marking what is left of the list as not a claim, and saying what became of it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annotations.editor.requests import EditorRequest, once, refuse, signed_in, whole_number
from annotations.editor.sentences import PROBLEM, readings
from annotations.models import Article
from annotations.workflow import remaining
from annotations.workflow.errors import WorkflowError
from annotations.workflow.remaining import Why
from annotations.workflow.tagging import Seen

MARKED = "annotations/_rest_marked.html"


@signed_in
@require_POST
def annotate(request: EditorRequest, pk: int) -> HttpResponse:
    """Mark many sentences of an article in one step; each as `id:version:words`."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    seen = dict(_seen(request.POST.getlist("sentence")))

    def act() -> dict[str, Any]:
        outcome = remaining.dismiss(article=article, seen=seen, by=request.user, at=timezone.now())
        return {"marked": len(outcome.marked), "left": [[one.why, one.by] for one in outcome.left]}

    try:
        answer = once(request, act)
    except WorkflowError as refusal:
        return refuse(request, PROBLEM, {}, refusal)
    told = " ".join(_told(answer, request.standing.keyboard.hint("undo")))
    context = {"told": told, "left": answer["left"], "readings": readings(request.user, seen)}
    return render(request, MARKED, context)


def _seen(said: list[str]) -> Iterator[tuple[int, Seen]]:
    for one in said:
        sentence, version, words = (*one.split(":", 2), "", "")[:3]
        yield whole_number(sentence), Seen(whole_number(version), words or None)


def _told(answer: dict[str, Any], undo: str) -> Iterator[str]:
    """Say how many were marked, how to take it back, and what was left as it is and why."""
    marked, why = answer["marked"], Counter(why for why, _by in answer["left"])
    yield ngettext(
        "%(number)s sentence marked as not a claim.",
        "%(number)s sentences marked as not a claim.",
        marked,
    ) % {"number": marked}
    if marked and undo:
        yield _("%(key)s undoes.") % {"key": undo}
    if why[Why.DECIDED]:
        yield _decided(answer["left"])
    if number := why[Why.RETURNED]:
        yield ngettext(
            "%(number)s was returned by a reviewer: look at it again.",
            "%(number)s were returned by a reviewer: look at them again.",
            number,
        ) % {"number": number}
    if number := why[Why.MARKED]:
        yield ngettext(
            "%(number)s had been marked so by you already.",
            "%(number)s had been marked so by you already.",
            number,
        ) % {"number": number}
    if number := why[Why.CHANGED]:
        yield ngettext(
            "%(number)s has changed meanwhile: look at it again.",
            "%(number)s have changed meanwhile: look at them again.",
            number,
        ) % {"number": number}


def _decided(left: list[tuple[str, list[str]]]) -> str:
    """Name the colleagues who were there before, where the desk lets one see them."""
    decided = [names for why, names in left if why == Why.DECIDED]
    who = ", ".join(dict.fromkeys(name for names in decided for name in names))
    return ngettext(
        "%(number)s had been decided by %(who)s meanwhile and stays so.",
        "%(number)s had been decided by %(who)s meanwhile and stay so.",
        len(decided),
    ) % {"number": len(decided), "who": who or _("a colleague")}
