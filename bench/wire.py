"""A client that costs next to nothing, so that what is measured is the server."""

import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import NamedTuple

import orjson

HOST = "127.0.0.1"


class Answer(NamedTuple):
    status: int
    body: bytes


class UnexpectedAnswer(RuntimeError):
    """The server did not do what was to be measured."""


class Connection:
    """One HTTP/1.1 connection that is kept alive."""

    def __init__(self, port: int, *headers: str) -> None:
        self._socket = socket.create_connection((HOST, port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._stream = self._socket.makefile("rb")
        self._head = "".join(f"{line}\r\n" for line in (f"Host: {HOST}:{port}", *headers))

    def ask(self, method: str, path: str, data: object = None) -> Answer:
        """Send a request and read the whole answer."""
        status, pieces = self.begin(method, path, data)
        return Answer(status, b"".join(pieces))

    def begin(self, method: str, path: str, data: object = None) -> tuple[int, Iterator[bytes]]:
        """Send a request; return the status, and the body as it comes."""
        body = b"" if data is None else orjson.dumps(data)
        head = f"{method} {path} HTTP/1.1\r\n{self._head}Content-Length: {len(body)}\r\n"
        if body:
            head += "Content-Type: application/json\r\n"
        self._socket.sendall(f"{head}\r\n".encode() + body)
        status = int(self._stream.readline().split(b" ", 2)[1])
        headers = dict(self._headers())
        if b"chunked" in headers.get(b"transfer-encoding", b""):
            return status, self._chunks()
        return status, iter([self._stream.read(int(headers.get(b"content-length", b"0")))])

    def close(self) -> None:
        self._stream.close()
        self._socket.close()

    def _headers(self) -> Iterator[tuple[bytes, bytes]]:
        while line := self._stream.readline().strip().lower():
            name, _colon, value = line.partition(b":")
            yield name, value.strip()

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self._stream.readline(), 16):
            yield self._stream.read(size)
            self._stream.readline()
        self._stream.readline()


Request = tuple[str, str, object]


def timed(connection: Connection, requests: Sequence[Request]) -> list[float]:
    """Send requests one after the other; return how long each took, in milliseconds."""
    durations = []
    for method, path, data in requests:
        started = perf_counter()
        answer = connection.ask(method, path, data)
        durations.append((perf_counter() - started) * 1000)
        if answer.status not in {200, 201}:
            raise UnexpectedAnswer(f"{method} {path}: {answer.status} {answer.body[:300]!r}")
    return durations


def at_once(connect: Callable[[int], Connection], work: Sequence[Sequence[Request]]) -> list[float]:
    """Let one client for each share of the work run beside the others."""
    clients = [connect(number) for number in range(len(work))]
    with ThreadPoolExecutor(len(work)) as pool:
        durations = list(pool.map(timed, clients, work))
    for client in clients:
        client.close()
    return [one for share in durations for one in share]
