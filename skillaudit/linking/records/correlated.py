"""Contexts that all records of a package carry: child loggers, context variables, filters, formats, mixins."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.events import Correlation
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.origins.origins import Origins
from skillaudit.linking.records.said import Sayings

_SNAKE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BINDERS = {
    "bind", "child", "With", "WithField", "WithFields", "WithValues", "bind_contextvars", "contextualize", "with",
    "bound_contextvars", "LoggerAdapter", "withContext", "new",
}  # fmt: skip
_GLOBAL = {
    "LoggingInstrumentor",
    "CorrelationIdFilter",
    "CorrelationIdMiddleware",
    "pinoHttp",
    "otelslog",
}
_ADDING = {"filter", "mixin"}
_RECORDS = re.compile(r"\bslog\.Record\b|\bzerolog\.Event\b")
_ADDED_TO = {"event_dict", "eventDict"}
"""Parameters of structlog's processors."""
_ATTRIBUTES = {"AddAttrs", "Add", "Str"}
_TAKING = {"setLogRecordFactory", "patch", "format", "addFilter"}
_WITH_CONTEXT = {"InfoContext", "WarnContext", "ErrorContext", "DebugContext", "LogAttrs"}
_CORRELATES = re.compile(
    r"(?:^|[_.\-])(?:session|request|req|trace|span|correlation|conversation|invocation|transaction|call|run|message)[_-]?id$|"
    r"^(?:sid|rid|cid|traceparent|trace|correlation|session|reqid)$|session\.id$|"
    r"(?:^|[_.])(?:caller|client|user|subject|principal|actor|account|tenant)_?(?:id|hash|digest|fingerprint)$|^caller$",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(?:extra\[)?(\w+)\]?\}")


def correlates(name: str) -> bool:
    """Whether a field of this name ties records together: a session, a request, a trace, a hashed caller."""
    return bool(_CORRELATES.search(_SNAKE.sub("_", name)))


def correlations(program: Program, origins: Origins, sayings: Sayings) -> Iterator[Correlation]:
    """Contexts that carry such a field: child loggers, context variables, filters, formats, tracing bridges."""
    for fn in program.functions():
        if not program.surface(fn.module).counts:
            continue
        for _, call, _ in program.calls(fn):
            names = tuple(dict.fromkeys(_bound(program, origins, sayings, fn, call)))
            if names:
                yield Correlation(program.location(fn.module, call.line), program.package_path(fn.module), names)
        names = tuple(dict.fromkeys(_formats(program, fn)))
        if names:
            yield Correlation(program.place(fn), program.package_path(fn.module), names)


def _hands_contexts(program: Program, origins: Origins, fn: Fn) -> bool:
    """Whether a package's records get a context, which is where the bridge of OpenTelemetry finds the trace."""
    package = program.package_path(fn.module)
    return any(
        origins.name_of(one.at(call.callee)) in _WITH_CONTEXT
        for one in program.functions()
        if program.modules[one.module].language == "go" and program.package_path(one.module) == package
        for _, call, _ in program.calls(one)
    )


def _bound(program: Program, origins: Origins, sayings: Sayings, fn: Fn, call: ir.Call) -> Iterator[str]:
    name = origins.name_of(fn.at(call.callee))
    if name == "NewHandler":
        if "otelslog" in sayings.dotted(fn.at(call.callee)) and _hands_contexts(program, origins, fn):
            yield "trace_id"
    elif name in _GLOBAL:
        yield "trace_id"
    yield from _handed(program, sayings, fn, call)
    if name not in _BINDERS:
        return
    for position, argument in enumerate(call.args):
        held = program.value(fn.at(argument.value))
        while isinstance(held, ir.Variable):
            held = program.value(fn.at(held.value))
        keys = [argument.name] if argument.name else []
        if isinstance(held, ir.Record):
            keys += [entry.key for entry in held.entries]
        elif isinstance(held, ir.Literal) and position % 2 == 0:
            keys.append(held.text)
        elif isinstance(held, ir.Call) and held.args:
            first = program.value(fn.at(held.args[0].value))
            keys += [first.text] if isinstance(first, ir.Literal) else []
        yield from (key for key in keys if correlates(key))


def _formats(program: Program, fn: Fn) -> Iterator[str]:
    """Format texts with such a field, and filters that set one on each record."""
    function = program.function(fn)
    for _, value in program.of_kind(fn, ir.Literal):
        if value.kind == "str" and "%(" in value.text and "message" in value.text:
            yield from (name for pair in _PLACEHOLDER.findall(value.text) for name in pair if name and correlates(name))
    if function.name in _ADDING or any(
        parameter.name in _ADDED_TO or _RECORDS.search(parameter.type_text) for parameter in function.params
    ):
        yield from _added(program, fn)


def _added(program: Program, fn: Fn) -> Iterator[str]:
    """What a function adds to each record: stores, attributes of slog's records, the keys of what it gives back."""
    for step in program.function(fn).steps:
        if isinstance(step, ir.Store) and _is_given(program, fn.at(step.base)):
            key = program.value(fn.at(step.key)) if step.key >= 0 else None
            yield from (one for one in (step.name, key.text if isinstance(key, ir.Literal) else "") if correlates(one))
        elif isinstance(step, ir.Return) and step.value >= 0:
            yield from _keys(program, fn.at(step.value))
    for _, call, _ in program.calls(fn):
        callee = program.value(fn.at(call.callee))
        if isinstance(callee, ir.Member) and callee.name in _ATTRIBUTES and _is_given(program, fn.at(callee.base)):
            yield from (key for argument in call.args for key in _first(program, fn.at(argument.value)))


def _is_given(program: Program, at: At) -> bool:
    """Whether a value is what a function was given or made, or a part of that, and none of its object's own."""
    held = program.value(program.bare(at))
    while isinstance(held, ir.Member | ir.Item):
        held = program.value(program.bare(at.to(held.base)))
    return isinstance(held, ir.Param | ir.Call)


def _keys(program: Program, at: At) -> Iterator[str]:
    held = program.value(program.bare(at))
    if isinstance(held, ir.Record):
        yield from (entry.key for entry in held.entries if correlates(entry.key))
    elif isinstance(held, ir.Operation | ir.Choice):
        inner = held.operands if isinstance(held, ir.Operation) else held.options
        yield from (key for one in inner for key in _keys(program, at.to(one)))
    elif isinstance(held, ir.Call) and program.called(at.to(held.callee)) == "getStore":
        yield from _stored(program, at.module)


def _stored(program: Program, module: int) -> Iterator[str]:
    """What a package hands to the ``run`` or ``enterWith`` of its asynchronous context."""
    package = program.package_path(module)
    for fn in program.functions():
        for _, call, _ in program.calls(fn) if program.package_path(fn.module) == package else ():
            if program.called(fn.at(call.callee)) in {"run", "enterWith"} and call.args:
                held = program.value(program.bare(fn.at(call.args[0].value)))
                entries = held.entries if isinstance(held, ir.Record) else ()
                yield from (entry.key for entry in entries if correlates(entry.key))


def _first(program: Program, at: At) -> Iterator[str]:
    """``slog.String("request_id", id)``, or the key itself."""
    held = program.value(at)
    if isinstance(held, ir.Call) and held.args:
        held = program.value(at.to(held.args[0].value))
    if isinstance(held, ir.Literal) and correlates(held.text):
        yield held.text


def _handed(program: Program, sayings: Sayings, fn: Fn, call: ir.Call) -> Iterator[str]:
    """Functions that a logger's set-up is given: ``setLogRecordFactory(f)``, ``{mixin: f}``, ``winston.format(f)``."""
    name = program.called(fn.at(call.callee))
    for argument in call.args:
        at = program.bare(fn.at(argument.value))
        held = program.value(at)
        given = [at] if name in _TAKING or argument.name in {"patcher", "processors"} else []
        if isinstance(held, ir.Record):
            given += [at.to(entry.value) for entry in held.entries if entry.key in {"mixin", "hooks"}]
        for one in given:
            yield from (key for s in sayings.symbols.resolve(one) if isinstance(s, Fn) for key in _added(program, s))
