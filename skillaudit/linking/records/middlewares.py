"""What runs around every tool call because a server was given it: middleware and hooks that requests pass."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from skillaudit import ir
from skillaudit.linking.calls.gates import Gates, takes_errors
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Instance
from skillaudit.linking.records import decorating
from skillaudit.linking.records.webmiddlewares import around_routes
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.model import Surface

_METHODS = {"on_call_tool", "on_message", "on_request", "__call__"}
_CALLS = re.compile(
    r"(?:^|_|\.)(?:use|add_middleware|addMiddleware|AddReceivingMiddleware|WithToolHandlerMiddleware|WithHooks|"
    r"AddBeforeCallTool|AddAfterCallTool|AddOnError|AddOnSuccess|AddBeforeAny|middleware)$"
)
_HOOKED = {"AddBeforeCallTool", "AddAfterCallTool", "AddOnError", "AddOnSuccess", "AddBeforeAny"}
_BRANCHES = {"if", "else", "case"}
_ROUTES = {"use", "post", "get", "all", "route", "put", "delete", "any", "on"}
_ROUTERS = re.compile(r"(?:^|\.)(?:Router|Hono|OpenAPIHono|Elysia|Koa|express)(?:\.default)?\(\)$")
_SERVES = {"handleRequest", "handlePostMessage", "handle_request", "handle_post_message", "serve", "serveSSE"}
_BLOCKING = {
    "run", "run_http_async", "run_stdio_async", "run_async", "run_sse_async", "run_streamable_http_async", "ServeStdio",
    "ListenAndServe", "ListenAndServeTLS",
}  # fmt: skip
"""What comes back only when the server has ended."""
_REPLACED = {"registerTool", "tool", "addTool", "add_tool", "call_tool"}
_NEAR = 3


@dataclass(slots=True)
class _Route:
    """A handler or a middleware under a path of a router, both in one function."""

    router: At
    path: str
    line: int


@dataclass
class Middlewares:
    """Finds them once."""

    box: Toolbox
    gates: Gates
    hooks: dict[Fn, str] = field(default_factory=dict)

    @cached_property
    def all(self) -> list[tuple[str, Fn]]:
        """Functions and methods that run around every tool call, each with its package, wired in production."""
        return list(self._find())

    @cached_property
    def routed(self) -> list[tuple[str, Fn]]:
        """What runs around every request of a web application, each with its package."""
        return list(around_routes(self.box))

    def around(self, package: str, *, routed: bool) -> tuple[Fn, ...]:
        """What runs around the tools of a package; where it starts no server, what those that start it are given."""
        own = self._of(package, routed=routed)
        if own or package in self.box.starting:
            return own
        hosts = [one for one in sorted(self.box.starting) if package in self.box.importing.used(one)]
        given = [self._of(one, routed=routed) for one in hosts]
        return given[0] if given and all(given) else ()

    def _of(self, package: str, *, routed: bool) -> tuple[Fn, ...]:
        return tuple(fn for held, fn in (*self.all, *(self.routed if routed else ())) if held == package)

    def _find(self) -> Iterator[tuple[str, Fn]]:
        program = self.box.program
        for fn in program.functions():
            if program.surface(fn.module) is not Surface.PRODUCTION:
                continue
            package = program.package_path(fn.module)
            for value, call, block in program.calls(fn):
                given = self._around(fn, call, block)
                if not given or self._passed_by(fn, value, call, block):
                    continue
                targets = (target for one in given for target in self._runs(fn, one.value))
                kept = [one for one in targets if not takes_errors(program.function(one))]
                name = self.box.origins.name_of(fn.at(call.callee)) if kept else ""
                self.hooks |= {one: name for one in kept if name in _HOOKED or one not in self.hooks}
                yield from ((package, one) for one in kept)
            yield from ((package, one) for one in self._replaced(fn))

    def _replaced(self, fn: Fn) -> Iterator[Fn]:
        """What a server's own method of registering or calling tools is replaced with: ``server.registerTool = …``."""
        for step in self.box.program.function(fn).steps:
            if isinstance(step, ir.Store) and step.base >= 0 and step.name in _REPLACED:
                value = self.box.program.value(fn.at(step.base))
                if not isinstance(value, ir.Receiver):
                    yield from self._runs(fn, step.value)

    def _around(self, fn: Fn, call: ir.Call, block: int) -> Iterable[ir.Argument]:
        """The arguments of a call that are middleware; a web server's counts where it is always in use."""
        name = self.box.origins.name_of(fn.at(call.callee))
        if name == "use" and any(outer.kind in _BRANCHES for outer in self.gates.around(fn, block)):
            return ()
        if _CALLS.search(name):
            return call.args
        named = [argument for argument in call.args if argument.name == "middleware"]
        made = self.box.symbols.resolve(fn.at(call.callee)) if named else ()
        return named if any(isinstance(s, External) and "mcp" in s.path for s in made) else ()

    def _runs(self, fn: Fn, value: int) -> list[Fn]:
        """What a middleware argument runs: a function (with the closures it returns), an object's hook methods."""
        found: list[Fn] = []
        program, symbols = self.box.program, self.box.symbols
        held = program.value(fn.at(value))
        if isinstance(held, ir.Sequence):
            return [target for item in held.items for target in self._runs(fn, item)]
        if isinstance(held, ir.Call):
            found.extend(s for s in symbols.resolve(fn.at(held.callee)) if isinstance(s, Fn))
        denoted = symbols.resolve(fn.at(value))
        if any(isinstance(symbol, External) and _ROUTERS.search(symbol.path) for symbol in denoted):
            return []  # its routes are what requests end at
        for symbol in denoted:
            match symbol:
                case Fn():
                    found.append(symbol)
                case Instance(cls=cls) | (Cls() as cls):
                    methods = program.klass(cls).methods
                    found.extend(Fn(cls.module, m.function) for m in methods if m.name in _METHODS)
                case _:
                    continue
        return decorating.with_inner(self.box, found)

    # --- middleware that no call passes

    def _passed_by(self, fn: Fn, value: int, call: ir.Call, block: int) -> bool:
        """Whether no request of the protocol comes by: it is too late, under another path, or never handed over."""
        name = self.box.origins.name_of(fn.at(call.callee))
        if name in _HOOKED:
            return not self._hands_over
        if name == "use" and (own := self._route(fn, call)) is not None:
            served = [one for one in self._served if one.router.module == fn.module]
            return bool(served) and not any(_reaches(self._mounted(own), self._mounted(one)) for one in served)
        return self._too_late(fn, value, block)

    @cached_property
    def _hands_over(self) -> bool:
        """Whether any production code gives hooks to a server."""
        program = self.box.program
        for fn in program.functions():
            if program.surface(fn.module).counts and program.modules[fn.module].language == "go":
                function = program.function(fn)
                called = {self.box.origins.name_of(fn.at(call.callee)) for _, call, _ in program.calls(fn)}
                named = {v.name for v in function.values if isinstance(v, ir.Member)}
                if "WithHooks" in called | named:
                    return True
        return False

    def _too_late(self, fn: Fn, value: int, block: int) -> bool:
        """Whether the server has already run, and ended, when it is given the middleware."""
        if self.box.program.modules[fn.module].language in {"typescript", "javascript"}:
            return False
        outer = set(self._line(fn, block))
        given: At | None = None
        ran: list[At] = []
        for number, call, place in self.box.program.calls(fn):
            callee = self.box.program.value(fn.at(call.callee))
            base = [callee.base] if isinstance(callee, ir.Member) else []
            if number == value:
                given = self._object(fn.at(base[0])) if base else None
                break
            if self.box.origins.name_of(fn.at(call.callee)) in _BLOCKING and place in outer:
                ran += [self._object(fn.at(one)) for one in (*base, *(a.value for a in call.args))]
        return given is not None and given in ran

    def _object(self, at: At) -> At:
        """What an object is made by, where that is in sight."""
        at = self.box.program.bare(at)
        value = self.box.program.value(at)
        if isinstance(value, ir.Name):
            outer = self.box.program.lexical(Fn(at.module, at.function), value.name)
            return at if outer is None else self.box.program.bare(outer)
        return at

    def _line(self, fn: Fn, block: int) -> Iterator[int]:
        blocks = self.box.program.function(fn).blocks
        while block >= 0:
            yield block
            block = blocks[block].parent

    # --- paths of routers

    @cached_property
    def _served(self) -> list[_Route]:
        """The routes of scripts behind which a transport of the protocol stands."""
        found = []
        program = self.box.program
        for fn in program.functions():
            if program.modules[fn.module].language in {"typescript", "javascript"}:
                for value, call, _ in program.calls(fn):
                    route = self._route(fn, call)
                    if route is not None and route.path and self._serves(fn, value):
                        found.append(route)
        return found

    @cached_property
    def _mounts(self) -> dict[At, _Route]:
        """The routers that stand under a path of another: ``app.use("/admin", admin)``."""
        found: dict[At, _Route] = {}
        program = self.box.program
        for fn in program.functions():
            if program.modules[fn.module].language in {"typescript", "javascript"}:
                for _, call, _ in program.calls(fn):
                    route = self._route(fn, call)
                    if route is not None and route.path:
                        found |= {self._object(fn.at(argument.value)): route for argument in call.args[1:]}
        return found

    def _mounted(self, route: _Route) -> _Route:
        """A route as seen from the outermost router."""
        for _ in range(_NEAR):
            outer = self._mounts.get(route.router)
            if outer is None:
                break
            route = _Route(outer.router, outer.path + route.path, outer.line)
        return route

    def _route(self, fn: Fn, call: ir.Call) -> _Route | None:
        """The router, path and line of ``app.use("/path", …)``; the path is empty where none is given."""
        callee = self.box.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member) or callee.name not in _ROUTES or not call.args:
            return None
        path = self.box.texts.one(fn.at(call.args[0].value))
        return _Route(self._object(fn.at(callee.base)), path.rstrip("*").rstrip("/"), call.line)

    def _serves(self, fn: Fn, value: int) -> bool:
        handlers = [e.target for e in self.box.calls.out.get(fn, ()) if e.value == value and e.handed]
        return any(
            self.box.origins.name_of(one.at(call.callee)) in _SERVES
            for one in self.box.calls.reach(handlers, depth=_NEAR)
            for _, call, _ in self.box.program.calls(one)
        )


def _reaches(own: _Route, served: _Route) -> bool:
    """Whether requests of a route pass a middleware that was put in use before it, on its path or above."""
    if own.router != served.router:
        return True
    above = not own.path or served.path == own.path or served.path.startswith(own.path + "/")
    return above and own.line <= served.line
