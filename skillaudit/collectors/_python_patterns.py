"""The patterns of ``match``: what they test, and which names they bind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import libcst as cst

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors._python_context import Context
from skillaudit.collectors._python_literals import identifier

# Their one positional pattern is the subject itself, see the language reference on class patterns.
_SELF_MATCHING = frozenset(
    {"bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"}
)


@dataclass(slots=True)
class Pattern:
    """Reads one ``case`` pattern; ``captures`` are the names it binds, with value and line."""

    ctx: Context
    captures: list[tuple[str, int, int]] = field(default_factory=list)

    def test(self, node: cst.CSTNode, subject: int) -> int:
        """The condition under which the pattern matches, -1 where it always does."""
        add, ctx = self.ctx.b.add, self.ctx
        match node:
            case cst.MatchValue():
                result = add(ir.Operation("==", (subject, ctx.value(node.value))))
            case cst.MatchSingleton():
                result = add(ir.Operation("is", (subject, ctx.value(node.value))))
            case cst.MatchAs():
                result = NONE if node.pattern is None else self.test(node.pattern, subject)
                self._capture(node.name, subject)
            case cst.MatchOr():
                tests = [self.test(option.pattern, subject) for option in node.patterns]
                result = NONE if NONE in tests else self._joined("or", tests)
            case cst.MatchList() | cst.MatchTuple():
                result = self._sequence(node.patterns, subject, ctx.positions.line(node))
            case cst.MatchMapping():
                result = self._mapping(node, subject)
            case cst.MatchClass():
                result = self._class(node, subject)
            case _:
                result = ctx.value(node)
        return result

    def _joined(self, word: str, tests: Iterable[int]) -> int:
        known = tuple(test for test in tests if test != NONE)
        return known[0] if len(known) == 1 else self.ctx.b.add(ir.Operation(word, known))

    def _capture(self, name: cst.Name | None, value: int) -> None:
        if name is not None:
            self.captures.append((identifier(name.value), value, self.ctx.positions.line(name)))

    def _sequence(self, patterns: Sequence[cst.MatchSequenceElement | cst.MatchStar], subject: int, line: int) -> int:
        add = self.ctx.b.add
        tests = [add(ir.Opaque("sequence pattern", (subject,)))]
        starred = next((i for i, p in enumerate(patterns) if isinstance(p, cst.MatchStar)), len(patterns))
        for i, element in enumerate(patterns):
            if isinstance(element, cst.MatchStar):
                self._capture(element.name, add(ir.Sequence((add(ir.Element(subject)),))))
                continue
            key = add(ir.Literal("num", str(i if i < starred else i - len(patterns))))
            tests.append(self.test(element.value, add(ir.Item(subject, key, line))))
        return self._joined("and", tests)

    def _mapping(self, node: cst.MatchMapping, subject: int) -> int:
        add, line = self.ctx.b.add, self.ctx.positions.line(node)
        tests = [add(ir.Opaque("mapping pattern", (subject,)))]
        for element in node.elements:
            item = add(ir.Item(subject, self.ctx.value(element.key), line))
            tests.append(self.test(element.pattern, item))
        self._capture(node.rest, add(ir.Opaque("rest", (subject,))))
        return self._joined("and", tests)

    def _class(self, node: cst.MatchClass, subject: int) -> int:
        add, line = self.ctx.b.add, self.ctx.positions.line(node)
        tests = [add(ir.Operation("isinstance", (subject, self.ctx.value(node.cls))))]
        itself = isinstance(node.cls, cst.Name) and node.cls.value in _SELF_MATCHING
        for i, element in enumerate(node.patterns):
            part = subject if itself else add(ir.Item(subject, add(ir.Literal("num", str(i))), line))
            tests.append(self.test(element.value, part))
        for keyword in node.kwds:
            member = add(ir.Member(subject, identifier(keyword.key.value), line))
            tests.append(self.test(keyword.pattern, member))
        return self._joined("and", tests)
