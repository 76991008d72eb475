"""Readers for environment variables: a wrong value stops the start, naming what is allowed."""

import os
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} must be set.")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, "true" if default else "false").lower()
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value == "true"


def integer(name: str, default: int, *, low: int, high: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(
            f"{name} must be a whole number from {low} to {high}, not {value!r}."
        )
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def choice(name: str, default: str, *, among: Collection[str]) -> str:
    value = os.environ.get(name) or default
    if value not in among:
        raise ImproperlyConfigured(
            f"{name} must be one of {', '.join(sorted(among))}, not {value!r}."
        )
    return value


def secret(name: str, *, kept_in: Path | None) -> str:
    """Read a secret; where none is set, make one and keep it in the file `kept_in`."""
    value = os.environ.get(name)
    if value:
        return value
    if kept_in is None:
        raise ImproperlyConfigured(
            f"{name} must be set to a long random text when DEBUG and DEMO are false."
        )
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        draft = kept_in.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        draft.rename(kept_in)
    return kept_in.read_text(encoding="ascii")


def database(url: str) -> dict[str, Any]:
    """Turn `postgresql://user:password@host:port/name?host=/socket/dir` into Django's form."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name "
            "(or postgresql://user@/name?host=/socket/folder); only PostgreSQL is supported."
        )
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def redis(url: str) -> str:
    """Check a Redis address in redis-py's form."""
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(
            "REDIS_URL must start with redis://, rediss:// or unix://, "
            "for example redis://localhost:6379/0."
        )
    return url


def service(name: str) -> str:
    """Read the address of a service that is asked over HTTP; none is set, it is empty."""
    value = os.environ.get(name, "").strip()
    if not value:
        return ""
    parts = urlsplit(value)
    is_plain = not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not is_plain:
        raise ImproperlyConfigured(
            f"{name} must look like https://models.example/v1, without a login or a query."
        )
    return value


def service_key(name: str, *, sent_to: str) -> str:
    """Read the key of a service; it goes over HTTPS, or does not leave this machine."""
    value = os.environ.get(name, "").strip()
    if not value:
        return ""
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ImproperlyConfigured(f"{name} must be one word of plain letters, digits and signs.")
    parts = urlsplit(sent_to)
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured(f"{name} must be sent over https://, or to this machine.")
    return value


def token(name: str, *, at_least: int) -> str:
    """Read a word that somebody has to know; none is set, it is empty."""
    value = os.environ.get(name, "").strip()
    is_word = value.isascii() and value.isprintable() and " " not in value
    if value and not (is_word and len(value) >= at_least):
        raise ImproperlyConfigured(
            f"{name} must be one word of at least {at_least} plain letters, digits and signs."
        )
    return value


def broker(redis_url: str) -> str:
    """Say a redis-py address in the words of Celery, which spells sockets its own way."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = parse_qs(parts.query).get("db", ["0"])[-1]
    return f"redis+socket://{parts.path}?virtual_host={number}"
