"""Handlers of HTTP routes in Python: which of their parameters the framework fills from the request.

By the frameworks' own ways to register: decorators (``@app.post("/x/{name}")`` of FastAPI, Flask, Quart, Sanic,
Litestar, Bottle), calls (``add_url_rule``, ``add_api_route``, Django's ``path``, aiohttp's ``add_get``, Starlette's
``Route``) and the methods of class-based views, which are named after the verbs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import msgspec

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.linking.knowledge import patterns
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.registrations import routefields, routes_services
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.values.roles import Role

_VERBS: Final = {"get", "post", "put", "patch", "delete", "head", "options"}
_DECORATORS: Final = {*_VERBS, "route", "api_route", "websocket", "websocket_route", "trace", "custom_route"}
_CALLS: Final = {
    *_VERBS, *(f"add_{verb}" for verb in _VERBS), "add_route", "add_api_route", "add_url_rule", "add_websocket_route",
    "add_api_websocket_route", "add_view", "add_resource", "path", "re_path", "url", "Route", "WebSocketRoute",
    "APIRoute", "URLSpec",
}  # fmt: skip
_DESCRIBED: Final = re.compile(r"^(?:fastapi|litestar)\b")
"""They read from a handler's own declaration what each parameter holds."""
_FIRST: Final = re.compile(r"^(?:starlette|aiohttp|sanic|django|rest_framework|(?:fast)?mcp)\b")
"""They hand the request in first."""
_NAMED: Final = re.compile(r"^(?:flask\w*|quart|bottle|tornado)\b")
"""They hand in what the path's template names."""
_VIEWS: Final = re.compile(r"^(?:[\w.]+\.)?(?:\w*View|Resource|HTTPEndpoint|RequestHandler|\w*ViewSet)$")
_LOOSE: Final = ("/", "^", "re:")
_VARIABLE: Final = re.compile(
    r"{(?P<a>\w+)(?::(?P<b>\w+))?}|<(?:(?P<c>\w+)(?:\([^)]*\))?:)?(?P<d>\w+)(?::(?P<e>\w+))?>"
)
_CLOSED: Final = {"int": "[0-9]+", "float": "[0-9]+", "uuid": "[0-9a-f]+", "any": "[a-z]+", "slug": "[-a-zA-Z0-9_]+"}
"""What the converters of Django, Flask and Starlette let through, as expressions."""

_CONVERTERS: Final = {*_CLOSED, "str", "string", "path", "alpha", "ymd", "regex", "ext"}
_GROUP: Final = re.compile(r"\(\?P<(\w+)>((?:[^()\\]|\\.|\([^()]*\))*)\)")


class _Route(msgspec.Struct, frozen=True):
    """A registration: the framework's dotted path, empty where it is not in sight, and the path's template."""

    framework: str
    template: str

    def names(self) -> dict[str, frozenset[Danger]]:
        """The template's variables, and what harm the framework's check of each rules out: all of a number."""
        found: dict[str, frozenset[Danger]] = {}
        for match in _VARIABLE.finditer(self.template):
            converter, name = match["c"] or match["e"] or match["b"], match["a"] or match["d"]
            if name in _CONVERTERS and match["c"] and match["c"] not in _CONVERTERS:
                converter, name = name, match["c"]  # Sanic's ``<number:int>``
            if match["c"] in {None, *_CLOSED} or match["e"] is None:
                found[name] = _refused(_CLOSED.get(converter or "", ".*"))
        return found | {name: _refused(pattern) for name, pattern in _GROUP.findall(self.template)}


def _refused(pattern: str) -> frozenset[Danger]:
    return frozenset(danger for danger in Danger if patterns.refuses(pattern, danger, full=True))


@dataclass(slots=True)
class _Routes:
    box: Toolbox
    _done: set[tuple[Fn, _Route]] = field(default_factory=set)

    def fill(self) -> None:
        program = self.box.program
        for fn in program.functions():
            if program.modules[fn.module].language == "python":
                for route in self._decorated(fn):
                    self._serve(fn, route)
                for _, call, _ in program.calls(fn):
                    self._register(fn, call)
        for module, held in enumerate(program.modules):
            for number, declared in enumerate(held.classes) if held.language == "python" else ():
                self._view(Cls(module, number), declared)

    # --- who is a handler

    def _decorated(self, fn: Fn) -> Iterator[_Route]:
        function = self.box.program.function(fn)
        scope = Fn(fn.module, max(function.parent, 0))
        for number in function.decorators:
            call = self.box.program.value(scope.at(number))
            if not isinstance(call, ir.Call) or self.box.origins.name_of(scope.at(call.callee)) not in _DECORATORS:
                continue
            template, framework = self._template(scope, call), self._framework(scope.at(call.callee))
            if framework or template.startswith("/"):
                yield _Route(framework, template)

    def _register(self, fn: Fn, call: ir.Call) -> None:
        if len(call.args) <= 1 or self.box.origins.name_of(fn.at(call.callee)) not in _CALLS:
            return
        framework = self._framework(fn.at(call.callee))
        route = _Route(framework, self._template(fn, call))
        for argument in call.args if framework else ():
            for symbol in self.box.symbols.resolve(fn.at(self._viewed(fn, argument.value))):
                handlers = (
                    [symbol] if isinstance(symbol, Fn) else self._verbs(symbol) if isinstance(symbol, Cls) else ()
                )
                for handler in handlers:
                    self._serve(handler, route)

    def _viewed(self, fn: Fn, value: int) -> int:
        """The class behind ``View.as_view()``."""
        call = self.box.program.value(fn.at(value))
        callee = self.box.program.value(fn.at(call.callee)) if isinstance(call, ir.Call) else None
        return callee.base if isinstance(callee, ir.Member) and callee.name == "as_view" else value

    def _framework(self, at: At) -> str:
        paths = (s.path for s in self.box.symbols.resolve(at) if isinstance(s, External))
        known = (_DESCRIBED, _FIRST, _NAMED)
        return next((path for path in paths if any(one.match(path) for one in known)), "")

    def _template(self, fn: Fn, call: ir.Call) -> str:
        """The path's template, without the parts that are not constant."""
        for argument in call.args:
            value = self.box.program.value(fn.at(argument.value))
            if isinstance(value, ir.Text):
                pieces = (self.box.program.value(fn.at(part)) for part in value.parts)
                return "/" + "".join(piece.text for piece in pieces if isinstance(piece, ir.Literal))
            if isinstance(value, ir.Literal) and value.kind == "str" and not value.text.isupper():
                return value.text  # upper case is a verb: `add_route("GET", "/x", handler)`
        return ""

    def _view(self, cls: Cls, declared: ir.Class) -> None:
        """A class-based view, wherever it is registered."""
        for base in declared.bases:
            for symbol in self.box.symbols.resolve(At(cls.module, declared.scope, base)):
                path = symbol.path if isinstance(symbol, External) else ""
                if (_FIRST.match(path) or _NAMED.match(path)) and _VIEWS.match(path):
                    for handler in self._verbs(cls):
                        self._serve(handler, _Route(f"view {path}", ""))

    def _verbs(self, cls: Cls) -> list[Fn]:
        return [Fn(cls.module, m.function) for m in self.box.program.klass(cls).methods if m.name in _VERBS]

    # --- what its parameters are

    def _serve(self, handler: Fn, route: _Route) -> None:
        if (handler, route) in self._done:
            return
        self._done.add((handler, route))
        self.box.served.add(handler)
        names, view = route.names(), route.framework.startswith("view ")
        described = not view and not _NAMED.match(route.framework) and not _FIRST.match(route.framework)
        for index, parameter in enumerate(self.box.program.function(handler).params):
            formal = Formal(handler, index)
            if index == 0 and (_FIRST.match(route.framework) or parameter.name in {"request", "req"}):
                self.box.roles.serve(formal)
            elif (harmless := names.get(parameter.name, frozenset())) == frozenset(Danger):
                self.box.roles.close(formal, harmless)
            elif parameter.name in names or view:
                self.box.roles.route(formal, Role.PART)
                self.box.roles.close(formal, harmless)
            elif described and "<" not in route.template:
                routefields.fill(self.box, formal)


def fill(box: Toolbox) -> None:
    """Say which parameters are an inbound request, or a part of one."""
    _Routes(box).fill()
    routes_services.fill(box)
