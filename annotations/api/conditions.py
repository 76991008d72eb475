"""Conditional requests: unchanged answers are not sent again, stale writes are refused."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256
from re import compile as pattern
from typing import TypeVar

from django.http.response import HttpResponseBase
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.access import is_anybody
from annotations.api.errors import PreconditionRequired
from annotations.extraction import Span

A = TypeVar("A", bound=HttpResponseBase)
FOR_ONESELF, FOR_EVERYBODY = "private, no-cache", "public, max-age=60"
NO_VERSION = -1
_VERSION = pattern(r"([0-9]{1,9})(\.[0-9a-f]+)?")
_CUT = pattern(r'"([0-9]{1,9})-([0-9]{1,9})"')
_MISSING_CUT = _("Say which cut you saw: If-Match with the sentence's place, as in “12-80”.")
_MISSING = _("Say which version you saw: If-Match with the ETag that you were given.")


def kept_by(request: Request) -> str:
    """Say who may keep an answer: everybody, where it was given to anybody."""
    return FOR_EVERYBODY if is_anybody(request) else FOR_ONESELF


def tag(*parts: object) -> str:
    """Make an ETag of all that an answer depends on."""
    return f'"{sha256(repr(parts).encode()).hexdigest()[:24]}"'


def version_tag(version: int, *parts: object) -> str:
    """Say a version, for If-Match; with all else that the answer depends on, for If-None-Match."""
    rest = f".{tag(*parts)[1:-1]}" if parts else ""
    return f'"{version}{rest}"'


def unless_known(
    request: Request,
    etag: str,
    build: Callable[[], A],
    *,
    keep: str = FOR_ONESELF,
    modified: datetime | None = None,
) -> A | Response:
    """Answer 304 to a reader who has this already; else build the answer.

    `keep` says who may keep it; one's own cache only, and it asks each time, if nothing else is
    said. `modified` is for readers that know no ETag.
    """
    is_known = knows(request, etag) or _has_since(request, modified)
    response = Response(status=304) if is_known else build()
    if response.status_code >= 400:
        return response
    response["ETag"] = etag
    if modified is not None:
        response["Last-Modified"] = http_date(int(modified.timestamp()))
    response["Cache-Control"] = keep
    return response


def name_by_content(request: Request, response: HttpResponseBase) -> None:
    """Have an answer that nothing else names be named by what it says, once that is written."""
    is_kept = "no-store" not in response.get("Cache-Control", "")
    if isinstance(response, Response) and response.status_code == 200 and is_kept:
        if "ETag" not in response:
            response.add_post_render_callback(partial(_named, request))
        response.headers.setdefault("Cache-Control", FOR_ONESELF)


def _named(request: Request, response: Response) -> None:
    response["ETag"] = etag = f'"{sha256(response.content).hexdigest()[:24]}"'
    if knows(request, etag):
        response.status_code, response.content = 304, b""
        del response["Content-Type"]


def knows(request: Request, etag: str) -> bool:
    """Say whether the reader names this ETag; a weak one is as good here."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or etag in {one.removeprefix("W/") for one in known}


def _has_since(request: Request, modified: datetime | None) -> bool:
    """Say whether the reader's copy is not older; who names an ETag is not asked for a time."""
    if modified is None or "If-None-Match" in request.headers:
        return False
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(modified.timestamp()) <= since


def seen_version(request: Request) -> int | None:
    """Read the version in If-Match; None where there is none, NO_VERSION where it is not ours."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        return None
    tags = parse_etags(given)
    if tags == ["*"]:
        raise PreconditionRequired(_MISSING)
    if len(tags) != 1:
        raise ParseError(_("If-Match takes one version, in quotes."), code="malformed")
    known = _VERSION.fullmatch(tags[0].removeprefix("W/").strip('"'))
    return int(known[1]) if known else NO_VERSION


def require_cut(request: Request) -> Span:
    """Return the place in If-Match; one that is none of ours fits no sentence."""
    given = request.headers.get("If-Match", "").strip()
    if given in {"", "*"}:
        raise PreconditionRequired(_MISSING_CUT)
    known = _CUT.fullmatch(given.removeprefix("W/"))
    return Span(int(known[1]), int(known[2])) if known else Span(0, 0)


def require_version(request: Request) -> int:
    """Return the version in If-Match; without one, the write is refused."""
    version = seen_version(request)
    if version is None:
        raise PreconditionRequired(_MISSING)
    return version
