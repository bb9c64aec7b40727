"""The operations that an OpenAPI document describes, or that a web application's own routes make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from skillaudit.configuration import Document, Documents, List, Map, Node, Text, Unresolved, at, children, pairs, raw
from skillaudit.linking.vocabulary import words
from skillaudit.model import Location, Surface
from skillaudit.toolsurface import Form

METHODS: Final = ("get", "post", "put", "delete", "patch")
"""The methods that servers commonly make tools of."""

_ALL_METHODS: Final = {*METHODS, "head", "options", "trace", "query"}
_SAFE: Final = {"get", "head", "options", "trace", "query"}
_READS: Final = {
    "search", "query", "find", "list", "lookup", "filter", "count", "get", "fetch", "retrieve", "read", "check",
    "validate", "describe", "preview", "compare", "estimate",
}  # fmt: skip
_VERSIONED = re.compile(r"^v?\d+$")
_DEEPEST = 40
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. ``id`` is its operationId, empty where it has none; ``method`` is in lower case.

    ``takes`` is what the document says of its parameters and body.
    """

    id: str
    method: str
    path: str
    location: Location
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    takes: Form = field(default_factory=dict)

    @property
    def reads(self) -> bool:
        """Whether it only reads: by its method, or as a POST that its id or the end of its path calls a search."""
        if self.method in _SAFE:
            return True
        named = [word for word in words(self.id) if word != self.method and not _VERSIONED.match(word)]
        segments = [part for part in self.path.split("/") if part and not part.startswith("{")]
        last = words(segments[-1]) if segments else ()
        return self.method == "post" and not _READS.isdisjoint((*named[:1], *last[:1]))

    @property
    def hints(self) -> tuple[str, ...]:
        """The same as a tool's annotations would say it."""
        return ("readOnlyHint",) if self.reads else ("destructiveHint",)


@dataclass(frozen=True, slots=True)
class Api:
    """A document of the tree and its operations, in their order."""

    path: str
    surface: Surface
    package: str
    operations: tuple[Operation, ...]


def apis(documents: Documents) -> tuple[Api, ...]:
    """The OpenAPI documents of a tree that describe any operation."""
    held = documents.of("openapi")
    found = (Api(one.path, one.surface, one.package, tuple(_operations(one))) for one in held)
    return tuple(api for api in found if api.operations)


def _operations(document: Document) -> Iterator[Operation]:
    for path, item in pairs(document.root, "paths"):
        held = _followed(document.root, item)
        shared = children(held, "parameters")
        for method, node in pairs(held):
            if method.lower() in _ALL_METHODS and isinstance(node, Map):
                named = at(node, "operationId") or node
                yield Operation(
                    raw(node, "operationId")[:_LONGEST],
                    method.lower(),
                    path[:_LONGEST],
                    document.at(named),
                    raw(node, "summary").strip(),
                    raw(node, "description").strip(),
                    tuple(one.text for one in children(node, "tags") if isinstance(one, Text)),
                    _takes(node, shared),
                )


def _followed(root: Node, item: Node) -> Node:
    """A path's item, or what it refers to inside the same document."""
    steps = raw(item, "$ref").removeprefix("#/").split("/")
    names = [step.replace("~1", "/").replace("~0", "~") for step in steps]
    return (at(root, *names) or item) if raw(item, "$ref").startswith("#/") else item


def _takes(node: Node, shared: tuple[Node, ...]) -> Form:
    parameters = [_plain(one) for one in (*shared, *children(node, "parameters"))]
    body = at(node, "requestBody")
    return {"parameters": parameters, **({"requestBody": _plain(body)} if body is not None else {})}


def _plain(node: Node, depth: int = 0) -> Form:
    match node:
        case Text(text=text) | Unresolved(text=text):
            return text
        case List(items=items):
            return [_plain(one, depth + 1) for one in items] if depth < _DEEPEST else "?"
        case Map(items=named):
            return {key: _plain(one, depth + 1) for key, one in named} if depth < _DEEPEST else "?"
