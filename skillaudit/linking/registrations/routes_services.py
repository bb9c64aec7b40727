"""Handlers that Python's frameworks know by their names: Falcon's resources, gRPC's servicers, what CherryPy shows."""

import re
from typing import Final

from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.values.roles import Role

_RESPONDER: Final = re.compile(r"^on_(?:get|post|put|patch|delete|head|options)(?:_\w+)?$")
_ANSWER: Final = re.compile(r"^_*(?:res|resp|response)$")
_SERVICER: Final = re.compile(r"_grpc\.\w+Servicer$|^grpclib\.\w*Service$")
_BOTH: Final = 2


def fill(box: Toolbox) -> None:
    """Say which parameters are an inbound request, or a part of one."""
    for module, held in enumerate(box.program.modules):
        for number, declared in enumerate(held.classes) if held.language == "python" else ():
            methods = [(method.name, Fn(module, method.function)) for method in declared.methods]
            for name, fn in methods:
                if _RESPONDER.match(name):
                    _responder(box, fn)
                if _is_exposed(box, fn):
                    for index in range(len(box.program.function(fn).params)):
                        box.roles.route(Formal(fn, index), Role.PART)
            if _serves_calls(box, Cls(module, number)):
                for name, fn in methods:
                    _called(box, name, fn)


def _responder(box: Toolbox, fn: Fn) -> None:
    """``def on_get(self, req, resp, name)``: behind the two stands what the path's template names."""
    params = box.program.function(fn).params
    if len(params) < _BOTH or not _ANSWER.match(params[1].name):
        return
    box.roles.serve(Formal(fn, 0))
    for index in range(_BOTH, len(params)):
        box.roles.route(Formal(fn, index), Role.PART)


def _is_exposed(box: Toolbox, fn: Fn) -> bool:
    """Whether a method is decorated with ``@cherrypy.expose``: the address's query fills its parameters."""
    function = box.program.function(fn)
    held = (s for number in function.decorators for s in box.symbols.resolve(At(fn.module, function.parent, number)))
    return any(isinstance(one, External) and one.path.removesuffix("()") == "cherrypy.expose" for one in held)


def _serves_calls(box: Toolbox, cls: Cls) -> bool:
    """Whether a class is a servicer that gRPC's compiler made the base of."""
    declared = box.program.klass(cls)
    bases = (s for base in declared.bases for s in box.symbols.resolve(At(cls.module, declared.scope, base)))
    return any(isinstance(base, External) and _SERVICER.search(base.path) for base in bases)


def _called(box: Toolbox, name: str, fn: Fn) -> None:
    """``def Run(self, request, context)``: the message, and the call with its metadata."""
    params = box.program.function(fn).params
    if len(params) == _BOTH and not name.startswith("_"):
        box.roles.route(Formal(fn, 0), Role.BODY)
        box.roles.serve(Formal(fn, 1))
