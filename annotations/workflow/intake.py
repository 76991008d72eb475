"""Reading what comes in: bytes, text or HTML to one checked text that is then never changed."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import trafilatura
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from trafilatura.settings import Document

from annotations import extraction
from annotations.workflow import checks
from annotations.workflow.errors import BadInput

TITLE_LENGTH = 500
LANGUAGE_LENGTH = 20
_LANGUAGES = {code.split("-")[0] for code in LANG_INFO}
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it came in, before it is stored; empty values are not known yet."""

    text: str = ""
    html: str = ""
    title: str = ""
    language: str = ""
    byline: str = ""
    source: str = ""
    source_url: str = ""
    published_at: datetime | None = None


def decode(data: bytes, *, field: str = "file") -> str:
    """Decode UTF-8 (a leading byte-order mark is no text), or say where it stops being UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()  # without the mark, as `error.start` is
        line, column = checks.place(before, len(before))
        raise BadInput(
            _(
                "This is not UTF-8: byte 0x%(byte)s in line %(line)s, column %(column)s. "
                "Save the file as UTF-8 and send it again."
            )
            % {"byte": f"{error.object[error.start]:02X}", "line": line, "column": column},
            field=field,
            code="undecodable",
        ) from error


def settle(draft: Draft) -> Draft:
    """Check the draft and fill in what is missing: text from HTML, title, language."""
    field = "html" if draft.html else "text"
    _refuse_unusable(draft.html or draft.text, field=field)
    for name in ("title", "byline", "source"):
        checks.refuse_control(getattr(draft, name), field=name)
    if draft.source_url:
        checks.require_address(draft.source_url, field="source_url")
    if draft.html:
        draft = _read_page(draft)
        checks.refuse_control(draft.text + draft.title + draft.byline, field=field)
    if not draft.text.strip():
        raise BadInput(
            _("There is no text to check. Paste the article's text."), field=field, code="empty"
        )
    language = _language(draft)
    title = draft.title.strip() or _title_from(draft.text, language)
    return replace(draft, title=title[:TITLE_LENGTH], language=language)


def _refuse_unusable(raw: str, *, field: str) -> None:
    size, limit = len(raw.encode("utf-8", "surrogatepass")), settings.ARTICLE_MAX_BYTES
    if size > limit:
        raise BadInput(
            _("The article has %(size)s bytes; at most %(limit)s are taken.")
            % {"size": checks.grouped(size), "limit": checks.grouped(limit)},
            field=field,
            code="too_large",
        )
    checks.refuse_control(raw, field=field)


def _read_page(draft: Draft) -> Draft:
    """Take the main text of a page, and what the page says of itself where nobody said it."""
    page = trafilatura.bare_extraction(
        draft.html, include_comments=False, include_tables=False, with_metadata=True
    )
    if not isinstance(page, Document) or not page.text:
        raise BadInput(
            _("No article was found in this page. Paste its text instead."),
            field="html",
            code="no_main_text",
        )
    return replace(
        draft,
        text=page.text,
        title=draft.title or page.title or "",
        byline=draft.byline or page.author or "",
        published_at=draft.published_at or _page_date(page.date),
    )


def _page_date(value: str | None) -> datetime | None:
    """Pages give a day; it is taken as that day's start in UTC."""
    if not value:
        return None
    moment = parse_datetime(f"{value}T00:00:00") if len(value) == 10 else parse_datetime(value)
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None


def _title_from(text: str, language: str) -> str:
    """Take the headline, or the first words where the text has none."""
    sentences = extraction.plan(text, language=language)
    headlines = (one.exact for one in sentences if one.role == extraction.Role.HEADLINE)
    first = next(line.strip() for line in text.splitlines() if line.strip())
    line = " ".join(next(headlines, first).split())
    return line if len(line) <= 160 else line[:157].rsplit(" ", 1)[0] + "…"


def _language(draft: Draft) -> str:
    given = draft.language.strip()
    return known_language(given) if given else _detected(draft.text)


def known_language(given: str) -> str:
    """Return the code of a language as it is stored, or refuse it."""
    primary, dash, rest = given.partition("-")
    known = _TAG.fullmatch(given) and primary.lower() in _LANGUAGES
    if not known or len(given) > LANGUAGE_LENGTH:
        raise BadInput(
            _("“%(given)s” is no language known here. Use a code such as fr, en or de.")
            % {"given": given[:40]},
            field="language",
            code="unknown_language",
        )
    return primary.lower() + dash + rest


def _detected(text: str) -> str:
    found = extraction.detect_language(text)
    if found == "und":
        raise BadInput(
            _("The language of this text could not be told. Say which it is, for example fr."),
            field="language",
            code="language_not_detected",
        )
    return found
