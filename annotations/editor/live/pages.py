"""What an open page is told: the server decides for each reader, in the reader's language.

A page of an article is told of its sentences, its extraction and the people there; a page of the
queue only of extractions. What it is sent is what a reload would show.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from annotations.editor import history
from annotations.editor.live.hub import AWAY, BACK
from annotations.editor.opinions import Given
from annotations.editor.reading import Reading
from annotations.models import Annotation, AuditEvent, ExtractionRun, User, Verdict
from annotations.models import news as stored
from annotations.models.people import called
from annotations.workflow import news, presence
from annotations.workflow.news import Hint

PIECES = "annotations/_news.html"


class Page(Protocol):
    """One open page of one reader."""

    def wants(self, hint: Hint) -> bool: ...

    def opened(self, at: datetime) -> None: ...

    def stays(self, at: datetime) -> None: ...

    def tell(self, hint: Hint, at: datetime) -> Iterator[bytes]: ...

    def closed(self) -> None: ...


@dataclass(slots=True)
class ArticlePage:
    """A workbench."""

    article_id: int
    reader: User
    name: str
    since: int
    desk_id: int = 0
    own: set[int] = field(default_factory=set)

    def wants(self, hint: Hint) -> bool:
        return hint.article == self.article_id

    def opened(self, at: datetime) -> None:
        self.stays(at)
        news.send(Hint(news.PEOPLE, article=self.article_id))

    def stays(self, at: datetime) -> None:
        presence.arrive(article_id=self.article_id, page=self.name, by=self.reader, at=at)

    def closed(self) -> None:
        presence.leave(article_id=self.article_id, page=self.name, by=self.reader)
        news.send(Hint(news.PEOPLE, self.desk_id, self.article_id))

    def tell(self, hint: Hint, at: datetime) -> Iterator[bytes]:
        """Say what there is to say after a hint, reading the database once at most."""
        if hint.kind in {BACK.kind, AWAY.kind}:
            yield message(hint.kind, {})
            yield from self._happened()
            yield self._people(at)
        elif hint.kind == news.HAPPENED and hint.sender == self.name:
            self.own.add(hint.event)
        elif hint.kind == news.HAPPENED and hint.event > self.since:
            yield from self._happened()
        elif hint.kind == news.PROGRESS:
            yield progress(hint)
        elif hint.kind == news.PEOPLE:
            yield self._people(at)

    def _happened(self) -> Iterator[bytes]:
        """Tell of all that happened since; each sentence once, by the last that happened to it."""
        events = list(
            stored.happened(article_id=self.article_id, since=self.since, reader=self.reader)
        )
        give_back_connection()
        if not events:
            return
        self.since = events[0].pk
        if any(one.action.startswith("extraction.") for one in events):
            yield message("extraction", {})
        foreign = [one for one in reversed(events) if one.pk not in self.own]
        if news_of_the_text := _news_of_the_text({one.action for one in foreign}):
            self.own.clear()
            yield message(news_of_the_text, {}, number=self.since)
            return
        latest = {one.sentence_id: one for one in foreign if one.sentence is not None}
        told = [said for one in latest.values() if (said := _told(one, self.reader))]
        self.own.clear()
        is_all = len(events) < stored.AT_MOST
        yield message("sentences", {"sentences": told, "isAll": is_all}, number=self.since)

    def _people(self, at: datetime) -> bytes:
        others = [
            one.name
            for one in presence.here(article_id=self.article_id, at=at)
            if one.user != self.reader.pk
        ]
        holder = presence.at_work([self.article_id]).get(self.article_id)
        is_other = holder is not None and holder.user != self.reader.pk
        context = {"others": others, "holder": holder.name if holder and is_other else ""}
        return message("people", {"html": render_to_string("annotations/_people.html", context)})


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The queue draws itself anew when an extraction begins or ends, or an article changes.

    The same when a verdict is returned. Progress, and who works on an article, come as they are.
    """

    desks: frozenset[int]
    reader: User

    def wants(self, hint: Hint) -> bool:
        return hint.desk in self.desks and (
            hint.kind in {news.PROGRESS, news.PEOPLE}
            or hint.action.startswith(("extraction.", "article.", "verdict.return"))
        )

    def opened(self, at: datetime) -> None:
        """Nobody is shown who looks at the queue."""

    def stays(self, at: datetime) -> None:
        """Nobody is shown who looks at the queue."""

    def closed(self) -> None:
        """Nobody is shown who looks at the queue."""

    def tell(self, hint: Hint, at: datetime) -> Iterator[bytes]:
        if hint.kind == news.PROGRESS:
            yield progress(hint)
        elif hint.kind == news.PEOPLE:
            yield self._at_work(hint.article)
        else:
            yield message(hint.kind, {})

    def _at_work(self, article_id: int) -> bytes:
        """Say who works on an article, if that is somebody else."""
        holder = presence.at_work([article_id]).get(article_id)
        is_other = holder is not None and holder.user != self.reader.pk
        name = holder.name if holder and is_other else ""
        html = render_to_string("annotations/_at_work.html", {"name": name}) if name else ""
        return message("working", {"article": article_id, "html": html})


def _news_of_the_text(actions: set[str]) -> str:
    """Name what happened to all that the page shows, if something did."""
    if "article.revised" in actions:
        return "revised"
    return "recut" if any(one.startswith("sentence.") for one in actions) else ""


def message(name: str, data: dict[str, Any], *, number: int = 0) -> bytes:
    """Write one message as an event stream has it."""
    head = f"id: {number}\n" if number else ""
    return f"{head}event: {name}\ndata: {json.dumps(data)}\n\n".encode()


def progress(hint: Hint) -> bytes:
    run = ExtractionRun(sentences_done=hint.done, sentences_total=hint.total)
    html = render_to_string("components/_progress_bar.html", {"key": hint.article, "run": run})
    return message(news.PROGRESS, {"article": hint.article, "html": html})


def give_back_connection() -> None:
    """Hand the connection back to the pool: nobody waits for news with one in hand."""
    if not connection.in_atomic_block:
        connection.close()


def _told(event: AuditEvent, reader: User) -> dict[str, Any] | None:
    """Say what a reader may know of an event: on a blind desk no more than what is left to do."""
    reading = _reading(event)
    if reading is None:
        return None
    is_open = reading.shows_colleagues
    if not is_open and not _moves_the_count(event, reading):
        return None
    others = event.others if is_open else ()  # type: ignore[attr-defined]
    colleagues = [_given(one, reading.sentence.exact) for one in others] if is_open else None
    context = {"reading": reading, "colleagues": colleagues}
    is_theirs = is_open and event.actor_id != reader.pk
    return {
        "id": reading.sentence.pk,
        "html": render_to_string(PIECES, context),
        "said": _said(event, reading, reader) if is_theirs else "",
        "isMine": event.actor_id == reader.pk,
        "isVerdict": is_open and event.action.startswith("verdict."),
    }


def _reading(event: AuditEvent) -> Reading | None:
    """Return the sentence as the reader sees it; one that was cut anew since is no more."""
    sentence: Any = event.sentence
    if sentence is None:
        return None
    own: dict[str, Any] | None = event.own  # type: ignore[attr-defined]
    sentence.own_annotations = [Annotation(**own)] if own else []
    return Reading(sentence, sentence.article.desk)


def _moves_the_count(event: AuditEvent, reading: Reading) -> bool:
    """Tell whether a hidden label makes the sentence decided, or open again."""
    was_taken_back = not (event.after or {}).get("label")
    needed = reading.desk.annotators_needed
    annotators = reading.sentence.verdict.annotators if hasattr(reading.sentence, "verdict") else 0
    is_reopened = (event.after or {}).get("state") == Verdict.State.RETURNED
    return is_reopened or reading.is_decided or (was_taken_back and annotators == needed - 1)


def _said(event: AuditEvent, reading: Reading, reader: User) -> str:
    (line,) = history.lines([event], reader=reader, open_=True)
    return _("%(who)s, sentence %(number)s: %(what)s %(label)s") % {
        "who": line.who,
        "number": reading.sentence.index + 1,
        "what": line.what,
        "label": line.after,
    }


def _given(said: dict[str, Any], exact: str) -> Given:
    """Shape what a colleague says as it is shown."""
    names = ("username", "display_name", "first_name", "last_name")
    return Given(
        author_id=0,  # nobody asks
        author=called(*(said[name] for name in names)),
        label=said["label"],
        was="" if said["words"] == exact else said["words"],
        rationale=said["rationale"],
        at=datetime.fromisoformat(said["updated_at"]),
        sources=tuple(
            (one["stance"], one["url"], one["title"], one["quote"]) for one in said["evidence"]
        ),
    )
