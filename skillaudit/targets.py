"""What stands behind the short names that CI calls: Makefile targets, scripts of manifests, script files."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from skillaudit.configuration import children, pairs, raw
from skillaudit.treefiles import Files

_MAKEFILE = re.compile(r"(?:.*/)?(?:GNUmakefile|[Mm]akefile|[^/]+\.mk)")
_JUSTFILE = re.compile(r"(?:.*/)?\.?[Jj]ustfile")
_PACKAGE = re.compile(r"(?:.*/)?package\.json")
_PYPROJECT = re.compile(r"(?:.*/)?pyproject\.toml")
_TASKFILE = re.compile(r"(?:.*/)?[Tt]askfile(?:\.dist)?\.ya?ml")
_CARGO_MAKE = re.compile(r"(?:.*/)?Makefile\.toml")
_RULE = re.compile(r"^(?P<names>[^:=#\t\n]{1,400}):(?!=)(?P<needs>[^=\n]*)$")
_MAKE = re.compile(r"(?:^|[\s;&|(])(?:make|just|task|gmake|go-task)(?P<rest>(?: +[^;&|)\s]+)+)")
_SCRIPT = re.compile(
    r"(?:^|[\s;&|(])(?:npm|pnpm|yarn|bun|vp|node)(?: +-{1,2}[\w-]+(?:[= ](?!run|test)[\w./@*{}][\w./@*{}-]*)?"
    r"| +workspaces? +[\w@/.-]+){0,6} +"
    r"(?P<run>run(?:-script)? +(?:-{1,2}\S+ +){0,4}|--run +|run-many +\S+ +"
    r"|workspace +\S+ +(?:run +)?)?(?P<name>[\w:.@/-]+)"
)
_SHELL = re.compile(r"(?:^|[\s;&|(])(?:(?:ba|z)?sh +(?:-\w+ +)*)?(?P<path>(?:\./)?[\w./-]+\.(?:sh|bash))\b")
_POE = re.compile(
    r"(?:^|[\s;&|(])(?:poe|poetry +run|pdm +run|uv +run(?: +-\S+(?: +[^\s-]\S*)?){0,4}|hatch +run|rye +run|task"
    r"|invoke|inv) +(?:poe +|task +)?(?P<name>[\w:.-]+)"
)
_ASSIGNED = re.compile(r"^(?P<name>\w{1,60}) *[:?]?= *(?P<value>.{1,300})$", re.MULTILINE)
_SHORT = {"test", "start", "t", "tst"}
_MOST = 60


@dataclass(slots=True)
class Targets:
    """Commands by the name that calls them; the same name in several packages is all of them."""

    files: Files
    made: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    scripts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Read every file that gives commands a name."""
        for pattern in (_MAKEFILE, _JUSTFILE):
            for file in self.files.matching(pattern):
                _read_rules(self.files.text(file.path), self.made)
        for file in self.files.matching(_PACKAGE):
            for name, command in _mapping(self.files.json(file.path).get("scripts")).items():
                if isinstance(command, str):
                    self.scripts[name].append(command)
        for file in self.files.matching(_PYPROJECT):
            self._python_tasks(_mapping(self.files.toml(file.path).get("tool")))
        for file in self.files.matching(_TASKFILE):
            self._tasks(file.path)
        for file in self.files.matching(_CARGO_MAKE):
            self._cargo_tasks(_mapping(self.files.toml(file.path).get("tasks")))

    def behind(self, command: str) -> Iterator[str]:
        """A command and all that it calls in the tree, each once."""
        seen: set[str] = set()
        pending = [command]
        while pending and len(seen) < _MOST:
            one = pending.pop(0)
            if one in seen:
                continue
            seen.add(one)
            yield one
            pending += self._called(one)

    def _called(self, command: str) -> Iterator[str]:
        # A task may list the names of others.
        yield from self.scripts.get(command.strip(), ())
        for found in _MAKE.finditer(command):
            for name in found["rest"].split():
                yield from self.made.get(name, ())
        for found in _SCRIPT.finditer(command):
            if found["run"] or found["name"] in _SHORT or found["name"] in self.scripts:
                for name in (f"pre{found['name']}", found["name"], f"post{found['name']}"):
                    yield from self.scripts.get(name, ())
        for found in _POE.finditer(command):
            yield from self.scripts.get(found["name"], ())
        for found in _SHELL.finditer(command):
            yield from self._script_file(found["path"])

    def _script_file(self, path: str) -> Iterator[str]:
        """The lines of a shell script of the tree."""
        plain = posixpath.normpath(path)
        known = plain if plain in self.files.known else self._ending(f"/{plain}")
        if known:
            yield from (line.strip() for line in self.files.text(known).split("\n")[:400] if line.strip())

    def _ending(self, end: str) -> str:
        """The first file whose path ends so, for commands that run in a folder."""
        return next((one for one in self.files.known if one.endswith(end)), "")

    def _python_tasks(self, tool: dict[str, Any]) -> None:
        """Tasks of poe, taskipy, pdm and hatch."""
        tables = [_mapping(_mapping(tool.get(name)).get(key)) for name, key in _TASK_TABLES]
        environments = _mapping(_mapping(tool.get("hatch")).get("envs")).values()
        tables += [_mapping(_mapping(environment).get("scripts")) for environment in environments]
        for table in tables:
            for name, task in table.items():
                self.scripts[name] += _texts(task)

    def _cargo_tasks(self, tasks: dict[str, Any]) -> None:
        for name, task in tasks.items():
            held = _mapping(task)
            words = [str(held.get("command", "")), *map(str, held.get("args") or ())]
            needs = [f"make {one}" for one in held.get("dependencies") or () if isinstance(one, str)]
            self.made[name] += [" ".join(words), *_texts(held.get("script")), *needs]

    def _tasks(self, path: str) -> None:
        for name, task in pairs(self.files.tree(path), "tasks"):
            for step in children(task, "cmds"):
                self.made[name].append(raw(step) or raw(step, "cmd"))


_TASK_TABLES = (("poe", "tasks"), ("taskipy", "tasks"), ("pdm", "scripts"), ("rye", "scripts"), ("pixi", "tasks"))


def _read_rules(text: str, made: dict[str, list[str]]) -> None:
    """Recipes by target, those of what a target needs as calls of it; simple variables are filled in."""
    values = {found["name"]: found["value"].strip() for found in _ASSIGNED.finditer(text)}
    current: list[str] = []
    for line in text.replace("\\\n", " ").split("\n"):
        if line[:1] in {"\t", " "} and current:
            command = re.sub(r"\$[({](\w+)[)}]", lambda found: values.get(found[1], ""), line.strip().lstrip("@-+"))
            for name in current:
                made[name].append(command)
        elif rule := _RULE.match(line[:600]):
            current = rule["names"].split()
            for name in current:
                made[name] += [f"make {need}" for need in rule["needs"].split("#")[0].split() if need != "|"]


def _texts(task: Any) -> list[str]:
    """The commands of a task, in any of the shapes that task runners allow."""
    match task:
        case str():
            return [task]
        case list():
            return [text for one in task for text in _texts(one)]
        case dict():
            return [
                text for key in ("cmd", "shell", "sequence", "script", "composite") for text in _texts(task.get(key))
            ]
        case _:
            return []


def _mapping(held: Any) -> dict[str, Any]:
    return held if isinstance(held, dict) else {}
