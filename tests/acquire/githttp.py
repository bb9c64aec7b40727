"""A real smart-HTTP git server on 127.0.0.1, with the misbehaviour that the tests need."""

import os
import shutil
import struct
import subprocess
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

_ADVERTISEMENT = "application/x-git-upload-pack-advertisement"
HUGE = 200 * 1024 * 1024
_GIT = shutil.which("git") or "git"
_GIT_ENV = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "C",
    "GIT_COMMITTER_EMAIL": "c@example.org",
    "GIT_AUTHOR_DATE": "2026-03-04T05:06:07Z",
    "GIT_COMMITTER_DATE": "2026-03-04T05:06:07Z",
}


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> str:
    """Run git in a folder of the test and return what it prints."""
    done = subprocess.run([_GIT, *arguments], cwd=folder, env=_GIT_ENV, input=stdin, capture_output=True, check=True)
    return done.stdout.decode().strip()


def new_repository(folder: Path) -> Path:
    """An empty repository with a working tree."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def commit_all(repository: Path) -> str:
    """Commit everything in the working tree; the commit's id."""
    git(repository, "add", "--all", "--force")
    git(repository, "commit", "--quiet", "--message=x")
    return git(repository, "rev-parse", "HEAD")


def commit_entries(repository: Path, entries: list[tuple[bytes, bytes, str]]) -> str:
    """Commit a tree with exactly these (mode, name, id) entries, however hostile, on main."""
    raw = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(sha) for mode, name, sha in entries)
    tree = git(repository, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=raw)
    commit = git(repository, "commit-tree", tree, "-m", "x")
    git(repository, "update-ref", "refs/heads/main", commit)
    return commit


def blob(repository: Path, data: bytes) -> str:
    """Store a blob; its id."""
    return git(repository, "hash-object", "-w", "--stdin", stdin=data)


class GitServer(ThreadingHTTPServer):
    """Serves the repositories below ``root``; ``redirects`` maps the first folder of a path to a new start."""

    daemon_threads = True

    def __init__(self, root: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.root = root
        self.redirects: dict[str, str] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()

    def url(self, name: str) -> str:
        """The URL of a repository."""
        return f"http://127.0.0.1:{self.server_port}/{name}"


class _Handler(BaseHTTPRequestHandler):
    server: GitServer

    def do_GET(self) -> None:
        first = self.path.split("/")[1]
        self.server.requests.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        if first in self.server.redirects:
            self.send_response(301)
            self.send_header("Location", self.server.redirects[first] + self.path[len(first) + 1 :])
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif first == "hang":
            self.server.stopping.wait(60)
        elif first == "error":
            self._answer(200, {"Content-Type": _ADVERTISEMENT}, _packet(b"ERR evil\x1b[31m\x07 text"))
        elif first in {"flood-pack", "flood-messages"}:
            self.path = f"/plain{self.path[len(first) + 1 :]}"
            self._backend(flood=first.removeprefix("flood-"))
        else:
            self._backend()

    do_POST = do_GET  # noqa: N815 - the name http.server looks for

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""

    def _backend(self, flood: str = "") -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if flood and b"command=fetch" in body:
            self._flood(flood)
            return
        env = {
            **_GIT_ENV,
            "GIT_PROJECT_ROOT": str(self.server.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type") or "",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding") or "",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol") or "",
            "REMOTE_ADDR": "127.0.0.1",
        }
        done = subprocess.run([_GIT, "http-backend"], env=env, input=body, capture_output=True, check=False)
        head, _, payload = done.stdout.partition(b"\r\n\r\n")
        headers = [line.split(": ", 1) for line in head.decode().splitlines()]
        status = next((int(value.split()[0]) for key, value in headers if key == "Status"), 200)
        self._answer(status, {key: value for key, value in headers if key != "Status"}, payload)

    def _answer(self, status: int, headers: dict[str, str], payload: bytes) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def _flood(self, kind: str) -> None:
        """Answer a fetch without end: a pack with one endless blob, or messages for the user."""
        self.send_response(200)
        self.send_header("Content-Type", "application/x-git-upload-pack-result")
        self.end_headers()
        stream = zlib.compressobj(0)
        start = b"PACK" + struct.pack(">II", 2, 1) + b"\xbf\xff\xff\xff\xff\x7f"
        with suppress(OSError):
            self.wfile.write(_packet(b"packfile\n"))
            self.wfile.write(_packet(b"\1" + start))
            while not self.server.stopping.is_set():
                endless = stream.compress(os.urandom(32_000)) if kind == "pack" else b"text\n" * 6_000
                self.wfile.write(_packet((b"\1" if kind == "pack" else b"\2") + endless))


def _packet(data: bytes) -> bytes:
    return b"%04x" % (len(data) + 4) + data


@contextmanager
def serve(root: Path) -> Iterator[GitServer]:
    """A running server for the repositories below `root`."""
    server = GitServer(root)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
