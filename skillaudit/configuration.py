"""Configuration and deployment files in one neutral form: trees of texts, lists and maps that know their lines.

A reader in ``configurations/`` turns the text of a file into such trees; what kind of document it is follows from the
shape of the tree (``Document.kind``), not from the file's name. Whoever asks about deployment (forwarding, alerting)
reads ``Documents`` and never a file.
"""

import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from skillaudit.inventories.reading import read_text
from skillaudit.inventory import Inventory, SourceFile
from skillaudit.model import Gap, Location, Surface

MAX_BYTES = 512 << 10
"""A longer configuration file is a gap."""
MAX_DEPTH = 64
MAX_NODES = 200_000
"""Nodes of one file, each alias counted with all it stands for."""

_MAX_TOTAL = 24 << 20
HEAD = 4096
"""How many bytes of a file a reader is shown before it is read."""

_FEW_LINES = 2
_READERS = "skillaudit.configurations"
_SKIPPED = frozenset({Surface.VENDORED, Surface.MINIFIED, Surface.TEST, Surface.BENCHMARK})


_PROGRAM = re.compile(r"(?:^|/)(?:sst\.config\.ts|serverless\.[jt]s)$")
"""Source code that is a deployment, by the names that its tools look for."""


class Text(msgspec.Struct, frozen=True):
    """A scalar, as text whatever its type; empty for a null."""

    line: int
    text: str


class Unresolved(msgspec.Struct, frozen=True):
    """A scalar that depends on what the tree does not say: ``text`` is its expression, with what is known filled in."""

    line: int
    text: str


class List(msgspec.Struct, frozen=True):
    """Several nodes in their order."""

    line: int
    items: "tuple[Node, ...]"


class Map(msgspec.Struct, frozen=True):
    """Named nodes in their order; a name may come again where the syntax allows it (blocks, sections)."""

    line: int
    items: "tuple[tuple[str, Node], ...]"


Node: TypeAlias = Text | Unresolved | List | Map


class Document(msgspec.Struct, frozen=True):
    """One document of a file. ``kind`` is what its shape says: ``compose``, ``fluent-bit`` and so on."""

    path: str
    kind: str
    root: Node
    surface: Surface
    package: str

    def at(self, node: Node | None = None) -> Location:
        """The place of a node, or of the document."""
        return Location(self.path, (node or self.root).line)


class Documents(msgspec.Struct, frozen=True):
    """All documents of a tree, by path and line, and what could not be read."""

    all: tuple[Document, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def of(self, *kinds: str) -> Iterator[Document]:
        """The documents of any of the kinds."""
        return (one for one in self.all if one.kind in kinds)


class UnreadableError(Exception):
    """A document cannot be read; the text says why, without anything of the document but a key."""


class Source(msgspec.Struct, frozen=True):
    """One file as a reader sees it; ``sibling`` gives another file of the tree, by its path, or None."""

    path: str
    text: str
    sibling: Callable[[str], str | None]


class Reader(msgspec.Struct, frozen=True):
    """A family of syntaxes.

    ``wants`` decides by path and the file's first bytes, cheaply; ``claims`` whether a text that cannot be read would
    have mattered; ``read`` yields kind and tree of each document that has a shape it knows, and raises
    ``UnreadableError``.
    """

    wants: Callable[[str, bytes], bool]
    claims: Callable[[str], bool]
    read: Callable[[Source], Iterable[tuple[str, Node]]]


@dataclass(slots=True)
class _Tree:
    root: Path
    files: Mapping[str, SourceFile]
    gaps: list[Gap] = field(default_factory=list)
    texts: dict[str, str | None] = field(default_factory=dict)

    def text(self, path: str) -> str | None:
        """A file's text, read once; an entry of ``gaps`` where it cannot be."""
        if path not in self.texts:
            known = path in self.files
            self.texts[path] = read_text(self.root, path, MAX_BYTES, self.gaps) if known else None
        return self.texts[path]


def documents(root: Path, inventory: Inventory) -> Documents:
    """Read every configuration file of a tree once.

    Args:
        root: the tree that the inventory lists.
        inventory: its files; those of tests and foreign code are left out.
    """
    tree = _Tree(root, {file.path: file for file in inventory.files if file.digest})
    found: list[Document] = []
    left = _MAX_TOTAL
    for file in tree.files.values():
        if file.surface in _SKIPPED or (file.language is not None and not _PROGRAM.search(file.path)):
            continue
        start = _start(root, file.path)
        wanted = [one for one in readers() if one.wants(file.path, start)]
        if file.size > MAX_BYTES:
            wanted = [one for one in wanted if one.claims(start.decode("utf-8", "replace"))]
        if not wanted:
            continue
        left -= file.size
        if left < 0:
            tree.gaps.append(Gap("configuration", file.path, f"beyond {_MAX_TOTAL >> 20} MiB of configuration"))
        elif (held := tree.text(file.path)) is not None:
            for kind, node in _read(wanted, Source(file.path, held, tree.text), file.path, tree.gaps):
                found.append(Document(file.path, kind, node, file.surface, file.package))
                found += _inside(node, file, tree.gaps)
    gaps = (Gap("configuration", gap.path, gap.reason) for gap in tree.gaps)
    return Documents(tuple(found), tuple(dict.fromkeys(gaps)))


def _start(root: Path, path: str) -> bytes:
    """A file's first bytes; empty where it cannot be read, which ``read_text`` then reports."""
    try:
        with (root / path).open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""


def _read(wanted: Iterable[Reader], source: Source, path: str, gaps: list[Gap]) -> list[tuple[str, Node]]:
    """What the first reader that knows the text's shape makes of it."""
    for reader in wanted:
        found: list[tuple[str, Node]] = []
        try:
            found.extend(reader.read(source))
        except UnreadableError as error:
            gaps.append(Gap("configuration", path, str(error)))
        except RecursionError:
            gaps.append(Gap("configuration", path, "nested too deeply"))
        if found:
            return found
    return []


def _inside(root: Node, file: SourceFile, gaps: list[Gap]) -> Iterator[Document]:
    """Files that a document holds as texts: the data of a ConfigMap, the contents of a compose file's configs."""
    held = list(pairs(root, "data")) if text(root, "kind") == "ConfigMap" else []
    held += pairs(root, "stringData") if text(root, "kind") == "Secret" else ()
    held += [(name, node) for name, one in pairs(root, "configs") if (node := at(one, "content")) is not None]
    held += [("patch.yaml", node) for node in _patches(root)]
    held += [(name, node) for name, *path in _TEXTS if (node := at(root, *path)) is not None]
    for name, node in held:
        inner = raw(node)
        if inner.count("\n") < _FEW_LINES:
            continue
        if name == "patch.yaml" and _JSON_PATCH.search(inner):
            gaps.append(Gap("configuration", file.path, "a JSON patch of containers is not applied"))
        start = inner.encode("utf-8", "replace")[:HEAD]
        named = next((one for one in (name, f"{name}.conf", f"{name}.yaml") if _wanted(one, start)), name)
        for kind, tree in _read(_wanted(named, start), Source(named, inner, lambda _: None), file.path, gaps):
            yield Document(file.path, kind, shifted(tree, node.line), file.surface, file.package)


_JSON_PATCH = re.compile(r"^\s*(?:- |\[\{)[\s\S]{0,2000}/containers/")


def _patches(root: Node) -> Iterator[Node]:
    """What kustomize lays over manifests, where it stands in the kustomization itself."""
    if text(root, "kind") in {"Kustomization", "Component"}:
        for one in (*children(root, "patches"), *children(root, "patchesStrategicMerge")):
            node = at(one, "patch") if isinstance(one, Map) else one
            if isinstance(node, Text):
                yield node


_TEXTS = (
    ("config.alloy", "alloy", "configMap", "content"),
    ("config.yaml", "spec", "config"),
    ("config.conf", "config", "customParsers"),
)
"""Names, and where charts and custom resources hold such a file as a text."""


def _wanted(name: str, start: bytes) -> list[Reader]:
    return [one for one in readers() if one.wants(name, start)]


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader of ``configurations/``, in the order of their names."""
    package = import_module(_READERS)
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__) if not module.name.startswith("_"))
    held = (getattr(import_module(f"{_READERS}.{name}"), "READER", None) for name in names)
    return tuple(reader for reader in held if isinstance(reader, Reader))


def at(node: Node | None, *path: str) -> Node | None:
    """The node below a map by names, the first where one comes several times; None where there is none."""
    for name in path:
        if not isinstance(node, Map):
            return None
        node = next((held for key, held in node.items if key == name), None)
    return node


def text(node: Node | None, *path: str) -> str:
    """The text of a resolved scalar below a node; empty where there is none."""
    held = at(node, *path)
    return held.text if isinstance(held, Text) else ""


def raw(node: Node | None, *path: str) -> str:
    """The text of a scalar below a node, resolved or not; empty where there is none."""
    held = at(node, *path)
    return held.text if isinstance(held, Text | Unresolved) else ""


def children(node: Node | None, *path: str) -> tuple[Node, ...]:
    """The items of a list below a node; a map or scalar counts as a list of one."""
    match at(node, *path):
        case None:
            return ()
        case List(items=items):
            return items
        case one:
            return (one,)


def pairs(node: Node | None, *path: str) -> tuple[tuple[str, Node], ...]:
    """The named nodes of a map below a node; empty where it is none."""
    held = at(node, *path)
    return held.items if isinstance(held, Map) else ()


def every(node: Node | None, name: str) -> tuple[Node, ...]:
    """All nodes of a map that bear a name, for blocks and sections that come again."""
    return tuple(held for key, held in pairs(node) if key == name)


def truthy(node: Node | None, *path: str) -> bool:
    """Whether a scalar below a node says yes in any of the usual words."""
    return text(node, *path).lower() in {"true", "yes", "on", "1", "enabled"}


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, whatever its depth."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        match current:
            case List(items=items):
                pending += reversed(items)
            case Map(items=named):
                pending += (held for _, held in reversed(named))
            case _:
                pass


def shifted(node: Node, by: int) -> Node:
    """The same tree, ``by`` lines further down: for a document inside another one's text."""
    match node:
        case Text(line, held):
            return Text(line + by, held)
        case Unresolved(line, held):
            return Unresolved(line + by, held)
        case List(line, items):
            return List(line + by, tuple(shifted(one, by) for one in items))
        case Map(line, named):
            return Map(line + by, tuple((key, shifted(one, by)) for key, one in named))


def placed(node: Node, line: int) -> Node:
    """The same tree, all of it on one line: for what another file holds, where it is taken over."""
    match node:
        case Map(items=named):
            return Map(line, tuple((key, placed(one, line)) for key, one in named))
        case List(items=items):
            return List(line, tuple(placed(one, line) for one in items))
        case _:
            return replace(node, line=line)
