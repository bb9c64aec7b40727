"""Fields that are bound to a logger which other functions write by: the call that gives it out is what leaks.

What is bound and written in one function belongs to the record there (``Shapes``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.facts import Form
from skillaudit.linking.knowledge.logapis import LogApi, begins_event, bound_api, chained, log_api
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.names.symbols import External, Symbol, Symbols
from skillaudit.linking.records.shapes import Piece, Shape, Shapes


@dataclass(slots=True)
class Bindings:
    """Knows which of a function's bound loggers it writes by itself."""

    program: Program
    symbols: Symbols
    shapes: Shapes
    _used: dict[Fn, frozenset[tuple[int, int]]] = field(default_factory=dict)

    def api(self, fn: Fn, call: ir.Call, symbols: tuple[Symbol, ...]) -> LogApi | None:
        """The call as one that binds fields for records elsewhere; None where it binds none."""
        found = next((api for s in symbols if isinstance(s, External) and (api := bound_api(s.path))), None)
        if found is None or (call.start, call.end) in self._written_here(fn):
            return None
        return found if any(self._varies(fn, piece.value) for piece in self.shape(fn, call, found).pieces) else None

    def shape(self, fn: Fn, call: ir.Call, api: LogApi) -> Shape:
        """What is bound: by the call, and by those before it in the chain."""
        pieces = (*self._own(fn, call, api), *self.shapes.chained(fn, call))
        return Shape(pieces, "", "", (), interpolated=False, structured=False)

    def _own(self, fn: Fn, call: ir.Call, api: LogApi) -> Iterator[Piece]:
        positional = [argument for argument in call.args if not argument.name]
        for argument in (*positional[api.skip :], *(a for a in call.args if a.name)):
            yield Piece(self.shapes.inside(fn, argument.value), Form.FIELD, key=argument.name)

    def _varies(self, fn: Fn, value: int) -> bool:
        return not isinstance(self.program.value(self.program.bare(fn.at(value))), ir.Literal)

    def _written_here(self, fn: Fn) -> frozenset[tuple[int, int]]:
        """The calls whose logger the function writes by, or binds more to."""
        if fn not in self._used:
            calls = (call for _, call, _ in self.program.calls(fn) if self._continues(fn, call))
            self._used[fn] = frozenset(place for call in calls for place in self._before(fn, call))
        return self._used[fn]

    def _continues(self, fn: Fn, call: ir.Call) -> bool:
        paths = (s.path for s in self.symbols.resolve(fn.at(call.callee)) if isinstance(s, External))
        return any(log_api(path) is not None or chained(path) or begins_event(path) for path in paths)

    def _before(self, fn: Fn, call: ir.Call) -> Iterator[tuple[int, int]]:
        """The call that gives the object whose method is called."""
        callee = self.program.value(fn.at(call.callee))
        base = self.program.value(self.program.bare(fn.at(callee.base))) if isinstance(callee, ir.Member) else None
        if isinstance(base, ir.Call):
            yield base.start, base.end
