"""What every manifest reader answers with, and how they look into untyped data."""

import re
from typing import Literal

import msgspec

Ecosystem = Literal["npm", "pypi", "go", "cargo", "nuget", "maven", "gradle"]
Kind = Literal["application", "library", "workspace-root"]

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?)")
_SEPARATORS = re.compile(r"[-_.]+")


class ManifestError(ValueError):
    """The manifest cannot be read; the text says why in a few words."""


class Manifest(msgspec.Struct, frozen=True):
    """One package as its manifest declares it.

    ``runtime`` names what ships with it, sorted; ``declares`` also counts development dependencies, but none that the
    repository itself provides (``workspace:``, ``file:``, relative paths). ``members`` are the glob patterns of a
    workspace root, ``None`` where it is none. ``uses`` and ``builds_with`` name packages of the same repository, needed
    at run time and only during development; ``tool`` is a private package that offers commands. ``entries`` are paths,
    relative to the manifest, of which those that exist are what a user starts or imports first.
    """

    name: str
    kind: Kind
    runtime: tuple[str, ...] = ()
    declares: bool = False
    members: tuple[str, ...] | None = None
    uses: tuple[str, ...] = ()
    builds_with: tuple[str, ...] = ()
    tool: bool = False
    entries: tuple[str, ...] = ()


def table(value: object, *keys: str) -> dict[str, object]:
    """The mapping under ``keys``, empty where there is none or something else."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}


def strings(value: object) -> tuple[str, ...]:
    """The strings of a list; whatever else it holds is no declaration."""
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def text(value: object) -> str:
    """A string, or nothing."""
    return value.strip()[:200] if isinstance(value, str) else ""


def canonical(name: str) -> str:
    """A Python project's name in its normal form (PEP 503)."""
    return _SEPARATORS.sub("-", name).lower()


def requirement_names(requirements: tuple[str, ...]) -> tuple[str, ...]:
    """The canonical project names of PEP 508 requirements, sorted; options and paths are left out."""
    found = {canonical(match[1]) for line in requirements if (match := _REQUIREMENT.match(line))}
    return tuple(sorted(found))
