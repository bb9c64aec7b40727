"""Handlers of HTTP routes: what their first parameter holds came with a request.

By the frameworks' own ways to register: ``app.get("/path", handler)`` and ``use`` of Express, Koa, Hono, Fastify and
their routers, whatever the parameter is called.
"""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.program import Fn
from skillaudit.linking.symbols import External, Formal
from skillaudit.linking.toolbox import Toolbox

_VERBS = {"get", "post", "put", "patch", "delete", "all", "use", "options", "head", "on", "route", "addHook"}
_ROUTERS = re.compile(
    r"^(?:hono|koa|@koa/router|koa-router|express|fastify|polka|restify|connect|@hono/[\w-]+)\b[\w.]*\(\)"
)
_PLAIN_MOST = 3


def fill(box: Toolbox) -> None:
    """Say which parameters are an inbound request, or the context that holds one."""
    for fn in box.program.functions():
        if box.program.modules[fn.module].language in {"typescript", "javascript"}:
            for _, call, _ in box.program.calls(fn):
                for handler in _handlers(box, fn, call):
                    if 0 < len(box.program.function(handler).params) <= _PLAIN_MOST:
                        box.roles.serve(Formal(handler, 0))


def _handlers(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[Fn]:
    callee = box.program.value(fn.at(call.callee))
    if not isinstance(callee, ir.Member) or callee.name not in _VERBS:
        return
    paths = [s.path for s in box.symbols.resolve(fn.at(callee.base)) if isinstance(s, External)]
    if any(_ROUTERS.match(path) for path in paths):
        for argument in call.args:
            yield from (s for s in box.symbols.resolve(fn.at(argument.value)) if isinstance(s, Fn))
