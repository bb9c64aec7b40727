"""Which tool leads to a function: a way whose own arguments contradict a condition on it is not shown."""

from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.graph import Edge
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.serving.stdio import Path, Serving


@dataclass(slots=True)
class Ways:
    """Ways from handlers of requests; each handler is walked once, and only where the first way found cannot be."""

    program: Program
    serving: Serving
    roots: tuple[Fn, ...]
    _walked: dict[Fn, dict[Fn, Path]] = field(default_factory=dict)

    def to(self, fn: Fn, first: Path) -> Path:
        """The first way, or another handler's where the first one contradicts itself and the other does not."""
        if not self._contradicts(first):
            return first
        for root in self.roots:
            if root not in self._walked:
                self._walked[root] = self.serving.during((root,))
            way = self._walked[root].get(fn)
            if way is not None and not self._contradicts(way):
                return way
        return first

    def _contradicts(self, path: Path) -> bool:
        """Whether a condition asks for a key that the object literal handed on under that name does not have."""
        keys: dict[str, frozenset[str]] = {}
        for edge in path:
            if any(self._asks(edge, block, keys) for block in self._around(edge)):
                return True
            keys |= self._literals(edge)
        return False

    def _around(self, edge: Edge) -> list[ir.Block]:
        blocks, found, number = self.program.function(edge.caller).blocks, [], edge.block
        while number >= 0:
            found.append(blocks[number])
            number = blocks[number].parent
        return found

    def _asks(self, edge: Edge, block: ir.Block, keys: dict[str, frozenset[str]]) -> bool:
        """``if ('command' in options)`` and ``if (options.command)``, of an object without it."""
        test = self.program.value(edge.caller.at(block.test)) if block.kind == "if" and block.test >= 0 else None
        match test:
            case ir.Operation(operator="in", operands=(key, held)):
                wanted, base = self.program.value(edge.caller.at(key)), held
                name = wanted.text if isinstance(wanted, ir.Literal) else ""
            case ir.Member(base=base, name=name):
                pass
            case _:
                return False
        known = keys.get(self._name(edge.caller, base))
        return bool(name) and known is not None and name not in known

    def _name(self, fn: Fn, number: int) -> str:
        held = self.program.value(fn.at(number))
        match held:
            case ir.Name() | ir.Member() | ir.Variable():
                return held.name
            case ir.Param(index=index):
                return self.program.function(fn).params[index].name
            case _:
                return ""

    def _literals(self, edge: Edge) -> dict[str, frozenset[str]]:
        """The keys of object literals among the arguments, by the name of the parameter; unknown where one spreads."""
        call = self.program.value(edge.caller.at(edge.value))
        parameters = [one.name for one in self.program.function(edge.target).params if one.name not in {"self", "this"}]
        found: dict[str, frozenset[str]] = {}
        for name, given in zip(parameters, call.args if isinstance(call, ir.Call) else (), strict=False):
            held = self.program.value(edge.caller.at(given.value))
            if isinstance(held, ir.Record) and not given.name and all(entry.key for entry in held.entries):
                found[name] = frozenset(entry.key for entry in held.entries)
        return found
