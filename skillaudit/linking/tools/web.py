"""Tools that a library makes from the routes of a web application: FastMCP and fastapi_mcp with FastAPI."""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.operations import METHODS, Operation
from skillaudit.linking.registrations.toolbox import ROUTE, Candidate, Toolbox, Unnamed
from skillaudit.linking.registrations.webapps import Route, WebApps
from skillaudit.linking.tools.described import fastmcp_names, own_names
from skillaudit.linking.tools.routemaps import route_maps
from skillaudit.linking.values.roles import Role

_FASTMCP: Final = re.compile(r"(?:^|\.)FastMCP\.from_fastapi$")
_GIVEN: Final = re.compile(r"\b(?:Depends|Security|Request|Response|BackgroundTasks|WebSocket)\b")
_FILTERS: Final = ("include_operations", "exclude_operations", "include_tags", "exclude_tags")


def find(box: Toolbox) -> Iterator[Candidate]:
    """The tools of ``FastMCP.from_fastapi(app)`` and ``FastApiMCP(app)``."""
    calls = [
        (fn, call, kind)
        for fn in box.program.functions()
        if box.program.modules[fn.module].language == "python"
        for _, call, _ in box.program.calls(fn)
        if (kind := _kind(box, fn, call))
    ]
    if calls:
        apps = WebApps(box)
        for fn, call, kind in calls:
            yield from _tools(apps, fn, call, kind)


def _kind(box: Toolbox, fn: Fn, call: ir.Call) -> str:
    name = box.origins.name_of(fn.at(call.callee))
    if name == "from_fastapi":
        paths = [s.path for s in box.symbols.resolve(fn.at(call.callee)) if isinstance(s, External)]
        return "fastmcp" if any(_FASTMCP.search(path) for path in paths) else ""
    return "fastapi_mcp" if name == "FastApiMCP" else ""


def _tools(apps: WebApps, fn: Fn, call: ir.Call, kind: str) -> Iterator[Candidate]:
    box = apps.box
    given = box.keyword(fn, call, "app", "fastapi") or box.position(fn, call, 0)
    app = apps.made(given) if given is not None else None
    held = apps.operations(app) if app is not None else []
    known = [(operation, route) for operation, route in held if operation is not None]
    named = list(_fastmcp(box, fn, call, known) if kind == "fastmcp" else _fastapi_mcp(box, fn, call, known))
    if not named or len(known) < len(held):
        box.unnamed.append(Unnamed(fn, call.line))
    for name, operation, route in named:
        _fill(box, route.handler)
        yield Candidate(
            name,
            operation.location,
            fn.module,
            route.handler,
            ROUTE,
            operation.summary,
            operation.hints,
            text=box.program.function(route.handler).doc,
        )


_Named = Iterator[tuple[str, Operation, Route]]


def _fastmcp(box: Toolbox, fn: Fn, call: ir.Call, held: list[tuple[Operation, Route]]) -> _Named:
    maps = route_maps(box, fn, call)
    if maps is None:
        return
    routes = {id(operation): route for operation, route in held}
    for name, operation in fastmcp_names([one for one, _ in held], maps, own_names(box, fn, call)):
        yield name, operation, routes[id(operation)]


def _fastapi_mcp(box: Toolbox, fn: Fn, call: ir.Call, held: list[tuple[Operation, Route]]) -> _Named:
    """By their ids, those that the filters let through; what is added below the call comes too late."""
    filters = {name: _listed(box, box.keyword(fn, call, name)) for name in _FILTERS}
    some = {name: texts for name, texts in filters.items() if texts}
    if None in filters.values():
        return
    for operation, route in held:
        if operation.method in METHODS and _passes(operation, some) and not _late(box, fn, call, route):
            yield operation.id, operation, route


def _passes(operation: Operation, some: dict[str, frozenset[str]]) -> bool:
    tags = set(operation.tags)
    if "include_operations" in some or "include_tags" in some:
        chosen = operation.id in some.get("include_operations", ()) or tags & some.get("include_tags", frozenset())
        return bool(chosen)
    return operation.id not in some.get("exclude_operations", ()) and not tags & some.get("exclude_tags", frozenset())


def _late(box: Toolbox, fn: Fn, call: ir.Call, route: Route) -> bool:
    """Whether a route is added after the server was made of the application, which is not set up again."""
    same = fn.number == 0 and route.handler.module == fn.module and route.line > call.line
    again = (box.origins.name_of(fn.at(one.callee)) == "setup_server" for _, one, _ in box.program.calls(fn))
    return same and not any(again)


def _listed(box: Toolbox, at: At | None) -> frozenset[str] | None:
    """The constant texts of a list; None where some are not known."""
    if at is None:
        return frozenset()
    held = [[text for text, _ in box.scenes.read([seen])] for seen in box.scenes.elements(at)]
    return frozenset(text for texts in held for text in texts) if held and all(held) else None


def _fill(box: Toolbox, handler: Fn) -> None:
    """What the client fills: every parameter but what the framework injects."""
    function = box.program.function(handler)
    scope = Fn(handler.module, max(function.parent, 0))
    for index, parameter in enumerate(function.params):
        default = box.program.value(scope.at(parameter.default)) if parameter.default >= 0 else None
        injected = isinstance(default, ir.Call) and _GIVEN.search(box.origins.name_of(scope.at(default.callee)))
        if not injected and not _GIVEN.search(parameter.type_text):
            box.client_fills(handler, Role.ARGUMENT, index)
