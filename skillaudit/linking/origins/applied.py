"""What a call makes of a function that it is given: a list is mapped or folded with it, a promise settled by it."""

from collections.abc import Iterator

import msgspec

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Symbols
from skillaudit.linking.values.origin import ANY, Path

_MAPPING = {"map", "flatMap"}
_FOLDING = {"reduce", "reduceRight"}
_SETTLING = {"then"}
_APPLYING = _MAPPING | _FOLDING | _SETTLING


class Applied(msgspec.Struct, frozen=True):
    """The functions, what they get of which list, and what a fold begins with; ``whole``: all of it at once."""

    functions: tuple[Fn, ...]
    lists: tuple[At, ...]
    start: At | None = None
    folds: bool = False
    flat: bool = False
    whole: bool = False

    def taken(self, path: Path) -> Path:
        """What is taken of the function's answer where ``path`` is taken of the call's."""
        return path if self.folds or self.flat or self.whole else path[1:]

    def given(self, position: int, path: Path) -> Iterator[tuple[At, Path]]:
        """What fills a parameter. What was folded so far is more of the same; a number says nothing of the list."""
        if self.folds and position == 0 and self.start is not None:
            yield self.start, path
        elif self.folds and position <= 1:
            yield self.lists[0], (ANY, *path)
        elif not self.folds and position < len(self.lists):
            yield self.lists[position], path if self.whole else (ANY, *path)


def applied(program: Program, symbols: Symbols, caller: Fn, call: ir.Call) -> Applied | None:
    """What a call applies to a list, if it does: ``list.map(f)``, ``list.reduce(f, start)``, ``map(f, list)``."""
    name = program.called(caller.at(call.callee))
    if name not in _APPLYING or not call.args or any(one.name or one.spread for one in call.args):
        return None
    given = [caller.at(one.value) for one in call.args]
    callee = program.value(caller.at(call.callee))
    if program.is_script(caller.module):
        if not isinstance(callee, ir.Member) or len(given) > 1 + (name not in _MAPPING):
            return None
        lists: tuple[At, ...] = (caller.at(callee.base),)
        rest = given[1:]
    else:
        paths = {s.path for s in symbols.resolve(caller.at(call.callee)) if isinstance(s, External)}
        if not paths & {"map", "functools.reduce"} or len(given) == 1:
            return None
        lists, rest = (given[1],) if name in _FOLDING else tuple(given[1:]), given[2:]
    folds = name in _FOLDING
    held = (symbol for symbol in symbols.resolve(given[0]) if isinstance(symbol, Fn))
    functions = tuple(fn for fn in held if folds or not _walks(program, symbols, fn))
    if not functions:
        return None
    start = rest[0] if folds and rest else None
    return Applied(functions, lists, start, folds, name == "flatMap", name in _SETTLING)


def _walks(program: Program, symbols: Symbols, fn: Fn) -> bool:
    """Whether a closure calls the function around it: what walks through an object keeps what it holds."""
    around = Fn(fn.module, program.function(fn).parent)
    calls = program.calls(fn) if around.number > 0 else ()
    return any(around in symbols.resolve(fn.at(call.callee)) for _, call, _ in calls)


def settled(program: Program, symbols: Symbols, at: At, call: ir.Call, position: int = 0) -> Iterator[At]:
    """What ``new Promise((resolve, reject) => …)`` is settled with, wherever inside the function that is done.

    ``position`` says by which of the two functions: 1 refuses.
    """
    if not call.new or not call.args or program.called(at.to(call.callee)) != "Promise":
        return
    for executor in (s for s in symbols.resolve(at.to(call.args[0].value)) if isinstance(s, Fn)):
        inside = [executor]
        for fn in inside:
            inside.extend(Fn(fn.module, closure.function) for _, closure in program.of_kind(fn, ir.Closure))
            for _, inner, _ in program.calls(fn):
                if inner.args and Formal(executor, position) in symbols.resolve(fn.at(inner.callee)):
                    yield fn.at(inner.args[0].value)
