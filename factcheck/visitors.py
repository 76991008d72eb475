"""From which address a request comes, behind as many proxies as the operator says."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

_OF_ONE_HOUSEHOLD = 64  # bits: what a provider gives one customer, who may use each address of it


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address, as the outermost of our own proxies saw it.

    Each proxy appends who asked it. What stands before that the visitor wrote: it proves nothing.
    """
    connected: str = request.META.get("REMOTE_ADDR", "")
    if not settings.PROXIES:
        return connected
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    outermost = told[-settings.PROXIES :][0]
    return outermost if _parsed(outermost) else connected


def household_of(request: HttpRequest) -> str:
    """Return the address by which a visitor is counted: of IPv6, the network of one customer."""
    text = address_of(request)
    parsed = _parsed(text)
    if not isinstance(parsed, IPv6Address):
        return text
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(IPv6Network((parsed, _OF_ONE_HOUSEHOLD), strict=False))


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address; one that names an interface of some machine is none that others know."""
    try:
        return None if "%" in text else ip_address(text)
    except ValueError:
        return None
