"""Read ``package.json`` and ``pnpm-workspace.yaml``."""

import json
import posixpath
import re
from collections.abc import Iterator

from skillaudit.inventories._manifest import Kind, Manifest, ManifestError, strings, table, text

_LOCAL = ("workspace:", "file:", "link:", "portal:", ".", "/")
_GROUPS = ("dependencies", "optionalDependencies", "devDependencies", "peerDependencies")
_RUNTIME_GROUPS = ("dependencies", "optionalDependencies")
_LIBRARY_KEYS = ("main", "module", "exports", "types")
_LIST_ITEM = re.compile(r"""\s*-\s*["']?([^"'#\n]{1,200})""")


def read_package_json(source: str) -> Manifest | None:
    """What a ``package.json`` declares; None for a mere marker (``{"type": "module"}``) that is no package.

    Raises:
        ManifestError: it is not JSON, or nested too deep.
    """
    try:
        data = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise ManifestError(f"not readable as JSON ({type(error).__name__})") from error
    if not isinstance(data, dict):
        raise ManifestError("not a JSON object")
    groups = {group: table(data, group) for group in _GROUPS}
    members = _members(data.get("workspaces"))
    if not any(data.get(key) for key in ("name", "private", "scripts", "workspaces", *_GROUPS)):
        return None
    runtime = {name for group in _RUNTIME_GROUPS for name, wanted in groups[group].items() if not _is_local(wanted)}
    return Manifest(
        name=text(data.get("name")),
        kind=_kind(data),
        runtime=tuple(sorted(runtime)),
        declares=any(not _is_local(wanted) for group in groups.values() for wanted in group.values()),
        members=members,
        uses=tuple(name for group in _RUNTIME_GROUPS for name, wanted in groups[group].items() if _is_local(wanted)),
        builds_with=tuple(name for name, wanted in groups["devDependencies"].items() if _is_local(wanted)),
        tool=data.get("private") is True and bool(data.get("bin")),
        entries=tuple(_entries(data)),
    )


def read_pnpm_workspace(source: str) -> tuple[str, ...]:
    """The member patterns of a ``pnpm-workspace.yaml``; read line by line, since YAML can be a bomb."""
    found: list[str] = []
    inside = False
    for line in source.splitlines():
        item = _LIST_ITEM.match(line) if inside else None
        if item:
            found.append(item[1].strip())
        elif line.strip() and not line.lstrip().startswith("#"):
            inside = line.rstrip() == "packages:"
    return tuple(found)


def _entries(data: dict[str, object]) -> Iterator[str]:
    """Where ``main`` and ``bin`` may lead: an extension or the name of an index may be left out."""
    commands = data.get("bin")
    for named in (data.get("main"), *(commands.values() if isinstance(commands, dict) else (commands,))):
        if isinstance(named, str) and named.strip():
            path = posixpath.normpath(named.strip())
            yield from (path, f"{path}.js", f"{path}/index.js")


def _members(workspaces: object) -> tuple[str, ...] | None:
    """Workspace patterns, in the list form of npm or the table form of yarn."""
    if isinstance(workspaces, dict):
        workspaces = workspaces.get("packages")
    return strings(workspaces) if isinstance(workspaces, list) else None


def _is_local(wanted: object) -> bool:
    return isinstance(wanted, str) and wanted.startswith(_LOCAL)


def _kind(data: dict[str, object]) -> Kind:
    """An application is started (``bin``, ``npm start``); what only offers an entry point to importers is a library."""
    if data.get("bin") or "start" in table(data, "scripts"):
        return "application"
    return "library" if any(data.get(key) for key in _LIBRARY_KEYS) else "application"
