"""Where a function answers with an error and raises none: Go's error values, tool results that say ``isError``."""

import re

from skillaudit import ir
from skillaudit.linking.calls.gates import Gates
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Symbols

_ERRORS = {"errors.New", "fmt.Errorf", "github.com/pkg/errors.New", "github.com/pkg/errors.Errorf"}
_RESULTS = re.compile(r"^NewToolResultError")
_FLAGS = {"isError", "IsError", "is_error"}
_FAILED = re.compile(r"^(?:is_?error|has_?error|failed|error|err|exc)$", re.IGNORECASE)
_NEAR = 2


def blocks(program: Program, symbols: Symbols, gates: Gates, fn: Fn) -> frozenset[int]:
    """The branches that answer with an error of their own making, not with one that something else came to."""
    function = program.function(fn)
    returned = (s for s in function.steps if isinstance(s, ir.Return) and s.value >= 0 and not s.yields)
    ending = {step.block for step in returned if _is_error(program, symbols, fn.at(step.value))}
    return frozenset(number for number in ending if not _asks_failure(gates, fn, function.blocks[number]))


def _asks_failure(gates: Gates, fn: Fn, block: ir.Block) -> bool:
    """Whether a branch is taken because something failed: ``if (result.isError)``."""
    return block.test >= 0 and any(_FAILED.match(name) for name in gates.names(fn.at(block.test), _NEAR))


def _is_error(program: Program, symbols: Symbols, at: At) -> bool:
    value = program.value(program.bare(at))
    match value:
        case ir.Sequence(items=items) if items and program.modules[at.module].language == "go":
            return any(_is_error(program, symbols, at.to(item)) for item in (items[0], items[-1]))
        case ir.Call(callee=callee):
            paths = [s.path for s in symbols.resolve(at.to(callee)) if isinstance(s, External)]
            return any(path in _ERRORS for path in paths) or bool(_RESULTS.match(program.called(at.to(callee))))
        case ir.Record(entries=entries):
            flags = [program.value(at.to(entry.value)) for entry in entries if entry.key in _FLAGS]
            return any(isinstance(flag, ir.Literal) and flag.text.lower() == "true" for flag in flags)
        case _:
            return False
