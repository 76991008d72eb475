"""Who is calling: a program with an API key, or a person with a session."""

import re

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from annotations.models import ApiKey, User
from annotations.workflow import api_keys

SCHEME = "Api-Key"
_KEY = re.compile(r"[0-9a-f]{1,20}\.[A-Za-z0-9_-]{1,100}")


class ApiKeyAuthentication(BaseAuthentication):
    """`Authorization: Api-Key <prefix>.<secret>`. The key acts for the manager who made it."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        known = _KEY.fullmatch(text.strip())
        key = api_keys.recognise(text=known.group(), at=timezone.now()) if known else None
        if key is None:
            raise AuthenticationFailed(_("This API key is wrong, expired or revoked."))
        return key.created_by, key

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="factcheck"'


class BrowserSession(SessionAuthentication):
    """The session of somebody who logged in to the pages, with the CSRF token on writes."""


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = ApiKeyAuthentication
    name = "apiKey"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Api-Key <prefix>.<secret>`, made by a manager of the desk. "
            "A key sees its own desk only, and does what its scopes allow.",
        }


class BrowserSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = BrowserSession
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "factcheck_session",
            "description": "The session of the pages; writes also need the `X-CSRFToken` header.",
        }
