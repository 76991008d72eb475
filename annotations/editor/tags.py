"""Template tags for what stands many times on a page: drawing it anew each time costs too much.

Nothing that differs from reader to reader is kept: only what depends on the language alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, TextNode, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince, timeuntil
from django.utils.timezone import localtime, now
from django.utils.translation import get_language, gettext, ngettext_lazy
from heroicons.templatetags import heroicons

from annotations.editor.found import Pieces
from annotations.editor.keys import Keyboard, help_lines
from annotations.editor.listing import FIRST_FILTERS, Listing, filters
from annotations.editor.queue import LEFT, Counts, Row, Segment
from annotations.editor.reading import Paragraph, Reading, marks
from annotations.editor.settings.frame import OF_DESK, PERSONAL
from annotations.exports.selectors import CONTEXT
from annotations.models import Article

register = template.Library()
MINUTE = timedelta(minutes=1)
AGES: dict[str, Any] = {
    "year": ngettext_lazy("%(num)d year ago", "%(num)d years ago", "num"),
    "month": ngettext_lazy("%(num)d month ago", "%(num)d months ago", "num"),
    "week": ngettext_lazy("%(num)d week ago", "%(num)d weeks ago", "num"),
    "day": ngettext_lazy("%(num)d day ago", "%(num)d days ago", "num"),
    "hour": ngettext_lazy("%(num)d hour ago", "%(num)d hours ago", "num"),
    "minute": ngettext_lazy("%(num)d minute ago", "%(num)d minutes ago", "num"),
}
Tag = Callable[[Parser, Token], Node]
SELECTED = SafeString(" selected")
SENTENCE = (
    '<span id="s{0.key}" class="sentence sentence--{0.sentence.role}{strength}" role="option"'
    ' aria-selected="false" data-index="{0.sentence.index}" data-version="{0.version}"'
    ' data-mark="{0.mark}"{flags}><span class="sentence__exact">{exact}</span>{mark}</span>'
)
PARAGRAPH = '<div class="text__paragraph text__paragraph--{}" lang="{}"{}>{}</div>'
GAP = '<span class="text__gap"{}>{}</span>'
GROUP, PRESENTATION = ' role="group"', ' role="presentation"'
RECTANGLES = (
    '<rect class="bar__part bar__part--{0.mark}" x="{0.start}" width="{0.width}" height="8" />'
    '<rect x="{0.start}" width="{0.width}" height="8" fill="url(#pattern-{0.mark})" />'
)


def _drawn_once(tag: Tag) -> Tag:
    """Put an icon that is always the same into the compiled template itself."""

    def compile_icon(parser: Parser, token: Token) -> Node:
        node = tag(parser, token)
        values = [*node.args, *node.kwargs.values()]  # type: ignore[attr-defined]
        if any(value.is_var for value in values):
            return node
        return TextNode(node.render(Context()))

    return compile_icon


for _name, _tag in heroicons.register.tags.items():
    register.tag(_name, _drawn_once(_tag))


class FixedNode(Node):
    """A template that is the same on every page in a language; it sees nothing of the page."""

    def __init__(self, name: FilterExpression) -> None:
        self._name = name
        self._drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if language not in self._drawn:
            self._drawn[language] = render_to_string(self._name.resolve(context))
        return self._drawn[language]


@register.tag
def fixed(parser: Parser, token: Token) -> FixedNode:
    """Include a template that is drawn once for each language."""
    _tag, name = token.split_contents()
    return FixedNode(parser.compile_filter(name))


@register.simple_tag
def mark(label: str) -> SafeString:
    """Show a label by colour, icon and text; nothing where there is none."""
    return _mark(str(label), get_language()) if label else SafeString()


register.simple_tag(marks)


@register.simple_tag(takes_context=True)
def key(context: Context, action: str) -> SafeString:
    """Show the reader's key beside what it does; screen readers hear of keys in the help."""
    keyboard: Keyboard = context["standing"].keyboard
    return _key(keyboard.hint(action))


@register.simple_tag(takes_context=True)
def key_help(context: Context) -> SafeString:
    """Show every key of the reader; js/keys.js binds what stands there."""
    keyboard: Keyboard = context["standing"].keyboard
    is_known = keyboard.user is not None
    return _key_help(tuple(keyboard.keys.items()), get_language(), is_known=is_known)


@register.inclusion_tag("annotations/settings/_nav.html", takes_context=True)
def settings_nav(context: Context) -> dict[str, object]:
    """List the pages of settings; those of one desk are spread out, if the page is about one."""
    here: str = context["request"].resolver_match.url_name
    return {
        "personal": PERSONAL,
        "of_desk": OF_DESK,
        "desk": context.get("desk"),
        "desks": context["standing"].managed,
        "here": (here, f"{here.split('-')[0]}s"),  # "webhook-rotate" is a page of "webhooks"
    }


@register.simple_tag
def by(name: str) -> str:
    """Say who did it."""
    return gettext("by %(name)s") % {"name": name}


@register.simple_tag
def place(name: str, pk: int) -> str:
    """Give the address of a page of one row; it is worked out once for all rows."""
    return _place(name).replace("/0/", f"/{pk}/")


@register.simple_tag
def scale(rows: Sequence[Mapping[str, object]], chosen: object = None) -> SafeString:
    """Fill a select with a desk's ratings, worst first, named in the page's language."""
    named = tuple((row["value"], row["fr"], row["en"]) for row in rows)
    return _scale(named, chosen, get_language())


@register.filter
def shortened(text: str, length: int) -> str:
    """Cut a long text, with an ellipsis in place of its end."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


@register.filter
def from_a_word(prefix: str) -> str:
    """Begin what stands before a passage with a whole word; it is cut by the character."""
    _part, space, words = prefix.partition(" ")
    return f"… {words}" if space and len(prefix) >= CONTEXT else prefix


@register.filter
def to_a_word(suffix: str) -> str:
    """End what stands after a passage with a whole word."""
    words, space, _part = suffix.rpartition(" ")
    is_cut = space and len(suffix) >= CONTEXT and suffix[-1] not in ".!?"
    return f"{words} …" if is_cut else suffix


@register.simple_tag
def age(moment: datetime) -> SafeString:
    """Say how long ago it was, to the minute, with the exact time in the tooltip."""
    return _age(moment, now().replace(second=0, microsecond=0), get_language())


@register.simple_tag
def bar(segments: Iterable[Segment]) -> SafeString:
    """Draw the stretches of an article's bar, the pattern of each over its colour."""
    return SafeString("".join([RECTANGLES.format(one) for one in segments]))


@register.simple_tag
def tally(counts: Counts) -> SafeString:
    """List how many sentences have which label, and how many are left."""
    language = get_language()
    items = [_tallied(*one, language) for one in counts if one[0] != LEFT]
    return SafeString("".join([*items, _left(dict(counts).get(LEFT, 0), language)]))


@register.simple_tag
def sentence(reading: Reading) -> SafeString:
    """Show a sentence of the text with its mark; all but its words are ours, and need no escape."""
    return SafeString(
        SENTENCE.format(
            reading,
            strength=f" sentence--{reading.strength}" if reading.strength else "",
            flags=" data-candidate" * bool(reading.candidate)
            + " data-decided" * reading.is_decided,
            exact=escape(reading.sentence.exact),
            mark=mark(reading.mark),
        )
    )


@register.simple_tag
def paragraph(shown: Paragraph, language: str, readings: Sequence[Reading]) -> SafeString:
    """Show a paragraph: what stands between its sentences is kept."""
    is_read = bool(readings)
    parts = [
        (GAP.format(PRESENTATION * is_read, escape(one.gap)) if one.gap else "")
        + (sentence(one.reading) if one.reading else "")
        for one in shown.pieces
    ]
    role = GROUP * is_read
    return SafeString(PARAGRAPH.format(shown.role, escape(language), role, "".join(parts)))


@register.simple_tag
def queue_filters(listing: Listing) -> SafeString:
    """Draw the filters of the queue, once for each choice of those who see the same desks."""
    desks = tuple((one.slug, one.name) for one in listing.standing.desks)
    return _filters(desks, tuple(listing.chosen.items()), get_language())


@register.simple_tag
def bulk_tools(username: str, reviews: bool) -> SafeString:
    """Draw what can be done with many articles; the form around it is each reader's own."""
    return _bulk_tools(username, get_language(), reviews=reviews)


@register.simple_tag
def urgency(row: Row) -> SafeString:
    """Show how urgent an article is said to be, and when it is due; nothing where neither is."""
    shown = _priority(row.priority, get_language())
    if row.due_at is None:
        return shown
    at = now().replace(second=0, microsecond=0)
    return shown + _due(row.due_at, at, get_language(), is_open=row.is_open)


@register.simple_tag
def at_work(name: str) -> SafeString:
    """Say which colleague works on an article; nothing where nobody does."""
    return _at_work(name, get_language()) if name else SafeString()


@register.simple_tag
def marked(pieces: Pieces) -> SafeString:
    """Show a text with the words that were looked for."""
    parts = (f"<mark>{escape(one)}</mark>" if is_found else escape(one) for one, is_found in pieces)
    return SafeString("".join(parts))


@register.simple_tag
def options(choices: Sequence[tuple[object, object]], chosen: object) -> SafeString:
    """Fill a select with values and their names."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == chosen else "", name) for value, name in choices),
    )


@cache
def _place(name: str) -> str:
    return reverse(name, args=[0])


@lru_cache
def _scale(
    rows: Sequence[tuple[object, object, object]], chosen: object, language: str | None
) -> SafeString:
    named = [(value, f"{value} · {fr if language == 'fr' else en}") for value, fr, en in rows]
    return options([("", gettext("none")), *named], chosen)


@lru_cache
def _filters(
    desks: tuple[tuple[str, str], ...], chosen: tuple[tuple[str, str], ...], _language: str | None
) -> SafeString:
    every = filters(desks, dict(chosen))
    more = every[FIRST_FILTERS:]
    context = {"first": every[:FIRST_FILTERS], "more": more}
    is_open = any(one.chosen for one in more)
    return render_to_string("annotations/_filters.html", context | {"more_open": is_open})


@lru_cache
def _bulk_tools(username: str, _language: str | None, *, reviews: bool) -> SafeString:
    priorities = [(one.name.lower(), one.label) for one in reversed(Article.Priority)]
    context = {"username": username, "reviews": reviews}
    return render_to_string("annotations/_bulk_tools.html", context | {"priorities": priorities})


@lru_cache
def _priority(priority: int, _language: str | None) -> SafeString:
    if priority == Article.Priority.NORMAL:
        return SafeString()
    one = Article.Priority(priority)
    return format_html(
        '<span class="priority priority--{}"><span class="visually-hidden">{} </span>{}</span>',
        one.name.lower(),
        gettext("Priority:"),
        one.label,
    )


@lru_cache(maxsize=1024)
def _due(moment: datetime, at: datetime, _language: str | None, *, is_open: bool) -> SafeString:
    there, is_past = localtime(moment), moment < at
    words = gettext("%(time)s late") if is_past and is_open else gettext("due in %(time)s")
    span = timesince(moment, at, depth=1) if is_past else timeuntil(moment, at, depth=1)
    return format_html(
        '<span class="due{}"><time datetime="{}" title="{}">{}</time></span>',
        " due--late" if is_past and is_open else "",
        there.isoformat(),
        date_format(there, "DATETIME_FORMAT"),
        gettext("was due") if is_past and not is_open else words % {"time": span},
    )


@lru_cache(maxsize=256)
def _at_work(name: str, _language: str | None) -> SafeString:
    return render_to_string("annotations/_at_work.html", {"name": name})


@lru_cache
def _mark(label: str, _language: str | None) -> SafeString:
    drawn = render_to_string("components/_mark.html", {"mark": label})
    return SafeString(drawn.strip())  # white space would be coloured beside a sentence


@lru_cache
def _key(shown: str) -> SafeString:
    if not shown:
        return SafeString()
    return format_html('<kbd aria-hidden="true">{}</kbd>', shown)


@lru_cache
def _key_help(
    keys: tuple[tuple[str, tuple[str, ...]], ...], _language: str | None, *, is_known: bool
) -> SafeString:
    context = {"groups": help_lines(keys), "is_known": is_known}
    return render_to_string("components/_keys.html", context)


@lru_cache(maxsize=4096)
def _age(moment: datetime, at: datetime, _language: str | None) -> SafeString:
    there = localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        there.isoformat(),
        date_format(there, "DATETIME_FORMAT"),
        gettext("just now")
        if at - moment < MINUTE
        else timesince(moment, at, time_strings=AGES, depth=1),
    )


@lru_cache(maxsize=4096)
def _tallied(label: str, number: int, language: str | None) -> SafeString:
    return format_html("<li>{} <b>{}</b></li>", _mark(label, language), number)


@lru_cache(maxsize=4096)
def _left(number: int, _language: str | None) -> SafeString:
    return render_to_string("annotations/_left.html", {"left": number})
