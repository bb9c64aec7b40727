"""Values that a step cannot see, because the condition it stands under contradicts the one they were chosen by.

``result = this.known ? old() : made()`` is never ``old()`` inside ``if (!this.known)``.
"""

from collections.abc import Iterable, Iterator

import msgspec

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.names.program import At, Fn, Program

_DEPTH = 8
_TRUTHS = {"if": True, "else": False, "case": True}
Fact = tuple[str, bool]
"""A condition as written, and whether it holds."""


class Impossible(msgspec.Struct, frozen=True):
    """Compares conditions by how they are written: names, members and comparisons with constants."""

    program: Program

    def lines(self, parts: Iterable[At], fn: Fn, block: int) -> frozenset[int]:
        """The lines of calls among ``parts`` whose results do not reach a step in the block."""
        known: frozenset[Fact] | None = None
        barred: set[int] = set()
        left: set[int] = set()
        for at in parts:
            value = self.program.value(at)
            if not isinstance(value, ir.Choice) or value.test < 0 or Fn(at.module, at.function) != fn:
                continue
            known = frozenset(self._facts(fn, block)) if known is None else known
            for number, option in enumerate(value.options[:2]):
                facts = set(self._said(at.to(value.test), holds=number == 0))
                held = barred if any((text, not sense) in known for text, sense in facts) else left
                held.update(self._calls(at.to(option), _DEPTH))
        return frozenset(barred - left)

    def _facts(self, fn: Fn, block: int) -> Iterator[Fact]:
        """What the conditions around a block say."""
        blocks = self.program.function(fn).blocks
        while block >= 0:
            held = blocks[block]
            if held.kind in _TRUTHS and held.test >= 0:
                yield from self._said(fn.at(held.test), holds=_TRUTHS[held.kind])
            block = held.parent

    def _said(self, at: At, *, holds: bool, depth: int = _DEPTH) -> Iterator[Fact]:
        value = self.program.value(at)
        if not depth:
            return
        if isinstance(value, ir.Operation) and value.operator in {"!", "not"}:
            yield from self._said(at.to(value.operands[0]), holds=not holds, depth=depth - 1)
        elif isinstance(value, ir.Operation) and value.operator in ({"&&", "and"} if holds else {"||", "or"}):
            for operand in value.operands:
                yield from self._said(at.to(operand), holds=holds, depth=depth - 1)
        elif text := self._text(at, _DEPTH):
            yield text, holds

    def _text(self, at: At, depth: int) -> str:  # noqa: PLR0911 - one case per kind of value
        """A condition as written; empty where it calls something, or holds what changes with the time."""
        value = self.program.value(at)
        match value:
            case ir.Receiver():
                return "this"
            case ir.Param():
                return f"${value.index}"
            case ir.Literal():
                return repr(value.text)
            case ir.Member() if depth:
                base = self._text(at.to(value.base), depth - 1)
                return f"{base}.{value.name}" if base and not self._changes(at, value.name) else ""
            case ir.Variable() if depth:
                return self._text(at.to(value.value), depth - 1)
            case ir.Operation(operator="===" | "==", operands=(left, right)) if depth:
                both = self._text(at.to(left), depth - 1), self._text(at.to(right), depth - 1)
                return " == ".join(both) if all(both) else ""
            case _:
                return ""

    def _changes(self, at: At, name: str) -> bool:
        """Whether the function stores into what has this name."""
        steps = self.program.function(Fn(at.module, at.function)).steps
        return any(isinstance(step, ir.Store) and step.name == name for step in steps)

    def _calls(self, at: At, depth: int) -> Iterator[int]:
        value = self.program.value(at)
        if isinstance(value, ir.Call):
            yield value.line
        inner = (value.value,) if isinstance(value, ir.Variable) else children(value)
        for child in inner if depth else ():
            yield from self._calls(at.to(child), depth - 1)
