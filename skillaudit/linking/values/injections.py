"""What a Python parameter is marked with: ``Query()``, ``Depends(provider)``, as default or inside ``Annotated``."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.names.aliases import meant
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Formal, Instance, Symbols

_GIVES = {
    "Depends", "Security", "Provide", "Inject", "CurrentContext", "CurrentFastMCP", "CurrentRequest", "CurrentHeaders",
    "CurrentAccessToken", "TokenClaim",
}  # fmt: skip
_ANNOTATED = "Annotated"


def marks(program: Program, formal: Formal) -> Iterator[tuple[At, ir.Call, str]]:
    """The calls that mark a parameter, each with what is called."""
    function = program.function(formal.fn)
    parameter = function.params[formal.position]
    if function.parent < 0 or program.modules[formal.fn.module].language != "python":
        return
    scope = Fn(formal.fn.module, function.parent)
    if parameter.default >= 0:
        yield from _call(program, scope.at(parameter.default))
    declared = meant(program, scope.at(parameter.type)) if parameter.type >= 0 else None
    value = program.value(declared) if declared else None
    if declared and isinstance(value, ir.Item) and _name(program, declared.to(value.base)) == _ANNOTATED:
        held = program.value(declared.to(value.key))
        for item in held.items[1:] if isinstance(held, ir.Sequence) else ():
            yield from _call(program, declared.to(item))


def _call(program: Program, at: At) -> Iterator[tuple[At, ir.Call, str]]:
    at = meant(program, at)
    value = program.value(at)
    if isinstance(value, ir.Call):
        yield at, value, _name(program, at.to(value.callee))


def _name(program: Program, at: At) -> str:
    value = program.value(at)
    match value:
        case ir.Name() | ir.Member() | ir.Variable():
            return value.name
        case ir.Import():
            return value.symbol
        case _:
            return ""


def gives(name: str) -> bool:
    """Whether the server itself fills a parameter that is marked so."""
    return name in _GIVES


def providers(program: Program, symbols: Symbols, formal: Formal) -> Iterator[tuple[At, ir.Call, Fn]]:
    """The functions of the project whose result fills a parameter: ``Depends(get_user)``, ``Depends()`` of a class."""
    for at, call, name in marks(program, formal):
        if not gives(name):
            continue
        held = symbols.resolve(at.to(call.args[0].value)) if call.args else symbols.resolve_formal(formal)
        for symbol in held:
            if isinstance(symbol, Fn):
                yield at, call, symbol
            elif isinstance(symbol, Cls | Instance):
                cls = symbol.cls if isinstance(symbol, Instance) else symbol
                methods = program.klass(cls).methods
                yield from ((at, call, Fn(cls.module, m.function)) for m in methods if m.name == "__init__")
