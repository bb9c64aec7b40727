"""Transports that a framework for scripts is told by an option, and those that it serves when it is told none."""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Toolbox

_MAKERS: Final = {
    "mcp-framework.MCPServer": (("transport", "type"), ("stdio",)),
    "@rekog/mcp-nest.McpModule.forRoot": (("transport",), ("http", "sse")),
    "@rekog/mcp-nest.McpModule.forRootAsync": (("transport",), ("http", "sse")),
}
"""The option, and what is served where it is not given."""
_CONFIGURATION: Final = re.compile(r"(?:^|/)xmcp\.config\.[cm]?[jt]s$")
_KINDS: Final = {
    "stdio": "stdio", "sse": "sse", "http-stream": "http", "http": "http", "streamable_http": "http",
    "streamable-http": "http",
}  # fmt: skip

_AGENT: Final = "agents/mcp.McpAgent"
_OF_AGENTS: Final = {"serve": "http", "serveSSE": "sse", "mount": "sse"}
"""Cloudflare's: static methods of a class of the project that is such an agent."""


def kinds(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[str]:
    """The transports that a call sets up."""
    for symbol in box.symbols.resolve(fn.at(call.callee)):
        if isinstance(symbol, External) and symbol.path in _MAKERS:
            path, default = _MAKERS[symbol.path]
            given = fn.at(call.args[0].value) if call.args else None
            held = [found for found, _ in box.scenes.entry(given, path)] if given is not None else []
            named = {_KINDS[text] for at in held if isinstance(at, At) for text in _named(box, at) if text in _KINDS}
            yield from sorted(named) if named else default
    callee = box.program.value(fn.at(call.callee))
    if isinstance(callee, ir.Member) and callee.name in _OF_AGENTS:
        classes = [s for s in box.symbols.resolve(fn.at(callee.base)) if isinstance(s, Cls)]
        if any(_AGENT in _bases(box, cls) for cls in classes):
            yield _OF_AGENTS[callee.name]


def _bases(box: Toolbox, cls: Cls) -> set[str]:
    declared = box.program.klass(cls)
    scope = Fn(cls.module, declared.scope)
    held = (symbol for base in declared.bases for symbol in box.symbols.resolve(scope.at(base)))
    return {symbol.path for symbol in held if isinstance(symbol, External)}


def of_files(box: Toolbox) -> Iterator[tuple[Fn, str, int]]:
    """What ``xmcp.config.ts`` says that xmcp serves: ``{ http: true, stdio: true }``."""
    for number, module in enumerate(box.program.modules):
        at = box.program.exported(number, "default") if _CONFIGURATION.search(module.path) else None
        for held, _ in box.scenes.of(at) if isinstance(at, At) else ():
            record = box.program.value(held) if isinstance(held, At) else None
            if isinstance(held, At) and isinstance(record, ir.Record):
                for entry in record.entries:
                    value = box.program.value(box.program.bare(held.to(entry.value)))
                    off = isinstance(value, ir.Literal) and value.text == "false"
                    if entry.key in {"http", "stdio"} and not off:
                        yield Fn(number, 0), entry.key, entry.line or record.line


def _named(box: Toolbox, at: At) -> Iterator[str]:
    """The texts of an option, and what members of the framework's enumeration are called."""
    value = box.program.value(at)
    if isinstance(value, ir.Sequence):
        for item in value.items:
            yield from _named(box, at.to(item))
    elif isinstance(value, ir.Member):
        yield value.name.lower()
    else:
        yield from box.texts.of(at)
