"""Parts of files: a download that broke off goes on where it stopped (RFC 9110, section 14)."""

import re
from datetime import datetime
from typing import NamedTuple

from django.utils.http import http_date, parse_http_date_safe
from rest_framework.request import Request

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class Part(NamedTuple):
    """Bytes from `start` up to, but not with, `end`."""

    start: int
    end: int

    @property
    def size(self) -> int:
        return self.end - self.start


class Unsatisfiable(Exception):
    """The range begins after the end of the file."""


class Version(NamedTuple):
    """What tells one state of a file from another."""

    etag: str
    modified_at: datetime

    @property
    def modified(self) -> str:
        return http_date(int(self.modified_at.timestamp()))


def part_asked_for(request: Request, size: int, version: Version) -> Part | None:
    """Return the part to send; None for the whole, also where the range is none that we know.

    Several ranges at once are not given: the whole is a right answer to them.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or not _is_still(request.headers.get("If-Range"), version):
        return None
    first, last = asked.groups()
    if first:
        start, end = int(first), min(int(last or size), size - 1) + 1
        if last and int(last) < start:
            return None
    elif last:
        start, end = max(0, size - int(last)), size
    else:
        return None
    if start >= size:
        raise Unsatisfiable
    return Part(start, end)


def _is_still(condition: str | None, version: Version) -> bool:
    """Say whether the reader's part is of this state; only a strong tag or the exact time count."""
    if condition is None:
        return True
    if condition.startswith('"'):
        return condition == version.etag
    return parse_http_date_safe(condition) == int(version.modified_at.timestamp())
