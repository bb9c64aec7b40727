"""The operations that an OpenAPI document describes, or that a web application's own routes make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import msgspec

from skillaudit.configuration import Document, Documents, List, Map, Node, Text, Unresolved, at, children, pairs, raw
from skillaudit.linking.knowledge.vocabulary import words
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
_DEEPEST = 24
_LARGEST = 1_500
_LONGEST = 200


class Source(msgspec.Struct, frozen=True):
    """An operation's node, its document, and the parameters that all operations of its path share."""

    root: Node
    node: Node
    shared: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. ``id`` is its operationId, empty where it has none; ``method`` is in lower case.

    ``source`` is where it stands in its document, None for a route in code.
    """

    id: str
    method: str
    path: str
    location: Location
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    source: Source | None = field(default=None, repr=False, compare=False)

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


class Api(msgspec.Struct, frozen=True):
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
        held = _target(document.root, raw(item, "$ref")) or item
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
                    Source(document.root, node, shared),
                )


def taken(source: Source) -> tuple[Form, bool]:
    """What an operation's parameters and body look like, and whether that is all of it."""
    plain = _Plain(source.root)
    parameters = [plain.of(one) for one in (*source.shared, *children(source.node, "parameters"))]
    body = at(source.node, "requestBody")
    form: Form = {"parameters": parameters, **({"requestBody": plain.of(body)} if body is not None else {})}
    return form, plain.whole


@dataclass(slots=True)
class _Plain:
    """Turns nodes into plain data, references inside the document followed; ``whole`` says whether nothing was cut."""

    root: Node
    whole: bool = True
    _left: int = _LARGEST
    _inside: list[str] = field(default_factory=list)

    def of(self, node: Node) -> Form:
        self._left -= 1
        if self._left < 0 or len(self._inside) > _DEEPEST:
            self.whole = False
            return "?"
        match node:
            case Text(text=text) | Unresolved(text=text):
                return text
            case List(items=items):
                return [self.of(one) for one in items]
            case Map(items=named):
                reference = raw(node, "$ref")
                target = _target(self.root, reference) if reference not in self._inside else None
                if target is not None:
                    self._inside.append(reference)
                    form = self.of(target)
                    self._inside.pop()
                    return form
                self.whole = self.whole and (not reference or reference in self._inside)
                return {key: self.of(one) for key, one in named}


def _target(root: Node, reference: str) -> Node | None:
    """What a reference names inside the document; None for other files and for nothing."""
    names = [step.replace("~1", "/").replace("~0", "~") for step in reference.removeprefix("#/").split("/")]
    return at(root, *names) if reference.startswith("#/") else None
