"""Read ``bun.lock``, the text form of bun's lockfile: JSON with commas before closing brackets.

A JSON5 parser in Python takes three seconds for 165 KB of it, so the commas are removed and the rest is plain JSON.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping

from skillaudit.dependencies._data import capped, json_lines, read_json, table, text_of
from skillaudit.dependencies._npm import npm_provenance
from skillaudit.dependency import NPM, Document, Graph, Importer, Node, UnreadableError

_COMMA = re.compile(r'("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])')
_RUNTIME = ("dependencies", "optionalDependencies")
_NEEDED = (*_RUNTIME, "peerDependencies")


def read(document: Document) -> Graph:
    """Read a lockfile of bun.

    Raises:
        UnreadableError: it is malformed or of an unknown version.
    """
    data = read_json(_COMMA.sub(lambda found: found[1] or "", document.text))
    if data.get("lockfileVersion") not in {0, 1}:
        raise UnreadableError(f"lockfile version {str(data.get('lockfileVersion'))[:20]} is not known")
    packages = {key: value for key, value in table(data, "packages").items() if isinstance(value, list) and value}
    capped(len(packages))
    workspaces = {path: table(one) for path, one in table(data, "workspaces").items()}
    lines = json_lines(document.text)
    nodes = {key: _node(key, value, packages, workspaces, lines) for key, value in packages.items()}
    importers = tuple(
        Importer(
            path,
            tuple(_found(text_of(one.get("name")), [n for g in _NEEDED for n in table(one, g)], packages)),
            tuple(_found(text_of(one.get("name")), list(table(one, "devDependencies")), packages)),
            declared={
                name: text_of(wanted)
                for group in (*_RUNTIME, "devDependencies")
                for name, wanted in table(one, group).items()
            },
        )
        for path, one in workspaces.items()
    )
    return Graph("bun.lock", NPM, nodes, importers)


_Packages = Mapping[str, list[object]]


def _node(
    key: str,
    value: list[object],
    packages: _Packages,
    workspaces: Mapping[str, Mapping[str, object]],
    lines: Mapping[str, int],
) -> Node:
    spec = text_of(value[0])
    at = spec.find("@", 1)
    name, version = (spec[:at], spec[at + 1 :]) if at > 0 else (spec, "")
    own = version.startswith("workspace:")
    path = posixpath.normpath(version.removeprefix("workspace:")) if own else ""
    about = workspaces.get(path, {}) if own else next((table(one) for one in value[1:] if isinstance(one, dict)), {})
    edges = tuple(_found(key, [name for group in _NEEDED for name in table(about, group)], packages))
    unchecked = npm_provenance(version) or ("comes from an address" if ":" in version else "")
    return Node(name, version, lines.get(key, 1), edges, "" if own else unchecked, own)


def _found(key: str, names: list[str], packages: _Packages) -> Iterator[str]:
    """The keys that are meant from inside a package: the nearest on the way up."""
    segments = _segments(key)
    for name in names:
        for depth in range(len(segments), -1, -1):
            candidate = "/".join((*segments[:depth], name))
            if candidate in packages:
                yield candidate
                break


def _segments(key: str) -> list[str]:
    """Package names along a key; a scope belongs to the name behind it."""
    segments: list[str] = []
    for part in key.split("/"):
        if segments and segments[-1].startswith("@") and "/" not in segments[-1]:
            segments[-1] += f"/{part}"
        else:
            segments.append(part)
    return segments
