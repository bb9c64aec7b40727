"""Tools of Python servers: decorators, ``add_tool``, ``Tool`` definitions with a dispatcher, tool classes."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.program import At, Fn
from skillaudit.linking.roles import Role
from skillaudit.linking.symbols import Data, External, Formal, Instance, Symbol
from skillaudit.linking.toolbox import Candidate, Toolbox

_FOREIGN = re.compile(
    r"^(?:langchain|crewai|agents|openai|llama_index|autogen|smolagents|pydantic_ai|strands|haystack)\b"
)
_TOOL_TYPES = re.compile(r"(?:^|\.)(?:types\.)?Tool$")
_REGISTERS = {"add_tool", "register_tool", "add_function_tool"}
_ENTRY_POINTS = ("call_tool", "on_call_tool")
_METHODS = ("run_tool", "execute", "run", "handle", "call", "invoke", "__call__", "_run")
_CLIENT_TYPES = ("ClientSession", "BaseModel")


def find(box: Toolbox) -> Iterator[Candidate]:
    """Every tool registered in Python files."""
    for fn in box.program.functions():
        if box.program.modules[fn.module].language != "python":
            continue
        yield from _decorated(box, fn)
        for _, call, _ in box.program.calls(fn):
            yield from _called(box, fn, call)


# --- decorators


def _decorated(box: Toolbox, fn: Fn) -> Iterator[Candidate]:
    function = box.program.function(fn)
    scope = Fn(fn.module, function.parent)
    for number in function.decorators:
        at = scope.at(number)
        kind, call = _decorator(box, at)
        if kind == "call_tool":
            _dispatches(box, fn)
        elif kind in {"resource", "prompt"}:
            box.client_fills(fn, Role.ARGUMENT)
        elif kind == "tool":
            box.client_fills(fn, Role.ARGUMENT)
            name = _given_name(box, scope, call) or function.name
            described = box.description(box.keyword(scope, call, "description")) if call else ""
            hints = _hints(box, box.keyword(scope, call, "annotations", "tags")) if call else ()
            location = box.program.location(fn.module, function.line)
            yield Candidate(name, location, fn.module, fn, "decorator", described or _first_line(function.doc), hints)


def _first_line(doc: str) -> str:
    return doc.strip().partition("\n")[0][:300]


def _decorator(box: Toolbox, at: At) -> tuple[str, ir.Call | None]:
    """What a decorator registers: ``tool``, ``resource``, ``prompt``, ``call_tool`` or nothing."""
    value = box.program.value(at)
    call = value if isinstance(value, ir.Call) else None
    callee = at.to(call.callee) if call else at
    held = box.program.value(callee)
    name = box.origins.name_of(callee)
    symbols = box.symbols.resolve(callee)
    if any(isinstance(s, External) and _FOREIGN.match(s.path) for s in symbols):
        return "", None
    if isinstance(held, ir.Member) and name in {"tool", "resource", "prompt", *_ENTRY_POINTS}:
        return ("call_tool" if name in _ENTRY_POINTS else name), call
    if name in {"tool", "mcp_tool", "register_tool"} and not isinstance(held, ir.Member):
        return ("tool" if _own_or_mcp(symbols) else ""), call
    return "", None


def _own_or_mcp(symbols: tuple[Symbol, ...]) -> bool:
    """A project's own ``@tool``, or one of an MCP library."""
    return any(isinstance(s, Fn) or (isinstance(s, External) and "mcp" in s.path) for s in symbols)


def _given_name(box: Toolbox, scope: Fn, call: ir.Call | None) -> str:
    if call is None:
        return ""
    at = box.keyword(scope, call, "name") or box.position(scope, call, 0)
    return box.texts.one(at) if at else ""


def _hints(box: Toolbox, at: At | None) -> tuple[str, ...]:
    """``readOnlyHint``/``destructiveHint``/``openWorldHint`` that are set."""
    if at is None:
        return ()
    value = box.program.value(at)
    while isinstance(value, ir.Variable):
        value = box.program.value(at.to(value.value))
    pairs: list[tuple[str, int]] = []
    if isinstance(value, ir.Call):
        pairs = [(a.name, a.value) for a in value.args if a.name]
    elif isinstance(value, ir.Record):
        pairs = [(e.key, e.value) for e in value.entries]
    return tuple(name for name, number in pairs if _is_true(box, at.to(number)))


def _is_true(box: Toolbox, at: At) -> bool:
    value = box.program.value(at)
    return isinstance(value, ir.Literal) and value.text.lower() == "true"


def _dispatches(box: Toolbox, fn: Fn) -> None:
    """``call_tool(name, arguments)``: the first parameter is the tool's name."""
    box.dispatchers.append(fn)
    parameters = box.program.function(fn).params
    for index, parameter in enumerate(parameters):
        if index > 0 or parameter.name in {"arguments", "args", "params"}:
            box.client_fills(fn, Role.ARGUMENTS, index)
        elif len(parameters) == 1:
            box.client_fills(fn, Role.REQUEST, index)


# --- calls


def _called(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[Candidate]:
    callee = box.program.value(fn.at(call.callee))
    symbols = box.symbols.resolve(fn.at(call.callee))
    name = box.origins.name_of(fn.at(call.callee))
    if isinstance(callee, ir.Member) and name in _REGISTERS:
        yield from _added(box, fn, call)
    elif isinstance(callee, ir.Call) and box.origins.name_of(fn.at(callee.callee)) == "tool":
        handler = box.handler(box.position(fn, call, 0))
        if handler is not None and isinstance(box.program.value(fn.at(callee.callee)), ir.Member):
            yield _registered(
                box,
                fn,
                call,
                handler,
                _given_name(box, fn, callee),
                _hints(box, box.keyword(fn, callee, "annotations")),
            )
    elif any(isinstance(s, External) and _TOOL_TYPES.search(s.path) and not _FOREIGN.match(s.path) for s in symbols):
        yield from _defined(box, fn, call)


def _added(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[Candidate]:
    at = box.position(fn, call, 0) or box.keyword(fn, call, "fn", "tool", "func")
    given = box.keyword(fn, call, "name")
    name = box.texts.one(given) if given else ""
    for target, inner in _each(box, at):
        handler = box.handler(target)
        if handler is not None:
            yield _registered(box, fn, call, handler, name or inner, _hints(box, box.keyword(fn, call, "annotations")))
        else:
            yield from _tool_object(box, target)


def _each(box: Toolbox, at: At | None) -> Iterator[tuple[At, str]]:
    """What ``add_tool`` is given: a function, ``Tool.from_function(f, name=…)``, or each of a list of them."""
    if at is None:
        return
    value = box.program.value(at)
    match value:
        case ir.Variable():
            yield from _each(box, at.to(value.value))
        case ir.Element():
            for symbol in box.symbols.resolve(at.to(value.base)):
                held = box.program.value(symbol.at) if isinstance(symbol, Data) else None
                if isinstance(symbol, Data) and isinstance(held, ir.Sequence):
                    for item in held.items:
                        yield from _each(box, symbol.at.to(item))
        case ir.Call() if box.origins.name_of(at.to(value.callee)) in {"from_function", "FunctionTool", "Tool", "tool"}:
            scope = Fn(at.module, at.function)
            target = box.position(scope, value, 0) or box.keyword(scope, value, "fn", "func", "function")
            named = box.keyword(scope, value, "name")
            if target is not None:
                yield target, box.texts.one(named) if named else ""
        case _:
            yield at, ""


def _registered(box: Toolbox, fn: Fn, call: ir.Call, handler: Fn, name: str, hints: tuple[str, ...]) -> Candidate:
    function = box.program.function(handler)
    box.client_fills(handler, Role.ARGUMENT)
    location = box.program.location(fn.module, call.line)
    return Candidate(name or function.name, location, fn.module, handler, "add_tool", _first_line(function.doc), hints)


def _tool_object(box: Toolbox, at: At) -> Iterator[Candidate]:
    """An instance of a project's tool class with a constant ``name`` and a method that runs it."""
    for symbol in box.symbols.resolve(at):
        if not isinstance(symbol, Instance):
            continue
        handler = next(
            (f for m in _METHODS for f in box.symbols.class_member(symbol.cls, m) if isinstance(f, Fn)), None
        )
        if handler is not None:
            box.client_fills(handler, Role.ARGUMENTS)
            declared = box.program.klass(symbol.cls)
            scope = Fn(symbol.cls.module, declared.scope)
            named = next((f.value for f in declared.fields if f.name == "name" and f.value >= 0), -1)
            name = box.texts.one(scope.at(named)) if named >= 0 else ""
            location = box.program.location(symbol.cls.module, declared.line)
            if name:
                yield Candidate(name, location, symbol.cls.module, handler, "class")


def _defined(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[Candidate]:
    """``types.Tool(name=…, inputSchema=…)``: served by the dispatcher, or by a method of the class around it."""
    at = box.keyword(fn, call, "name") or box.position(fn, call, 0)
    described = box.keyword(fn, call, "inputSchema", "input_schema", "description", "parameters")
    if at is None or described is None:
        return
    handler = _method_beside(box, fn)
    hints = _hints(box, box.keyword(fn, call, "annotations"))
    description = box.description(box.keyword(fn, call, "description"))
    for name in box.texts.of(at):
        location = box.program.location(fn.module, call.line)
        own = _heir(box, fn, name) or handler
        yield Candidate(name, location, fn.module, own, "definition", description, hints, dispatched=True)


def _method_beside(box: Toolbox, fn: Fn) -> Fn | None:
    owner = box.symbols.owner(fn)
    if owner is None:
        return None
    methods = {m.name: m.function for m in box.program.klass(owner).methods}
    found = next((Fn(owner.module, methods[name]) for name in _METHODS if name in methods), None)
    box.client_fills(found, Role.ARGUMENTS)
    return found


def _heir(box: Toolbox, fn: Fn, name: str) -> Fn | None:
    """A function named like the tool, in the same file, that the dispatcher calls."""
    bound = box.program.bindings(Fn(fn.module, 0))
    for candidate in (
        name,
        f"handle_{name}",
        f"{name}_handler",
        name.replace("-", "_"),
        f"handle_{name.replace('-', '_')}",
    ):
        if candidate in bound:
            target = box.handler(Fn(fn.module, 0).at(bound[candidate]))
            if target is not None and not box.program.function(target).name.startswith("_"):
                for index, _ in enumerate(box.program.function(target).params):
                    box.roles.add(Formal(target, index), Role.ARGUMENTS)
                return target
    return None
