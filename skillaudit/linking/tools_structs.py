"""Tools of Go servers that keep them in structs of their own, and register what a registry of these holds."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.handlers import RUNS
from skillaudit.linking.program import At, Cls, Fn
from skillaudit.linking.roles import Role
from skillaudit.linking.scene import fullest
from skillaudit.linking.toolbox import Candidate, Toolbox

_TOOLS = re.compile(r"Tool(?:s?Def(?:inition)?|Spec|Entry|Info|Config|Registration|Descriptor)?$")
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
