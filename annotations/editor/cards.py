"""Template tags for the rows of review and publications: what all rows share is drawn once.

A part that says nothing but the number of its row is drawn with a stand-in, which is then replaced.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.editor.frame import TOKEN
from annotations.editor.offers import Offers
from annotations.editor.opinions import Given, Source
from annotations.editor.queue import Row
from annotations.editor.reading import Reading
from annotations.editor.returned import Returned
from annotations.editor.tags import age, mark
from annotations.models import Candidate, Evidence, Verdict

register = template.Library()
ANY = 9_007_199_254_740_991  # stands for the number of a row
VERSION = 9_007_199_254_740_881
ACTIONS = "annotations/_verdict_actions.html"
TOOLS = "annotations/_group_tools.html"
HINTS = ("approve", "return")
AT_MOST = 1024  # rows that are kept: some 3 kB each
RETURNED = "annotations/_returned.html"
CANDIDATE = "annotations/_candidate.html"
GROUP_HEAD = "annotations/_group_head.html"
VERDICT = "annotations/_verdict.html"
QUEUE_ROW = "annotations/_queue_row.html"
PUBLICATION = "annotations/_publication.html"


@register.simple_tag(takes_context=True)
def queue_row(context: Context, row: Row) -> SafeString:
    """Show an article in the queue."""
    drawn = _queue_row(row, now().replace(second=0, microsecond=0), get_language())
    if row.is_extracted:
        return drawn
    return SafeString(drawn.replace(TOKEN, str(context["csrf_token"])))


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a verdict that waits for review."""

    key: int
    version: int
    state: str
    label: str
    reason: str
    approver: str
    article: int
    sentence: int
    language: str
    exact: str
    before: str
    after: str
    lacks_evidence: bool
    given: tuple[Given, ...]
    labels: str  # that were given, with commas

    @classmethod
    def of(cls, card: Any) -> "Shown":
        verdict, sentence = card.verdict, card.verdict.sentence
        return cls(
            key=verdict.pk,
            version=verdict.version,
            state=verdict.state,
            label=verdict.label,
            reason=verdict.reason,
            approver=verdict.approved_by.name if verdict.approved_by else "",
            article=verdict.article_id,
            sentence=verdict.sentence_id,
            language=verdict.article.language,
            exact=sentence.exact,
            before=verdict.previous_exact or "",
            after=verdict.next_exact or "",
            lacks_evidence=verdict.state == Verdict.State.PROPOSED
            and verdict.lacks_evidence(verdict.desk),
            given=card.given,
            labels=",".join(sorted(card.labels)),
        )

    @property
    def state_name(self) -> str:
        return str(Verdict.State(self.state).label)


@register.simple_tag
def returned(found: Returned, is_oob: bool = False) -> SafeString:
    """Show what came back to the reader."""
    at = now().replace(second=0, microsecond=0)
    return _returned(found, at, get_language(), is_oob=is_oob)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is shown of a candidate in the list beside the text."""

    key: int
    index: int
    score: float
    strength: str
    kind: str
    language: str
    exact: str
    mark: str
    is_decided: bool
    is_returned: bool
    lacks_evidence: bool

    @property
    def kind_name(self) -> str:
        return str(Candidate.Kind(self.kind).label)

    @property
    def state_name(self) -> str:
        return str(Verdict.State.RETURNED.label) if self.is_returned else ""


@register.simple_tag
def candidate(reading: Reading) -> SafeString:
    """Show a candidate in the list beside the text; nothing where the sentence is none."""
    found, sentence = reading.candidate, reading.sentence
    if found is None:
        return SafeString()
    proposal = Proposal(
        key=sentence.pk,
        index=sentence.index,
        score=found.check_worthiness,
        strength=reading.strength,
        kind=found.kind,
        language=reading.language,
        exact=sentence.exact,
        mark=reading.mark,
        is_decided=reading.is_decided,
        is_returned=reading.is_returned,
        lacks_evidence=reading.lacks_evidence,
    )
    return _candidate(proposal, get_language())


@register.simple_tag
def given(one: Given) -> SafeString:
    """Show an annotation with its author and evidence."""
    head = f"<b>{escape(one.author)}</b> {mark(one.label)} {age(one.at)}"
    was = f'<p class="given__was">{escape(_said_of(one.was))}</p>' if one.was else ""
    said = f'<p class="typed">{escape(one.rationale)}</p>' if one.rationale else ""
    return SafeString(f'<p class="given__head">{head}</p>{was}{said}{_sources(one.sources)}')


def _said_of(words: str) -> str:
    return _("Said of other words: “%(was)s”") % {"was": words}


@register.simple_tag(takes_context=True)
def verdict_card(context: Context, card: Any, problem: object = None) -> SafeString:
    """Show a verdict that waits for review; after a refusal with the reason and what was typed."""
    shown, actions = Shown.of(card), verdict_actions(context, card)
    if problem:
        told = {"shown": shown, "actions": actions, "problem": problem}
        return render_to_string(VERDICT, told)
    return _verdict(shown, actions, now().replace(second=0, microsecond=0), get_language())


def verdict_actions(context: Context, card: Any) -> SafeString:
    """Show what can be done with a verdict; after a refusal with what was typed."""
    verdict, keyboard = card.verdict, context["standing"].keyboard
    if "said" in context:
        names = ("marks", "said", "problem", "standing")
        shown = {name: context.get(name) for name in names}
        return render_to_string(ACTIONS, {"card": card, "verdict": verdict, **shown})
    drawn = _actions(
        verdict.state,
        card.offers,
        tuple(tuple(row.items()) for row in verdict.desk.rating_scale),
        tuple((name, keyboard.hint(name)) for name in HINTS),
        get_language(),
    )
    return _for_row(drawn.replace(str(VERSION), str(verdict.version)), verdict.pk)


@dataclass(frozen=True, slots=True)
class Out:
    """What a publication's card depends on: what came out never changes, only more comes out.

    The article may get a new text, in which its sentence is gone.
    """

    newest: int
    versions: int
    left_behind_in: int | None
    desk: str
    offers: Offers
    card: Any = field(compare=False)


@register.simple_tag
def publication(card: Any) -> SafeString:
    """Show what is out of a sentence, with every version."""
    newest = card.newest
    place = (newest.left_behind_in, newest.desk.name)
    out = Out(newest.pk, len(card.versions), *place, card.offers, card)
    return _publication(out, now().replace(second=0, microsecond=0), get_language())


@register.simple_tag(takes_context=True)
def group_head(context: Context, group: Any) -> SafeString:
    """Name an article, with what can be done with all of its verdicts."""
    article, hint = group.article, context["standing"].keyboard.hint("approve-all")
    tools = _tools(group.approved, group.approvable, hint, get_language())
    source = article.source.name if article.source else ""
    said = (article.pk, article.title, article.language, source, article.desk.name)
    return _group_head(*said, _for_row(tools, article.pk))


def _for_row(drawn: str, pk: int) -> SafeString:
    return SafeString(drawn.replace(str(ANY), str(pk)))


def _sources(items: Iterable[Source]) -> str:
    lines = "".join(map(_source, items))
    return f'<ul class="sources">{lines}</ul>' if lines else ""


def _source(item: Source) -> str:
    stance, address, title, words = item
    url, name = escape(address), escape(title or address)
    quote = f"<q>{escape(words)}</q>" if words else ""
    said = f'<span class="stance stance--{stance}">{escape(Evidence.Stance(stance).label)}</span>'
    kind = ' class="sources__titled"' if title else ""
    link = f'<a{kind} href="{url}" rel="noreferrer noopener" target="_blank">{name}</a>'
    return f"<li>{said} {link}{quote}</li>"


@lru_cache(maxsize=AT_MOST)
def _returned(found: Returned, _at: datetime, _language: str | None, *, is_oob: bool) -> SafeString:
    return render_to_string(RETURNED, {"returned": found, "is_oob": is_oob})


@lru_cache(maxsize=AT_MOST)
def _candidate(row: Proposal, _language: str | None) -> SafeString:
    return render_to_string(CANDIDATE, {"row": row})


@lru_cache(maxsize=AT_MOST)
def _verdict(shown: Shown, actions: SafeString, _at: datetime, _language: str | None) -> SafeString:
    return render_to_string(VERDICT, {"shown": shown, "actions": actions})


@lru_cache(maxsize=AT_MOST)
def _queue_row(row: Row, _at: datetime, _language: str | None) -> SafeString:
    return render_to_string(QUEUE_ROW, {"row": row, "csrf_token": TOKEN})


@lru_cache(maxsize=AT_MOST)
def _publication(out: Out, _at: datetime, _language: str | None) -> SafeString:
    return render_to_string(PUBLICATION, {"card": out.card})


@lru_cache(maxsize=256)
def _actions(
    state: str,
    offers: Offers,
    scale: tuple[tuple[tuple[str, object], ...], ...],
    hints: tuple[tuple[str, str], ...],
    _language: str | None,
) -> SafeString:
    desk = SimpleNamespace(rating_scale=[dict(row) for row in scale])
    verdict = SimpleNamespace(pk=ANY, version=VERSION, state=state, desk=desk)
    keyboard = SimpleNamespace(hint=dict(hints).__getitem__)
    card = SimpleNamespace(offers=offers)
    context = {"card": card, "verdict": verdict, "standing": SimpleNamespace(keyboard=keyboard)}
    return render_to_string(ACTIONS, context)


@lru_cache(maxsize=1024)
def _group_head(*said: object) -> SafeString:
    names = ("key", "title", "language", "source", "desk", "tools")
    return render_to_string(GROUP_HEAD, dict(zip(names, said, strict=True)))


@lru_cache(maxsize=1024)
def _tools(approved: int, approvable: int, hint: str, _language: str | None) -> SafeString:
    group = SimpleNamespace(
        article=SimpleNamespace(pk=ANY), approved=approved, approvable=approvable
    )
    standing = SimpleNamespace(keyboard=SimpleNamespace(hint=lambda _action: hint))
    return render_to_string(TOOLS, {"group": group, "standing": standing})
