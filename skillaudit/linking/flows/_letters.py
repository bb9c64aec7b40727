"""What a condition lets through of a text, letter by letter: ``"".join(c for c in x if c.isalnum() or c in "-_")``."""

from collections.abc import Callable
from typing import Final

import msgspec

from skillaudit import ir
from skillaudit.linking.knowledge import patterns
from skillaudit.linking.names.program import At, Program
from skillaudit.linking.names.symbols import External, Symbols

_PLAIN: Final = {"isalnum", "isalpha", "isdigit", "isdecimal", "isnumeric", "isidentifier"}
_TABLES: Final = {"string.ascii_letters", "string.ascii_lowercase", "string.ascii_uppercase", "string.digits",
                  "string.hexdigits", "string.octdigits"}  # fmt: skip
_MATCHING: Final = {"re.match", "re.fullmatch", "re.search"}
_SETS: Final = {"set", "frozenset", "list", "tuple"}
_DEPTH: Final = 8


class Letters(msgspec.Struct, frozen=True):
    """Reads conditions on single letters; ``defined`` follows names to what they were given."""

    program: Program
    symbols: Symbols
    defined: Callable[[At], At]

    def closed(self, test: At, letter: At, depth: int = _DEPTH) -> bool:  # noqa: PLR0911 - one case per kind
        """Whether the test, where it holds, leaves a letter that separates nothing in paths and in commands."""
        at = self.program.bare(test)
        value = self.program.value(at)
        if depth <= 0:
            return False
        match value:
            case ir.Operation(operator="or", operands=operands):
                return all(self.closed(at.to(one), letter, depth - 1) for one in operands)
            case ir.Operation(operator="and", operands=operands):
                return any(self.closed(at.to(one), letter, depth - 1) for one in operands)
            case ir.Operation(operator="in" | "==", operands=(left, right)) if self._is(at.to(left), letter):
                return _is_plain(self._alphabet(at.to(right)))
            case ir.Call(args=()) if isinstance(callee := self.program.value(at.to(value.callee)), ir.Member):
                return callee.name in _PLAIN and self._is(at.to(callee.base), letter)
            case ir.Call(args=(first, second)) if self._is(at.to(second.value), letter):
                called = {s.path for s in self.symbols.resolve(at.to(value.callee)) if isinstance(s, External)}
                pattern = self.program.value(self.defined(at.to(first.value)))
                return bool(called & _MATCHING) and isinstance(pattern, ir.Literal) and _lets_letters(pattern.text)
            case _:
                return False

    def filtered(self, at: At, call: ir.Call) -> bool:
        """``filter(str.isalnum, name)``: what is left are such letters."""
        first = self.program.value(self.defined(at.to(call.args[0].value))) if call.args else None
        return (
            self.program.called(at.to(call.callee)) == "filter"
            and isinstance(first, ir.Member)
            and (first.name in _PLAIN and self.program.called(at.to(call.args[0].value).to(first.base)) == "str")
        )

    def _is(self, one: At, other: At) -> bool:
        return self.program.bare(one) == self.program.bare(other)

    def _alphabet(self, at: At, depth: int = _DEPTH) -> str | None:
        """All letters of a constant text, of texts put together, of a set of letters; None where one is not known."""
        held = self.defined(at)
        inner: tuple[int, ...] = ()
        match self.program.value(held):
            case ir.Literal(kind="str", text=text):
                return text
            case ir.Operation(operator="+" | "|", operands=operands):
                inner = operands
            case ir.Sequence(items=parts) | ir.Text(parts=parts):
                inner = parts
            case ir.Call(callee=callee, args=(only,)) if self.program.called(held.to(callee)) in _SETS:
                inner = (only.value,)
            case _:
                known = any(isinstance(s, External) and s.path in _TABLES for s in self.symbols.resolve(held))
                return "" if known else None
        texts = [self._alphabet(held.to(number), depth - 1) for number in inner] if depth else [None]
        return None if None in texts else "".join(text or "" for text in texts)


def _lets_letters(pattern: str) -> bool:
    held = patterns.compiled(pattern)
    return held is not None and not any(held.search(sample) for sample in "/\\;|&$`\n ")


def _is_plain(letters: str | None) -> bool:
    return letters is not None and not set(letters) & set("/\\;|&$`\n")
