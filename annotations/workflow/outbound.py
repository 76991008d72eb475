"""Requests to addresses that people typed: never into our own network.

The name is resolved here, every address that it has is checked, and the connection goes to the
address that was checked, so that a name which changes between check and use gains nothing.
Redirects are not followed: the answer says that there was one.
"""

import socket
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from ssl import SSLContext
from typing import Any

import httpcore
import httpx
from django.conf import settings
from httpcore import SOCKET_OPTION

Resolver = Callable[[str, int], Sequence[str]]

PATIENCE = 15.0  # seconds for one request from beginning to end
CONNECT_PATIENCE = 5.0
TAKEN_AT_MOST = 16_384  # bytes of an answer; the rest is left unread
_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_FAILURES = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


class NotReached(Exception):
    """No answer came; says why in a few words."""


class ForbiddenAddress(NotReached):
    """The name leads to an address that is not of the public internet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the beginning of the body, and how long to wait if it says so."""

    status: int
    body: str
    retry_after: str = ""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Page:
    """What stands at an address; `location` is where a redirect leads."""

    status: int
    body: bytes
    kind: str
    location: str = ""


def look_up(host: str, port: int) -> list[str]:
    """Ask the system for all addresses of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def is_public(address: str) -> bool:
    """Say whether an address is of the public internet, also where another is wrapped in it."""
    found = _unwrapped(ip_address(address))
    if isinstance(found, IPv6Address) and found not in _UNICAST:
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def is_allowed_by_name(host: str) -> bool:
    """Say whether the operator named this host in the settings."""
    return host.lower().rstrip(".") in settings.OUTBOUND_ALLOWED_HOSTS


def post(
    url: str, *, content: bytes, headers: Mapping[str, str], resolve: Resolver = look_up
) -> Answer:
    """Send one POST request and read the beginning of the answer; raise NotReached if none came."""
    with _opened("POST", url, content=content, headers=headers, resolve=resolve) as response:
        return _read(response)


def get(url: str, *, at_most: int, resolve: Resolver = look_up) -> Page:
    """Fetch what stands at an address, a byte more than so many at most; else raise NotReached."""
    headers = {"accept": "text/html, application/xhtml+xml", "accept-encoding": "identity"}
    with _opened("GET", url, content=None, headers=headers, resolve=resolve) as response:
        taken = b""
        for piece in response.iter_stream():
            taken += piece
            if len(taken) > at_most:
                break
        said = {name.lower(): value.decode("latin-1") for name, value in response.headers}
    return Page(response.status, taken, said.get(b"content-type", ""), said.get(b"location", ""))


@contextmanager
def _opened(
    method: str,
    url: str,
    *,
    content: bytes | None,
    headers: Mapping[str, str],
    resolve: Resolver,
) -> Iterator[httpcore.Response]:
    backend = Guarded(resolve=resolve, deadline=time.monotonic() + PATIENCE)
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=_trust(), network_backend=backend, max_keepalive_connections=0
            ) as pool,
            pool.stream(method, url, headers=_encoded(headers), content=content) as response,
        ):
            yield response
    except _FAILURES as error:
        raise NotReached(f"{type(error).__name__}: {error}"[:300]) from error


class Guarded(httpcore.NetworkBackend):
    """Connects to public addresses, and to the hosts that the operator named."""

    def __init__(self, *, resolve: Resolver, deadline: float) -> None:
        self._resolve = resolve
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in self._checked(host, port):
            patience = min(CONNECT_PATIENCE, _left(self._deadline))
            try:
                stream = self._plain.connect_tcp(address, port, timeout=patience)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return Hurried(stream, self._deadline)
        raise failure or httpcore.ConnectError("The name has no address.")

    def _checked(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of the host, if all of them may be connected to."""
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"The name is not known: {error}") from error
        if not is_allowed_by_name(host):
            for address in found:
                if not is_public(address):
                    raise ForbiddenAddress(f"{host} leads to {address}, which is not public.")
        return found


class Hurried(httpcore.NetworkStream):
    """A connection on which no single step outlasts the time for the whole request."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=_left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=_left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(
            ssl_context, server_hostname=server_hostname, timeout=_left(self._deadline)
        )
        return Hurried(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout(f"Not done after {PATIENCE:.0f} seconds.")
    return left


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address inside an IPv6 one, where traffic to it would end up there."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _read(response: httpcore.Response) -> Answer:
    taken = b""
    for piece in response.iter_stream():
        taken += piece
        if len(taken) >= TAKEN_AT_MOST:
            break
    waits = [value for name, value in response.headers if name.lower() == b"retry-after"]
    return Answer(
        status=response.status,
        body=taken[:TAKEN_AT_MOST].decode("utf-8", "replace"),
        retry_after=waits[0].decode("ascii", "replace") if waits else "",
    )


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]


@lru_cache
def _trust() -> SSLContext:
    """Trust the usual authorities, or those in the file that SSL_CERT_FILE names."""
    return httpx.create_ssl_context()
