"""The routes of FastAPI applications, with the operations that the framework describes them as.

Routers count with the prefixes under which they are included, ids as FastAPI makes them: ``operation_id=``, else the
function's name, the path and the method, or what ``generate_unique_id_function`` says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import msgspec
from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.operations import METHODS, Operation
from skillaudit.linking.registrations.toolbox import Toolbox

_MADE: Final = re.compile(r"(?:^|\.)(?:FastAPI|APIRouter)$")
_CONVERTER: Final = re.compile(r":\w+}")
_DEEPEST: Final = 6
_MOST: Final = 500
"""Routers that are looked into for one application."""


class Route(msgspec.Struct, frozen=True):
    """A route and the function that serves it; ``path`` and ``named`` are None where they are not known.

    ``named`` is the explicit id, empty where FastAPI makes one; ``hidden``: it is left out of the document.
    """

    handler: Fn
    method: str
    path: str | None
    line: int
    named: str | None = ""
    title: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    hidden: bool = False


class _Included(msgspec.Struct, frozen=True):
    """A router inside an application or another router."""

    router: At
    prefix: str | None
    tags: tuple[str, ...]
    hidden: bool


@dataclass(slots=True)
class WebApps:
    """Every route of the program, by the application or router it was added to."""

    box: Toolbox
    routes: dict[At, list[Route]] = field(default_factory=dict)
    _included: dict[At, list[_Included]] = field(default_factory=dict)
    _left: int = 0

    def __post_init__(self) -> None:
        """Collect what decorators and calls add."""
        for fn in self.box.program.functions():
            if self.box.program.modules[fn.module].language == "python":
                self._decorated(fn)
                for _, call, _ in self.box.program.calls(fn):
                    self._called(fn, call)

    def operations(self, app: At) -> list[tuple[Operation | None, Route]]:
        """The routes of an application, each with its operation; None where its id is not known."""
        self._left = _MOST
        found = list(self._all(app, "", (), 0))
        return [(self._operation(app, route), route) for route in found if not route.hidden]

    def made(self, at: At) -> At | None:
        """The call that makes the application or router which a value is."""
        for held, _ in list(self.box.scenes.of(at)):
            value = self.box.program.value(held) if isinstance(held, At) else None
            if isinstance(held, At) and isinstance(value, ir.Call):
                symbols = self.box.symbols.resolve(held.to(value.callee))
                if any(isinstance(s, External) and _MADE.search(s.path) for s in symbols):
                    return held
        return None

    # --- collecting

    def _decorated(self, fn: Fn) -> None:
        function = self.box.program.function(fn)
        scope = Fn(fn.module, max(function.parent, 0))
        for number in function.decorators:
            call = self.box.program.value(scope.at(number))
            callee = self.box.program.value(scope.at(call.callee)) if isinstance(call, ir.Call) else None
            if isinstance(call, ir.Call) and isinstance(callee, ir.Member) and callee.name in {*METHODS, "api_route"}:
                app = self.made(scope.at(callee.base))
                if app is not None:
                    self._add(app, scope, call, fn, [callee.name] if callee.name in METHODS else None)

    def _called(self, fn: Fn, call: ir.Call) -> None:
        callee = self.box.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member) or callee.name not in {"include_router", "add_api_route"}:
            return
        app = self.made(fn.at(callee.base))
        given = self.box.keyword(fn, call, "router", "endpoint") or self.box.position(
            fn, call, 0 if callee.name == "include_router" else 1
        )
        if app is None or given is None:
            return
        if callee.name == "add_api_route":
            for symbol in self.box.symbols.resolve(given):
                if isinstance(symbol, Fn):
                    self._add(app, fn, call, symbol, None)
        elif (router := self.made(given)) is not None:
            included = _Included(router, self._prefix(fn, call), self._tags(fn, call), self._hidden(fn, call))
            self._included.setdefault(app, []).append(included)

    def _add(self, app: At, scope: Fn, call: ir.Call, handler: Fn, methods: list[str] | None) -> None:
        path_at = self.box.keyword(scope, call, "path") or self.box.position(scope, call, 0)
        path = self.box.texts.one(path_at) if path_at is not None else ""
        id_at = self.box.keyword(scope, call, "operation_id")
        name_at, summary_at = self.box.keyword(scope, call, "name"), self.box.keyword(scope, call, "summary")
        function = self.box.program.function(handler)
        for method in methods or self._methods(scope, call):
            route = Route(
                handler,
                method,
                path if path or self._empty(path_at) else None,
                function.line,
                (self.box.texts.one(id_at) or None) if id_at is not None else "",
                (self.box.texts.one(name_at) if name_at is not None else "") or function.name,
                self.box.description(summary_at) or function.doc.strip().partition("\n")[0][:300],
                self._tags(scope, call),
                self._hidden(scope, call),
            )
            self.routes.setdefault(app, []).append(route)

    def _methods(self, scope: Fn, call: ir.Call) -> list[str]:
        given = self.box.keyword(scope, call, "methods")
        if given is None:
            return ["get"]
        seen = [text for held in self.box.scenes.elements(given) for text, _ in self.box.scenes.read([held])]
        return [text.lower() for text in seen if text.lower() in METHODS]

    def _tags(self, scope: Fn, call: ir.Call) -> tuple[str, ...]:
        given = self.box.keyword(scope, call, "tags")
        seen = self.box.scenes.elements(given) if given is not None else []
        return tuple(text for held in seen for text, _ in self.box.scenes.read([held]))

    def _hidden(self, scope: Fn, call: ir.Call) -> bool:
        given = self.box.keyword(scope, call, "include_in_schema")
        value = self.box.program.value(given) if given is not None else None
        return isinstance(value, ir.Literal) and value.text.lower() == "false"

    def _prefix(self, scope: Fn, call: ir.Call) -> str | None:
        given = self.box.keyword(scope, call, "prefix")
        text = self.box.texts.one(given) if given is not None else ""
        return text if text or self._empty(given) else None

    def _empty(self, at: At | None) -> bool:
        """Whether nothing is given, or an empty text."""
        value = self.box.program.value(at) if at is not None else None
        return at is None or (isinstance(value, ir.Literal) and not value.text)

    # --- putting together

    def _all(self, app: At, before: str | None, tags: tuple[str, ...], depth: int) -> Iterator[Route]:
        """The routes below an application, with whole paths."""
        made = self.box.program.value(app)
        self._left -= 1
        if depth > _DEEPEST or self._left < 0 or not isinstance(made, ir.Call):
            return
        scope = Fn(app.module, app.function)
        own = self._prefix(scope, made)
        prefix = None if before is None or own is None else before + own
        tags = (*tags, *self._tags(scope, made))
        hidden = self._hidden(scope, made)
        for route in self.routes.get(app, ()):
            path = None if prefix is None or route.path is None else prefix + route.path
            yield replace(route, path=path, tags=(*tags, *route.tags), hidden=hidden or route.hidden)
        for one in self._included.get(app, ()):
            below = None if prefix is None or one.prefix is None else prefix + one.prefix
            for route in self._all(one.router, below, (*tags, *one.tags), depth + 1):
                yield replace(route, hidden=route.hidden or one.hidden)

    def _operation(self, app: At, route: Route) -> Operation | None:
        said = route.named or self._generated(app, route) if route.named is not None else None
        if not said:
            return None
        location = self.box.program.location(route.handler.module, route.line)
        return Operation(said, route.method, route.path or "", location, route.summary, tags=route.tags)

    def _generated(self, app: At, route: Route) -> str | None:
        """The id that FastAPI makes."""
        made = self.box.program.value(app)
        scope = Fn(app.module, app.function)
        given = self.box.keyword(scope, made, "generate_unique_id_function") if isinstance(made, ir.Call) else None
        if given is not None:
            own = next((s for s in self.box.symbols.resolve(given) if isinstance(s, Fn)), None)
            steps = self.box.program.function(own).steps if own is not None else ()
            returned = [step.value for step in steps if isinstance(step, ir.Return) and step.value >= 0]
            return self._said(own.at(returned[0]), route, 0) if own is not None and len(returned) == 1 else None
        if route.path is None:
            return None
        path = _CONVERTER.sub("}", route.path)
        return re.sub(r"\W", "_", f"{route.title}{path}") + f"_{route.method}"

    def _said(self, at: At, route: Route, depth: int) -> str | None:  # noqa: PLR0911 - one case per kind of value
        """What an expression over a route says: ``f"{route.tags[0]}-{route.name}"``."""
        value = self.box.program.value(at)
        if depth > _DEEPEST:
            return None
        match value:
            case ir.Literal(kind="str", text=text):
                return text
            case ir.Variable(value=held):
                return self._said(at.to(held), route, depth + 1)
            case ir.Member(name="name"):
                return route.title
            case ir.Item(base=base) if self.box.origins.name_of(at.to(base)) == "tags" and route.tags:
                return route.tags[0]
            case ir.Text(parts=parts):
                said = [self._said(at.to(part), route, depth + 1) for part in parts]
                return "".join(one for one in said if one is not None) if None not in said else None
            case _:
                return None
