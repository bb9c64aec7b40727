"""Which document of the tree the code reads: the one whose file name it holds, else the only one of its package."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations.operations import Api
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.model import Surface

_OWN = frozenset({Surface.PRODUCTION, Surface.CLI, Surface.SCRIPT})
_MOST = 600


class Named(msgspec.Struct, frozen=True):
    """Documents, and how they were found: ``style`` is the style of the tools made from them."""

    apis: tuple[Api, ...]
    style: str


NAMED = "OpenAPI document"
ONLY = "OpenAPI document (the only one)"


def of_value(box: Toolbox, at: At) -> Named | None:
    """The documents that a value is read from: the file names that its making mentions; None for a remote one."""
    texts = list(_mentioned(box, at))
    if any("://" in text for text in texts):
        return None
    named = _matching(box.apis, texts)
    return Named(named, NAMED) if named else of_only(box, box.program.package_path(at.module))


def of_package(box: Toolbox, packages: set[str]) -> Named | None:
    """The documents whose file names production code of the packages holds."""
    texts = (text for module in _modules(box, packages) for text in _texts(box, module))
    named = _matching(box.apis, texts)
    return Named(named, NAMED) if named else None


def of_only(box: Toolbox, package: str) -> Named | None:
    """The only document of a package that is neither documentation nor an example."""
    own = tuple(api for api in box.apis if api.package == package and api.surface in _OWN)
    return Named(own, ONLY) if len(own) == 1 else None


def reads_operations(box: Toolbox, packages: set[str]) -> bool:
    """Whether production code of the packages asks for the ids of operations."""
    return any("operationid" in _words(box, module) for module in _modules(box, packages))


def _modules(box: Toolbox, packages: set[str]) -> Iterator[int]:
    for number in range(len(box.program.modules)):
        if box.program.surface(number).counts and box.program.package_path(number) in packages:
            yield number


def _texts(box: Toolbox, module: int) -> Iterator[str]:
    for number in range(len(box.program.modules[module].functions)):
        yield from (one.text for _, one in box.program.of_kind(Fn(module, number), ir.Literal) if one.kind == "str")
        yield from (one.module for _, one in box.program.of_kind(Fn(module, number), ir.Import))


def _words(box: Toolbox, module: int) -> set[str]:
    found: set[str] = set()
    for number in range(len(box.program.modules[module].functions)):
        members = box.program.of_kind(Fn(module, number), ir.Member)
        found.update(member.name.replace("_", "").lower() for _, member in members)
        texts = box.program.of_kind(Fn(module, number), ir.Literal)
        found.update(one.text.lower() for _, one in texts if one.kind == "str")
    return found


def _matching(apis: tuple[Api, ...], texts: Iterator[str] | list[str]) -> tuple[Api, ...]:
    """The documents that the texts name; a name that fits several, none of them."""
    names = {PurePosixPath(api.path).name for api in apis}
    held: dict[str, Api] = {}
    for text in texts:
        parts = tuple(part for part in text.replace("\\", "/").split("/") if part not in {"", ".", ".."})
        if not parts or parts[-1] not in names or "://" in text:
            continue
        fitting = [api for api in apis if PurePosixPath(api.path).parts[-len(parts) :] == parts]
        if len(fitting) == 1:
            held[fitting[0].path] = fitting[0]
    return tuple(held[path] for path in sorted(held))


def _mentioned(box: Toolbox, start: At) -> Iterator[str]:
    """The constant texts that a value is made from, across names, calls and callers."""
    pending, seen = [start], {start}
    while pending and len(seen) < _MOST:
        at = pending.pop()
        value = box.program.value(at)
        if isinstance(value, ir.Literal) and value.kind == "str":
            yield value.text
        elif isinstance(value, ir.Import):
            yield value.module
        following = [one for one in _following(box, at, value) if one not in seen]
        seen.update(following)
        pending += following


def _following(box: Toolbox, at: At, value: ir.Value) -> Iterator[At]:  # noqa: C901, PLR0912 - one case per kind of value
    program = box.program
    match value:
        case ir.Variable(value=held):
            yield at.to(held)
        case ir.Member(base=base) | ir.Element(base=base):
            yield at.to(base)
        case ir.Item(base=base, key=key):
            yield from (at.to(base), at.to(key))
        case ir.Text(parts=inner) | ir.Operation(operands=inner) | ir.Choice(options=inner) | ir.Opaque(children=inner):
            yield from map(at.to, inner)
        case ir.Name(name=name):
            outer = program.lexical(Fn(at.module, at.function), name)
            yield from () if outer is None else (outer,)
        case ir.Import(module=module, symbol=symbol):
            found = program.imported(at.module, module, symbol)
            yield from (found,) if isinstance(found, At) else ()
        case ir.Param(index=index):
            for caller, number in box.origins.callers.get(Fn(at.module, at.function), ()):
                call = program.value(caller.at(number))
                if isinstance(call, ir.Call) and index < len(call.args):
                    yield caller.at(call.args[index].value)
        case ir.Call(callee=callee, args=arguments):
            yield from (at.to(argument.value) for argument in arguments)
            yield at.to(callee)
            for target in box.symbols.resolve(at.to(callee)):
                if isinstance(target, Fn):
                    steps = program.function(target).steps
                    yield from (target.at(s.value) for s in steps if isinstance(s, ir.Return) and s.value >= 0)
        case _:
            return
