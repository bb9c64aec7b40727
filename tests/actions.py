"""A stand-in for GitHub: a runner's environment in a folder, and its REST interface on the loopback interface."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import yaml

import skillaudit

LEAK = '    log.info("key %s", os.environ["API_KEY"])\n'
SERVER = (
    "import logging\nimport os\n\nlog = logging.getLogger(__name__)\nlogging.basicConfig(level=logging.INFO)\n\n"
    "def start() -> None:\n"
)
COMMENTS = "repos/owner/name/issues/7/comments"
ROOT = Path(skillaudit.__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}


@dataclass
class Api:
    """What was asked of the REST interface, and what it answers; by default everything is refused."""

    url: str = ""
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    answers: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)


@contextmanager
def api() -> Iterator[Api]:
    """The interface on a free port."""
    state = Api()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            path = self.path.partition("?")[0].strip("/")
            state.asked.append((self.command, self.path.strip("/"), body))
            state.tokens.add(self.headers.get("Authorization", ""))
            status, document = state.answers.get((self.command, path), (403, {"message": "forbidden"}))
            data = json.dumps(document).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", document)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = answer  # noqa: N815 - the names that the base class looks for

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()


@dataclass(frozen=True)
class Step:
    """What one step left behind."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


@dataclass
class Job:
    """A job's folders; ``event`` is the payload of what triggered it."""

    folder: Path
    api_url: str
    event_name: str = "push"
    event: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("workspace", "temp", "home"):
            (self.folder / name).mkdir()
        python = self.folder / "temp" / "skillaudit-venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        # The interpreter of these tests in place of the one that the step before installs; isolated all the same.
        python.write_text(f'#!/bin/sh\nshift\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -P "$@"\n', encoding="utf-8")
        python.chmod(0o755)

    @property
    def workspace(self) -> Path:
        return self.folder / "workspace"

    def environment(self, inputs: Mapping[str, str]) -> dict[str, str]:
        event = self.folder / "event.json"
        event.write_text(json.dumps(self.event), encoding="utf-8")
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder / "home"),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_EVENT_NAME": self.event_name,
            "GITHUB_REPOSITORY": "owner/name",
            "GITHUB_SHA": "a" * 40,
            "GITHUB_REF": "refs/pull/7/merge",
            "GITHUB_API_URL": self.api_url,
            "RUNNER_TEMP": str(self.folder / "temp"),
            "RUNNER_OS": "Linux",
            "ACTION_PATH": str(ROOT),
            **inputs,
        }

    def run(self, step: str, inputs: Mapping[str, str]) -> Step:
        """Run a step's script as the runner does: ``bash -e -o pipefail`` in the folder it names."""
        script = self.folder / "step.sh"
        script.write_text(STEPS[step]["run"], encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],  # noqa: S607
            cwd=self.folder / "temp",
            env=self.environment(inputs),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return Step(done.returncode, done.stdout + done.stderr, self._outputs(), self._text("summary"))

    def audit(self, **inputs: str) -> Step:
        """Run the audit with the inputs' defaults, except where they are given."""
        defaults = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        values = {**defaults, "token": "the-token", **given}
        named = {f"INPUT_{name.upper().replace('-', '_')}": value for name, value in values.items()}
        assert set(STEPS["Audit"]["env"]) <= set(named)
        return self.run("Audit", {name: named[name] for name in STEPS["Audit"]["env"]})

    def _text(self, name: str) -> str:
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _outputs(self) -> dict[str, str]:
        found: dict[str, str] = {}
        lines = iter(self._text("output").splitlines())
        for line in lines:
            name, _, fence = line.partition("<<")
            found[name] = "\n".join(iter(lambda: next(lines), fence))
        return found
