"""What GitHub Actions gives a step and takes from it: environment, workflow commands, files, and the REST interface."""

import json
import re
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from skillaudit.clean import clean
from skillaudit.errors import RefusedError

MAX_SUMMARY: Final = 1 << 20
"""Bytes of a step's summary, see "Adding a job summary" in GitHub's documentation."""
_SECONDS = 30
_MAX_ANSWER = 8 << 20
_REPOSITORY = re.compile(r"[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}")
_SHA = re.compile(r"[0-9a-f]{40}")
_RUNNER_COMMAND = re.compile(r"##\[")


class GitHubError(Exception):
    """A request was refused or not answered; ``status`` is 0 where there was no answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Runner:
    """A step's surroundings.

    Attributes:
        workspace: Where repositories are checked out.
        temp: A private folder of the job.
        output: The file that outputs are appended to.
        summary: The file that the summary is appended to.
        event: The payload of what triggered the workflow.
        event_name: Its name.
        repository: ``owner/name``.
        sha: The commit that runs.
        ref: The full ref that runs.
        api: The REST interface's URL.
        token: What authenticates; empty for none.
    """

    workspace: Path
    temp: Path
    output: Path
    summary: Path
    event: Mapping[str, Any]
    event_name: str
    repository: str
    sha: str
    ref: str
    api: str
    token: str = field(repr=False)

    def write_outputs(self, values: Mapping[str, str]) -> None:
        """Append outputs; a value can neither end its own entry nor begin another."""
        with self.output.open("a", encoding="utf-8") as file:
            for name, value in values.items():
                fence = f"end-{secrets.token_hex(16)}"
                file.write(f"{name}<<{fence}\n{value}\n{fence}\n")

    def write_summary(self, text: str) -> None:
        """Append to the step's summary as much as fits."""
        room = MAX_SUMMARY - (self.summary.stat().st_size if self.summary.exists() else 0)
        data = text.encode("utf-8")[: max(room, 0)].decode("utf-8", "ignore")
        with self.summary.open("a", encoding="utf-8") as file:
            file.write(data)

    def request(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Ask the REST interface.

        Raises:
            GitHubError: it refused, or did not answer with JSON.
        """
        request = urllib.request.Request(  # noqa: S310 - the URL is checked in `runner_of`
            f"{self.api}/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "User-Agent": "skillaudit",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        try:
            with _OPENER.open(request, timeout=_SECONDS) as answer:
                data = answer.read(_MAX_ANSWER)
                return json.loads(data) if data else None
        except urllib.error.HTTPError as error:
            raise GitHubError(error.code, f"{method} {path.partition('?')[0]} is answered with {error.code}") from error
        except (OSError, ValueError) as error:
            raise GitHubError(0, f"{method} {path.partition('?')[0]}: {type(error).__name__}") from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token is never carried to another place."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""
        return


_OPENER = urllib.request.build_opener(_NoRedirect)


def runner_of(environment: Mapping[str, str]) -> Runner:
    """The step's surroundings from its environment.

    Raises:
        RefusedError: a variable is missing or is not what GitHub sets.
    """
    repository, sha = _variable(environment, "GITHUB_REPOSITORY"), environment.get("GITHUB_SHA", "")
    api = environment.get("GITHUB_API_URL", "https://api.github.com").rstrip("/")
    if not _REPOSITORY.fullmatch(repository) or (sha and not _SHA.fullmatch(sha)):
        raise RefusedError("GITHUB_REPOSITORY or GITHUB_SHA is not what GitHub Actions sets")
    if not api.startswith(("https://", "http://127.0.0.1:")):
        raise RefusedError("GITHUB_API_URL is no https URL")
    return Runner(
        workspace=Path(_variable(environment, "GITHUB_WORKSPACE")),
        temp=Path(_variable(environment, "RUNNER_TEMP")),
        output=Path(_variable(environment, "GITHUB_OUTPUT")),
        summary=Path(_variable(environment, "GITHUB_STEP_SUMMARY")),
        event=_event(environment.get("GITHUB_EVENT_PATH", "")),
        event_name=environment.get("GITHUB_EVENT_NAME", ""),
        repository=repository,
        sha=sha,
        ref=environment.get("GITHUB_REF", ""),
        api=api,
        token=environment.get("INPUT_TOKEN", ""),
    )


def annotation(level: str, title: str, message: str, *, path: str = "", lines: tuple[int, int] = (0, 0)) -> str:
    """One workflow command that shows a message, at lines of a file where a path is given.

    Args:
        level: ``error``, ``warning`` or ``notice``.
        title: what stands above it.
        message: one line.
        path: relative to the repository, empty for none.
        lines: the first and the last line.
    """
    properties = {"title": title}
    if path:
        first, last = lines
        properties = {"file": path, "line": str(max(first, 1)), "endLine": str(max(first, last, 1)), **properties}
    joined = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {joined}::{_data(message)}"


def quoted(text: str) -> str:
    """Text for the log in which the runner finds no command, whoever wrote it."""
    fence = secrets.token_hex(16)
    lines = "\n".join(_RUNNER_COMMAND.sub("# #[", line) for line in text.splitlines())
    return f"::stop-commands::{fence}\n{lines}\n::{fence}::"


def _data(text: str) -> str:
    text = _RUNNER_COMMAND.sub("# #[", clean(text))
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _variable(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise RefusedError(f"{name} is not set: this command runs in GitHub Actions")
    return value


def _event(path: str) -> Mapping[str, Any]:
    """The payload; an empty one where there is none, as for workflows that are run by hand elsewhere."""
    if not path or not Path(path).is_file():
        return {}
    try:
        document = json.loads(Path(path).read_bytes())
    except (ValueError, RecursionError) as error:
        raise RefusedError("GITHUB_EVENT_PATH holds no JSON") from error
    return document if isinstance(document, dict) else {}
