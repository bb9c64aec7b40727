"""Programs that read their whole input, answer and end, as hooks of editors do: their streams are their answer."""

import re

from skillaudit import ir
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.names.symbols import External, Symbols
from skillaudit.linking.values.roles import HOOK_ARGUMENTS

_INPUT = {"sys.stdin", "sys.stdin.buffer", "process.stdin.fd"}
_TO_THE_END = re.compile(r"^sys\.stdin(?:\.buffer)?\.read$")
_TAKING = {"json.load", "fs.readFileSync", "node:fs.readFileSync"}
_DESCRIPTORS = {"0", "/dev/stdin"}
_TOLD = HOOK_ARGUMENTS | {"tool_name", "toolName", "tool_response", "toolResult", "hook_event_name", "hookEventName"}
_ENDS = {"sys.exit", "process.exit", "exit", "SystemExit"}


def answers_once(program: Program, symbols: Symbols, module: int) -> bool:
    """Whether a file's code reads standard input to its end, which no server does, and ends the process itself."""
    reads = ends = False
    for number in range(len(program.modules[module].functions)):
        fn = Fn(module, number)
        for _, call, _ in program.calls(fn):
            paths = {s.path for s in symbols.resolve(fn.at(call.callee)) if isinstance(s, External)}
            ends = ends or not paths.isdisjoint(_ENDS)
            reads = reads or any(map(_TO_THE_END.match, paths))
            reads = reads or (not paths.isdisjoint(_TAKING) and _is_input(program, symbols, fn, call))
    return reads and ends


def _is_input(program: Program, symbols: Symbols, fn: Fn, call: ir.Call) -> bool:
    first = fn.at(call.args[0].value) if call.args else None
    if first is None:
        return False
    value = program.value(first)
    if isinstance(value, ir.Literal):
        return value.text in _DESCRIPTORS
    return any(isinstance(s, External) and s.path in _INPUT for s in symbols.resolve(first))


def reads_call(program: Program, module: int) -> bool:
    """Whether a file asks what it read for a tool's call, by the names under which agents tell their hooks of it."""
    values = (value for function in program.modules[module].functions for value in function.values)
    return any(isinstance(value, ir.Literal) and value.text in _TOLD for value in values)
