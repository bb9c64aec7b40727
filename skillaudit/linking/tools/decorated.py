"""Tools that scripts declare by a decorator on a method: ``@Tool({ name, description, parameters })``.

mcp-nest, easy-mcp, LeanMCP and their like; a tool without a name is called like its method.
"""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.values.roles import Role

_TOOL: Final = re.compile(r"^[^.]*mcp[\w/.-]*\.(?:Mcp|MCP)?Tool$", re.IGNORECASE)
_SCHEMAS: Final = ("parameters", "inputSchema", "inputClass", "schema")


def find(box: Toolbox) -> Iterator[Candidate]:
    """Every method that such a decorator makes a tool."""
    for fn in box.program.functions():
        if box.program.modules[fn.module].language in {"typescript", "javascript"}:
            function = box.program.function(fn)
            for decorator in function.decorators:
                at = Fn(fn.module, max(function.parent, 0)).at(decorator)
                call = box.program.value(at)
                if isinstance(call, ir.Call) and _declares(box, at.to(call.callee)):
                    yield from _declared(box, fn, at, call)


def _declares(box: Toolbox, callee: At) -> bool:
    return any(isinstance(s, External) and _TOOL.match(s.path) for s in box.symbols.resolve(callee))


def _declared(box: Toolbox, fn: Fn, at: At, call: ir.Call) -> Iterator[Candidate]:
    options = at.to(call.args[0].value) if call.args else None
    held = box.program.value(box.program.bare(options)) if options is not None else None
    entries = {entry.key: entry.value for entry in held.entries} if isinstance(held, ir.Record) else {}
    where = box.program.bare(options) if options is not None else at
    given = where.to(entries["name"]) if "name" in entries else None
    described = where.to(entries["description"]) if "description" in entries else None
    schema = next((where.to(entries[key]) for key in _SCHEMAS if key in entries), None)
    box.client_fills(fn, Role.ARGUMENTS, 0)
    names = [name for name, _ in box.scenes.texts(given)] if given else [box.program.function(fn).name]
    for name in names:
        yield Candidate(
            name,
            box.program.location(fn.module, call.line),
            fn.module,
            fn,
            "decorator",
            box.description(described),
            box.hints(where.to(entries["annotations"])) if "annotations" in entries else (),
            described=box.seen(described),
            definition=box.seen(schema),
        )
