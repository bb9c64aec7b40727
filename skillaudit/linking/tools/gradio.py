"""Tools of Gradio applications that are launched as MCP servers: every function behind an event is one.

``demo.launch(mcp_server=True)``: https://www.gradio.app/guides/building-mcp-server-with-gradio
"""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.values.roles import Role

_INTERFACES: Final = re.compile(r"^gradio\.(?:Interface|ChatInterface|api)$")
_EVENTS: Final = re.compile(
    r"^gradio\.(?:\w+\(\)\.)*(?:on|click|submit|change|input|select|load|upload|clear|release|blur|then|success|tick|stop|"
    r"edit|like|retry|undo)$"
)
_SILENT: Final = {"api_name", "show_api"}
"""Options that keep an event from the application's interface when they are false."""


def launches(box: Toolbox) -> Iterator[tuple[Fn, ir.Call, int]]:
    """Where an application is launched as a server: the function, the call and its block."""
    for fn in box.program.functions():
        if box.program.modules[fn.module].language == "python":
            for _, call, block in box.program.calls(fn):
                if box.program.called(fn.at(call.callee)) == "launch" and _is(box, fn, call, "mcp_server", "true"):
                    yield fn, call, block


def find(box: Toolbox) -> Iterator[Candidate]:
    """The tools of packages that launch one."""
    packages = {box.program.package_path(fn.module) for fn, _, _ in launches(box)}
    for fn in box.program.functions() if packages else ():
        if box.program.package_path(fn.module) in packages and box.program.modules[fn.module].language == "python":
            for _, call, _ in box.program.calls(fn):
                if _is_event(box, fn, call) and not any(_is(box, fn, call, name, "false") for name in _SILENT):
                    yield from _tool(box, fn, call)


def _is_event(box: Toolbox, fn: Fn, call: ir.Call) -> bool:
    paths = [s.path for s in box.symbols.resolve(fn.at(call.callee)) if isinstance(s, External)]
    return any(_INTERFACES.match(path) or _EVENTS.match(path) for path in paths)


def _is(box: Toolbox, fn: Fn, call: ir.Call, name: str, text: str) -> bool:
    """Whether an option is a constant."""
    at = box.keyword(fn, call, name)
    value = box.program.value(at) if at is not None else None
    return isinstance(value, ir.Literal) and value.kind == "bool" and value.text.lower() == text


def _tool(box: Toolbox, fn: Fn, call: ir.Call) -> Iterator[Candidate]:
    """The function that an event runs, under the name that the event gives it or its own."""
    number = 1 if box.program.called(fn.at(call.callee)) == "on" else 0
    handler = box.handler(box.keyword(fn, call, "fn") or box.position(fn, call, number))
    if handler is None or box.program.function(handler.fn).name.startswith("<"):
        return
    function = box.program.function(handler.fn)
    box.client_fills(handler.fn, Role.ARGUMENT)
    given = box.keyword(fn, call, "api_name")
    names = [text for text, _ in box.scenes.texts(given)] if given is not None else []
    location = box.program.location(handler.fn.module, function.line)
    described = function.doc.strip().partition("\n")[0][:300]
    for name in names[:1] or [function.name]:
        yield Candidate(
            name, location, handler.fn.module, handler.fn, "function", described, around=handler.around,
            text=function.doc,
        )  # fmt: skip
