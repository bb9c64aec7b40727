"""Tools of TypeScript, JavaScript and Go servers: what the rules mark, and definitions served by a dispatcher."""

import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import TypeAlias

from skillaudit import ir
from skillaudit.linking.calls.scene import NOWHERE, Scene, Seen, fullest
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.registrations.handlers import RUNS, Handler
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox, Unnamed
from skillaudit.linking.tools import definitions, handedschemas, wrapped
from skillaudit.linking.values.roles import Role

_SCHEMAS = {
    "inputSchema", "input_schema", "parameters", "schema", "argsShape", "paramsSchema", "zodSchema", "InputSchema",
    "inputShape", "argsSchema",
}  # fmt: skip
_RESOURCES = {"uri", "uriTemplate", "mimeType"}
_GO_TOOL = re.compile(r"/mcp\.Tool(?:\(\))?$")
_GO_MAKERS = re.compile(r"(?:^|[/.])NewTool(?:WithRawSchema)?$")
_TOOL_CLASS = re.compile(r"Tool(?:Base|Handler|Definition)?$|^(?:Base|Abstract)\w*Tool")
_NEAR = 4
_MESSAGE = 3
_PAIR = 2
_Beside: TypeAlias = dict[At, dict[str, At]]
_DEFINITION_FIELDS = ("definition", "toolDefinition", "tool", "metadata", "schema", "spec")
_NAME_FIELDS = ("name", "toolName", "getName")


def find(box: Toolbox) -> Iterator[Candidate]:
    """Every tool registered in TypeScript, JavaScript and Go files."""
    module, beside = -1, _Beside()
    for fn in box.program.functions():
        language = box.program.modules[fn.module].language
        if language == "python":
            continue
        if module != fn.module and language != "go":
            module, beside = fn.module, _beside(box, fn.module)
        for value, call, _ in box.program.calls(fn):
            for mark in box.program.marks_of(fn.module, call):
                yield from _marked(box, fn.at(value), call, mark)
        yield from _records(box, fn, language, beside)
    yield from _classes(box)


def _marked(box: Toolbox, at: At, call: ir.Call, mark: ir.Mark) -> Iterator[Candidate]:
    roles = dict(mark.roles)
    if mark.fact == "tool":
        yield from _tool(box, at, call, roles)
        return
    if mark.fact not in {"dispatcher", "resource", "prompt", "middleware"}:
        return
    given = next(box.place(Fn(at.module, at.function), call, roles.get("handler", "")), None)
    handler = box.handler(given[0], given[1]) if given and isinstance(given[0], At) else None
    if mark.fact == "dispatcher" and handler is not None:
        box.dispatchers.append(handler.fn)
        box.client_fills(handler.fn, Role.REQUEST, 0)
    elif handler is not None:
        if mark.fact == "middleware":
            _hears_all(box, handler.fn)
            return
        box.answering.append(handler.fn)
        if roles.get("style") == "request-handler":
            box.client_fills(handler.fn, Role.REQUEST, 0)
        elif mark.fact == "resource" and box.program.modules[at.module].language != "go":
            address = roles.get("style") == "method"  # the handler gets the address, then what its template names
            box.client_fills(handler.fn, Role.URI if address else Role.ARGUMENTS, None if address else 0)
        box.client_fills(handler.fn, Role.ARGUMENTS)


def _hears_all(box: Toolbox, hook: Fn) -> None:
    """mcp-go's hooks for any request get a context, an id, the method and the message, declared as anything."""
    params = box.program.function(hook).params
    if len(params) > _MESSAGE and "MCPMethod" in params[_MESSAGE - 1].type_text:
        box.client_fills(hook, Role.REQUEST, _MESSAGE)


# --- one registration


def _tool(box: Toolbox, at: At, call: ir.Call, roles: dict[str, str]) -> Iterator[Candidate]:
    """The tools that one registering call stands for: in a helper or a loop there are several."""
    fn = Fn(at.module, at.function)
    named = list(_names(box, at, call, roles))
    if roles.get("style") == "made" and not any(True for _ in box.place(fn, call, roles["handler"])):
        return  # a project's own registry takes the tool alone
    if not named:
        box.unnamed.append(_without_name(box, fn, call, roles))
    around = box.around(fn, call)
    found: list[handedschemas.Registered] = []
    for name, scene in named:
        given = list(box.place(fn, call, roles.get("handler", ""), scene))
        handler = next((h for held, s in given if (h := box.handler(held, s))), None)
        if handler is not None:
            _fill(box, fn.module, handler.fn, alone=roles.get("style") == "register")
            _around(box, fn, call, handler)
            _registered(box, fn.module, given, handler)
            schemas = tuple(fn.at(argument.value) for argument in call.args)
            box.roles.describe(Formal(handler.fn, 0), schemas)
            found.append((handler.fn, scene))
        described = next(box.scenes.read(box.place(fn, call, roles.get("description", ""), scene)), ("", scene))[0]
        module, location = box.location(fn.module, call.line, scene)
        yield Candidate(
            name,
            location,
            module,
            handler.fn if handler else None,
            roles.get("style", "registered"),
            described.strip().partition("\n")[0][:300],
            _annotations(box, box.place(fn, call, roles.get("config", ""), scene)),
            around=(*around, *(handler.around if handler else ())),
            described=definitions.described(box, fn, call, roles, scene),
            definition=definitions.of_call(box, fn, call, roles, scene),
        )
    handedschemas.describe(box, fn, call, found)


def _without_name(box: Toolbox, fn: Fn, call: ir.Call, roles: dict[str, str]) -> Unnamed:
    """A registration that names its tools at run time."""
    names = [held for held, _ in box.place(fn, call, roles.get("name", "")) if isinstance(held, At)]
    for held, _ in box.place(fn, call, roles.get("tool", "") or roles.get("definition", "")):
        value = box.program.value(held) if isinstance(held, At) else None
        if isinstance(held, At) and isinstance(value, ir.Call) and value.args:
            names.append(held.to(value.args[0].value))
        elif isinstance(held, At) and isinstance(value, ir.Record):
            names += [held.to(entry.value) for entry in value.entries if entry.key in {"Name", "name"}]
    given = box.place(fn, call, roles.get("handler", ""))
    handler = next((one for held, scene in given if (one := box.handler(held, scene))), None)
    if handler is None:
        return Unnamed(fn, call.line, next(iter(names), None))
    _fill(box, fn.module, handler.fn, alone=roles.get("style") == "register")
    _around(box, fn, call, handler)
    return Unnamed(fn, call.line, next(iter(names), None), handler.fn, (*box.around(fn, call), *handler.around))


def _around(box: Toolbox, fn: Fn, call: ir.Call, handler: Handler) -> None:
    """What stands around a handler gets what the handler gets."""
    if box.program.modules[fn.module].language != "go":
        for at in (fn.at(argument.value) for argument in call.args):
            wrapped.made(box, at, handler.around, handler.fn)


def _registered(box: Toolbox, module: int, given: Iterable[Seen], handler: Handler) -> None:
    """What the kit itself calls, where that hands the arguments on to the tool's own function."""
    for held, scene in given if box.program.modules[module].language != "go" else ():
        for one, _ in box.scenes.of(held, scene) if isinstance(held, At) else ():
            outer = box.scenes.answers.function(one)
            if outer is not None and outer != handler.fn:
                box.client_fills(outer, Role.ARGUMENTS, box.takes_arguments(outer))


def _names(box: Toolbox, at: At, call: ir.Call, roles: dict[str, str]) -> Iterator[tuple[str, Scene]]:
    fn = Fn(at.module, at.function)
    place = roles.get("name", "")
    if place == "key":
        yield from ((key, NOWHERE) for key in _keys(box, at))
        return
    named = list(box.scenes.read(box.place(fn, call, place)))
    definition = roles.get("tool", "") or roles.get("definition", "")
    if not named and definition:
        named = [pair for held, scene in box.place(fn, call, definition) for pair in _defined(box, held, scene)]
    yield from fullest(named, fn)


def _keys(box: Toolbox, at: At) -> Iterator[str]:
    """The property whose value the marked call is."""
    for value in box.program.function(Fn(at.module, at.function)).values:
        if isinstance(value, ir.Record):
            yield from (entry.key for entry in value.entries if entry.value == at.value and entry.key)


def _defined(box: Toolbox, held: object, scene: Scene) -> Iterator[tuple[str, Scene]]:
    """The names inside a tool value: ``mcp.NewTool("name", …)``, ``&mcp.Tool{Name: …}``."""
    value = box.program.value(held) if isinstance(held, At) else None
    if not isinstance(held, At):
        return
    if isinstance(value, ir.Call):
        paths = [s.path for s in box.symbols.resolve(held.to(value.callee)) if isinstance(s, External)]
        if value.args and any(_GO_MAKERS.search(p) for p in paths):
            yield from box.scenes.texts(held.to(value.args[0].value), scene)
    elif isinstance(value, ir.Item | ir.Sequence):
        inner = held.to(value.base) if isinstance(value, ir.Item) else held.to(value.items[0])
        yield from (pair for h, s in list(box.scenes.of(inner, scene)) for pair in _defined(box, h, s))
    else:
        for key in ("Name", "name"):
            yield from box.scenes.read(box.scenes.entry(held, (key,), scene))


def _annotations(box: Toolbox, config: Iterator[Seen]) -> tuple[str, ...]:
    for held, scene in list(config):
        if isinstance(held, At):
            inner = [h for h, _ in box.scenes.entry(held, ("annotations",), scene) if isinstance(h, At)]
            return box.hints(inner[0] if inner else held, scene)
    return ()


def _fill(box: Toolbox, module: int, handler: Fn, *, alone: bool = False) -> None:
    """A Go handler gets ``(ctx, request)`` or ``(ctx, request, input)``, the others their arguments first.

    ``alone``: the kit hands over the arguments alone, in a struct of the project.
    """
    if box.program.modules[module].language != "go":
        box.client_fills(handler, Role.ARGUMENTS, box.takes_arguments(handler))
        return
    for index, parameter in enumerate(box.program.function(handler).params):
        if "CallToolRequest" in parameter.type_text:
            box.client_fills(handler, Role.REQUEST, index)
        elif (index > 0 or alone) and "context.Context" not in parameter.type_text:
            box.client_fills(handler, Role.ARGUMENTS, index)


# --- definitions


def _records(box: Toolbox, fn: Fn, language: str, beside: _Beside) -> Iterator[Candidate]:
    """``{name, inputSchema, …}`` objects and Go tool literals, listed for a dispatcher or carrying their handler."""
    records = box.program.of_kind(fn, ir.Record)
    if language != "go":
        for number, record in records:
            yield from _script_record(box, fn.at(number), record, beside)
        return
    found = [(number, _go_literal(box, fn.at(number), record)) for number, record in records]
    found += [(number, _go_call(box, fn.at(number), call)) for number, call in box.program.of_kind(fn, ir.Call)]
    for _, candidates in sorted(found, key=itemgetter(0)):
        yield from candidates


def _script_record(box: Toolbox, at: At, record: ir.Record, beside: _Beside) -> Iterator[Candidate]:
    entries = {entry.key: at.to(entry.value) for entry in record.entries if not entry.spread}
    if "name" not in entries or _SCHEMAS.isdisjoint(entries) or "description" not in entries:
        return
    if not _RESOURCES.isdisjoint(entries):
        return
    kept = entries if not entries.keys().isdisjoint(RUNS) else beside.get(at, {})
    run = next((kept[key] for key in RUNS if key in kept), None)
    if run is None and entries.keys().isdisjoint({"inputSchema", "input_schema"}):
        return
    names = fullest(box.scenes.texts(entries["name"]), Fn(at.module, at.function))
    if not names and run is None:
        box.unnamed.append(Unnamed(Fn(at.module, at.function), record.line, entries["name"]))
    for name, scene in names:
        handler = box.handler(run, scene)
        if handler is not None:
            position = box.takes_arguments(handler.fn)
            box.client_fills(handler.fn, Role.ARGUMENTS, position)
            box.roles.describe(Formal(handler.fn, position), (at,))
            wrapped.made(box, run, handler.around, handler.fn)
        module, location = box.location(at.module, record.line, scene)
        yield Candidate(
            name,
            location,
            module,
            handler.fn if handler else None,
            "definition",
            box.description(entries["description"], scene),
            box.hints(entries.get("annotations"), scene),
            dispatched=handler is None,
            around=handler.around if handler else (),
            described=box.seen(entries["description"], scene),
            definition=box.seen(at, scene),
        )


def _beside(box: Toolbox, module: int) -> _Beside:
    """By definition, what stands beside it: ``{definition: {name, …}, handler}``, ``[definition, handler]``."""
    found: _Beside = {}
    for fn in (Fn(module, n) for n in range(len(box.program.modules[module].functions))):
        objects = [value.entries for _, value in box.program.of_kind(fn, ir.Record)]
        held = [{e.key: fn.at(e.value) for e in entries if not e.spread} for entries in objects]
        pairs = (value.items for _, value in box.program.of_kind(fn, ir.Sequence) if len(value.items) == _PAIR)
        held += [{"definition": fn.at(one), "handler": fn.at(other)} for one, other in pairs]
        for entries in held:
            for at in entries.values() if not entries.keys().isdisjoint(RUNS) else ():
                found.setdefault(_named(box, at), entries)
    return found


def _named(box: Toolbox, at: At) -> At:
    """What a variable of the file stands for."""
    value = box.program.value(at)
    outer = box.program.lexical(Fn(at.module, at.function), value.name) if isinstance(value, ir.Name) else None
    return box.program.bare(outer or at)


def _go_literal(box: Toolbox, at: At, record: ir.Record) -> Iterator[Candidate]:
    """``server.ServerTool{Tool: …, Handler: …}`` and ``mcp.Tool{Name: …}``."""
    entries = {entry.key: at.to(entry.value) for entry in record.entries if not entry.spread}
    if "Tool" in entries and "Handler" in entries:
        for held, scene in list(box.scenes.of(entries["Tool"])):
            for name, inner in list(_defined(box, held, scene)):
                handler = box.handler(entries["Handler"], inner)
                if handler is not None:
                    _fill(box, at.module, handler.fn)
                fn, around = (handler.fn, handler.around) if handler else (None, ())
                definition = ((held, scene),)
                module, location = box.location(at.module, record.line, inner)
                yield Candidate(name, location, module, fn, "ServerTool", around=around, definition=definition)
    elif record.made_of >= 0 and "Name" in entries:
        paths = [s.path for s in box.symbols.resolve(at.to(record.made_of)) if isinstance(s, External)]
        if any(_GO_TOOL.search(p) for p in paths):
            location = box.program.location(at.module, record.line)
            described, hints = box.description(entries.get("Description")), box.hints(entries.get("Annotations"))
            for name, _ in list(box.scenes.texts(entries["Name"])):
                yield Candidate(
                    name, location, at.module, None, "literal", described, hints, dispatched=True,
                    described=box.seen(entries.get("Description")), definition=box.seen(at),
                )  # fmt: skip


def _go_call(box: Toolbox, at: At, call: ir.Call) -> Iterator[Candidate]:
    paths = [s.path for s in box.symbols.resolve(at.to(call.callee)) if isinstance(s, External)]
    if not call.args or not any("/mcp" in p and _GO_MAKERS.search(p) for p in paths):
        return
    described, hints = _options(box, at, call)
    for name, _ in list(box.scenes.texts(at.to(call.args[0].value))):
        location = box.program.location(at.module, call.line)
        definition = box.seen(at)
        yield Candidate(
            name, location, at.module, None, "NewTool", described, hints, dispatched=True, definition=definition
        )


def _options(box: Toolbox, at: At, call: ir.Call) -> tuple[str, tuple[str, ...]]:
    """``mcp.WithDescription(…)``, ``mcp.WithReadOnlyHintAnnotation(true)``."""
    described, hints = "", []
    for argument in call.args[1:]:
        option = box.program.value(at.to(argument.value))
        name = box.origins.name_of(at.to(option.callee)) if isinstance(option, ir.Call) else ""
        if isinstance(option, ir.Call) and option.args and name == "WithDescription":
            described = box.description(at.to(option.args[0].value))
        elif isinstance(option, ir.Call) and option.args and name.endswith("HintAnnotation"):
            said = box.program.value(at.to(option.args[0].value))
            hint = name.removeprefix("With").removesuffix("Annotation")
            negated = "" if isinstance(said, ir.Literal) and said.text == "true" else "!"
            hints.append(f"{negated}{hint[0].lower()}{hint[1:]}")
    return described, tuple(hints)


# --- classes


def _classes(box: Toolbox) -> Iterator[Candidate]:
    """Tool classes: a constant ``name``, a ``description`` and a method that runs it, which a dispatcher may call."""
    near = box.calls.reach(box.dispatchers, _NEAR)
    run_by_name = {fn for fn in near if box.program.function(fn).name in RUNS and box.symbols.owner(fn) is not None}
    checked = handedschemas.parsed(box, near)
    for module, held in enumerate(box.program.modules):
        if held.language in {"python", "go"}:
            continue
        for number in range(len(held.classes)):
            cls = Cls(module, number)
            if _is_tool_class(box, cls) or run_by_name.intersection(box.handlers.methods(cls).values()):
                yield from _class(box, cls, checked=checked)


def _class(box: Toolbox, cls: Cls, *, checked: bool) -> Iterator[Candidate]:
    methods = box.handlers.methods(cls)
    run = next((methods[n] for n in RUNS if n in methods), None)
    names = next(filter(None, _called(box, cls)), [])
    if run is None or not names or box.symbols.heirs(cls):
        return
    around = box.handlers.templates(cls, run)
    for method in (run, *around):
        box.client_fills(method, Role.ARGUMENTS, box.takes_arguments(method))
    described = next(box.scenes.read(box.scenes.field(cls, "description")), ("", NOWHERE))[0]
    definition = definitions.of_class(box, cls)
    handedschemas.describe_class(box, cls, run, definition, checked=checked and run in box.calls.into)
    for text, _ in names:
        location = box.program.location(cls.module, box.program.klass(cls).line)
        yield Candidate(
            text, location, cls.module, run, "class", described.partition("\n")[0][:300], around=around,
            described=tuple(box.scenes.field(cls, "description"))[:1], definition=definition,
        )  # fmt: skip


def _called(box: Toolbox, cls: Cls) -> Iterator[list[tuple[str, Scene]]]:
    """The names of a tool class: by a field of its own, or in the definition that a field holds."""
    for name in _NAME_FIELDS:
        yield list(box.scenes.read(box.scenes.field(cls, name)))
    for name in _DEFINITION_FIELDS:
        for held, scene in list(box.scenes.field(cls, name)):
            if isinstance(held, At):
                yield list(box.scenes.read(box.scenes.entry(held, ("name",), scene)))


def _is_tool_class(box: Toolbox, cls: Cls) -> bool:
    declared = box.program.klass(cls)
    if declared.kind != "class":
        return False
    names = [declared.name, *(box.origins.name_of(At(cls.module, declared.scope, base)) for base in declared.bases)]
    return any(_TOOL_CLASS.search(name) for name in names)
