"""Issuing, recognising and revoking API keys."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from annotations.models import ApiKey, Desk, User
from annotations.models.statements import Reading, Slot
from annotations.workflow import audit, checks, roles
from annotations.workflow.errors import BadInput

NAME_LENGTH = 150
_NOTED_EVERY = timedelta(minutes=1)
_USABLE = Reading(
    lambda: (
        ApiKey.objects.usable(at=Slot("at"))
        .select_related("desk", "created_by")
        .filter(
            prefix=Slot("prefix"),
            created_by__is_active=True,
            created_by__memberships__desk=F("desk"),
        )
        .defer(
            "name", "created_at", "desk__guidelines", "created_by__password", "created_by__email"
        )
    )
)


class Issued(NamedTuple):
    """A new key and the text that is shown once and never again.

    From the salt and this installation's own key the text can be made again: for whoever has to
    answer a repeated request, and keeps the salt for no longer than that.
    """

    key: ApiKey
    text: str
    salt: str


@transaction.atomic
def issue(
    *,
    desk: Desk,
    name: str,
    scopes: Sequence[str],
    by: User,
    at: datetime,
    expires_at: datetime | None = None,
) -> Issued:
    """Make a key of the desk; it acts for the manager who made it."""
    roles.require(by, desk, roles.Role.MANAGER)
    checks.require_words(name, field="name", message=_("Give the key a name to know it by."))
    if not scopes or not set(scopes) <= set(ApiKey.Scope.values):
        raise BadInput(_("Choose at least one of the scopes."), field="scopes")
    prefix, salt = secrets.token_hex(4), secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        desk=desk,
        name=name.strip()[:NAME_LENGTH],
        prefix=prefix,
        secret_sha256=_digest(_secret_of(salt)),
        scopes=sorted(set(scopes)),
        created_at=at,
        created_by=by,
        expires_at=expires_at,
    )
    after = {"name": key.name, "prefix": prefix, "scopes": key.scopes}
    audit.record("api_key.issued", by=by, at=at, about=desk, change=audit.Change(after=after))
    return Issued(key, text_of(key, salt), salt)


def text_of(key: ApiKey, salt: str) -> str:
    return f"{key.prefix}.{_secret_of(salt)}"


@transaction.atomic
def revoke(*, key: ApiKey, by: User, at: datetime) -> ApiKey:
    """Stop a key for good."""
    roles.require(by, key.desk, roles.Role.MANAGER)
    if key.revoked_at is None:
        key.revoked_at = at
        key.save(update_fields=["revoked_at"])
        audit.record(
            "api_key.revoked",
            by=by,
            at=at,
            about=key.desk,
            change=audit.Change({"prefix": key.prefix}),
        )
    return key


def recognise(*, text: str, at: datetime) -> ApiKey | None:
    """Return the usable key behind `prefix.secret`, noting its use about once a minute.

    A key ends with the person it acts for: deactivated, or gone from the desk.
    """
    prefix, _dot, secret = text.partition(".")
    key = _USABLE.one(prefix=prefix, at=at)
    if key is None or not secrets.compare_digest(key.secret_sha256, _digest(secret)):
        return None
    if key.last_used_at is None or at - key.last_used_at >= _NOTED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=at)
    return key


def _secret_of(salt: str) -> str:
    digest = salted_hmac("factcheck.api_key", salt, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def _digest(secret: str) -> str:
    """Hash the secret; 256 random bits need no slow hash."""
    return sha256(secret.encode()).hexdigest()
