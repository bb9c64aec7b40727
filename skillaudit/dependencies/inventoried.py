"""List what lockfiles of other ecosystems pin; their packages are counted and not looked up."""

import posixpath
import re
from collections.abc import Iterator

from skillaudit.dependencies._data import capped, json_lines, read_json, read_tables, table, tables, text_of
from skillaudit.dependencies._python import table_lines
from skillaudit.dependency import Document, Graph, Importer, Node, UnreadableError

_ECOSYSTEMS = {
    "Cargo.lock": "crates.io",
    "Gemfile.lock": "RubyGems",
    "composer.lock": "Packagist",
    "packages.lock.json": "NuGet",
    "gradle.lockfile": "Maven",
    "buildscript-gradle.lockfile": "Maven",
    "Package.resolved": "SwiftURL",
    "mix.lock": "Hex",
    "pubspec.lock": "Pub",
    "deno.lock": "npm and JSR",
}
_GEM = re.compile(r"^    ([\w.-]{1,200}) \(([^\s)]{1,100})\)$", re.MULTILINE)
_GRADLE = re.compile(r"^([\w.-]{1,200}:[\w.-]{1,200}):([^=\s]{1,100})=", re.MULTILINE)
_MIX = re.compile(r"""^\s*"([\w-]{1,100})": \{:hex, :\w{1,100}, "([^"]{1,100})\"""", re.MULTILINE)
_PUB = re.compile(r"^  (\w{1,100}):\n(?:    .*\n){0,8}?    version: \"([^\"]{1,100})\"", re.MULTILINE)
_TEXTS = {
    "Gemfile.lock": _GEM,
    "gradle.lockfile": _GRADLE,
    "buildscript-gradle.lockfile": _GRADLE,
    "mix.lock": _MIX,
    "pubspec.lock": _PUB,
}


def read(document: Document) -> Graph:
    """List a lockfile of an ecosystem that is not looked up.

    Raises:
        UnreadableError: it is malformed.
    """
    name = posixpath.basename(document.path)
    found = {f"{node.name}@{node.version}": node for node in _nodes(name, document.text)}
    capped(len(found))
    return Graph(name, _ECOSYSTEMS[name], found, (Importer("", loose=tuple(found)),))


def _nodes(name: str, text: str) -> Iterator[Node]:
    if name in _TEXTS:
        number, seen = 1, 0
        for match in _TEXTS[name].finditer(text):
            number, seen = number + text.count("\n", seen, match.start(1)), match.start(1)
            yield Node(match[1], match[2], number)
    elif name == "Cargo.lock":
        yield from _cargo(text)
    else:
        yield from _json(name, text)


def _cargo(text: str) -> Iterator[Node]:
    """The crates; one without a source is the repository's own."""
    packages = tables(read_tables(text).get("package"))
    for package, line in zip(packages, table_lines(text, "package"), strict=False):
        if "source" in package:
            yield Node(text_of(package.get("name")), text_of(package.get("version")), line)


def _json(name: str, text: str) -> Iterator[Node]:
    data, lines = read_json(text), json_lines(text)
    match name:
        case "composer.lock":
            for one in (*tables(data.get("packages")), *tables(data.get("packages-dev"))):
                yield Node(text_of(one.get("name")), text_of(one.get("version")), 1)
        case "Package.resolved":
            for one in tables(data.get("pins")):
                yield Node(text_of(one.get("identity")), text_of(table(one, "state").get("version")), 1)
        case "deno.lock":
            for key in (*table(data, "npm"), *table(data, "jsr")):
                package, _, version = key.partition("_")[0].rpartition("@")
                yield Node(package, version, lines.get(key, 1))
        case "packages.lock.json":
            for framework in table(data, "dependencies").values():
                for package, value in table(framework).items():
                    yield Node(package, text_of(table(value).get("resolved")), lines.get(package, 1))
        case _:
            raise UnreadableError("of an unknown kind")
