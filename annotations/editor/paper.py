"""An article's report, to read at once or to print: what was said of each sentence, and why."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.editor.opinions import Given, given_on
from annotations.editor.reading import Reading
from annotations.editor.requests import EditorRequest, signed_in
from annotations.models import Article, Sentence, with_findings


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled sentence, and the annotations on it that this reader may see."""

    reading: Reading
    given: tuple[Given, ...]


@signed_in
@require_safe
def paper(request: EditorRequest, pk: int) -> HttpResponse:
    """Show an article's labelled sentences with rationale and evidence."""
    visible = Article.objects.visible_to(request.user).select_related("desk", "source")
    article = get_object_or_404(visible, pk=pk)
    rows = Sentence.objects.filter(revision=article.current_revision_id).in_reading_order()
    readings = [Reading(one, article.desk) for one in with_findings(rows, reader=request.user)]
    left = sum(bool(one.candidate) and not one.is_decided for one in readings)
    context = {"article": article, "entries": _entries(article, readings), "left": left}
    return render(request, "annotations/paper.html", context)


def _entries(article: Article, readings: list[Reading]) -> list[Entry]:
    """Gather what was given in two statements; on a blind desk only what the reader may see."""
    given = given_on([one.sentence.pk for one in readings])
    entries = [Entry(one, _shown(one, given[one.sentence.pk])) for one in readings]
    return [one for one in entries if one.given]


def _shown(reading: Reading, given: tuple[Given, ...]) -> tuple[Given, ...]:
    return given if reading.shows_colleagues else ()
