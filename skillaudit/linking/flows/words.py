"""The words of a command line, in order, however the list was put together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from skillaudit import ir
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal

_DEPTH = 12
_ONE, _MANY = {"append", "push"}, {"extend"}
_MOST = 80
_CALLERS = 4
_MOST_CALLERS = 12
_COPIES = {"list", "tuple"}


class Word(NamedTuple):
    """A value in a command line, and the function and call by which it is handed over."""

    at: At
    use: tuple[Fn, int]


@dataclass(slots=True)
class Words:
    """Opens lists; a list that a caller hands over is opened there."""

    taints: Taints
    _changes: dict[Fn, dict[int, list[tuple[bool, int]]]] = field(default_factory=dict)

    def of(self, at: At, fn: Fn, call: int) -> list[list[Word]]:
        """The command lines that the list at ``at`` may be, which ``call`` in ``fn`` uses."""
        return [words[:_MOST] for words in self._lines(at, (fn, call), _CALLERS)]

    def _lines(self, at: At, use: tuple[Fn, int], depth: int) -> list[list[Word]]:
        """One line for each caller that hands the whole list over, else the one that is put together here."""
        value, where = self.taints.program.value(at), at
        while isinstance(value, ir.Variable) and not self._added(where, use, 1):
            where = where.to(value.value)
            value = self.taints.program.value(where)
        if (
            isinstance(value, ir.Call)
            and len(value.args) == 1
            and self.taints.hints.name_of(where.to(value.callee)) in _COPIES
        ):
            return self._lines(where.to(value.args[0].value), use, depth)
        if isinstance(value, ir.Param) and depth:
            formal = Formal(Fn(where.module, where.function), value.index)
            if self.taints.program.function(formal.fn).params[formal.position].kind == "plain":
                found = [line for a, u in self._arguments(formal) for line in self._lines(a, u, depth - 1)]
                return found or [[Word(at, use)]]
        return [self._open(at, use, _DEPTH)]

    def handed(self, line: list[At]) -> list[list[Word]]:
        """The line as each caller fills it, where the program is a parameter: ``run("sh", "-c", x)``; else none."""
        formals = [self._formal(at) for at in line]
        program = formals[0] if formals else None
        lines = []
        for caller, number in self.taints.callers.get(program.fn, ())[:_MOST_CALLERS] if program else ():
            call = self.taints.program.value(caller.at(number))
            if isinstance(call, ir.Call) and not self.taints.program.is_test(caller.module):
                filled = (self._filled(caller, number, call, *one) for one in zip(line, formals, strict=True))
                lines.append([word for words in filled for word in words][:_MOST])
        return lines

    def _formal(self, at: At) -> Formal | None:
        where = self.taints.program.bare(at)
        value = self.taints.program.value(where)
        return Formal(Fn(where.module, where.function), value.index) if isinstance(value, ir.Param) else None

    def _filled(self, caller: Fn, number: int, call: ir.Call, at: At, formal: Formal | None) -> list[Word]:
        given = [at] if formal is None else list(self.taints.arguments(caller, call, formal))
        spread = {argument.value for argument in call.args if argument.spread}
        opened = [self._open(one, (caller, number), _DEPTH) if one.value in spread else [] for one in given]
        words = (more or [Word(one, (caller, number))] for one, more in zip(given, opened, strict=True))
        return [word for each in words for word in each]

    def _arguments(self, formal: Formal) -> Iterator[tuple[At, tuple[Fn, int]]]:
        for caller, number in self.taints.callers.get(formal.fn, ())[:_MOST_CALLERS]:
            call = self.taints.program.value(caller.at(number))
            if isinstance(call, ir.Call) and not self.taints.program.is_test(caller.module):
                yield from ((argument, (caller, number)) for argument in self.taints.arguments(caller, call, formal))

    def _open(self, at: At, use: tuple[Fn, int], depth: int) -> list[Word]:  # noqa: PLR0911 - one case per kind of value
        program = self.taints.program
        value = program.value(at)
        if depth <= 0:
            return [Word(at, use)]
        match value:
            case ir.Variable():
                return self._open(at.to(value.value), use, depth - 1) + self._added(at, use, depth)
            case ir.Name() | ir.Import():
                where = self.taints.defined(at)
                return self._open(where, use, depth - 1) if where != at else [Word(at, use)]
            case ir.Sequence(items=items):
                return self._each((at.to(item) for item in items), use, depth)
            case ir.Operation(operator="+" | "or" | "||" | "??", operands=parts):
                return self._all((at.to(part) for part in parts), use, depth)
            case ir.Choice(options=options):
                held = [self._open(at.to(option), use, depth - 1) for option in dict.fromkeys(options)]
                longest = max(held, key=len, default=[])
                return longest + [word for words in held if words is not longest for word in words[1:]]
            case ir.Param(index=index):
                return self._handed(Formal(Fn(at.module, at.function), index), depth) or [Word(at, use)]
            case ir.Call():
                return self._called(at, value, use, depth)
            case _:
                return [Word(at, use)]

    def _all(self, parts: Iterable[At], use: tuple[Fn, int], depth: int) -> list[Word]:
        words: list[Word] = []
        for part in parts:
            if len(words) > _MOST:
                break
            words += self._open(part, use, depth - 1)
        return words

    def _each(self, items: Iterable[At], use: tuple[Fn, int], depth: int) -> list[Word]:
        words: list[Word] = []
        for item in items:
            if len(words) > _MOST:
                break
            value = self.taints.program.value(item)
            spread = isinstance(value, ir.Element)
            opened = self._open(item.to(value.base), use, depth - 1) if isinstance(value, ir.Element) else []
            words += opened if spread and len(opened) > 1 else [Word(item, use)]
        return words

    def _handed(self, formal: Formal, depth: int) -> list[Word]:
        kind = self.taints.program.function(formal.fn).params[formal.position].kind
        words: list[Word] = []
        for argument, use in self._arguments(formal):
            words += [Word(argument, use)] if kind == "rest" else self._open(argument, use, depth - 4)
        return words

    def _called(self, at: At, call: ir.Call, use: tuple[Fn, int], depth: int) -> list[Word]:
        own = [s for s in self.taints.symbols.resolve(at.to(call.callee)) if isinstance(s, Fn)]
        callee = self.taints.program.value(at.to(call.callee))
        name = self.taints.hints.name_of(at.to(call.callee))
        if own:
            returns = [
                (fn, s) for fn in own for s in self.taints.program.function(fn).steps if isinstance(s, ir.Return)
            ]
            held = [self._open(fn.at(s.value), use, depth - 3) for fn, s in returns if s.value >= 0]
            return max(held, key=len, default=[Word(at, use)])
        if name in {"append", "concat"}:
            lists = [at.to(callee.base)] if isinstance(callee, ir.Member) else []
            parts = [*lists, *(at.to(a.value) for a in call.args)]
            words = self._open(parts[0], use, depth - 1) if parts else []
            spread = {a.value for a in call.args if a.spread} if name == "append" else {p.value for p in parts}
            for part in parts[1:]:
                words += self._open(part, use, depth - 1) if part.value in spread else [Word(part, use)]
            return words
        if name in {"filter", "slice", "flat", "copy"} and isinstance(callee, ir.Member):
            return self._open(at.to(callee.base), use, depth - 1)
        if name in {"list", "tuple", "from"} and call.args:
            return self._open(at.to(call.args[0].value), use, depth - 1)
        return [Word(at, use)]

    def _added(self, at: At, use: tuple[Fn, int], depth: int) -> list[Word]:
        """What ``args.append(…)``, ``args.push(…)`` and ``args.extend(…)`` put behind."""
        words: list[Word] = []
        for many, number in self._changes_of(Fn(at.module, at.function)).get(at.value, ()):
            words += self._open(at.to(number), use, depth - 1) if many else [Word(at.to(number), use)]
        return words

    def _changes_of(self, fn: Fn) -> dict[int, list[tuple[bool, int]]]:
        if fn not in self._changes:
            found: dict[int, list[tuple[bool, int]]] = {}
            for _, call, _ in self.taints.program.calls(fn):
                callee = self.taints.program.value(fn.at(call.callee))
                if isinstance(callee, ir.Member) and callee.name in _ONE | _MANY:
                    for argument in call.args:
                        found.setdefault(callee.base, []).append(
                            (callee.name in _MANY or argument.spread, argument.value)
                        )
            self._changes[fn] = found
        return self._changes[fn]
