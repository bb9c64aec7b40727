"""The second argument of ``JSON.stringify``: which entries it lets through, by a list or by a function of each key."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.values import _tagged
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.leftout import SECRETS, secretive
from skillaudit.linking.values.origin import OBJECTS, SECRET, Origin

_WORD: Final = re.compile(r"[A-Za-z]{3,}")
_DEEPEST: Final = 4


def listed(hints: Hints, at: At, call: ir.Call) -> tuple[str, ...] | None:
    """The only keys that are written; None where no list and no tag of a Go field says so."""
    if hints.program.modules[at.module].language == "go":
        return _tagged.written(hints, at, call)
    held = _chosen(hints, at, call)
    value = hints.program.value(held) if held else None
    if held is None or not isinstance(value, ir.Sequence):
        return None
    keys = (hints.program.value(held.to(item)) for item in value.items)
    return tuple(key.text for key in keys if isinstance(key, ir.Literal))


def passing(hints: Hints, at: At, call: ir.Call, origins: Iterable[Origin]) -> Iterator[Origin]:
    """What arrives where a replacer may put something else; one that is not in sight spares whole objects."""
    held = _chosen(hints, at, call)
    fns = list(_functions(hints, held)) if held else []
    words = {word.lower() for fn in fns for word in _words(hints, fn)}
    for origin in origins:
        asked = any(word in origin.name.lower() for word in words) or any(map(secretive, words))
        spared = not fns or bool(words) if origin.nature in OBJECTS else asked and origin.nature in SECRET
        if origin.formal is not None and words:  # its callers say what it holds
            yield replace(origin, without=origin.without | {SECRETS})
        elif held is None or not spared:
            yield origin


def _chosen(hints: Hints, at: At, call: ir.Call) -> At | None:
    """What is given as the replacer; ``null`` is none."""
    if hints.name_of(at.to(call.callee)) != "stringify" or len(call.args) <= 1:
        return None
    held = hints.program.bare(at.to(call.args[1].value))
    value = hints.program.value(held)
    if isinstance(value, ir.Name) and (outer := hints.program.lexical(Fn(held.module, held.function), value.name)):
        held = hints.program.bare(outer)
        value = hints.program.value(held)
    return None if isinstance(value, ir.Literal) else held


def _functions(hints: Hints, at: At) -> Iterator[Fn]:
    """The replacer, also one that a function of the project makes."""
    value = hints.program.value(at)
    yield from (s for s in hints.symbols.resolve(at) if isinstance(s, Fn))
    made = hints.symbols.resolve(at.to(value.callee)) if isinstance(value, ir.Call) else ()
    for fn in (s for s in made if isinstance(s, Fn)):
        functions = hints.program.modules[fn.module].functions
        yield from (Fn(fn.module, n) for n, inner in enumerate(functions) if inner.parent == fn.number)


def _words(hints: Hints, fn: Fn) -> Iterator[str]:
    """The words that a replacer asks its key about; the names of lists that are not in sight."""
    key = Formal(fn, 0)
    for _, call, _ in hints.program.calls(fn):
        callee = hints.program.value(fn.at(call.callee))
        asked = [argument.value for argument in call.args]
        asked += [callee.base] if isinstance(callee, ir.Member) else []
        yield from _beside(hints, fn, key, asked)
    for value in hints.program.function(fn).values:
        yield from _beside(hints, fn, key, value.operands if isinstance(value, ir.Operation) else ())


def _beside(hints: Hints, fn: Fn, key: Formal, asked: Iterable[int]) -> Iterator[str]:
    """The texts that a key is compared with, where it is among the values."""
    places = [fn.at(one) for one in asked]
    if any(key in hints.symbols.resolve(place) for place in places):
        yield from (text for place in places for text in _texts(hints, place, _DEEPEST))


def _texts(hints: Hints, at: At, depth: int) -> Iterator[str]:
    held = hints.program.bare(at)
    value = hints.program.value(held)
    match value:
        case ir.Literal(kind="str" | "regex", text=text):
            yield from _WORD.findall(text)
        case ir.Name(name=name) if depth:
            outer = hints.program.lexical(Fn(held.module, held.function), name)
            yield from _texts(hints, outer, depth - 1) if outer else [name]
        case ir.Import(symbol=name):
            yield name
        case ir.Sequence(items=items) if depth:
            yield from (text for item in items for text in _texts(hints, held.to(item), depth - 1))
        case ir.Call(args=args) if depth:
            yield from (text for a in args for text in _texts(hints, held.to(a.value), depth - 1))
        case _:
            return
