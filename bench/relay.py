"""Between a program and the web server: passes on what they say, and counts it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import create_connection
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Lock, Thread

from bench.wire import HOST

PIECE = 65_536


class Relay(ThreadingTCPServer):
    """Takes one request a connection, as a program does that keeps none."""

    daemon_threads, block_on_close = True, False

    def __init__(self, web: int) -> None:
        super().__init__((HOST, 0), _Passing)
        self.web, self.requests, self.bytes = web, 0, 0
        self._lock = Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def count(self, *, requests: int = 0, content: int = 0) -> None:
        with self._lock:
            self.requests += requests
            self.bytes += content


class _Passing(BaseRequestHandler):
    server: Relay

    def handle(self) -> None:
        with suppress(OSError), create_connection((HOST, self.server.web)) as web:
            web.sendall(self.request.recv(PIECE))
            self.server.count(requests=1)
            while piece := web.recv(PIECE):
                self.server.count(content=len(piece))
                self.request.sendall(piece)


@contextmanager
def relayed(web: int) -> Iterator[Relay]:
    with Relay(web) as relay:
        Thread(target=relay.serve_forever, daemon=True).start()
        yield relay
        relay.shutdown()
