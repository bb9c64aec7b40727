"""The constant texts that a value may have: literals, constants of other files, enum members, what callers pass."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Data, External, Formal, Symbols
from skillaudit.linking.origins.origins import Origins

_GETTERS = {"os.getenv", "os.environ.get"}
_CHANGES: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "toLowerCase": str.lower,
    "upper": str.upper,
    "toUpperCase": str.upper,
    "strip": str.strip,
    "trim": str.strip,
}
_DEPTH = 4
_MOST = 400


@dataclass(slots=True)
class Texts:
    """Evaluates texts; ``of`` returns them in order, without repeats, empty where any part is unknown."""

    program: Program
    symbols: Symbols
    origins: Origins
    _busy: set[At] = field(default_factory=set)

    def of(self, at: At) -> tuple[str, ...]:
        """All texts that the value may be."""
        return tuple(dict.fromkeys(self._of(at, 0)))[:_MOST]

    def one(self, at: At) -> str:
        """The text, if there is exactly one."""
        found = self.of(at)
        return found[0] if len(found) == 1 else ""

    def _of(self, at: At, depth: int) -> Iterator[str]:
        if at in self._busy or depth > _DEPTH:
            return
        self._busy.add(at)
        try:
            yield from self._one_kind(at, depth)
        finally:
            self._busy.discard(at)

    def _one_kind(self, at: At, depth: int) -> Iterator[str]:
        value = self.program.value(at)
        match value:
            case ir.Literal(kind="str"):
                yield value.text
            case ir.Variable():
                yield from self._of(at.to(value.value), depth)
            case ir.Choice():
                for option in value.options:
                    yield from self._of(at.to(option), depth)
            case ir.Text():
                yield from self._joined(at, value.parts, depth)
            case ir.Call():
                yield from self._called(at, value, depth)
            case _:
                yield from self._denoted(at, depth)

    def _called(self, at: At, call: ir.Call, depth: int) -> Iterator[str]:
        """The default of an environment variable, and what changes case or space only."""
        callee = self.program.value(at.to(call.callee))
        paths = {s.path for s in self.symbols.resolve(at.to(call.callee)) if isinstance(s, External)}
        if paths & _GETTERS and len(call.args) > 1:
            yield from self._of(at.to(call.args[1].value), depth)
        elif isinstance(callee, ir.Member) and callee.name in _CHANGES:
            change = _CHANGES[callee.name]
            yield from (change(text) for text in self._of(at.to(callee.base), depth))
        else:
            yield from self._denoted(at, depth)

    def _joined(self, at: At, parts: tuple[int, ...], depth: int) -> Iterator[str]:
        whole = [""]
        for part in parts:
            found = tuple(self._of(at.to(part), depth))
            if not found or len(whole) * len(found) > _MOST:
                return
            whole = [before + text for before in whole for text in found]
        yield from whole

    def _denoted(self, at: At, depth: int) -> Iterator[str]:
        for symbol in self.symbols.resolve(at):
            match symbol:
                case Data(at=data):
                    if isinstance(self.program.value(data), ir.Literal | ir.Text):
                        yield from self._of(data, depth + 1)
                case Formal():
                    yield from self._passed(symbol, depth)
                case _:
                    continue
        value = self.program.value(at)
        if isinstance(value, ir.Member) and isinstance(self.program.value(at.to(value.base)), ir.Receiver):
            yield from self._stored(at, value.name, depth)
        elif isinstance(value, ir.Member) and value.name == "value":
            yield from self._of(at.to(value.base), depth + 1)

    def _passed(self, formal: Formal, depth: int) -> Iterator[str]:
        production = self.program.surface(formal.fn.module).counts
        for caller, number in self.origins.callers.get(formal.fn, ()):
            if production and not self.program.surface(caller.module).counts:
                continue
            call = self.program.value(caller.at(number))
            if isinstance(call, ir.Call):
                for argument in self.origins.arguments(caller, call, formal):
                    yield from self._of(argument, depth + 1)

    def _stored(self, at: At, name: str, depth: int) -> Iterator[str]:
        """``self.name`` where the constructor stores its parameter."""
        owner = self.symbols.owner(Fn(at.module, at.function))
        if owner is not None:
            for stored in self.symbols.stores(owner).get(name, ()):
                yield from self._of(stored, depth + 1)
