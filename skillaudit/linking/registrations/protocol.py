"""Functions that see raw JSON-RPC messages: transports, what is hung on ``onmessage``, overridden protocol methods."""

import re
from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.values.roles import Role

_TRANSPORT = re.compile(r"Transport$|^BaseSession$")
_SENDS = {"send", "onmessage", "handleMessage", "_onmessage", "handle_message", "_handle_message", "send_message"}
_HOOKS = {"onmessage", "_onmessage", "fallbackRequestHandler", "fallbackNotificationHandler"}
_OVERRIDDEN = {"notification", "request", "sendNotification", "sendRequest", "send"}
_SENDER = re.compile(r"client|protocol|transport", re.IGNORECASE)
"""Objects that hand on what a client sent; what a server sends by these methods is its own."""

_EVENTS = {"message"}
_SOCKETS = re.compile(r"^(?:wss?|web_?socket)$", re.IGNORECASE)
_LISTENING = {"on", "addEventListener", "addListener", "once"}


def fill(box: Toolbox) -> None:
    """Give the parameters of these functions the role of a whole request."""
    for fn in box.program.functions():
        whole = ((target, Role.REQUEST) for target in (*_stored(box, fn), *_methods(box, fn)))
        for target, role in (*whole, *_listening(box, fn)):
            if box.program.function(target).params:
                box.roles.add(Formal(target, 0), role)


def _stored(box: Toolbox, fn: Fn) -> Iterator[Fn]:
    """``transport.onmessage = (message) => …`` and ``client.request = async (…args) => …``."""
    function = box.program.function(fn)
    for step in function.steps:
        if not isinstance(step, ir.Store) or step.base < 0:
            continue
        hook = step.name in _HOOKS
        if hook or (step.name in _OVERRIDDEN and _SENDER.search(box.origins.name_of(fn.at(step.base)))):
            yield from _functions(box, fn.at(step.value))


def _listening(box: Toolbox, fn: Fn) -> Iterator[tuple[Fn, Role]]:
    """``socket.on("message", (message) => …)``."""
    for _, call, _ in box.program.calls(fn):
        callee = box.program.value(fn.at(call.callee))
        if isinstance(callee, ir.Member) and callee.name in _LISTENING and len(call.args) > 1:
            event = box.program.value(fn.at(call.args[0].value))
            if isinstance(event, ir.Literal) and event.text in _EVENTS:
                role = Role.SOCKET if _SOCKETS.match(box.origins.name_of(fn.at(callee.base))) else Role.REQUEST
                yield from ((target, role) for target in _functions(box, fn.at(call.args[1].value)))


def _methods(box: Toolbox, fn: Fn) -> Iterator[Fn]:
    """``send(message)`` of a project's class that is a transport."""
    function = box.program.function(fn)
    owner = box.symbols.owner(fn)
    if owner is None or function.owner < 0 or function.name not in _SENDS:
        return
    declared = box.program.klass(owner)
    names = [declared.name, *(box.origins.name_of(At(owner.module, declared.scope, base)) for base in declared.bases)]
    if any(_TRANSPORT.search(name) for name in names):
        yield fn


def _functions(box: Toolbox, at: At) -> Iterator[Fn]:
    return (symbol for symbol in box.symbols.resolve(at) if isinstance(symbol, Fn))
