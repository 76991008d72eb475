"""A receiver of webhooks: a real HTTP server on the loopback that writes down what came."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from standardwebhooks import Webhook


class Receiver:
    """Answers with what `answers` says, one after the other, then with 204."""

    def __init__(self, server, host="localhost"):
        self.url = f"http://{host}:{server.server_port}/news"
        self.came, self.answers, self.headers = [], [], {}

    def take(self, headers, body):
        self.came.append(({name.lower(): value for name, value in headers.items()}, body))
        return self.answers.pop(0) if self.answers else 204

    @property
    def taken(self):
        """What came, as the news that it is."""
        return [json.loads(body) for _headers, body in self.came]

    def verified(self, secret):
        """What came, each checked with the library that receivers use."""
        return [Webhook(secret).verify(body, headers) for headers, body in self.came]


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Say nothing of clients that hang up: some tests want them to."""


@contextmanager
def receiving(*, tls=None):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = receiver.take(self.headers, body)
            if callable(answer):
                answer(self)
                return
            self.send_response(answer)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        if tls:
            server.socket = tls.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        receiver = Receiver(server)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()


class Site:
    """A web site: what stands at each path, and what was asked for."""

    def __init__(self, server):
        self.url, self.asked, self._pages = f"http://localhost:{server.server_port}", [], {}

    def put(self, path, body, kind, *, status=200, location=""):
        self._pages[path] = (status, {"Content-Type": kind, "Location": location}, body)

    def answer(self, handler):
        self.asked.append(handler.path)
        status, headers, body = self._pages[handler.path]
        handler.send_response(status)
        for name, value in headers.items():
            if value:
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


@contextmanager
def serving():
    """Serve pages on the loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.answer(self)

        def log_message(self, *args):
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        site = Site(server)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield site
        server.shutdown()
        thread.join()
