"""What CI runs, whatever the system: commands and actions with their places, triggers and conditions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from skillaudit.configuration import List, Map, Node, Text, Unresolved, at, children, pairs, raw
from skillaudit.model import Gap, Location
from skillaudit.survey import Files

_GITHUB: Final = "GitHub Actions"
_MOST = 3000
_LONGEST = 4000
_WORKFLOW: Final = re.compile(r"\.(?:github|gitea|forgejo)/workflows/[^/]+\.ya?ml")
_COMPOSITE = re.compile(r"(?:.*/)?action\.ya?ml")
_OTHERS: Final = (
    ("GitLab CI", re.compile(r"\.gitlab-ci\.ya?ml|\.gitlab(?:-ci)?/(?:.*/)?[^/]+\.ya?ml|[^/]+\.gitlab-ci\.ya?ml")),
    ("CircleCI", re.compile(r"\.circleci/[^/]+\.ya?ml")),
    ("Azure Pipelines", re.compile(
        r"(?:.*/)?\.?azure-pipelines?[^/]*(?:/.*)?\.ya?ml|\.(?:pipelines|azuredevops)/.*\.ya?ml")),
    ("Travis CI", re.compile(r"\.travis\.ya?ml")),
    ("Bitbucket Pipelines", re.compile(r"bitbucket-pipelines\.ya?ml")),
    ("Buildkite", re.compile(r"\.buildkite/.*\.ya?ml")),
    ("Drone", re.compile(r"\.drone\.ya?ml")),
    ("Woodpecker", re.compile(r"\.woodpecker(?:/.*)?\.ya?ml")),
    ("Cirrus CI", re.compile(r"\.cirrus\.ya?ml")),
    ("AppVeyor", re.compile(r"\.?appveyor\.ya?ml")),
    ("Semaphore", re.compile(r"\.semaphore/.*\.ya?ml")),
    ("Cloud Build", re.compile(r"cloudbuild[^/]*\.ya?ml")),
    ("CodeBuild", re.compile(r"buildspec[^/]*\.ya?ml")),
    ("Tekton", re.compile(r"\.tekton/.*\.ya?ml")),
)  # fmt: skip
_JENKINS: Final = re.compile(r"(?:.*/)?Jenkinsfile[^/]*")
_JENKINS_STEP = re.compile(
    r"\b(?:sh|bat|powershell)\b[ (]*(?:script: *)?(?P<quote>'''|\"\"\"|'|\")(?P<said>.{1,2000}?)(?P=quote)", re.DOTALL
)
ELSEWHERE: Final = re.compile(r"\.ci-operator\.ya?ml|\.prow\.ya?ml|\.prow/.*|\.zuul\.ya?ml|zuul\.d/.*\.ya?ml")
"""Markers of CI whose jobs are defined in another repository."""
_SAYS = {
    "script", "before_script", "after_script", "run", "command", "commands", "bash", "powershell", "pwsh", "sh", "cmd",
    "args", "install", "customcommand", "task", "template", "steps", "include", "component", "inlinescript", "uses",
    "test_script", "build_script", "script_file", "orbs", "entrypoint", "plugins", "before_install", "arguments",
    "local", "remote",
}  # fmt: skip
_PERSON = {"workflow_dispatch"}
_NEVER = re.compile(r"^(?:\$\{\{)?\s*false\s*(?:\}\})?$")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that CI runs: a line of a script or an action.

    Attributes:
        location: Its line.
        text: The command line, or the action with its ref.
        action: It is an action, not a command.
        system: The CI system.
        triggers: Events that start the workflow; empty for systems that start on every push.
        guard: Conditions of its job and step.
        inputs: What an action is given, by name.
    """

    location: Location
    text: str
    system: str
    triggers: tuple[str, ...] = ()
    guard: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    action: bool = True

    @property
    def automatic(self) -> bool:
        """Whether something other than a person starts it, and no condition always prevents it."""
        return not (self.triggers and set(self.triggers) <= _PERSON) and not _NEVER.match(self.guard)

    @property
    def scheduled(self) -> bool:
        """Whether it also runs without a push."""
        return "schedule" in self.triggers


def pipelines(files: Files) -> Iterator[tuple[Location, str]]:
    """Every file that configures CI, with its system."""
    for path in files.known:
        if (system := _system(path)) is not None:
            yield Location(path, 1), system


def said(files: Files) -> Iterator[Said]:
    """Everything that CI runs, file by file; what is too much for one file is a gap."""
    for path in files.known:
        found = list(islice(_said(files, path), _MOST + 1))
        if len(found) > _MOST:
            files.gaps.append(Gap("upkeep", path, f"more than {_MOST} commands"))
        yield from found[:_MOST]


def _said(files: Files, path: str) -> Iterator[Said]:
    system = _system(path)
    composite = system is None and _COMPOSITE.fullmatch(path) is not None
    if system == "Jenkins":
        text = files.text(path)
        for found in _JENKINS_STEP.finditer(text):
            yield from _lines(path, text.count("\n", 0, found.start("said")) + 1, found["said"], system)
    elif (system or composite) and (root := files.tree(path)) is not None:
        if composite:
            for step in children(root, "runs", "steps"):
                yield from _step(path, step, (), "")
        elif system == _GITHUB:
            yield from _workflow(path, root)
        elif system:
            yield from _anything(path, root, system, spoken=False)


def _system(path: str) -> str | None:
    if _WORKFLOW.fullmatch(path):
        return _GITHUB
    if _JENKINS.fullmatch(path):
        return "Jenkins"
    return next((system for system, pattern in _OTHERS if pattern.fullmatch(path)), None)


def triggers_of(root: Node) -> tuple[str, ...]:
    """The events that start a GitHub workflow."""
    match at(root, "on"):
        case Map(items=named):
            return tuple(name for name, _ in named)
        case List(items=items):
            return tuple(raw(item) for item in items)
        case Text(text=name) if name:
            return (name,)
        case _:
            return ()


def _workflow(path: str, root: Node) -> Iterator[Said]:
    triggers = triggers_of(root)
    for _, job in pairs(root, "jobs"):
        guard = raw(job, "if")
        if called := at(job, "uses"):
            yield Said(Location(path, called.line), raw(called), _GITHUB, triggers, guard)
        for step in children(job, "steps"):
            yield from _step(path, step, triggers, guard)


def _step(path: str, step: Node, triggers: tuple[str, ...], guard: str) -> Iterator[Said]:
    guard = " && ".join(part for part in (guard, raw(step, "if")) if part)
    if used := at(step, "uses"):
        inputs = tuple((name, raw(held)) for name, held in pairs(step, "with"))
        yield Said(Location(path, used.line), raw(used), _GITHUB, triggers, guard, inputs)
    if run := at(step, "run"):
        yield from _lines(path, run.line, raw(run), _GITHUB, triggers, guard)


def _anything(path: str, node: Node, system: str, *, spoken: bool) -> Iterator[Said]:
    """What is said below keys that hold commands, whatever else the format nests around them."""
    match node:
        case Map(items=named):
            for key, held in named:
                name = key.lower()
                says = name in _SAYS or (spoken and not isinstance(held, Text | Unresolved))
                yield from _anything(path, held, system, spoken=says)
                if spoken and name not in _SAYS:
                    yield from _lines(path, held.line, key, system)
        case List(items=items):
            for item in items:
                yield from _anything(path, item, system, spoken=spoken)
        case Text(line=line, text=text) | Unresolved(line=line, text=text) if spoken:
            yield from _lines(path, line, text, system)
        case _:
            pass


def _lines(  # noqa: PLR0913, PLR0917 - the parts of what is said
    path: str, line: int, text: str, system: str, triggers: tuple[str, ...] = (), guard: str = ""
) -> Iterator[Said]:
    """A script line by line, continued lines together; a block's text begins on the line after its key."""
    first = line + 1 if "\n" in text else line
    held, start = "", first
    for number, one in enumerate(text.split("\n"), first):
        start = start if held else number
        held = f"{held} {one.strip()}".strip()[:_LONGEST]
        if held.endswith("\\"):
            held = held[:-1].rstrip()
            continue
        if held and not held.startswith("#"):
            yield Said(Location(path, start), held, system, triggers, guard, action=False)
        held = ""
