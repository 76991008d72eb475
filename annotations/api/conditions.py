"""Conditional requests: unchanged answers are not sent again, stale writes are refused."""

from collections.abc import Callable
from hashlib import sha256
from re import compile as pattern
from typing import TypeVar

from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.errors import PreconditionRequired
from annotations.extraction import Span

A = TypeVar("A", bound=HttpResponseBase)
FOR_ONESELF, FOR_EVERYBODY = "private, no-cache", "public, max-age=60"
NO_VERSION = -1
_VERSION = pattern(r"([0-9]{1,9})(\.[0-9a-f]+)?")
_CUT = pattern(r'"([0-9]{1,9})-([0-9]{1,9})"')
_MISSING_CUT = _("Say which cut you saw: If-Match with the sentence's place, as in “12-80”.")
_MISSING = _("Say which version you saw: If-Match with the ETag that you were given.")


def tag(*parts: object) -> str:
    """Make an ETag of all that an answer depends on."""
    return f'"{sha256(repr(parts).encode()).hexdigest()[:24]}"'


def version_tag(version: int, *parts: object) -> str:
    """Say a version, for If-Match; with all else that the answer depends on, for If-None-Match."""
    rest = f".{tag(*parts)[1:-1]}" if parts else ""
    return f'"{version}{rest}"'


def unless_known(
    request: Request, etag: str, build: Callable[[], A], *, keep: str = FOR_ONESELF
) -> A | Response:
    """Answer 304 to a reader who has this already; else build the answer.

    `keep` says who may keep it; one's own cache only, and it asks each time, if nothing else is said.
    """
    known = parse_etags(request.headers.get("If-None-Match", ""))
    is_known = "*" in known or etag in {one.removeprefix("W/") for one in known}
    response = Response(status=304) if is_known else build()
    response["ETag"] = etag
    response["Cache-Control"] = keep
    return response


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
