"""Tools that a server makes from an OpenAPI document: FastMCP's own way, and tool lists put together by hand."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from skillaudit import ir
from skillaudit.linking import apifiles
from skillaudit.linking.operations import METHODS, Operation, taken
from skillaudit.linking.program import At, Fn
from skillaudit.linking.routemaps import RouteMaps, route_maps
from skillaudit.linking.symbols import External
from skillaudit.linking.toolbox import Candidate, Made, Toolbox, Unnamed
from skillaudit.linking.toolnames import ToolNames

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


# --- tool lists put together by hand


def dispatched(box: Toolbox, stand_in: Candidate, packages: set[str]) -> Iterator[Candidate]:
    """What a dispatcher serves whose tools the code makes from the operations of a document.

    The document is the one whose file name the code holds, else the only one of the package; the names are what the
    tool list makes of an operation's id.

    Args:
        box: The program.
        stand_in: What stands for the tools as long as nothing says what they are.
        packages: The package that serves them and those that it uses.
    """
    if not box.program.surface(stand_in.module).counts or not apifiles.reads_operations(box, packages):
        return
    only = (apifiles.of_only(box, package) for package in sorted(packages))
    named = apifiles.of_package(box, packages) or next(filter(None, only), None)
    if named is None:
        return
    operations = [one for api in named.apis for one in api.operations if one.id and one.method in METHODS]
    names = ToolNames(box)
    name = _name(box, names, operations[:1], packages)
    base = replace(stand_in, style=named.style)
    seen: set[str] = set()
    for one in operations if name is not None else ():
        text = names.of(name, one) if name is not None else ""
        if text and text not in seen:
            seen.add(text)
            yield described(base, text, one)


def _name(box: Toolbox, names: ToolNames, sample: list[Operation], packages: set[str]) -> At | None:
    """The expression that names the tools: of several, the tool list's own, then the one that says most."""
    listing = list(_listings(box))
    held = [
        (any(one.fn.module == module and start <= one.line <= end for module, start, end in listing), one.name)
        for one in box.unnamed
        if one.name is not None
        and box.program.surface(one.fn.module).counts
        and box.program.package_path(one.fn.module) in packages
    ]
    understood = [
        (listed, names.rank(name, one), name) for one in sample for listed, name in held if names.of(name, one)
    ]
    return max(understood, key=lambda one: one[:2], default=(False, 0, None))[2]


def _listings(box: Toolbox) -> Iterator[tuple[int, int, int]]:
    """File, first and last line of each handler that lists the tools."""
    for mark, _, fn, _ in box.program.marked("tool_list"):
        yield fn.module, mark.line, mark.end_line
    for fn in box.program.functions():
        function = box.program.function(fn)
        scope = Fn(fn.module, max(function.parent, 0))
        values = [box.program.value(scope.at(number)) for number in function.decorators]
        callees = [scope.at(value.callee) for value in values if isinstance(value, ir.Call)]
        if any(box.origins.name_of(callee) in {"list_tools", "on_list_tools"} for callee in callees):
            yield fn.module, function.line, function.end_line
