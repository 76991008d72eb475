"""A local server that speaks the chat protocol: it answers as a script says, call after call."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

JUDGED = {"check_worthy": 0.9, "kind": "event", "claimant": None, "words": []}


def judged(**said):
    """Judge every sentence that is asked for alike."""

    def answer(call):
        return envelope({"sentences": [row(one, **said) for one in sentences_of(call)]})

    return answer


def row(sentence, **said):
    return {"index": sentence["index"], **JUDGED, **said}


def judging(judge):
    """Judge each sentence by a function that says what differs from the usual."""

    def answer(call):
        rows = [row(one, **(judge(one) or {})) for one in sentences_of(call)]
        return envelope({"sentences": rows})

    return answer


def sentences_of(call):
    return json.loads(call["messages"][1]["content"])["sentences"]


def envelope(content, *, finish="stop", tokens=500):
    text = content if isinstance(content, str) else json.dumps(content)
    return status(
        200,
        {
            "choices": [{"message": {"content": text}, "finish_reason": finish}],
            "usage": {"total_tokens": tokens},
        },
    )


def status(code, body=None, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
    return code, raw, headers


def always(code, body=None, **headers):
    return lambda call: status(code, body, **headers)


def silence(call):
    """Take the call and say nothing."""


def dripping(call):
    """Answer for ever, a blank at a time."""
    return 200, None, {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        server = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        call = json.loads(body)
        server.calls.append(call)
        server.headers.append(dict(self.headers))
        script = server.script
        said = script[min(len(server.calls), len(script)) - 1](call)
        if said is None:
            server.closing.wait(30)
            self.close_connection = True
        else:
            self._send(*said)

    def _send(self, code, raw, headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(10**6 if raw is None else len(raw)))
        self.end_headers()
        if raw is not None:
            self.wfile.write(raw)
            return
        while not self.server.closing.wait(0.05):
            self.wfile.write(b" ")

    def log_message(self, *_args):
        """Say nothing: the tests look at `calls`."""


class ChatServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.script, self.calls, self.headers = [judged()], [], []
        self.closing = threading.Event()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def answers(self, *script):
        """Answer the calls one after the other like this; the last goes on for ever."""
        self.script = list(script)

    def handle_error(self, *_args):
        """Clients that hang up are what some tests are about."""


@contextmanager
def chat_server():
    server = ChatServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
