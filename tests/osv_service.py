"""A stand-in for OSV on 127.0.0.1, with a matching of its own, so that two clients can be held against each other."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from packaging.utils import canonicalize_name
from packaging.version import Version

Record = Mapping[str, Any]


def record(identifier: str, package: str, fixed: str, *aliases: str, ecosystem: str = "PyPI", **more: Any) -> Record:
    """Everything before a version is affected."""
    events = [{"introduced": "0"}, {"fixed": fixed}]
    affected = {
        "package": {"ecosystem": ecosystem, "name": package},
        "ranges": [{"type": "ECOSYSTEM", "events": events}],
    }
    return {"id": identifier, "aliases": list(aliases), "summary": f"about {package}", "affected": [affected], **more}


def _affects(one: Record, name: str, version: str) -> bool:
    for affected in one["affected"]:
        bounds = {kind: bound for event in affected["ranges"][0]["events"] for kind, bound in event.items()}
        if canonicalize_name(affected["package"]["name"]) == canonicalize_name(name):
            return Version(version) < Version(bounds["fixed"])
    return False


@dataclass
class Service:
    """What it answers.

    ``asked`` holds the bodies of all questions; ``failing`` paths answer 503, a page has ``page`` names, and
    ``instead`` answers everything if it is set.
    """

    records: Sequence[Record]
    url: str = ""
    page: int = 1000
    asked: list[Any] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)
    instead: object = None

    def found(self, query: Mapping[str, Any]) -> list[Record]:
        name, version = query["package"]["name"], query["version"]
        return [one for one in self.records if _affects(one, name, version)]

    def batch(self, query: Mapping[str, Any]) -> dict[str, Any]:
        start = int(query.get("page_token", 0))
        names = [{"id": one["id"]} for one in self.found(query)]
        answer: dict[str, Any] = {"vulns": names[start : start + self.page]} if names else {}
        return answer | ({"next_page_token": str(start + self.page)} if len(names) > start + self.page else {})


class _Server(ThreadingHTTPServer):
    service: Service


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Tests print nothing."""

    def do_POST(self) -> None:
        service = cast("_Server", self.server).service
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        service.asked.append(body)
        if service.instead is not None:
            self._answer(service.instead)
        elif self.path == "/v1/querybatch":
            self._answer({"results": [service.batch(query) for query in body["queries"]]})
        else:
            self._answer({"vulns": found} if (found := service.found(body)) else {})

    def do_GET(self) -> None:
        service = cast("_Server", self.server).service
        identifier = self.path.rpartition("/")[2]
        self._answer(next((one for one in service.records if one["id"] == identifier), None))

    def _answer(self, value: object) -> None:
        service = cast("_Server", self.server).service
        failing = any(self.path.startswith(path) for path in service.failing)
        data = json.dumps(value).encode()
        self.send_response(503 if failing else 404 if value is None else 200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def serving(*records: Record) -> Iterator[Service]:
    """The stand-in for as long as the block lasts."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.service = Service(records, f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
