"""Whether a number stands in the code for good, or can be set from outside."""

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Data, Symbols

_DEPTH = 8


def is_fixed(program: Program, symbols: Symbols, at: At, depth: int = _DEPTH) -> bool:  # noqa: PLR0911 - one case per kind
    """Whether a value is a constant: a number, a sum or product of numbers, a name or field that holds one."""
    if not depth:
        return False
    value = program.value(at)
    match value:
        case ir.Literal():
            return True
        case ir.Operation(operands=operands):
            return all(is_fixed(program, symbols, at.to(operand), depth - 1) for operand in operands)
        case ir.Variable():
            return is_fixed(program, symbols, at.to(value.value), depth - 1)
        case ir.Name():
            outer = program.lexical(Fn(at.module, at.function), value.name)
            return outer is not None and is_fixed(program, symbols, outer, depth - 1)
        case ir.Import():
            found = program.imported(at.module, value.module, value.symbol)
            return isinstance(found, At) and is_fixed(program, symbols, found, depth - 1)
        case ir.Member():
            return _member(program, symbols, at, value, depth - 1)
        case _:
            return False


def _member(program: Program, symbols: Symbols, at: At, value: ir.Member, depth: int) -> bool:
    """A field of the object's own class, or an entry of a constant object, that nothing else sets."""
    base = program.value(at.to(value.base))
    owner = symbols.owner(Fn(at.module, at.function))
    if isinstance(base, ir.Receiver) and owner is not None:
        declared = program.klass(owner)
        held = [f.value for f in declared.fields if f.name == value.name and f.value >= 0]
        stored = symbols.stores(owner).get(value.name, [])
        values = [At(owner.module, declared.scope, number) for number in held] + stored
        return bool(values) and all(is_fixed(program, symbols, one, depth) for one in values)
    for symbol in symbols.resolve(at.to(value.base)):
        record = program.value(symbol.at) if isinstance(symbol, Data) else None
        if isinstance(symbol, Data) and isinstance(record, ir.Record):
            entries = [e.value for e in record.entries if e.key == value.name]
            return bool(entries) and all(is_fixed(program, symbols, symbol.at.to(n), depth) for n in entries)
    return False
