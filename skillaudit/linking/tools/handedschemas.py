"""The schemas that a registration checks arguments with, where one tool's own object or element says which."""

from collections.abc import Iterable, Iterator, Sequence

from skillaudit import ir
from skillaudit.linking.calls.scene import Scene, Seen
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.tools import definitions

_DEPTH = 8
_PARSES = {"parse", "safeParse", "parseAsync", "safeParseAsync", "validate", "parse_obj", "model_validate"}
_FRAMEWORKS = ("mcp-framework",)
"""What checks the arguments of its own tool classes."""
Registered = tuple[Fn, Scene]
"""A tool's handler, and the scene in which its registration names it."""


def describe(box: Toolbox, fn: Fn, call: ir.Call, found: Sequence[Registered]) -> None:
    """Say of each handler which schemas its arguments pass; nothing of one that several tools share.

    ``inputSchema: tool.schema.shape`` in a loop, a helper or a base class is a different schema for each tool.
    """
    for handler in dict.fromkeys(handler for handler, _ in found):
        scenes = [scene for held, scene in found if held == handler]
        if len(scenes) == 1:
            seen = (at for argument in call.args for at in _inside(box, fn.at(argument.value), scenes[0], _DEPTH))
            box.roles.describe(Formal(handler, 0), tuple(dict.fromkeys(seen)))


def parsed(box: Toolbox, near: Iterable[Fn]) -> bool:
    """Whether a dispatcher puts the arguments through the schema of the tool that it looked up."""
    return any(
        isinstance(held, ir.Member) and held.name in definitions.FIELDS
        for fn in near
        for _, call, _ in box.program.calls(fn)
        if isinstance(callee := box.program.value(fn.at(call.callee)), ir.Member) and callee.name in _PARSES
        for held in (box.program.value(fn.at(callee.base)),)
    )


def describe_class(box: Toolbox, cls: Cls, run: Fn, definition: Iterable[Seen], *, checked: bool) -> None:
    """The same of a class that its own code or a framework's registers with its schema, or that is ``checked``."""
    if checked or _registers(box, cls) or _is_framework_s(box, cls):
        box.roles.describe(Formal(run, 0), tuple(held for held, _ in definition if isinstance(held, At)))


def _registers(box: Toolbox, cls: Cls) -> bool:
    methods = box.handlers.methods(cls).values()
    calls = ((fn, call) for fn in methods for _, call, _ in box.program.calls(fn))
    return any(mark.fact == "tool" for fn, call in calls for mark in box.program.marks_of(fn.module, call))


def _is_framework_s(box: Toolbox, cls: Cls) -> bool:
    line = ((one, base) for one in box.scenes.lineage.line(cls) for base in box.program.klass(one).bases)
    resolved = (box.symbols.resolve(At(one.module, box.program.klass(one).scope, base)) for one, base in line)
    return any(isinstance(s, External) and s.path.startswith(_FRAMEWORKS) for found in resolved for s in found)


def _inside(box: Toolbox, at: At, scene: Scene, depth: int) -> Iterator[At]:
    """The expressions that members of a tool's object stand for, wherever in the argument they are used."""
    value = box.program.value(at)
    if not depth:
        return
    match value:
        case ir.Record():
            for entry in value.entries:
                yield from _inside(box, at.to(entry.value), scene, depth - 1)
        case ir.Call():
            callee = box.program.value(at.to(value.callee))
            if isinstance(callee, ir.Member):
                yield from _inside(box, at.to(callee.base), scene, depth - 1)
            for argument in value.args:
                yield from _inside(box, at.to(argument.value), scene, depth - 1)
        case ir.Member(name="shape" | "_def"):
            yield from _inside(box, at.to(value.base), scene, depth - 1)
        case ir.Member():
            held = [one for one, _ in list(box.scenes.of(at, scene)) if isinstance(one, At)]
            yield from (one for one in held if one != at and len(held) == 1)
        case ir.Variable():
            yield from _inside(box, at.to(value.value), scene, depth - 1)
        case _:
            return
