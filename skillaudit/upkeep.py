"""Signs that somebody looks after a repository: what CI does, what is promised, what its users' machines will run.

Each sign is a fact with its place. What it is worth is for checks to say.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias, TypeVar

import msgspec

from skillaudit.history import NO_REPOSITORY, History
from skillaudit.model import Gap, Location


class Purpose(StrEnum):
    """What a step of CI does for a maintainer."""

    TEST = "runs tests"
    SCAN = "scans dependencies"
    UPDATE = "updates dependencies"


class Pipeline(msgspec.Struct, frozen=True):
    """A file that says what CI does. ``automatic``: something other than a person can start it."""

    location: Location
    system: str
    automatic: bool


class CiStep(msgspec.Struct, frozen=True):
    """A step of CI whose purpose is known.

    ``what`` is the command or action; ``automatic`` as in ``Pipeline``, and no condition that is always false stands
    before it; ``scheduled``: it also runs without a push.
    """

    location: Location
    what: str
    purpose: Purpose
    automatic: bool
    scheduled: bool


class CalledWorkflow(msgspec.Struct, frozen=True):
    """A workflow of another repository, or a job whose definition is kept elsewhere: what it does is not to be seen."""

    location: Location
    name: str


class ActionUse(msgspec.Struct, frozen=True):
    """An action or reusable workflow that a workflow takes from another repository, with what it is pinned to."""

    location: Location
    action: str
    ref: str
    pinned: bool


class HeadCheckout(msgspec.Struct, frozen=True):
    """A privileged workflow that fetches the code of a pull request; ``guard`` is the condition before it, if any."""

    location: Location
    what: str
    guard: str


class Updater(msgspec.Struct, frozen=True):
    """A service that updates dependencies, as configured; ``ecosystems`` is empty where it takes all there are."""

    location: Location
    service: str
    ecosystems: tuple[str, ...]
    enabled: bool


class Policy(msgspec.Struct, frozen=True):
    """A security policy; ``logging`` is the line that says something about what is logged, 0 where none does."""

    location: Location
    logging: int


class Licence(msgspec.Struct, frozen=True):
    """A licence file, or a manifest that names a licence; ``folder`` is what it covers."""

    location: Location
    folder: str


class ChangeLog(msgspec.Struct, frozen=True):
    """A file or folder that tells what changed from release to release."""

    location: Location


class Runtime(msgspec.Struct, frozen=True):
    """A runtime, base system or toolchain that something requires.

    Attributes:
        location: The line that requires it.
        package: Directory of the package.
        product: Such as Python.
        version: The newest release that satisfies the requirement, as far as it is bounded.
        end: ISO date after which that gets no security fixes.
        what: The requirement as written.
    """

    location: Location
    package: str
    product: str
    version: str
    end: str
    what: str


class InstallScript(msgspec.Struct, frozen=True):
    """A script that a package manager runs on the machine of whoever installs the package."""

    location: Location
    package: str
    name: str
    command: str


class ExtraIndex(msgspec.Struct, frozen=True):
    """A second package index that is asked for every name, beside the usual one."""

    location: Location
    package: str
    what: str


class ClientServer(msgspec.Struct, frozen=True):
    """An MCP server that a committed client configuration starts from a registry; ``pinned`` to one version."""

    location: Location
    name: str
    command: str
    package: str
    pinned: bool


Sign: TypeAlias = (
    Pipeline | CiStep | CalledWorkflow | ActionUse | HeadCheckout | Updater | Policy | Licence | ChangeLog
    | Runtime | InstallScript | ExtraIndex | ClientServer
)  # fmt: skip
S = TypeVar("S", bound=Sign)


class Upkeep(msgspec.Struct, frozen=True):
    """All signs of a tree, by place.

    Attributes:
        as_of: ISO date that ages are counted to.
        history: What git remembers.
        part: The tree is one folder of a larger repository, whose CI and policies are not to be seen.
        signs: What the tree says.
        gaps: What could not be read.
    """

    as_of: str = ""
    history: History = NO_REPOSITORY
    part: bool = False
    signs: tuple[Sign, ...] = ()
    gaps: tuple[Gap, ...] = msgspec.field(default=())

    def of(self, kind: type[S]) -> Iterator[S]:
        """The signs of one kind."""
        return (sign for sign in self.signs if isinstance(sign, kind))
