"""Fields of a record that tell nothing of the call it is about: always empty, or the same in each record."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Data, Symbols

_KEY = re.compile(r"^[A-Za-z_][\w.\-]{0,40}$")
_CONSTANT = re.compile(r"^[A-Z][A-Z0-9_]+$")
_DIGESTS = re.compile(r"hash|digest|sha\d|hmac", re.IGNORECASE)
_SPREADS = 3
_DEEPEST = 6
_PAIR = 2


@dataclass(slots=True)
class Unvarying:
    """Reads the call that writes a record; what is not in sight varies."""

    program: Program
    symbols: Symbols

    def fixed(self, fn: Fn, written: ir.Call) -> dict[str, str]:
        """The fields that say the same each time, with what they say."""
        found: dict[str, set[str | None]] = {}
        for name, at in self._fields(fn, written):
            found.setdefault(name, set()).add(self._constant(at))
        return {name: text for name, texts in found.items() if len(texts) == 1 for text in texts if text is not None}

    def left_empty(self, fn: Fn, written: ir.Call) -> frozenset[str]:
        """The fields that are empty whatever the call was: ``duration_ms=0``, ``caller: null``."""
        return frozenset(name for name, at in self._fields(fn, written) if self.is_empty(at))

    def is_empty(self, at: At) -> bool:
        """Whether nothing is written in the place itself: a variable may hold something else by then."""
        value = self.program.value(at)
        return isinstance(value, ir.Literal) and (
            value.kind == "null" or (value.kind == "num" and not value.text.strip("0.")) or value.text == ""
        )

    def is_key(self, fn: Fn, call: ir.Call, position: int) -> bool:
        """Whether an argument is a text in the place of a key: ``Info("msg", "tool", name)``."""
        held = self.program.value(fn.at(call.args[position].value))
        return bool(position) and isinstance(held, ir.Literal) and held.kind == "str" and bool(_KEY.match(held.text))

    # --- fields

    def _fields(self, fn: Fn, call: ir.Call) -> Iterator[tuple[str, At]]:
        """Keywords, entries of objects, names and values in turn, field makers, what is spread; each with its value."""
        pending = list(call.args)
        told = False
        while pending:
            argument = pending.pop(0)
            at = self.program.bare(fn.at(argument.value))
            held = self.program.value(at)
            text = isinstance(held, ir.Literal) and held.kind == "str" and not argument.name
            if isinstance(held, ir.Record):
                yield from self._entries(at, held, _SPREADS)
            elif argument.spread:
                yield from self._spread(at, _SPREADS)
            elif argument.name:
                yield argument.name, fn.at(argument.value)
            elif isinstance(held, ir.Literal) and text and told and _KEY.match(held.text) and pending:
                yield held.text, fn.at(pending.pop(0).value)
            elif isinstance(held, ir.Call) and len(held.args) == _PAIR:
                key = self.program.value(at.to(held.args[0].value))
                if isinstance(key, ir.Literal) and _KEY.match(key.text):
                    yield key.text, at.to(held.args[1].value)
            told |= text  # the first text is the message

    def _entries(self, at: At, record: ir.Record, depth: int) -> Iterator[tuple[str, At]]:
        for entry in record.entries:
            if entry.key:
                yield entry.key, at.to(entry.value)
            elif entry.spread:
                yield from self._spread(at.to(entry.value), depth - 1)

    def _spread(self, at: At, depth: int) -> Iterator[tuple[str, At]]:
        """What an object holds that is spread into a record, also one that a function of the project makes."""
        for symbol in self.symbols.resolve(at) if depth else ():
            held = self.program.value(symbol.at) if isinstance(symbol, Data) else None
            if isinstance(symbol, Data) and isinstance(held, ir.Record):
                yield from self._entries(symbol.at, held, depth)

    # --- values

    def _constant(self, at: At, depth: int = _DEEPEST) -> str | None:
        """What a value always is: a literal, a constant of the file, branches that agree; None if it varies."""
        value = self.program.value(at)
        match value:
            case ir.Literal(text=text):
                return text
            case ir.Variable(name=name) if depth and not self._is_captured(at.module, name):
                fn = Fn(at.module, at.function)
                return self._agreed((fn.at(n) for n in self._given(fn, name)), depth)
            case ir.Name(name=name) if depth and _CONSTANT.match(name):
                outer = self.program.lexical(Fn(at.module, at.function), name)
                return self._constant(outer, depth - 1) if outer is not None and not outer.function else None
            case ir.Choice(options=options) if depth:
                return self._agreed((at.to(one) for one in options), depth)
            case ir.Call() if depth:
                return self._made(at, value, depth)
            case _:
                return None

    def _agreed(self, values: Iterable[At], depth: int) -> str | None:
        texts = {self._constant(one, depth - 1) for one in values}
        return texts.pop() if len(texts) == 1 else None

    def _given(self, fn: Fn, name: str) -> Iterator[int]:
        """All that a variable is ever given in its function: what leaves on the way to a ``finally`` passes it, too."""
        yield from (one.value for _, one in self.program.of_kind(fn, ir.Variable) if one.name == name)

    def _is_captured(self, module: int, name: str) -> bool:
        """Whether a function gives a new value to a variable of this name of a function around it."""
        steps = (step for function in self.program.modules[module].functions for step in function.steps)
        return any(isinstance(step, ir.Store) and step.base < 0 and step.name == name for step in steps)

    def _made(self, at: At, call: ir.Call, depth: int) -> str | None:
        """A digest of a constant, or what a function of the project gives back in every branch."""
        callee = at.to(call.callee)
        method = isinstance(self.program.value(callee), ir.Member)
        if not method and _DIGESTS.search(self.program.called(callee)):
            given = [self._constant(at.to(one.value), depth - 1) for one in call.args]
            return "digest" if given and None not in given else None
        own = [s for s in self.symbols.resolve(callee) if isinstance(s, Fn)]
        steps = [(fn, step) for fn in own for step in self.program.function(fn).steps if isinstance(step, ir.Return)]
        return self._agreed((fn.at(step.value) for fn, step in steps if step.value >= 0), depth) if steps else None
