"""What CI does: its files, and the steps that test, scan or update."""

import re
from collections.abc import Iterator

from skillaudit.cisteps import ELSEWHERE, Said, pipelines, said
from skillaudit.credentials import shorten
from skillaudit.model import Location
from skillaudit.targets import Targets
from skillaudit.treefiles import Files
from skillaudit.upkeep import CalledWorkflow, CiStep, Pipeline, Purpose, Sign
from skillaudit.upkeeps._purposes import purposes_of, purposes_of_action

_SHOWN = 100
_TEST_SCRIPT = re.compile(
    r"(?:^|[\s;&|(])(?:npm|pnpm|yarn|bun)(?: +-\S+)* +(?:run +)?(?P<name>t|tst|test(?:[:_-][\w:-]+)?)(?=$|[\s;&|)])"
)
_PLACEHOLDER = re.compile(r"no test specified|^\s*(?:echo\b[^&|;]*(?:[;&]+\s*exit \d)?|true|exit 0|:)\s*$")
_HOOKS = re.compile(r"\.pre-commit-config\.ya?ml")
_PRE_COMMIT = re.compile(r"(?:^|[\s;&|(/])(?:pre-commit|prek) +run|pre-commit/action")


def read(files: Files) -> Iterator[Sign]:
    """Every pipeline of the tree, and each of its steps whose purpose is known."""
    everything = tuple(said(files))
    automatic: dict[str, bool] = {}
    for one in everything:
        automatic[one.location.path] = automatic.get(one.location.path, False) or one.automatic
    for location, system in pipelines(files):
        yield Pipeline(location, system, automatic.get(location.path, False))
    for file in files.matching(ELSEWHERE):
        yield CalledWorkflow(Location(file.path, 1), "jobs that are defined in another repository")
    targets = Targets(files)
    hooks = frozenset(
        purpose for file in files.matching(_HOOKS) for line in files.text(file.path).split("\n")
        for purpose in purposes_of(line.partition("id:")[2]) if "id:" in line and not line.lstrip().startswith("#")
    )  # fmt: skip
    for one in everything:
        yield from _steps(one, targets, hooks)


def _steps(one: Said, targets: Targets, hooks: frozenset[Purpose]) -> Iterator[Sign]:
    purposes = _purposes(one, targets)
    if _PRE_COMMIT.search(one.text):
        purposes |= hooks
    for purpose in sorted(purposes):
        yield CiStep(one.location, shorten(one.text, _SHOWN), purpose, one.automatic, one.scheduled)
    name = one.text.partition("@")[0]
    if one.action and not purposes and "/.github/workflows/" in name and not name.startswith("./"):
        yield CalledWorkflow(one.location, shorten(one.text, _SHOWN))


def _purposes(one: Said, targets: Targets) -> frozenset[Purpose]:
    if one.action:
        own = purposes_of_action(one.text.partition("@")[0])
        # Actions that run a command take it as an input: a retry, a container, a browser test.
        given = [
            held
            for name, held in one.inputs
            if name in {"run", "command", "script", "args", "test-command", "run-command"}
        ]
        return own.union(*(_behind(line, targets) for held in given for line in held.split("\n")))
    return _behind(one.text, targets) | purposes_of_action(one.text.partition("@")[0])


def _behind(command: str, targets: Targets) -> frozenset[Purpose]:
    """What a command is for, or what it calls; a test script of a manifest tests unless it is the placeholder."""
    found: set[Purpose] = set()
    for called in targets.behind(command):
        found |= purposes_of(called)
        for script in _TEST_SCRIPT.finditer(called):
            name = "test" if script["name"] in {"t", "tst"} else script["name"]
            if any(not _PLACEHOLDER.search(body) for body in targets.scripts.get(name, ())):
                found.add(Purpose.TEST)
    return frozenset(found)
