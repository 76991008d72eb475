"""Who publishes: what the formats need to know of a desk."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from annotations.exports.records import Record
from annotations.models import Desk


class Publisher(NamedTuple):
    """A desk as readers of its exports know it; `base` is where this server is reached."""

    slug: str
    name: str
    language: str
    base: str
    site_url: str
    check_url: str
    license_url: str
    is_public: bool
    takes_unrated: bool
    scale: Sequence[Mapping[str, Any]]

    @property
    def home(self) -> str:
        """The address that stands for the publisher."""
        return self.site_url or f"{self.base}/public/{self.slug}/"

    def owns(self, host: str) -> bool:
        """Say whether a host is the publisher's own: their site's, or that of their pages here."""
        has_pages_here = self.is_public and not self.check_url
        return is_under(host, host_of(self.home)) or (has_pages_here and host == host_of(self.base))

    def check_address(self, record: Record) -> str:
        """Say where people read this check: on the publisher's site or the desk's public page."""
        if self.check_url:
            named = self.check_url.replace("{id}", str(record.id))
            return named.replace("{article}", str(record.article_id))
        return f"{self.base}/public/{self.slug}/{record.id}/" if self.is_public else ""


def base_of(address: str) -> str:
    """Return where this server is reached: as the settings say, else as the request came."""
    if settings.PUBLIC_URL:
        return str(settings.PUBLIC_URL).rstrip("/")
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def publisher_of(desk: Desk, base: str) -> Publisher:
    return Publisher(
        slug=desk.slug,
        name=desk.name,
        language=desk.language,
        base=base,
        site_url=desk.site_url,
        check_url=desk.check_url,
        license_url=desk.license_url,
        is_public=desk.publishes_publicly,
        takes_unrated=desk.reviews_without_rating,
        scale=desk.rating_scale,
    )


@lru_cache(maxsize=4096)
def host_of(address: str) -> str:
    """Return the host of an address in lower case, without `www.`; empty where there is none."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def is_under(host: str, other: str) -> bool:
    """Say whether a host is another, or below it."""
    return bool(other) and (host == other or host.endswith(f".{other}"))
