"""A stand-in for the Python package index on 127.0.0.1, and the way there for clients that know its name only."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

Handler = BaseHTTPRequestHandler
Behaviour = Callable[[Handler], None]


def answering(status: int, body: object, *, headers: Mapping[str, str] | None = None) -> Behaviour:
    """The same answer to every question; a text is sent as it is, everything else as JSON."""
    data = (body if isinstance(body, str) else json.dumps(body)).encode()

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def page(*vulnerabilities: Mapping[str, Any]) -> Behaviour:
    """What the index says of a release."""
    return answering(200, {"info": {}, "vulnerabilities": list(vulnerabilities)})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    pages: Mapping[str, Behaviour]
    otherwise: Behaviour


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Tests print nothing."""

    def do_GET(self) -> None:
        server = cast("_Server", self.server)
        server.pages.get(self.path, server.otherwise)(self)


class Way(HTTPAdapter):
    """Takes whatever is meant for the index to the stand-in."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def send(self, request: PreparedRequest, *rest: Any, **more: Any) -> Response:
        request.url = f"http://127.0.0.1:{self.port}{request.path_url}"
        return super().send(request, *rest, **more)


@contextmanager
def index(pages: Mapping[str, Behaviour], otherwise: Behaviour) -> Iterator[Way]:
    """The stand-in for as long as the block lasts; ``pages`` are by path."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.pages, server.otherwise = pages, otherwise
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Way(server.server_port)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
