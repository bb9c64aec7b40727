"""Read ``yarn.lock``: version 1, and the YAML of yarn 2 and later."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from skillaudit.dependencies._data import capped
from skillaudit.dependencies._indented import Block, read_indented, unquoted
from skillaudit.dependencies._npm import npm_provenance
from skillaudit.dependency import NPM, Document, Graph, Importer, Node, Requirement, UnreadableError

_SEPARATOR = re.compile(r'"?\s*,\s*"?')
_GROUPS = ("dependencies", "optionalDependencies")
_CHECKED = ("npm:", "patch:")


def read(document: Document) -> Graph:
    """Read a lockfile of yarn.

    Raises:
        UnreadableError: it is malformed or cut off.
    """
    modern = "\n__metadata:" in f"\n{document.text}"
    if not modern and "yarn lockfile v1" not in document.text[:500]:
        raise UnreadableError("neither yarn 1 nor yarn 2 and later wrote it")
    entries = read_indented(document.text, colons=modern).below
    entries.pop("__metadata", None)
    capped(len(entries))
    locked = _Locked(entries)
    nodes = {key: locked.node(key, block, modern=modern) for key, block in entries.items()}
    importers = tuple(
        Importer(
            directory,
            tuple(locked.direct(one for one in requirements if not one.development)),
            tuple(locked.direct(one for one in requirements if one.development)),
            declared=locked.declared(requirements),
        )
        for directory, requirements in document.manifests.items()
    ) or (Importer("", loose=tuple(nodes)),)
    form = f"yarn.lock {'berry' if modern else 'v1'}"
    return Graph(form, NPM, nodes, importers)


class _Locked:
    """The entries of a lockfile by what is asked for: each stands for one or several ``name@range``."""

    def __init__(self, entries: Mapping[str, Block]) -> None:
        self.by_descriptor: dict[str, str] = {}
        self.by_name: defaultdict[str, list[str]] = defaultdict(list)
        for key in entries:
            for descriptor in _SEPARATOR.split(key.strip('"')):
                self.by_descriptor[descriptor] = key
                self.by_name[_name(descriptor)].append(key)

    def find(self, name: str, wanted: str) -> str | None:
        """The entry for a range; where a ``resolutions`` field replaced it, the entry of that name."""
        for descriptor in (f"{name}@{wanted}", f"{name}@npm:{wanted}"):
            if descriptor in self.by_descriptor:
                return self.by_descriptor[descriptor]
        return next(iter(self.by_name.get(name, ())), None)

    def node(self, key: str, block: Block, *, modern: bool) -> Node:
        """One entry.

        Raises:
            UnreadableError: it needs what the file does not list.
        """
        version = block.text("version")
        if not version:
            raise UnreadableError(f"line {block.line} has no version: it may be cut off")
        descriptor = _SEPARATOR.split(key.strip('"'))[0]
        resolution = block.text("resolution")
        name = _name(resolution) if resolution else _real_name(descriptor)
        origin = resolution[len(name) + 1 :] if modern else block.text("resolved")
        checked = not modern or origin.startswith(_CHECKED)
        unchecked = "" if modern and checked else npm_provenance(origin)
        own = modern and origin.startswith("workspace:")
        return Node(name, version, block.line, tuple(self._edges(block)), unchecked, own)

    def _edges(self, block: Block) -> Iterator[str]:
        optional = {name for name, one in block.items("dependenciesMeta").items() if one.text("optional") == "true"}
        for group in _GROUPS:
            for name, one in block.items(group).items():
                key = self.find(name, unquoted(one.value))
                if key is not None:
                    yield key
                elif name not in optional and group == "dependencies":
                    raise UnreadableError(f"it refers to {name[:80]}, which it does not list: it may be cut off")

    def direct(self, requirements: Iterator[Requirement]) -> Iterator[str]:
        """The entries of what a manifest declares."""
        for one in requirements:
            key = self.find(one.name, one.wanted)
            if key is not None:
                yield key

    def declared(self, requirements: tuple[Requirement, ...]) -> dict[str, str]:
        """What the lockfile was made for, as far as it can tell: names that it has, with the range if it has that."""
        return {one.name: one.wanted for one in requirements if one.name in self.by_name}


def _name(descriptor: str) -> str:
    at = descriptor.find("@", 1)
    return descriptor[:at] if at > 0 else descriptor


def _real_name(descriptor: str) -> str:
    """The package's own name: ``alias@npm:name@range`` is called otherwise where it is needed."""
    wanted = descriptor[len(_name(descriptor)) + 1 :]
    return _name(wanted.removeprefix("npm:")) if wanted.startswith("npm:") and "@" in wanted[5:] else _name(descriptor)
