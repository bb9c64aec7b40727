"""Go: functions that a platform calls with what a client sent: AWS Lambda's handlers, the methods of gRPC services."""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.knowledge.handedobjects import EVENT
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Formal, Instance, Symbol
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.values.roles import Role

_EVENTS: Final = re.compile(r"^github\.com/aws/aws-lambda-go/events\.\w+(?:Request|Event|Message)\(\)$")
_STARTS: Final = re.compile(r"^github\.com/aws/aws-lambda-go/lambda\.(?:Start\w*|NewHandler\w*)$")
_REGISTERS: Final = re.compile(r"\.Register\w+(?:Server|Service|Handler|HandlerServer)$|connect\.New\w+Handler$")
_UNIMPLEMENTED: Final = re.compile(r"^(?:Unimplemented|Unsafe)\w+(?:Server|Handler)$")
_NO_MESSAGE: Final = re.compile(r"\bcontext\.Context\b|\w(?:Server|Stream)\b|ServerStream")


def fill(box: Toolbox) -> None:
    """Say which parameters are an event of Lambda, or the message of a remote call."""
    modules = box.program.modules
    for fn in box.program.functions():
        if modules[fn.module].language != "go":
            continue
        for index in range(len(box.program.function(fn).params)):
            declared = box.symbols.resolve_formal(Formal(fn, index))
            if any(isinstance(s, External) and _EVENTS.match(s.path) for s in declared):
                box.roles.bring(Formal(fn, index), EVENT)
        for _, call, _ in box.program.calls(fn):
            _registered(box, fn, call)
            if box.origins.name_of(fn.at(call.callee)) == "AddSendingMiddleware":
                _sends(box, fn, call)
    for number, module in enumerate(modules):
        for place, declared_class in enumerate(module.classes if module.language == "go" else ()):
            if any(_UNIMPLEMENTED.match(name) for name in _embedded(box, number, declared_class)):
                _serve(box, Cls(number, place))


def _embedded(box: Toolbox, module: int, declared: ir.Class) -> Iterator[str]:
    for base in declared.bases:
        yield box.origins.name_of(At(module, declared.scope, base))


def _registered(box: Toolbox, fn: Fn, call: ir.Call) -> None:
    """``lambda.Start(handle)``, ``pb.RegisterNotesServer(server, &notes{})``."""
    named = [_called(box, symbol) for symbol in box.symbols.resolve(fn.at(call.callee))]
    starts, serves = any(map(_STARTS.match, named)), any(map(_REGISTERS.search, named))
    for argument in call.args if starts or serves else ():
        for given in box.symbols.resolve(fn.at(argument.value)):
            if starts and isinstance(given, Fn):
                _take(box, given)
            elif serves and isinstance(given, Instance):
                _serve(box, given.cls)


def _sends(box: Toolbox, fn: Fn, call: ir.Call) -> None:
    """What stands around every message that the server sends gives back the function that gets it."""
    for middleware in (s for a in call.args for s in box.symbols.resolve(fn.at(a.value)) if isinstance(s, Fn)):
        functions = box.program.modules[middleware.module].functions
        for number, function in enumerate(functions):
            for index in range(len(function.params)) if function.parent == middleware.number else ():
                box.roles.add(Formal(Fn(middleware.module, number), index), Role.SENT)


def _called(box: Toolbox, symbol: Symbol) -> str:
    """The dotted path of a library's function; of one that was generated into the tree its name."""
    match symbol:
        case External(path=path):
            return path
        case Fn():
            return f".{box.program.function(symbol).name}"
        case _:
            return ""


def _serve(box: Toolbox, cls: Cls) -> None:
    """A service's exported methods take the message, and a context or a stream, and give an error."""
    for part in box.symbols.same(cls):
        for method in box.program.klass(part).methods:
            if method.name[:1].isupper():
                _take(box, Fn(part.module, method.function))


def _take(box: Toolbox, handler: Fn) -> None:
    for index, parameter in enumerate(box.program.function(handler).params):
        formal = Formal(handler, index)
        if not _NO_MESSAGE.search(parameter.type_text) and not box.roles.brought(formal):
            box.roles.route(formal, Role.BODY)
