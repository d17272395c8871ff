"""A web site on loopback, whose every answer a test writes, down to the bytes."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

Answerer = Callable[["Handler"], None]


@dataclass
class Request:
    """A request that came in."""

    path: str
    headers: dict[str, str]
    came: float


@dataclass
class Site:
    """What a site answers by path, and what it was asked."""

    port: int = 0
    answers: dict[str, Answerer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def page(self, path: str, text: str, encoding: str = "utf-8", **headers: str) -> None:
        self.data(path, text.encode(encoding), **{"Content_Type": "text/html", **headers})

    def data(self, path: str, body: bytes, status: int = 200, **headers: str) -> None:
        self.answers[path] = lambda handler: handler.answer(status, body, headers)

    def moved(self, path: str, to: str, status: int = 302) -> None:
        self.data(path, b"", status, Location=to.encode().decode("latin-1"))

    def stream(self, path: str, pieces: Callable[[], Iterator[bytes]], head: str = "HTTP/1.1 200 OK\r\n\r\n") -> None:
        """Answer with raw bytes, from the status line on, piece by piece until the other side hangs up."""

        def answer(handler: "Handler") -> None:
            handler.close_connection = True
            handler.wfile.write(head.encode())
            for piece in pieces():
                handler.wfile.write(piece)
                handler.wfile.flush()

        self.answers[path] = answer


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        request = Request(self.path, {name.lower(): value for name, value in self.headers.items()}, time.monotonic())
        with self.site.lock:
            self.site.requests.append(request)
        try:
            self.site.answers.get(self.path, Handler.not_found)(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def not_found(self) -> None:
        self.answer(404, b"nothing here", {})

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def site_on_loopback() -> Iterator[Site]:
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"site": site}))
    server.daemon_threads = True
    server.block_on_close = False
    site.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
