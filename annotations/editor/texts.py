"""The texts that an article had, and what became of its sentences when each of them came."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.editor.comparing import Stretch, compare
from annotations.editor.opinions import Given
from annotations.editor.paper import readings_of, seen_on
from annotations.editor.reading import Reading, paragraphs
from annotations.editor.requests import EditorRequest, signed_in
from annotations.models import (
    Article,
    AuditEvent,
    Comment,
    Revision,
    Sentence,
    User,
    Verdict,
)
from annotations.workflow import revisions


class Fate(NamedTuple):
    """What became of a sentence, and the number of the text that it stands in by now."""

    key: int
    was: Sequence[Stretch]
    now: Sequence[Stretch]
    text: int | None
    is_public: bool


class Told(NamedTuple):
    """What became of the sentences that people had worked on."""

    event: AuditEvent
    kept: int
    back: int
    changed: list[Fate]
    gone: list[Fate]


class Left(NamedTuple):
    """A sentence that stayed with an older text, with what its reader may see of it."""

    reading: Reading
    given: tuple[Given, ...]
    comments: list[Comment]


@signed_in
@require_safe
def text(request: EditorRequest, pk: int, number: int) -> HttpResponse:
    """Show one text of an article; an older one with the sentences that stayed with it."""
    article = get_object_or_404(Article.objects.visible_to(request.user).for_workbench(), pk=pk)
    shown = get_object_or_404(article.revisions.defer("raw"), number=number)
    texts = article.revisions.defer("text", "raw").select_related("created_by")
    event = revisions.told(article=article, number=number)
    context = {
        "article": article,
        "shown": shown,
        "texts": texts.order_by("-number"),
        "told": _told(event) if event else None,
    }
    if shown.pk != article.current_revision_id:
        context |= _left(article, shown, request.user)
    return render(request, "annotations/text.html", context)


def _told(event: AuditEvent) -> Told:
    after = event.after or {}
    keys = [one["sentence"] for one in (*after["changed"], *after["gone"])]
    rows = Sentence.objects.filter(pk__in=keys).select_related("verdict")
    there = {one.pk: one for one in rows.annotate(text_number=F("revision__number"))}
    changed, gone = (
        [_fate(one, there.get(one["sentence"])) for one in after[name]]
        for name in ("changed", "gone")
    )
    return Told(event, len(after["kept"]), len(after["back"]), changed, gone)


def _fate(said: dict[str, Any], sentence: Any) -> Fate:
    was, now = compare(said["was"], said["now"] or said["was"])
    verdict = getattr(sentence, "verdict", None)
    return Fate(
        key=said["sentence"],
        was=was,
        now=now if said["now"] else (),
        text=getattr(sentence, "text_number", None),
        is_public=verdict is not None and verdict.state in Verdict.PUBLIC,
    )


def _left(article: Article, shown: Revision, reader: User) -> dict[str, Any]:
    rows = Sentence.objects.filter(revision=shown).in_reading_order()
    readings = readings_of(article, rows, reader)
    given, comments = seen_on(readings), _comments(readings, reader)
    left = [Left(one, given[one.key], comments[one.key]) for one in readings]
    return {"left": left, "paragraphs": paragraphs(shown.text, readings)}


def _comments(readings: Sequence[Reading], reader: User) -> dict[str, list[Comment]]:
    """Gather the comments by sentence; where colleagues stay hidden, one's own."""
    is_open = {one.sentence.pk: one.shows_colleagues for one in readings}
    found: dict[str, list[Comment]] = defaultdict(list)
    for one in Comment.objects.filter(sentence__in=is_open).shown_to(reader, open_=True):
        if is_open[one.sentence_id] or one.author_id == reader.pk:
            found[str(one.sentence_id)].append(one)
    return found
