"""Whether a logger hands what it is given on in another branch than the one whose record is in sight.

What becomes of it there is not known: the record of a fallback is not what calls of the logger write.
"""

from collections.abc import Callable, Collection

from skillaudit import ir
from skillaudit.linking.calls.leaving import ancestors
from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import Symbols


def handed_elsewhere(
    symbols: Symbols, fn: Fn, record: int, given: Collection[int], writes: Callable[[Fn, ir.Call], bool]
) -> bool:
    """Whether the project's code gets a parameter of a function as a whole, in a branch apart from the record's.

    Args:
        symbols: what names stand for.
        fn: the function.
        record: the block that its record is written in.
        given: the numbers of the parameters that reach the record.
        writes: whether a call writes a record itself.
    """
    program = symbols.program
    function = program.function(fn)
    for _, call, block in program.calls(fn):
        if record in ancestors(function, block) or block in ancestors(function, record):
            continue
        held = (program.value(program.bare(fn.at(argument.value))) for argument in call.args)
        whole = any(isinstance(value, ir.Param) and value.index in given for value in held)
        if whole and any(isinstance(s, Fn) for s in symbols.resolve(fn.at(call.callee))) and not writes(fn, call):
            return True
    return False
