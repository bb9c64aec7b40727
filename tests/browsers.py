"""A real browser, by the WebDriver protocol that its driver speaks (https://www.w3.org/TR/webdriver/)."""

import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from oracles import program


class Browser:
    """One window."""

    def __init__(self, url: str) -> None:
        self._url = url

    def ask(self, method: str, path: str, **body: Any) -> Any:
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(f"{self._url}/{path}", data, method=method)  # noqa: S310 - loopback
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - same
            return json.load(answer)["value"]

    def open(self, page: Path, width: int) -> None:
        self.ask("POST", "window/rect", width=width, height=900)
        self.ask("POST", "url", url=page.as_uri())

    def run(self, script: str) -> Any:
        """What a function body returns in the page."""
        return self.ask("POST", "execute/sync", script=script, args=[])

    def log(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("POST", "se/log", type=kind)
        return found

    def requests(self) -> list[str]:
        """Every URL that the page asked for; the browser's own first page is not ours."""
        events = [json.loads(entry["message"])["message"] for entry in self.log("performance")]
        sent = [one["params"] for one in events if one["method"] == "Network.requestWillBeSent"]
        return [one["request"]["url"] for one in sent if not one["documentURL"].startswith("chrome:")]


@contextmanager
def browser(home: Path) -> Iterator[Browser]:
    """Chromium without a screen, with a profile of its own."""
    driver, chromium = program("chromedriver"), program("chromium")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    process = subprocess.Popen([driver, f"--port={port}", "--silent"], env=environment)
    try:
        _wait(port)
        window = Browser(f"http://127.0.0.1:{port}")
        options = {
            "binary": chromium,
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={home / 'profile'}"],
        }
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        session = window.ask("POST", "session", capabilities={"alwaysMatch": wanted})["sessionId"]
        yield Browser(f"http://127.0.0.1:{port}/session/{session}")
        window.ask("DELETE", f"session/{session}")
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the driver does not listen")
