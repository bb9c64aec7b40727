"""What CI runs, whatever the system: commands and actions with their places, triggers and conditions."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

import msgspec
from msgspec.structs import replace

from skillaudit.configuration import List, Map, Node, Text, Unresolved, at, children, pairs, raw
from skillaudit.model import Gap, Location
from skillaudit.treefiles import Files

_GITHUB: Final = "GitHub Actions"
_CLOUD_BUILD: Final = "Cloud Build"
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
    (_CLOUD_BUILD, re.compile(r"cloudbuild[^/]*\.ya?ml")),
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


class Said(msgspec.Struct, frozen=True):
    """One thing that CI runs: a line of a script or an action.

    Attributes:
        location: Its line.
        text: The command line, or the action with its ref.
        action: It is an action, not a command.
        system: The CI system.
        triggers: Events that start the workflow; empty for systems that start on every push.
        guard: Conditions of its job and step.
        inputs: What an action is given, by name.
        job: The name of its job and step, where they have one.
        folder: Where it runs, as it is written.
    """

    location: Location
    text: str
    system: str
    triggers: tuple[str, ...] = ()
    guard: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    action: bool = True
    job: str = ""
    folder: str = ""

    @property
    def prevented(self) -> bool:
        """Whether a condition always prevents it."""
        return _NEVER.match(self.guard) is not None

    @property
    def automatic(self) -> bool:
        """Whether something other than a person starts it, and no condition always prevents it."""
        return not (self.triggers and set(self.triggers) <= _PERSON) and not self.prevented

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
            around = Said(Location(path, text.count("\n", 0, found.start("said")) + 1), "", system)
            yield from _lines(around, around.location.line, found["said"])
    elif (system or composite) and (root := files.tree(path)) is not None:
        if composite:
            for step in children(root, "runs", "steps"):
                yield from _step(Said(Location(path, step.line), "", _GITHUB), step)
        elif system == _GITHUB:
            yield from _workflow(path, root)
        elif system:
            yield from _images(path, root, system)
            yield from _anything(Said(Location(path, 1), "", system), root, spoken=False)


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
    for name, job in pairs(root, "jobs"):
        folder = raw(job, "defaults", "run", "working-directory") or raw(root, "defaults", "run", "working-directory")
        place = Location(path, job.line)
        around = Said(place, "", _GITHUB, triggers, raw(job, "if"), job=f"{name} {raw(job, 'name')}", folder=folder)
        if called := at(job, "uses"):
            yield replace(around, location=Location(path, called.line), text=raw(called))
        for step in children(job, "steps"):
            yield from _step(around, step)


def _step(around: Said, step: Node) -> Iterator[Said]:
    path = around.location.path
    around = replace(
        around,
        guard=" && ".join(part for part in (around.guard, raw(step, "if")) if part),
        job=f"{around.job} {raw(step, 'name')}".strip(),
        folder=raw(step, "working-directory") or around.folder,
    )
    if used := at(step, "uses"):
        inputs = tuple((name, raw(held)) for name, held in pairs(step, "with"))
        yield replace(around, location=Location(path, used.line), text=raw(used), inputs=inputs)
    if run := at(step, "run"):
        yield from _lines(around, run.line, raw(run))


def _images(path: str, root: Node, system: str) -> Iterator[Said]:
    """Cloud Build's steps: an image, or its entry point, with arguments word by word."""
    for step in children(root, "steps") if system == _CLOUD_BUILD else ():
        program = (raw(step, "entrypoint") or raw(step, "name")).partition(":")[0].rpartition("/")[2]
        words = [raw(one) for one in children(step, "args")]
        if program and words and not any("\n" in one for one in words):
            place = at(step, "args") or step
            yield Said(
                Location(path, place.line), " ".join((program, *words))[:_LONGEST], system,
                job=raw(step, "id"), folder=raw(step, "dir"), action=False,
            )  # fmt: skip


def _anything(around: Said, node: Node, *, spoken: bool) -> Iterator[Said]:
    """What is said below keys that hold commands, whatever else the format nests around them."""
    match node:
        case Map(items=named):
            for key, held in named:
                name = key.lower()
                says = name in _SAYS or (spoken and not isinstance(held, Text | Unresolved))
                yield from _anything(around, held, spoken=says)
                if spoken and name not in _SAYS:
                    yield from _lines(around, held.line, key)
        case List(items=items):
            for item in items:
                yield from _anything(around, item, spoken=spoken)
        case Text(line=line, text=text) | Unresolved(line=line, text=text) if spoken:
            yield from _lines(around, line, text)
        case _:
            pass


def _lines(around: Said, line: int, text: str) -> Iterator[Said]:
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
            yield replace(around, location=Location(around.location.path, start), text=held, action=False)
        held = ""
