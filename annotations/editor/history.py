"""The history of a sentence in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import AuditEvent, Label, User

LINES = 20
WORDS = {
    "annotation.put": gettext_lazy("labelled it"),
    "annotation.withdrawn": gettext_lazy("took the label back"),
    "annotation.undone": gettext_lazy("undid a change"),
    "annotation.redone": gettext_lazy("redid a change"),
    "comment.added": gettext_lazy("commented"),
    "sentence.split": gettext_lazy("split the sentence"),
    "sentence.merged": gettext_lazy("joined it with the next sentence"),
    "sentence.changed": gettext_lazy("brought a new text, in which it says something else"),
    "sentence.gone": gettext_lazy("brought a new text, in which it stands no more"),
    "verdict.approve": gettext_lazy("approved"),
    "verdict.unapproved": gettext_lazy("took the approval back"),
    "verdict.reopened": gettext_lazy("ended the approval"),
    "verdict.return": gettext_lazy("returned it"),
    "verdict.adjudicate": gettext_lazy("decided"),
    "verdict.published": gettext_lazy("published"),
    "verdict.correction": gettext_lazy("corrected"),
    "verdict.retraction": gettext_lazy("retracted"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One event: who did what, the label before and after, and the words given with it."""

    who: str
    what: str
    at: datetime
    before: str = ""
    after: str = ""
    words: str = ""


def lines(events: Iterable[AuditEvent], *, reader: User, open_: bool) -> list[Line]:
    """Tell the events, newest first; unless `open_`, only the reader's own."""
    return [_line(one, reader) for one in events if open_ or one.actor_id == reader.pk]


def _line(event: AuditEvent, reader: User) -> Line:
    before, after = event.before or {}, event.after or {}
    return Line(
        who=_who(event.actor, reader),
        what=str(WORDS.get(event.action, event.action)),
        at=event.at,
        before=_label(before),
        after=_label(after),
        words=after.get("note") or after.get("comment") or before.get("exact") or "",
    )


def _who(actor: User | None, reader: User) -> str:
    if actor is None:
        return _("a worker")
    return _("you") if actor.pk == reader.pk else actor.name


def _label(state: dict[str, Any]) -> str:
    label = state.get("label")
    return str(Label(label).label) if label in Label.values else ""
