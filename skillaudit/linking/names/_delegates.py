"""Python's objects that hand on what is asked for: ``def __getattr__(self, name): return getattr(self.x, name)``."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbol import Symbol

_ASKED: Final = 2


def delegated(
    program: Program,
    cls: Cls,
    name: str,
    resolve: Callable[[At], Iterable[Symbol]],
    member: Callable[[Symbol, str], Iterable[Symbol]],
) -> Iterator[Symbol]:
    """What an attribute denotes that a class does not have, but looks up in something else by the name asked for."""
    for method in program.klass(cls).methods if name != "__getattr__" else ():
        fn = Fn(cls.module, method.function)
        for step in program.function(fn).steps if method.name == "__getattr__" else ():
            held = program.bare(fn.at(step.value)) if isinstance(step, ir.Return) and step.value >= 0 else None
            call = program.value(held) if held else None
            if held is None or not isinstance(call, ir.Call) or program.called(held.to(call.callee)) != "getattr":
                continue
            asked = program.value(program.bare(held.to(call.args[1].value))) if len(call.args) >= _ASKED else None
            if isinstance(asked, ir.Param) and asked.index == 0:
                yield from (s for base in resolve(held.to(call.args[0].value)) for s in member(base, name))
