"""`Idempotency-Key`: a repeated POST gets the first answer again."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import orjson
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from annotations.api.access import person
from annotations.workflow import idempotency

_KEY_LENGTH = 255


def once(
    request: Request, act: Callable[[], dict[str, Any]], *, sent: Any = None
) -> dict[str, Any]:
    """Act, or give the answer that the same key and body were given before.

    `sent` stands for the body where that is a file.
    """
    asked = _asked(request, sent)
    return idempotency.once(request=asked, at=timezone.now(), act=act) if asked else act()


def earlier(request: Request) -> dict[str, Any] | None:
    """Return that answer, if there is one: to save what takes long before one acts."""
    asked = _asked(request, None)
    return idempotency.answered(request=asked) if asked else None


def _asked(request: Request, sent: Any) -> idempotency.Request | None:
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return None
    if len(key) > _KEY_LENGTH or not key.isprintable():
        raise ParseError(
            _("An Idempotency-Key is printable text of at most 255 characters."), code="malformed"
        )
    body = orjson.dumps(
        [request.method, request.path, sent or request.data], option=orjson.OPT_SORT_KEYS
    )
    fingerprint = sha256(body).hexdigest()
    return idempotency.Request(key=key, fingerprint=fingerprint, user=person(request))
