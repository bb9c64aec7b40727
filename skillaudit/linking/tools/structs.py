"""Tools of Go servers that keep them in structs of their own or behind an interface, and register what they hold."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.calls.scene import fullest
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.registrations.handlers import RUNS
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.values.roles import Role

_TOOLS = re.compile(r"Tool(?:s?Def(?:inition)?|Spec|Entry|Info|Config|Registration|Descriptor)?$")
_NAMING = {"Name", "GetName", "ToolName"}
_RUNNING = {name.lower() for name in RUNS} | {"exec", "do"}


def find(box: Toolbox) -> Iterator[Candidate]:
    """``Tool{Name: "read", Handler: s.read}`` in packages with a registration that names its tools at run time."""
    registering = [one.fn.module for one in box.unnamed if box.program.modules[one.fn.module].language == "go"]
    packages = {box.program.package_path(module) for module in registering}
    for fn in box.program.functions() if packages else ():
        if box.program.modules[fn.module].language != "go" or box.program.package_path(fn.module) not in packages:
            continue
        for number, record in box.program.of_kind(fn, ir.Record):
            yield from _literal(box, fn.at(number), record)
        yield from _asked(box, fn)


def _literal(box: Toolbox, at: At, record: ir.Record) -> Iterator[Candidate]:
    entries = {entry.key: at.to(entry.value) for entry in record.entries if not entry.spread}
    run = next((entries[key] for key in entries if key.lower() in _RUNNING), None)
    if run is None or not {"Name", "Description"} <= entries.keys() or not _is_own(box, at, record):
        return
    for name, scene in fullest(box.scenes.texts(entries["Name"]), Fn(at.module, at.function)):
        handler = box.handler(run, scene)
        if handler is None:
            continue
        _fill(box, handler.fn)
        module, location = box.location(at.module, record.line, scene)
        yield Candidate(
            name, location, module, handler.fn, "definition", box.description(entries["Description"], scene),
            box.hints(entries.get("Annotations"), scene), around=handler.around,
            described=box.seen(entries["Description"], scene), definition=box.seen(at, scene),
        )  # fmt: skip


def _asked(box: Toolbox, fn: Fn) -> Iterator[Candidate]:
    """What a method says that an interface of the project asks for beside one that runs the tool.

    ``Spec() Spec { return Spec{Name: "read", Description: …} }`` or ``Name() string { return "read" }``.
    """
    owner = box.symbols.owner(fn)
    methods = {m.name: Fn(owner.module, m.function) for m in box.program.klass(owner).methods} if owner else {}
    run = next((methods[name] for name in methods if name.lower() in _RUNNING), None)
    name = box.program.function(fn).name
    if run is None or owner is None or not _is_asked(box, {name, box.program.function(run).name}):
        return
    for step in box.program.function(fn).steps:
        held = box.program.bare(fn.at(step.value)) if isinstance(step, ir.Return) and step.value >= 0 else None
        value = box.program.value(held) if held else None
        entries = {e.key: fn.at(e.value) for e in value.entries} if isinstance(value, ir.Record) else {}
        at = entries.get("Name") if "Description" in entries else held if name in _NAMING else None
        described = entries.get("Description") or _returned(box, methods.get("Description"))
        for text, scene in fullest(box.scenes.texts(at), fn) if at and described else ():
            _fill(box, run)
            place = box.program.location(owner.module, box.program.klass(owner).line)
            yield Candidate(
                text, place, owner.module, run, "definition", box.description(described, scene),
                described=box.seen(described, scene),
            )  # fmt: skip


def _is_asked(box: Toolbox, names: set[str]) -> bool:
    """Whether a Go interface of the project has methods of these names."""
    declared = (one for m in box.program.modules if m.language == "go" for one in m.classes if one.kind == "interface")
    return any(names <= {method.name for method in one.fields} for one in declared)


def _returned(box: Toolbox, fn: Fn | None) -> At | None:
    """What a method without branches gives back."""
    steps = box.program.function(fn).steps if fn else ()
    return next((fn.at(s.value) for s in steps if fn and isinstance(s, ir.Return) and s.value >= 0), None)


def _is_own(box: Toolbox, at: At, record: ir.Record) -> bool:
    """Whether the struct is one of the project's, and called a tool."""
    held = box.symbols.resolve(at.to(record.made_of)) if record.made_of >= 0 else ()
    return any(isinstance(symbol, Cls) and _TOOLS.search(box.program.klass(symbol).name) for symbol in held)


def _fill(box: Toolbox, handler: Fn) -> None:
    """The client fills whatever a handler gets beside its context."""
    for index, parameter in enumerate(box.program.function(handler).params):
        if "CallToolRequest" in parameter.type_text:
            box.client_fills(handler, Role.REQUEST, index)
        elif index > 0 and "context.Context" not in parameter.type_text:
            box.client_fills(handler, Role.ARGUMENTS, index)
