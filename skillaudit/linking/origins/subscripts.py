"""Python: ``TABLE[x]`` raises where ``x`` is no key of a table that the project wrote down."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import Data, Symbols

_SKIPPING = {"and", "or"}


class Lookup(NamedTuple):
    """The key that a table is asked for, and the block and line behind which that is done."""

    key: At
    block: int
    line: int


def lookups(program: Program, symbols: Symbols, fn: Fn, *, is_fed: Callable[[At], bool]) -> Iterator[Lookup]:
    """The keys that tables of constants are asked for whatever happens; ``is_fed``: callers put keys into the table."""
    if program.modules[fn.module].language != "python":
        return
    asked = [(n, item) for n, item in program.of_kind(fn, ir.Item) if _is_open(program, fn.at(item.key))]
    sure = [(n, item) for n, item in asked if _is_table(program, symbols, fn.at(item.base))] if asked else []
    perhaps = _perhaps(program, fn) if sure else set()
    blocks = program.function(fn).blocks
    for number, item in sure:
        if number not in perhaps and not is_fed(fn.at(item.base)):
            holding = (n for n, block in enumerate(blocks) if block.line <= item.line <= block.end_line)
            block = max(holding, key=lambda n: (blocks[n].line, n), default=0)
            if blocks[block].line < item.line or not block:  # else it may stand in the condition of the block
                yield Lookup(fn.at(item.key), block, item.line - 1)


def _is_open(program: Program, key: At) -> bool:
    return not isinstance(program.value(program.bare(key)), ir.Literal | ir.Opaque | ir.Operation)


def _is_table(program: Program, symbols: Symbols, at: At) -> bool:
    """Whether a value is a dictionary with entries, or an enumeration."""
    for symbol in symbols.resolve(at):
        if isinstance(symbol, Data):
            held = program.value(symbol.at)
            return isinstance(held, ir.Record) and bool(held.entries) and all(one.key for one in held.entries)
        if isinstance(symbol, Cls):
            declared = program.klass(symbol)
            scope = Fn(symbol.module, declared.scope)
            return any(program.called(scope.at(base)).endswith("Enum") for base in declared.bases)
    return False


def _perhaps(program: Program, fn: Fn) -> set[int]:
    """The values that are evaluated only sometimes: parts of conditional expressions, what stands behind ``and``."""
    found: set[int] = set()
    for value in program.function(fn).values:
        inner: tuple[int, ...] = ()
        match value:
            case ir.Choice(options=options) if value.test >= 0:
                inner = options
            case ir.Operation(operator=operator, operands=(_, *others)) if operator in _SKIPPING:
                inner = tuple(others)
            case _:
                continue
        front = list(inner)
        while front:
            one = front.pop()
            if one not in found:
                found.add(one)
                held = program.value(fn.at(one))
                front.extend(() if isinstance(held, ir.Variable) else children(held))
                if isinstance(held, ir.Item):
                    front.append(held.key)
    return found
