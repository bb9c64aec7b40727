"""Functions that a platform calls by what a file exports: Lambda's handlers, server actions, Cloudflare's workers."""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.knowledge.handedobjects import ENV, EVENT
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.values.roles import Role

_HANDLERS: Final = re.compile(r"^(?:\w*[hH]andler|default)$")
_EVENTS: Final = re.compile(r"^_?(?:event|evt)$")
_TYPES: Final = re.compile(
    r"\b(?:APIGateway\w*|ALB|LambdaFunctionURL|S3|SQS|SNS|Kinesis\w*|DynamoDB\w*|EventBridge)Event\w*"
)
_CONTEXTS: Final = re.compile(r"^_?(?:context|ctx)$")
_WORKERS: Final = {"fetch", "scheduled", "queue", "email", "tail"}
_ACTIONS: Final = "use server"
_PLAIN: Final = re.compile(r"^(?:string|number|boolean)\b")


def fill(box: Toolbox) -> None:
    """Say which parameters are an event of Lambda, or what a browser sends to a server action."""
    for number, module in enumerate(box.program.modules):
        if module.language in {"typescript", "javascript"}:
            for export in module.exports:
                found = box.program.exported(number, export.name)
                for fn in _functions(box, found) if isinstance(found, At) else ():
                    _lambda(box, fn, export.name)
            _bindings(box, number)
            _actions(box, number)
            _listeners(box, number)
        elif module.language == "python":
            for index, function in enumerate(module.functions):
                if function.parent == 0 and function.owner < 0 and _has_context(function.params):
                    _lambda(box, Fn(number, index), function.name)


def _functions(box: Toolbox, at: At) -> Iterator[Fn]:
    """An exported function, also one that a library wraps: ``middy(async (event) => …)``."""
    held = box.program.bare(at)
    value = box.program.value(held)
    arguments = [held.to(argument.value) for argument in value.args] if isinstance(value, ir.Call) else []
    for place in (held, *arguments):
        yield from (s for s in box.symbols.resolve(place) if isinstance(s, Fn))


def _lambda(box: Toolbox, fn: Fn, name: str) -> None:
    params = box.program.function(fn).params
    if not params:
        return
    named = _EVENTS.match(params[0].name) and (_HANDLERS.match(name) or _has_context(params))
    if named or _TYPES.search(params[0].type_text):
        box.roles.bring(Formal(fn, 0), EVENT)


def _has_context(params: tuple[ir.Parameter, ...]) -> bool:
    return any(_CONTEXTS.match(parameter.name) for parameter in params[1:2])


def _bindings(box: Toolbox, module: int) -> None:
    """``export default { async fetch(request, env, context) }``: what a worker is bound to is its environment."""
    found = box.program.exported(module, "default")
    held = box.program.bare(found) if isinstance(found, At) else None
    exported = box.program.value(held) if held else None
    for entry in exported.entries if held and isinstance(exported, ir.Record) else ():
        for fn in box.symbols.resolve(held.to(entry.value)) if held and entry.key in _WORKERS else ():
            if isinstance(fn, Fn) and len(box.program.function(fn).params) > 1:
                box.roles.bring(Formal(fn, 1), ENV)


def _actions(box: Toolbox, module: int) -> None:
    """``"use server"`` at the top of a file, or of a function: whoever knows its id may call it with anything."""
    exported = [box.program.exported(module, export.name) for export in box.program.modules[module].exports]
    whole = _says(box, Fn(module, 0))
    listed = {s for at in exported if isinstance(at, At) and whole for s in box.symbols.resolve(at)}
    for number in range(1, len(box.program.modules[module].functions)):
        fn = Fn(module, number)
        if fn in listed or _says(box, fn):
            for index, parameter in enumerate(box.program.function(fn).params):
                role = Role.PART if _PLAIN.match(parameter.type_text) else Role.BODY
                box.roles.route(Formal(fn, index), role)


def _listeners(box: Toolbox, module: int) -> None:
    """``addEventListener("fetch", (event) => event.respondWith(…))`` of service workers."""
    for fn in (Fn(module, number) for number in range(len(box.program.modules[module].functions))):
        for _, call, _ in box.program.calls(fn):
            event = box.program.value(fn.at(call.args[0].value)) if len(call.args) > 1 else None
            if isinstance(event, ir.Literal) and event.text == "fetch":
                for handler in box.symbols.resolve(fn.at(call.args[1].value)):
                    if isinstance(handler, Fn) and box.origins.name_of(fn.at(call.callee)) == "addEventListener":
                        box.roles.serve(Formal(handler, 0))


def _says(box: Toolbox, fn: Fn) -> bool:
    values = box.program.function(fn).values
    return any(isinstance(value, ir.Literal) and value.text == _ACTIONS for value in values)
