"""An article's report, to read at once or to print: what was said of each sentence, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.editor.opinions import Given, given_on
from annotations.editor.reading import Reading
from annotations.editor.requests import EditorRequest, signed_in
from annotations.models import Article, Sentence, User, Verdict, with_findings
from annotations.models.sentences import SentenceQuerySet


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled sentence, and the annotations on it that this reader may see."""

    reading: Reading
    given: tuple[Given, ...]


@signed_in
@require_safe
def paper(request: EditorRequest, pk: int) -> HttpResponse:
    """Show an article's labelled sentences with rationale and evidence, and what is published."""
    visible = Article.objects.visible_to(request.user).select_related("desk", "source")
    article = get_object_or_404(visible, pk=pk)
    stands = Q(revision=article.current_revision_id) | Q(verdict__state__in=Verdict.PUBLIC)
    rows = Sentence.objects.filter(stands, article=article).order_by("-revision", "start")
    readings = readings_of(article, rows, request.user)
    here = [one for one in readings if not one.is_left_behind]
    left = sum(bool(one.candidate) and not one.is_decided for one in here)
    context = {"article": article, "entries": _entries(readings), "left": left}
    return render(request, "annotations/paper.html", context)


def readings_of(article: Article, rows: SentenceQuerySet, reader: User) -> list[Reading]:
    """Read sentences of an article as this reader may see them."""
    found = with_findings(rows, reader=reader)
    for one in found:
        one.article = article
    return [Reading(one, article.desk) for one in found]


def seen_on(readings: Sequence[Reading]) -> dict[str, tuple[Given, ...]]:
    """Gather what was given in two statements; on a blind desk only what the reader may see."""
    given = given_on([one.sentence.pk for one in readings])
    return {one.key: given[one.sentence.pk] if one.shows_colleagues else () for one in readings}


def _entries(readings: Sequence[Reading]) -> list[Entry]:
    seen = seen_on(readings)
    return [Entry(one, seen[one.key]) for one in readings if seen[one.key]]
