"""Tools of TypeScript, JavaScript and Go servers: what the rules mark, and definitions served by a dispatcher."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.program import At, Cls, Fn
from skillaudit.linking.roles import Role
from skillaudit.linking.symbols import External
from skillaudit.linking.toolbox import Candidate, Toolbox

_RUNS = ("execute", "handler", "handle", "run", "call", "invoke", "callback", "cb", "func", "fn", "executeTool")
_SCHEMAS = {
    "inputSchema",
    "input_schema",
    "parameters",
    "schema",
    "argsShape",
    "paramsSchema",
    "zodSchema",
    "InputSchema",
}
_HINTS = ("readOnlyHint", "destructiveHint", "openWorldHint", "ReadOnlyHint", "DestructiveHint", "OpenWorldHint")
_GO_TOOL = re.compile(r"/mcp\.Tool\(\)?$|/mcp\.Tool$")
_TOOL_CLASS = re.compile(r"Tool(?:Base|Handler|Definition)?$|^(?:Base|Abstract)\w*Tool")


def find(box: Toolbox) -> Iterator[Candidate]:
    """Every tool registered in TypeScript, JavaScript and Go files."""
    for fn in box.program.functions():
        language = box.program.modules[fn.module].language
        if language == "python":
            continue
        for _, call, _ in box.program.calls(fn):
            for mark in box.program.marks_of(fn.module, call):
                yield from _marked(box, fn, call, mark)
        yield from _records(box, fn, language)
    yield from _classes(box)


def _marked(box: Toolbox, fn: Fn, call: ir.Call, mark: ir.Mark) -> Iterator[Candidate]:
    roles = dict(mark.roles)
    handler = box.handler(box.place(fn, call, roles.get("handler", "")))
    if mark.fact == "dispatcher" and handler is not None:
        box.dispatchers.append(handler)
        box.client_fills(handler, Role.REQUEST, 0)
    elif mark.fact in {"resource", "prompt"}:
        box.client_fills(handler, Role.ARGUMENTS)
    elif mark.fact == "tool":
        yield from _tool(box, fn, call, roles, handler)


def _tool(box: Toolbox, fn: Fn, call: ir.Call, roles: dict[str, str], handler: Fn | None) -> Iterator[Candidate]:
    _fill(box, fn.module, handler)
    at = box.place(fn, call, roles.get("name", ""))
    names = box.texts.of(at) if at else ()
    definition = box.place(fn, call, roles.get("tool", "") or roles.get("definition", ""))
    if not names and definition is not None:
        names = tuple(_definition_names(box, definition))
    described = box.description(box.place(fn, call, roles.get("description", "")))
    hints = _hints(box, box.place(fn, call, roles.get("config", "")))
    around = box.around(fn, call, box.place(fn, call, roles.get("handler", "")))
    for name in names:
        location = box.program.location(fn.module, call.line)
        style = roles.get("style", "registered")
        yield Candidate(name, location, fn.module, handler, style, described, hints, around=around)


def _fill(box: Toolbox, module: int, handler: Fn | None) -> None:
    """A Go handler gets ``(ctx, request)`` or ``(ctx, request, input)``, the others their arguments first."""
    if handler is None:
        return
    if box.program.modules[module].language != "go":
        box.client_fills(handler, Role.ARGUMENTS, 0)
        return
    for index, parameter in enumerate(box.program.function(handler).params):
        if "CallToolRequest" in parameter.type_text:
            box.client_fills(handler, Role.REQUEST, index)
        elif index > 0 and "context.Context" not in parameter.type_text:
            box.client_fills(handler, Role.ARGUMENTS, index)


def _definition_names(box: Toolbox, at: At) -> Iterator[str]:
    """The names inside a tool value: ``mcp.NewTool("name", …)``, ``&mcp.Tool{Name: …}``, also returned by a function."""
    value = box.program.value(at)
    if isinstance(value, ir.Variable | ir.Item):
        yield from _definition_names(box, at.to(value.value if isinstance(value, ir.Variable) else value.base))
    elif isinstance(value, ir.Call):
        paths = [s.path for s in box.symbols.resolve(at.to(value.callee)) if isinstance(s, External)]
        if any(p.rpartition(".")[2].startswith("NewTool") for p in paths) and value.args:
            yield from box.texts.of(at.to(value.args[0].value))
    else:
        for key in ("Name", "name"):
            named = box.entry(at, key)
            if named is not None:
                yield from box.texts.of(named)


def _hints(box: Toolbox, at: At | None) -> tuple[str, ...]:
    annotations = (box.entry(at, "annotations") or at) if at else None
    if annotations is None:
        return ()
    found = []
    for hint in _HINTS:
        value = box.entry(annotations, hint)
        held = box.program.value(value) if value else None
        if isinstance(held, ir.Literal) and held.text.lower() == "true":
            found.append(hint[0].lower() + hint[1:])
    return tuple(found)


# --- definitions


def _records(box: Toolbox, fn: Fn, language: str) -> Iterator[Candidate]:
    """``{name, inputSchema, …}`` objects and Go tool literals, listed for a dispatcher or carrying their handler."""
    for number, value in enumerate(box.program.function(fn).values):
        if isinstance(value, ir.Record):
            at = fn.at(number)
            if language == "go":
                yield from _go_literal(box, at, value)
            else:
                yield from _script_record(box, at, value)
        elif isinstance(value, ir.Call) and language == "go":
            yield from _go_call(box, fn.at(number), value)


def _script_record(box: Toolbox, at: At, record: ir.Record) -> Iterator[Candidate]:
    entries = {entry.key: at.to(entry.value) for entry in record.entries if not entry.spread}
    if "name" not in entries or _SCHEMAS.isdisjoint(entries) or "description" not in entries:
        return
    handler = next((box.handler(entries[key]) for key in _RUNS if key in entries), None)
    if handler is not None:
        box.client_fills(handler, Role.ARGUMENTS, 0)
    elif "inputSchema" not in entries and "input_schema" not in entries:
        return
    hints = _hints(box, at)
    for name in box.texts.of(entries["name"]):
        location = box.program.location(at.module, record.line)
        yield Candidate(
            name,
            location,
            at.module,
            handler,
            "definition",
            box.description(entries["description"]),
            hints,
            dispatched=handler is None,
        )


def _go_literal(box: Toolbox, at: At, record: ir.Record) -> Iterator[Candidate]:
    """``server.ServerTool{Tool: …, Handler: …}`` and ``mcp.Tool{Name: …}``."""
    entries = {entry.key: at.to(entry.value) for entry in record.entries if not entry.spread}
    if "Tool" in entries and "Handler" in entries:
        handler = box.handler(entries["Handler"])
        _fill(box, at.module, handler)
        for name in _definition_names(box, entries["Tool"]):
            yield Candidate(name, box.program.location(at.module, record.line), at.module, handler, "ServerTool")
    elif record.made_of >= 0 and "Name" in entries:
        paths = [s.path for s in box.symbols.resolve(at.to(record.made_of)) if isinstance(s, External)]
        if any(_GO_TOOL.search(p) for p in paths):
            for name in box.texts.of(entries["Name"]):
                location = box.program.location(at.module, record.line)
                yield Candidate(name, location, at.module, None, "literal", dispatched=True)


def _go_call(box: Toolbox, at: At, call: ir.Call) -> Iterator[Candidate]:
    paths = [s.path for s in box.symbols.resolve(at.to(call.callee)) if isinstance(s, External)]
    if call.args and any(p.endswith(("/mcp.NewTool", "/mcp.NewToolWithRawSchema")) for p in paths):
        for name in box.texts.of(at.to(call.args[0].value)):
            yield Candidate(
                name, box.program.location(at.module, call.line), at.module, None, "NewTool", dispatched=True
            )


def _classes(box: Toolbox) -> Iterator[Candidate]:
    """Tool classes: a constant ``name``, a ``description`` and a method that runs it."""
    for module, held in enumerate(box.program.modules):
        if held.language in {"python", "go"}:
            continue
        for number, declared in enumerate(held.classes):
            fields = {f.name: f for f in declared.fields}
            methods = {m.name: m.function for m in declared.methods}
            run = next((methods[name] for name in _RUNS if name in methods), -1)
            name = fields.get("name") or fields.get("toolName")
            if run < 0 or name is None or name.value < 0 or not _is_tool_class(box, Cls(module, number)):
                continue
            handler = Fn(module, run)
            box.client_fills(handler, Role.ARGUMENTS, 0)
            for text in box.texts.of(Fn(module, declared.scope).at(name.value)):
                yield Candidate(text, box.program.location(module, declared.line), module, handler, "class")


def _is_tool_class(box: Toolbox, cls: Cls) -> bool:
    declared = box.program.klass(cls)
    names = [declared.name, *(box.origins.name_of(Fn(cls.module, declared.scope).at(base)) for base in declared.bases)]
    return any(_TOOL_CLASS.search(name) for name in names)
