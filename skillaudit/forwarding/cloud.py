"""Cloud resources of Terraform and CloudFormation, with variables and references resolved as far as the tree goes."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from skillaudit.configuration import Document, Documents, List, Map, Node, Text, Unresolved, at, pairs, raw, text
from skillaudit.environment import deployed
from skillaudit.forwarding.arm import arm_resources
from skillaudit.model import Location

_REFERENCE = re.compile(r"\$\{([^{}]{1,200})\}")
_CFN = {"Ref", "Fn::GetAtt", "Fn::Sub", "Fn::ImportValue"}
_DEPTH = 6
_LONGEST = 2000

Lookup = Callable[[str], Node | None]


class Resource(msgspec.Struct, frozen=True):
    """One resource: ``kind`` as the tool calls it, ``label`` the name it is referred to by, within ``scope``."""

    kind: str
    label: str
    body: Node
    document: Document
    scope: str

    @property
    def location(self) -> Location:
        """Where it is declared."""
        return self.document.at(self.body)

    def read(self, *names: str) -> str:
        """A property by any of its spellings, dots between the parts; resolved or not."""
        return next((found for name in names if (found := raw(self.body, *name.split(".")))), "")

    def node(self, *names: str) -> Node | None:
        """The node of a property by any of its spellings."""
        return next((found for name in names if (found := at(self.body, *name.split("."))) is not None), None)

    def names(self, written: str) -> bool:
        """Whether a text means this resource: its own name, or a reference to it."""
        if not written:
            return False
        found = {f"{self.kind}.{self.label}", f"${{{self.kind}.{self.label}", self.label if "::" in self.kind else ""}
        own = {one for one in map(self.read, _NAME_KEYS) if one and "$" not in one}
        if "::" in self.kind:
            return written in own or written.partition(".")[0] == self.label or f"${{{self.label}" in written
        return written in own or any(_refers(written, one) for one in found if one)


_NAME_KEYS = ("name", "bucket", "LogGroupName", "BucketName", "RoleName", "Name", "account_id", "DeliveryStreamName")


def _refers(written: str, reference: str) -> bool:
    place = written.find(reference)
    return place >= 0 and not re.match(r"[\w-]", written[place + len(reference) :][:1])


class Cloud(msgspec.Struct, frozen=True):
    """All resources of a tree."""

    all: tuple[Resource, ...] = ()
    policies: tuple[Document, ...] = msgspec.field(default=())

    def of(self, *kinds: str) -> Iterator[Resource]:
        """The resources of any of the kinds."""
        return (one for one in self.all if one.kind in kinds)

    def named(self, written: str, *kinds: str) -> Resource | None:
        """The resource of one of the kinds that a text means."""
        return next((one for one in self.of(*kinds) if one.names(written)), None)


def cloud(held: Documents) -> Cloud:
    """The resources that deployment declares, and policies that stand in files of their own."""
    modules: dict[str, list[Document]] = {}
    for document in held.of("terraform", "tfvars"):
        if deployed(document):
            modules.setdefault(posixpath.dirname(document.path), []).append(document)
    given = dict(_module_arguments(modules))
    found = [one for folder, documents in modules.items() for one in _terraform(folder, documents, given)]
    for document in held.of("cloudformation", "serverless"):
        if deployed(document):
            found += _cloudformation(document)
    for document in held.of("arm"):
        if deployed(document):
            named = arm_resources(document)
            found += [Resource(kind, label, body, document, document.path) for kind, label, body in named]
    return Cloud(tuple(found), tuple(one for one in held.of("iam", "serverless") if deployed(one)))


def _module_arguments(modules: dict[str, list[Document]]) -> Iterator[tuple[str, Map]]:
    """What callers give to modules that lie in the tree, resolved in the caller."""
    for folder, documents in modules.items():
        lookup = _variables(documents, None)
        for document in documents:
            for name, call in pairs(document.root):
                for _, body in pairs(call) if name == "module" else ():
                    source = text(body, "source")
                    resolved = resolve(body, lookup)
                    if source.startswith(".") and isinstance(resolved, Map):
                        yield posixpath.normpath(posixpath.join(folder, source)), resolved


def _variables(documents: list[Document], arguments: Map | None) -> Lookup:
    """``var.x`` from the caller, a tfvars file or its default, ``local.x``, and templates that are filled."""
    held: dict[str, Node] = {}
    for document in documents:
        for name, node in pairs(document.root):
            if name == "variable" and document.kind == "terraform":
                for label, body in pairs(node):
                    if (default := at(body, "default")) is not None:
                        held.setdefault(f"var.{label}", default)
            elif name == "locals":
                held |= {f"local.{label}": body for label, body in pairs(node)}
            elif name == "data":
                ones = pairs(node, "template_file")
                held |= {
                    f"data.template_file.{label}.rendered": made
                    for label, body in ones
                    if (made := at(body, "rendered"))
                }
    for document in documents:
        if document.kind == "tfvars":
            held |= {f"var.{name}": node for name, node in pairs(document.root)}
    held |= {f"var.{name}": node for name, node in (arguments.items if arguments else ())}
    return held.get


def resolve(node: Node, lookup: Lookup) -> Node:
    """The tree with what ``lookup`` knows filled in; no more than so many nodes, as values may multiply."""
    return _Resolver(lookup).node(node, 0)


@dataclass(slots=True)
class _Resolver:
    lookup: Lookup
    left: int = 100_000

    def node(self, node: Node, depth: int) -> Node:
        """A node, resolved."""
        self.left -= 1
        if self.left < 0:
            return Unresolved(node.line, "")
        match node:
            case Text():
                return node
            case Unresolved(line, written):
                return self._scalar(line, written, depth)
            case List(line, items):
                return List(line, tuple(self.node(one, depth) for one in items))
            case Map(line, named):
                if len(named) == 1 and named[0][0] in _CFN:
                    return self.node(_intrinsic(line, named[0][1]), depth)
                return Map(line, tuple((key, self.node(one, depth)) for key, one in named))

    def _scalar(self, line: int, written: str, depth: int) -> Node:
        if depth > _DEPTH:
            return Unresolved(line, written)
        known = self.lookup(written)
        if known is not None:
            return _moved(self.node(known, depth + 1), line)
        filled = _REFERENCE.sub(lambda found: self._part(found, depth), written) if "${" in written else written
        if len(filled) > _LONGEST:
            return Unresolved(line, written)
        return Text(line, filled) if filled != written and "${" not in filled else Unresolved(line, filled)

    def _part(self, found: re.Match[str], depth: int) -> str:
        """One interpolation."""
        inner = self.lookup(found[1].strip())
        done = self.node(inner, depth + 1) if inner is not None else None
        return done.text if isinstance(done, Text | Unresolved) else found[0]


def _intrinsic(line: int, node: Node) -> Node:
    """CloudFormation's functions as JSON spells them."""
    if isinstance(node, List):
        parts = [one.text for one in node.items if isinstance(one, Text)]
        return Unresolved(line, ".".join(parts))
    return Unresolved(line, node.text) if isinstance(node, Text | Unresolved) else Unresolved(line, "")


def _moved(node: Node, line: int) -> Node:
    """A value stands where it is used, a tree where it was written."""
    match node:
        case Text(_, held):
            return Text(line, held)
        case Unresolved(_, held):
            return Unresolved(line, held)
        case _:
            return node


def _terraform(folder: str, documents: list[Document], given: dict[str, Map]) -> Iterator[Resource]:
    lookup = _variables(documents, given.get(folder))
    for document in documents:
        for name, node in pairs(document.root):
            if name == "module" and document.kind == "terraform":
                outside = ((label, body) for label, body in pairs(node) if not text(body, "source").startswith("."))
                for label, body in outside:
                    yield Resource("module", label, resolve(body, lookup), document, folder)
            if name not in {"resource", "data"} or document.kind != "terraform":
                continue
            for kind, labelled in pairs(node):
                for label, body in pairs(labelled):
                    shown = kind if name == "resource" else f"data.{kind}"
                    resolved = resolve(body, lookup)
                    if raw(resolved, "count") != "0":
                        yield Resource(shown, label, resolved, document, folder)


def _cloudformation(document: Document) -> Iterator[Resource]:
    root = document.root
    template = root if document.kind == "cloudformation" else at(root, "resources") or root
    defaults = {
        name: default for name, node in pairs(template, "Parameters") if (default := at(node, "Default")) is not None
    }
    common = pairs(template, "Globals", "Function")
    for label, node in pairs(template, "Resources"):
        body = at(node, "Properties")
        if body is None and isinstance(node, Map):
            body = Map(node.line, ())
        if isinstance(body, Map):
            kind = text(node, "Type")
            extra = common if kind == "AWS::Serverless::Function" else ()
            whole = Map(node.line, (*body.items, *extra))
            yield Resource(kind, label, resolve(whole, defaults.get), document, document.path)
