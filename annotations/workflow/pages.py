"""An article's page, fetched from the address that somebody gives in place of its text."""

import codecs
import re
from contextlib import suppress
from dataclasses import replace
from email.message import Message
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from annotations.workflow import checks, intake, outbound
from annotations.workflow.errors import BadInput

FIELD = "source_url"
REDIRECTS_AT_MOST = 5
KINDS = {"text/html", "application/xhtml+xml"}
ENCODINGS = ("utf-8", "utf-16", "iso8859", "cp125", "ascii", "koi8", "mac-")  # those of our texts
_NAMED = re.compile(rb"""<meta[^>]{0,200}charset=["']?([\w-]{1,40})""", re.IGNORECASE)


def filled(draft: intake.Draft, address: str, *, field: str = FIELD) -> intake.Draft:
    """Return the draft with the page at an address, which is its source unless it names another."""
    page = fetch(address, field=field)
    return replace(draft, html=page, source_url=draft.source_url or address)


def fetch(
    address: str, *, field: str = FIELD, resolve: outbound.Resolver = outbound.look_up
) -> str:
    """Return the source of a page, or refuse with what to do instead."""
    try:
        return _fetched(address, resolve)
    except BadInput as refusal:
        refusal.field = field
        raise


def _fetched(address: str, resolve: outbound.Resolver) -> str:
    page = _arrived(address, resolve)
    kind = _kind_of(page)
    if page.status >= 300:
        raise _refusal(_("The page answers with %(status)s.") % {"status": page.status})
    if kind.get_content_type() not in KINDS:
        raise _refusal(_("There is no web page at this address."))
    if len(page.body) > settings.ARTICLE_MAX_BYTES:
        raise _refusal(_("The page is larger than an article may be."))
    return page.body.decode(_encoding(page.body, kind), "replace").replace("\0", "")


def _arrived(address: str, resolve: outbound.Resolver) -> outbound.Page:
    """Follow redirects, each checked like the address itself."""
    for _step in range(REDIRECTS_AT_MOST + 1):
        checks.require_address(address, field=FIELD)
        try:
            page = outbound.get(address, at_most=settings.ARTICLE_MAX_BYTES, resolve=resolve)
        except outbound.NotReached as error:
            raise _refusal(_("The page cannot be reached.")) from error
        if not (300 <= page.status < 400 and page.location):
            return page
        address = urljoin(address, page.location)
    raise _refusal(_("The address leads from one to another without end."))


def _refusal(why: str) -> BadInput:
    return BadInput(
        why + " " + _("Give the article’s text instead."),
        field=FIELD,
        code="not_fetched",
    )


def _kind_of(page: outbound.Page) -> Message:
    said = Message()
    said["content-type"] = page.kind
    return said


def _encoding(body: bytes, kind: Message) -> str:
    """Go by what the server says, then the page; else it is UTF-8, as nearly all are."""
    named = _NAMED.search(body[:2048])
    for said in (kind.get_content_charset(), named and named[1].decode()):
        with suppress(LookupError):
            name = codecs.lookup(said or "").name
            if name.startswith(ENCODINGS):
                return name
    return "utf-8"
