"""JSON in and out, by orjson."""

from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def plain(data: Any) -> Any:
    """Say it in values that JSON has: times as text, in the form that they have everywhere."""
    return orjson.loads(orjson.dumps(data, default=str, option=_OPTIONS))


class Json(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, *_asked: Any, **_more: Any) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=str, option=_OPTIONS)


class JsonParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, *_told: Any, **_more: Any) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        data = stream.read(limit + 1)
        if len(data) > limit:
            raise RequestDataTooBig
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError as error:
            raise ParseError(
                _("The body is no JSON in UTF-8: %(why)s") % {"why": error}, code="malformed"
            ) from error


class Html(BaseRenderer):
    """A piece of a web page, made before; a problem stays JSON."""

    media_type = "text/html"
    format = "html"
    charset = "utf-8"

    def render(self, data: Any, *_asked: Any, **_more: Any) -> bytes:
        return data.encode() if isinstance(data, str) else Json().render(data)
