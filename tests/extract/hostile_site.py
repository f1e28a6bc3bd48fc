"""A hostile web server on loopback, and fetchers that may reach that one address alone."""

import socketserver
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from extract.errors import UnreadableError
from extract.readers import FetchPolicy
from extract.readers.url import Fetcher

LOOPBACK = "127.0.0.1"
TEXT = "Russian forces shelled Bakhmut in Donetsk Oblast on Friday, the governor said."
PAGE = f"<html><head><title>Town shelled</title></head><body><article><p>{TEXT}</p></article></body></html>".encode()
Answer = Callable[[], Iterator[bytes]]


def answer(body: bytes = PAGE, *, status: str = "200 OK", **headers: str) -> Answer:
    """A whole answer; headers by name with underscores, `Content_Length` may lie."""
    stated = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    stated |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in stated.items())
    return lambda: iter([f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body])


def redirect(location: str) -> Answer:
    return answer(b"", status="302 Found", Location=location)


def drip(first: bytes, piece: bytes = b"x", *, seconds: float = 0.05) -> Answer:
    """The beginning, then a byte now and then for as long as somebody listens."""

    def run() -> Iterator[bytes]:
        yield first
        for _ in range(400):
            time.sleep(seconds)
            yield piece

    return run


class Site:
    """A server on loopback: `routes` maps a path to its answer; `asked` holds the requests as they came."""

    def __init__(self) -> None:
        self.routes: dict[str, Answer] = {}
        self.asked: list[str] = []
        site = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                request = "".join(line.decode("latin-1") for line in iter(self.rfile.readline, b"\r\n") if line)
                site.asked.append(request)
                path = request.split(" ")[1]
                give = site.routes.get(path, answer(b"", status="404 Not Found"))
                try:
                    for piece in give():
                        self.wfile.write(piece)
                        self.wfile.flush()
                except OSError:
                    pass  # the reader hung up, as it should on much of this

        self.server = socketserver.ThreadingTCPServer((LOOPBACK, 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://{LOOPBACK}:{self.server.server_address[1]}"

    def paths(self) -> list[str]:
        return [request.split(" ")[1] for request in self.asked]


def opened(**options) -> Fetcher:
    policy = {"step_seconds": 1.0, "overall_seconds": 3.0, "allow_addresses": (LOOPBACK,)}
    return Fetcher(FetchPolicy(**policy | options))


def refused(fetcher: Fetcher, url: str, kind: type[Exception] = UnreadableError) -> str:
    with pytest.raises(kind) as caught:
        fetcher.fetch(url)
    return str(caught.value)
