"""Tools of Python servers: decorators, ``add_tool``, ``Tool`` definitions with a dispatcher, tool classes."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.calls.scene import NOWHERE, Held, Scene
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Formal, Symbol
from skillaudit.linking.registrations.handlers import RUNS, Handler
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox, Unnamed
from skillaudit.linking.tools import codebeside, definitions, reflected, wrapped
from skillaudit.linking.tools.taken import taken
from skillaudit.linking.values.roles import Role

_FOREIGN = re.compile(
    r"^(?:langchain|crewai|agents|openai|llama_index|autogen|smolagents|pydantic_ai|strands|haystack)\b"
)
_TOOL_TYPES = re.compile(r"(?:^|\.)(?:types\.)?Tool$")
_UNDECODED = "mcp.server.fastmcp"
_SERVERS = re.compile(r"(?:^|\.)(?:FastMCP|MCPServer)$")
_CALLED_SERVERS = {"mcp", "server", "app", "mcp_server"}
_MIDDLEWARE = re.compile(r"^fastmcp\.server\.middleware\.(?:[\w.]+\.)?Middleware$")
_DESCRIPTION = re.compile(r"desc|doc|summary|help", re.IGNORECASE)
_REGISTERS = {"add_tool", "register_tool", "add_function_tool"}
_SERVED = {"read_resource": 0, "get_prompt": 1}
"""Decorators of the low-level server for resources and prompts, and which parameter is the first that clients fill."""

_ENTRY_POINTS = ("call_tool", "on_call_tool")


def find(box: Toolbox) -> Iterator[Candidate]:
    """Every tool registered in Python files."""
    for fn in box.program.functions():
        if box.program.modules[fn.module].language != "python":
            continue
        yield from _decorated(box, fn)
        for _, call, _ in box.program.calls(fn):
            yield from _called(box, fn, call)
        _intercepts(box, fn)


def _intercepts(box: Toolbox, fn: Fn) -> None:
    """Hooks of FastMCP's middleware are told of each message, whether or not they say its type: ``on_call_tool``."""
    owner = box.symbols.owner(fn) if box.program.function(fn).name.startswith("on_") else None
    if owner is None:
        return
    declared = box.program.klass(owner)
    bases = (s for base in declared.bases for s in box.symbols.resolve(At(owner.module, declared.scope, base)))
    if any(isinstance(s, External) and _MIDDLEWARE.match(s.path) for s in bases):
        for index, parameter in enumerate(box.program.function(fn).params):
            if parameter.name in {"context", "ctx"} and not parameter.type_text:
                box.roles.add(Formal(fn, index), Role.REQUEST)


# --- decorators


def _decorated(box: Toolbox, fn: Fn) -> Iterator[Candidate]:
    function = box.program.function(fn)
    scope = Fn(fn.module, function.parent)
    for number in function.decorators:
        kind, call = _decorator(box, scope.at(number))
        if kind == "call_tool":
            _dispatches(box, fn)
        elif kind in _SERVED:
            box.answering.append(fn)
            for index in range(_SERVED[kind], len(function.params)):
                role = Role.URI if kind == "read_resource" else Role.ARGUMENTS
                box.client_fills(fn, role, index)
        elif kind in {"resource", "prompt"}:
            box.answering.append(fn)
            box.client_fills(fn, Role.URI if kind == "resource" and _is_parsed(box, scope, call) else Role.ARGUMENT)
        elif kind == "tool":
            given = _given_name(box, scope, call) if call else None
            own = box.around(scope, call) if call else ()
            style = "marked" if _marks_only(box, own) else "function"
            handler = Handler(fn, wrapped.registering(box, own), NOWHERE)
            yield from (replace(one, style=style) for one in _registered(box, scope, call, handler, given))


def _marks_only(box: Toolbox, own: tuple[Fn, ...]) -> bool:
    """Whether a project's own ``@tool(…)`` says what a function is, and something else registers it with the SDK."""
    near = [fn for outer in own for fn in (outer, *box.handlers.closures(outer))]
    called = {box.origins.name_of(fn.at(call.callee)) for fn in near for _, call, _ in box.program.calls(fn)}
    return bool(own) and called.isdisjoint(_REGISTERS | {"tool"})


def _registered(
    box: Toolbox, scope: Fn, call: ir.Call | None, handler: Handler, given: At | None
) -> Iterator[Candidate]:
    """The tools that a decorator, ``tool(…)(f)`` or ``add_tool(f, …)`` registers under the given name or their own."""
    function = box.program.function(handler.fn)
    box.client_fills(handler.fn, Role.ARGUMENT)
    wrapped.decorated(box, handler.fn)
    wrapped.presented(box, handler.around)
    names = list(box.scenes.texts(given, handler.scene)) if given else [(function.name, handler.scene)]
    if not names:
        box.unnamed.append(Unnamed(scope, function.line, given, handler.fn, handler.around))
    for name, scene in names:
        inner = box.handlers.inside(handler.fn, scene, handler.around) if scene.choices else handler
        about = _description(box, scope, call) if call else None
        described = box.description(about, scene)
        hints = box.hints(box.keyword(scope, call, "annotations"), scene) if call else ()
        module, location = box.location(handler.fn.module, function.line, scene)
        doc = described or _first_line(box.program.function(inner.fn).doc)
        text = box.program.function(inner.fn).doc
        said = box.seen(about, scene)
        yield Candidate(
            name, location, module, inner.fn, "function", doc, hints, around=inner.around, text=text, described=said
        )


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
    if isinstance(held, ir.Member) and name in _SERVED and call:
        return name, call
    if name in {"tool", "mcp_tool", "register_tool"} and not isinstance(held, ir.Member):
        return ("tool" if _own_or_mcp(symbols) else ""), call
    return "", None


def _is_parsed(box: Toolbox, scope: Fn, call: ir.Call | None) -> bool:
    """Whether a resource is registered with the FastMCP of the SDK's version 1, which matches an ``AnyUrl`` undecoded.

    The package ``fastmcp`` and version 2 decode what they match: there ``%0A`` arrives as a line break.
    """
    callee = box.program.value(scope.at(call.callee)) if call else None
    server = box.program.bare(scope.at(callee.base)) if isinstance(callee, ir.Member) else None
    value = box.program.value(server) if server else None
    given = [server] if server else []
    if isinstance(value, ir.Param):
        formal, calls = Formal(scope, value.index), box.origins.callings
        made = [(caller, call) for caller, _, call in calls.of(scope) if box.program.surface(caller.module).counts]
        given += [at for caller, held in made for at in calls.arguments(caller, held, formal)]
    paths = [s.path for at in given for s in box.symbols.resolve(at) if isinstance(s, External)]
    return bool(paths) and all(path.startswith(_UNDECODED) for path in paths)


def _own_or_mcp(symbols: tuple[Symbol, ...]) -> bool:
    """A project's own ``@tool``, or one of an MCP library."""
    return any(isinstance(s, Fn) or (isinstance(s, External) and "mcp" in s.path) for s in symbols)


def _given_name(box: Toolbox, scope: Fn, call: ir.Call) -> At | None:
    """The name that a decorator is given, which is not what the project's own one takes first as a description."""
    return box.keyword(scope, call, "name") or (None if _describes(box, scope, call) else box.position(scope, call, 0))


def _description(box: Toolbox, scope: Fn, call: ir.Call) -> At | None:
    """The description that a decorator is given, by its name or first where the project's own one takes it so."""
    first = box.position(scope, call, 0) if _describes(box, scope, call) else None
    return box.keyword(scope, call, "description") or first


def _describes(box: Toolbox, scope: Fn, call: ir.Call) -> bool:
    own = [box.program.function(fn).params for fn in box.around(scope, call)]
    return any(params and _DESCRIPTION.search(params[0].name) for params in own)


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
    paths = [s.path for s in symbols if isinstance(s, External) and not _FOREIGN.match(s.path)]
    if isinstance(callee, ir.Member) and name in _REGISTERS:
        yield from _added(box, fn, call)
    elif isinstance(callee, ir.Call) and isinstance(box.program.value(fn.at(callee.callee)), ir.Member):
        applied = box.origins.name_of(fn.at(callee.callee))
        if applied == "tool":
            yield from _applied(box, fn, call, callee)
        elif applied in _ENTRY_POINTS and (served := box.handler(box.position(fn, call, 0))) is not None:
            _dispatches(box, served.fn)
    elif isinstance(callee, ir.Member) and callee.name == "tool" and (paths or _is_server(box, fn.at(callee.base))):
        yield from _given(box, fn, call)
    elif any(_TOOL_TYPES.search(path) for path in paths):
        yield from _defined(box, fn, call)
    elif any(_SERVERS.search(path) for path in paths) and (listed := box.keyword(fn, call, "tools")):
        for held, scene in box.scenes.elements(listed):
            yield from _object(box, fn, call, held, scene)


def _is_server(box: Toolbox, at: At) -> bool:
    """Whether something whose type is not in sight is called a server."""
    return box.origins.name_of(at) in _CALLED_SERVERS and not any(
        isinstance(s, External) for s in box.symbols.resolve(at)
    )


def _applied(box: Toolbox, fn: Fn, call: ir.Call, decorator: ir.Call) -> Iterator[Candidate]:
    """``mcp.tool(name=…)(f)``."""
    target = box.position(fn, call, 0)
    given = _given_name(box, fn, decorator)
    named = [scene for _, scene in box.scenes.texts(given)] if given else list(_scenes(box, target))
    for scene in named:
        handler = box.handler(target, scene)
        if handler is not None:
            yield from _registered(box, fn, decorator, handler, given)
    if target is not None:
        yield from _members(box, fn, decorator, target)


def _scenes(box: Toolbox, at: At | None) -> Iterator[Scene]:
    """A scene for each function that a decorator puts ``at`` around, else for each round of a loop."""
    fn = next((s for s in box.symbols.resolve(at) if isinstance(s, Fn)), None) if at is not None else None
    inner = box.scenes.decorations.wrapped(fn) if fn is not None else None
    found = [scene for held, scene in box.scenes.of(inner) if isinstance(held, Fn)] if inner is not None else []
    yield from found or _rounds(box, at)


def _given(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[Candidate]:
    """``mcp.tool(f, name=…)``, also with a method: FastMCP 2. A wrapper of nobody knows what is no tool."""
    target = box.position(fn, call, 0)
    handler = box.handler(target) if target is not None and not _is_text(box, target) else None
    if handler is not None and box.scenes.decorations.wrapped(handler.fn) is None:
        yield from _registered(box, fn, call, handler, box.keyword(fn, call, "name"))
    elif target is not None:
        yield from _members(box, fn, call, target)


def _members(box: Toolbox, fn: Fn, call: ir.Call, target: At) -> Iterator[Candidate]:
    """Each method that a loop over an object's members registers."""
    around = (wrapper.fn,) if (wrapper := box.handler(target)) is not None else ()
    for method in reflected.members(box, fn, target):
        yield from _registered(box, fn, call, Handler(method, around, NOWHERE), None)


def _is_text(box: Toolbox, at: At) -> bool:
    return any(True for _ in box.scenes.texts(at))


def _rounds(box: Toolbox, at: At | None) -> Iterator[Scene]:
    """A scene for each round of a loop over functions that are wrapped: ``for f in (a, b): mcp.tool()(wrap(f))``."""
    value = box.program.value(box.program.bare(at)) if at is not None else None
    inner = [] if at is None else [at]
    if at is not None and isinstance(value, ir.Call):
        inner = [at.to(argument.value) for argument in value.args]
    for one in inner:
        place = box.program.bare(one)
        element = box.program.value(place)
        if isinstance(element, ir.Element):
            base = place.to(element.base)
            yield from (
                NOWHERE.having(base, held, box.scenes.answers.line(held)) for held, _ in box.scenes.elements(base)
            )
            return
    yield NOWHERE


def _added(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[Candidate]:
    """``add_tool(f, name=…)``, ``add_tool(Tool.from_function(f))``, ``add_tool(MyTool())``, also in loops."""
    at = box.position(fn, call, 0) or box.keyword(fn, call, "fn", "tool", "func")
    for held, scene in list(box.scenes.of(at)) if at else ():
        yield from _object(box, fn, call, held, scene)
    if at is not None:
        yield from _members(box, fn, call, at)


def _object(box: Toolbox, fn: Fn, call: ir.Call, held: Held, scene: Scene) -> Iterator[Candidate]:
    """What is registered: a function, a tool made of one, or an object with a name and a method that runs it."""
    value = box.program.value(held) if isinstance(held, At) else None
    if isinstance(held, At) and isinstance(value, ir.Call) and _makes_tool(box, held, value):
        scope = Fn(held.module, held.function)
        target = box.position(scope, value, 0) or box.keyword(scope, value, "fn", "func", "function")
        given = box.keyword(scope, value, "name")
        for one, inner in list(box.scenes.of(target, scene)) if target and not given else [(target, scene)]:
            yield from _rounded(box, scope, value, (one, inner), given)
    elif isinstance(held, At) and (cls := box.scenes.answers.instance(held)) is not None:
        yield from _instance(box, cls, held, scene)
    elif box.handler(held, scene) is not None:
        yield from _rounded(box, fn, call, (held, scene), box.keyword(fn, call, "name"))
    else:
        box.unnamed.append(Unnamed(fn, call.line))


def _rounded(
    box: Toolbox, fn: Fn, call: ir.Call, seen: tuple[Held | None, Scene], given: At | None
) -> Iterator[Candidate]:
    """The tools that one call registers: one for each name that the given one may be, with the code of that round."""
    target, scene = seen
    rounds = [inner for _, inner in box.scenes.texts(given, scene)] if given else []
    handlers = (box.handler(target, inner) for inner in rounds or [scene])
    candidates = (one for handler in handlers if handler for one in _registered(box, fn, call, handler, given))
    yield from {(one.name, one.handler): one for one in candidates}.values()


def _makes_tool(box: Toolbox, at: At, call: ir.Call) -> bool:
    return box.origins.name_of(at.to(call.callee)) in {"from_function", "FunctionTool", "Tool", "tool"}


def _instance(box: Toolbox, cls: Cls, at: At, scene: Scene) -> Iterator[Candidate]:
    """An object of a project's tool class."""
    methods = box.handlers.methods(cls)
    handler = next((methods[name] for name in RUNS if name in methods), None)
    if handler is None:
        return
    box.client_fills(handler, Role.ARGUMENTS)
    around = box.handlers.templates(cls, handler)
    described = next(box.scenes.read(box.scenes.entry(at, ("description",), scene)), ("", scene))[0]
    for name, _ in box.scenes.read(box.scenes.entry(at, ("name",), scene)):
        location = box.program.location(cls.module, box.program.klass(cls).line)
        said = tuple(box.scenes.entry(at, ("description",), scene))[:1]
        definition = definitions.of_object(box, at, scene)
        yield Candidate(
            name, location, cls.module, handler, "class", _first_line(described), around=around,
            described=said, definition=definition,
        )  # fmt: skip


def _reflected(box: Toolbox, name: str, method: Fn) -> Candidate:
    """A tool that a method is, found by its name among its object's members and described there."""
    function = box.program.function(method)
    module, location = box.location(method.module, function.line, NOWHERE)
    doc = _first_line(function.doc)
    return Candidate(
        name, location, module, taken(box, method), "definition", doc, dispatched=True, text=function.doc
    )  # fmt: skip


def _defined(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[Candidate]:
    """``types.Tool(name=…, inputSchema=…)``: served by the dispatcher, or by a method of the class around it."""
    at = box.keyword(fn, call, "name") or box.position(fn, call, 0)
    described = box.keyword(fn, call, "inputSchema", "input_schema", "description", "parameters")
    if at is None or described is None:
        return
    names = list(box.scenes.texts(at))
    reflected_tools = {} if names else dict(reflected.named(box, fn, at))
    if not names and not reflected_tools:
        box.unnamed.append(Unnamed(fn, call.line, at))
    yield from (_reflected(box, name, method) for name, method in reflected_tools.items())
    for name, scene in names:
        module, location = box.location(fn.module, call.line, scene)
        own = codebeside.of(box, fn, name, (at, scene))
        hints = box.hints(box.keyword(fn, call, "annotations"), scene)
        description = box.description(box.keyword(fn, call, "description"), scene)
        said = box.seen(box.keyword(fn, call, "description"), scene)
        schema = box.seen(box.keyword(fn, call, "inputSchema", "input_schema", "parameters"), scene)
        yield Candidate(
            name, location, module, own, "definition", description, hints, dispatched=True,
            described=said, definition=schema,
        )  # fmt: skip
