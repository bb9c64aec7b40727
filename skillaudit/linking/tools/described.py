"""Tools that FastMCP makes from an OpenAPI document, and what all tools made from one have in common."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.operations import Operation, taken
from skillaudit.linking.registrations.toolbox import Candidate, Made, Toolbox, Unnamed
from skillaudit.linking.tools import apifiles
from skillaudit.linking.tools.routemaps import RouteMaps, route_maps

_MAKERS: Final = re.compile(r"(?:^|\.)(?:FastMCP\.from_openapi|FastMCPOpenAPI|OpenAPIProvider)$")
_LONGEST: Final = 56


def find(box: Toolbox) -> Iterator[Candidate]:
    """The tools of ``FastMCP.from_openapi(openapi_spec=…)`` and of its older and newer forms."""
    for fn in box.program.functions():
        if box.program.modules[fn.module].language == "python":
            for _, call, _ in box.program.calls(fn):
                paths = [s.path for s in box.symbols.resolve(fn.at(call.callee)) if isinstance(s, External)]
                if any(_MAKERS.search(path) for path in paths):
                    yield from _from_openapi(box, fn, call)


def _from_openapi(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[Candidate]:
    given = box.keyword(fn, call, "openapi_spec") or box.position(fn, call, 0)
    named = apifiles.of_value(box, given) if given is not None else None
    maps = route_maps(box, fn, call)
    if named is None or maps is None:
        box.unnamed.append(Unnamed(fn, call.line))
        return
    operations = [one for api in named.apis for one in api.operations]
    base = Candidate("", box.program.location(fn.module, call.line), fn.module, None, named.style)
    for name, operation in fastmcp_names(operations, maps, own_names(box, fn, call)):
        yield described(base, name, operation)


def own_names(box: Toolbox, fn: Fn, call: ir.Call) -> dict[str, str]:
    """``mcp_names={"operationId": "name"}``."""
    given = box.keyword(fn, call, "mcp_names")
    found: dict[str, str] = {}
    for held, _ in list(box.scenes.of(given)) if given is not None else ():
        record = box.program.value(held) if isinstance(held, At) else None
        if isinstance(held, At) and isinstance(record, ir.Record):
            found.update({entry.key: box.texts.one(held.to(entry.value)) for entry in record.entries})
    return found


def fastmcp_names(operations: list[Operation], maps: RouteMaps, own: dict[str, str]) -> Iterator[tuple[str, Operation]]:
    """FastMCP's names: the id up to two underscores, else the summary or method and path; each only once."""
    used: Counter[str] = Counter()
    for one in operations:
        if maps.makes_tool(one):
            said = own.get(one.id) or one.id.split("__")[0] or one.summary or f"{one.method.upper()}_{one.path}"
            name = _slug(said)[:_LONGEST]
            used[name] += 1
            yield (name if used[name] == 1 else f"{name}_{used[name]}"), one


def _slug(text: str) -> str:
    joined = re.sub(r"[\s\-.]+", "_", text)
    return re.sub(r"_+", "_", re.sub(r"[^a-zA-Z0-9_]", "", joined)).strip("_")


def described(base: Candidate, name: str, operation: Operation) -> Candidate:
    """A tool that a document describes; ``base`` is what they all share, its place what runs them."""
    called = f"{operation.method.upper()} {operation.path}"
    said = operation.summary or operation.description or called
    takes, whole = taken(operation.source) if operation.source is not None else ({}, False)
    return replace(
        base,
        name=name,
        location=operation.location,
        description=said.partition("\n")[0][:300],
        hints=operation.hints,
        text="\n\n".join(filter(None, (operation.summary, operation.description))) or called,
        made=Made(base.location, takes, whole),
    )
