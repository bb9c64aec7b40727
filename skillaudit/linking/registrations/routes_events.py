"""Listeners of events that hold what a caller sent: Socket.IO's messages, the entries of an archive."""

import re
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.values.roles import Role

_LISTENING: Final = {"on", "once", "addListener"}
_SERVERS: Final = re.compile(r"^socket\.io\b(?:\.\w+)*\(\)(?:\.(?:of|use)\(\))*$")
_SOCKETS: Final = re.compile(r"^socket\.io\.Socket\(\)$")
_SERVER_NAMES: Final = {"io", "nsp", "namespace"}
_CONNECTED: Final = {"connection", "connect"}
_OWN_EVENTS: Final = {"disconnect", "disconnecting", "error", "connect_error", "newListener", "removeListener"}
_ARCHIVES: Final = re.compile(
    r"^(?:unzipper|unzip|unzip2|unzip-stream|node-unzip|tar|tar-stream|tar-fs|yauzl|node-stream-zip)$"
)


def fill(box: Toolbox) -> None:
    """Say which parameters of listeners are a socket, a message, or an entry of an archive."""
    modules = box.program.modules
    calls = [
        (fn, call)
        for fn in box.program.functions()
        if modules[fn.module].language in {"typescript", "javascript"}
        for _, call, _ in box.program.calls(fn)
        if len(call.args) > 0
    ]
    sockets = {socket for fn, call in calls for socket in _connected(box, fn, call)}
    for socket in sockets:
        box.roles.serve(socket)
    for fn, call in calls:
        event = _event(box, fn, call)
        if event == "entry" and _unpacks(modules[fn.module]):
            for handler in _listeners(box, fn, call):
                box.roles.unpack(Formal(handler, 0))
        elif event not in _OWN_EVENTS | {""} and _is_socket(box, fn, call, sockets):
            for handler in _listeners(box, fn, call):
                for index in range(len(box.program.function(handler).params)):
                    box.roles.route(Formal(handler, index), Role.PART)


def _unpacks(module: ir.Module) -> bool:
    values = (value for function in module.functions for value in function.values)
    return any(isinstance(value, ir.Import) and _ARCHIVES.match(value.module) for value in values)


def _event(box: Toolbox, fn: Fn, call: ir.Call) -> str:
    """The event that a call listens to; empty for any other call."""
    callee = box.program.value(fn.at(call.callee))
    first = box.program.value(fn.at(call.args[0].value))
    if not isinstance(callee, ir.Member) or not isinstance(first, ir.Literal):
        return "any" if isinstance(callee, ir.Member) and callee.name == "onAny" else ""
    return first.text if callee.name in _LISTENING and len(call.args) > 1 else ""


def _listeners(box: Toolbox, fn: Fn, call: ir.Call) -> list[Fn]:
    return [s for s in box.symbols.resolve(fn.at(call.args[-1].value)) if isinstance(s, Fn)]


def _connected(box: Toolbox, fn: Fn, call: ir.Call) -> list[Formal]:
    """``io.on("connection", (socket) => …)``, ``io.use((socket, next) => …)``."""
    callee = box.program.value(fn.at(call.callee))
    if not isinstance(callee, ir.Member) or not (callee.name == "use" or _event(box, fn, call) in _CONNECTED):
        return []
    held = box.symbols.resolve(fn.at(callee.base))
    known = any(isinstance(s, External) and _SERVERS.match(s.path) for s in held)
    named = all(isinstance(s, Formal) for s in held) and box.origins.name_of(fn.at(callee.base)) in _SERVER_NAMES
    if not known and not named:
        return []
    return [Formal(handler, 0) for handler in _listeners(box, fn, call) if box.program.function(handler).params]


def _is_socket(box: Toolbox, fn: Fn, call: ir.Call, sockets: set[Formal]) -> bool:
    callee = box.program.value(fn.at(call.callee))
    held = box.symbols.resolve(fn.at(callee.base)) if isinstance(callee, ir.Member) else ()
    return any(s in sockets or (isinstance(s, External) and _SOCKETS.match(s.path)) for s in held)
