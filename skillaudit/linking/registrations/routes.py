"""Handlers of HTTP routes: what their first parameter holds came with a request.

By the frameworks' own ways to register: ``app.get("/path", handler)`` and ``use`` of Express, Koa, Hono, Fastify and
their routers, whatever the parameter is called, also where the application itself is a parameter; by what a file
exports under the name of a method (Next.js, SvelteKit); by the events of Node's own requests.
"""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.registrations.toolbox import Toolbox

_VERBS = {"get", "post", "put", "patch", "delete", "all", "use", "options", "head", "on", "route", "addHook"}
_ROUTERS = re.compile(
    r"^(?:hono|koa|elysia|@koa/router|koa-router|express|fastify|polka|restify|connect|@hono/[\w-]+|@hapi/hapi)\b[\w.]*\(\)"
)
_APPLICATIONS = re.compile(r"^(?:app|application|router|server|api|routes?|fastify|instance|r)$", re.IGNORECASE)
_MAKERS = re.compile(
    r"^(?:hono/factory\.(?:createMiddleware|createFactory\(\)\.create(?:Middleware|Handlers))|"
    r"https?\.createServer|http2\.create(?:Secure)?Server|(?:Bun|Deno)\.serve)$"
)
_EXPORTED = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}
_FILES = re.compile(r"(?:^|/)(?:route|\+server)\.[cm]?[jt]sx?$")
_LISTENING = {"on", "once", "addListener"}
_PLAIN_MOST = 4
_NAMED_PARAMETER = 3


def fill(box: Toolbox) -> None:
    """Say which parameters are an inbound request, the context that holds one, or a part of one."""
    for fn in box.program.functions():
        if box.program.modules[fn.module].language in {"typescript", "javascript"}:
            if fn.number == 0 and _FILES.search(box.program.modules[fn.module].path):
                _exported(box, fn.module)
            for _, call, _ in box.program.calls(fn):
                for handler in _handlers(box, fn, call):
                    _serve(box, handler)
                    box.roles.describe(Formal(handler, 0), _beside(box, fn, call, handler))
    for fn in box.program.functions():
        if box.program.modules[fn.module].language in {"typescript", "javascript"}:
            for _, call, _ in box.program.calls(fn):
                _called(box, fn, call)


def _called(box: Toolbox, fn: Fn, call: ir.Call) -> None:
    callee = box.program.value(fn.at(call.callee))
    name = callee.name if isinstance(callee, ir.Member) else ""
    if name in _LISTENING and len(call.args) > 1:
        _listening(box, fn, call)
    if name == "param" and len(call.args) > 1:
        for handler in _functions(box, fn, call):
            if len(box.program.function(handler).params) > _NAMED_PARAMETER:
                box.roles.bring(Formal(handler, _NAMED_PARAMETER), "params")


def _beside(box: Toolbox, fn: Fn, call: ir.Call, handler: Fn) -> tuple[At, ...]:
    """What stands beside a handler: Fastify's options, Hono's validators, where schemas of the request may be."""
    places = (fn.at(argument.value) for argument in call.args)
    return tuple(at for at in places if handler not in box.symbols.resolve(at))


def _serve(box: Toolbox, handler: Fn) -> None:
    """A handler gets the request first; after the error where Express knows it by its four parameters."""
    count = len(box.program.function(handler).params)
    if 0 < count <= _PLAIN_MOST:
        box.roles.serve(Formal(handler, int(count == _PLAIN_MOST)))


def _exported(box: Toolbox, module: int) -> None:
    """``export async function GET(request, { params })``."""
    for name in _EXPORTED:
        found = box.program.exported(module, name)
        for handler in box.symbols.resolve(found) if isinstance(found, At) else ():
            if isinstance(handler, Fn):
                for position in range(min(len(box.program.function(handler).params), 2)):
                    box.roles.serve(Formal(handler, position))


def _listening(box: Toolbox, fn: Fn, call: ir.Call) -> None:
    """``req.on("data", (chunk) => …)``."""
    callee, event = box.program.value(fn.at(call.callee)), box.program.value(fn.at(call.args[0].value))
    if isinstance(callee, ir.Member) and isinstance(event, ir.Literal) and event.text == "data":
        formal = _parameter(box, fn.at(callee.base))
        name = box.program.function(formal.fn).params[formal.position].name if formal else ""
        if formal and box.origins.entrances.served(formal, name, ("body",)):
            for handler in _functions(box, fn, call):
                if box.program.function(handler).params:
                    box.roles.bring(Formal(handler, 0), "body")


def _parameter(box: Toolbox, at: At) -> Formal | None:
    """The parameter that a name stands for, also that of the function around; no flow is asked for yet."""
    held = box.program.bare(at)
    value = box.program.value(held)
    if isinstance(value, ir.Name) and (outer := box.program.lexical(Fn(held.module, held.function), value.name)):
        held = box.program.bare(outer)
        value = box.program.value(held)
    return Formal(Fn(held.module, held.function), value.index) if isinstance(value, ir.Param) else None


def _functions(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[Fn]:
    """The functions that a call is given, also in an object: ``Bun.serve({ fetch })``, ``route({ handler })``."""
    for argument in call.args:
        at = fn.at(argument.value)
        value = box.program.value(at)
        held = [at.to(entry.value) for entry in value.entries] if isinstance(value, ir.Record) else []
        inner = [(one, box.program.value(one)) for one in held]  # hapi: ``options: { handler }``
        deep = [
            one.to(entry.value) for one, record in inner if isinstance(record, ir.Record) for entry in record.entries
        ]
        for place in (at, *held, *deep):
            yield from (s for s in box.symbols.resolve(place) if isinstance(s, Fn))


def _handlers(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[Fn]:
    callee = box.program.value(fn.at(call.callee))
    made = box.symbols.resolve(fn.at(call.callee))
    if any(isinstance(s, External) and _MAKERS.match(s.path) for s in made):
        yield from _functions(box, fn, call)
    elif isinstance(callee, ir.Member) and callee.name in _VERBS:
        held = box.symbols.resolve(fn.at(callee.base))
        known = any(isinstance(s, External) and _ROUTERS.match(s.path) for s in held)
        given = all(isinstance(s, Formal) for s in held) and _APPLICATIONS.match(
            box.origins.name_of(fn.at(callee.base))
        )
        if known or (given and _is_path(box, fn, call)):
            yield from _functions(box, fn, call)


def _is_path(box: Toolbox, fn: Fn, call: ir.Call) -> bool:
    """Whether the first argument is a path: ``app.get("/notes", handler)`` where nobody says what ``app`` is."""
    first = box.program.value(fn.at(call.args[0].value)) if call.args else None
    return isinstance(first, ir.Literal) and first.text.startswith("/")
