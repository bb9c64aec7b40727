"""Python: the exception whose text a record ends with."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.names.program import Fn, Program


def told(program: Program, fn: Fn, number: int, call: ir.Call) -> Iterator[int]:
    """What ``log.exception(…)``, ``exc_info=True`` and ``exc_info=error`` write the traceback of."""
    callee = program.value(fn.at(call.callee))
    given = next((one.value for one in call.args if one.name == "exc_info"), None)
    asked = given is not None or (isinstance(callee, ir.Member) and callee.name == "exception")
    if not asked or program.modules[fn.module].language != "python":
        return
    held = None if given is None else program.value(fn.at(given))
    if given is not None and not isinstance(held, ir.Literal):
        yield given
    elif held is None or (isinstance(held, ir.Literal) and held.text == "true"):
        yield from _caught(program, fn, number)


def _caught(program: Program, fn: Fn, number: int) -> Iterator[int]:
    """What the nearest ``except`` around a call caught."""
    function = program.function(fn)
    block = next((s.block for s in function.steps if isinstance(s, ir.Do) and s.value == number), -1)
    while block >= 0 and function.blocks[block].kind != "except":
        block = function.blocks[block].parent
    if block >= 0 and function.blocks[block].test >= 0:
        yield function.blocks[block].test
