"""Functions between a logger and what it writes that hide entries by their names.

Processors of structlog, formats of winston, serializers and formatters of pino, filters of Python's loggers.
"""

import re
from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.facts import Redactor
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.knowledge.forms import PLACEHOLDERS
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import Instance
from skillaudit.linking.values import givenback

EVERYWHERE: Final = "every logger of "
"""Before the library of a layer that all its loggers write through."""

_STRUCTLOG: Final = {
    "structlog.configure", "structlog.configure_once", "structlog.wrap_logger", "structlog.stdlib.ProcessorFormatter",
}  # fmt: skip
_PROCESSORS: Final = ("processors", "foreign_pre_chain", "processor")
_RENDERER: Final = re.compile(r"^structlog\.(?:processors|dev)\.\w*Renderer\b")
_WINSTON: Final = {"winston.createLogger", "winston.default.createLogger", "winston.loggers.add"}
_PINO: Final = {"pino", "pino.pino", "pino.default"}
_TAKING_OUT: Final = {"delete", "del"}
_DEPTH: Final = 3
_MOST: Final = 60
_PATTERN: Final = re.compile(r"[|()\\^$?+]")
_BETWEEN: Final = re.compile(r"\(\?\w+\)|\\b|[|()^$]")
_SHORTEST: Final = 3


def layers(setups: Setups) -> Iterator[Redactor]:
    """One layer for each function that a logger is set up with, and that hides entries by their names."""
    for fn in setups.box.program.functions():
        if setups.box.program.modules[fn.module].language == "go":
            continue
        for _, call, _ in setups.box.program.calls(fn):
            paths = set(setups.paths(fn.at(call.callee)))
            if paths & _STRUCTLOG:
                given = [fn.at(a.value) for a in call.args if a.name in _PROCESSORS]
                fns = [f for at in given for item in _before_text(setups, at) for f in _functions(setups, item)]
                yield from _layer(setups, fn, call, f"{EVERYWHERE}structlog", _names(setups, fns))
            elif paths & _WINSTON:
                formats = [held for a in call.args for held in setups.entry(fn.at(a.value), "format")]
                fns = [f for held in formats for f in _formats(setups, held, _DEPTH)]
                yield from _layer(setups, fn, call, "winston", _names(setups, fns))
            elif paths & _PINO:
                yield from _layer(setups, fn, call, "pino", _serialized(setups, fn, call))
            else:
                yield from _filter(setups, fn, call)


def _layer(setups: Setups, fn: Fn, call: ir.Call, library: str, names: list[str]) -> Iterator[Redactor]:
    if names:
        place = setups.box.program.location(fn.module, call.line)
        package, surface = setups.box.program.package_path(fn.module), setups.box.program.surface(fn.module)
        keys = tuple(dict.fromkeys(names))
        yield Redactor(place, surface, package, "processor", "option", wired=True, keys=keys, library=library)


def _before_text(setups: Setups, processors: At) -> Iterator[At]:
    """The processors that see a record's entries: what stands behind a renderer gets one text."""
    for item in setups.items(processors):
        if any(map(_RENDERER.search, setups.paths(item))):
            return
        yield item


def _functions(setups: Setups, at: At) -> Iterator[Fn]:
    yield from (s for s in setups.box.symbols.resolve(at) if isinstance(s, Fn))
    for symbol in setups.box.symbols.resolve(at):
        if isinstance(symbol, Instance):
            run = setups.box.symbols.class_member(symbol.cls, "__call__")
            yield from (s for s in run if isinstance(s, Fn))


def _formats(setups: Setups, at: At, depth: int) -> Iterator[Fn]:
    """The functions under ``combine(…)``, each made by ``winston.format(fn)``."""
    for end in setups.ends(at):
        made = setups.box.program.value(end)
        if not isinstance(made, ir.Call) or not depth:
            continue
        for argument in made.args:
            yield from (s for s in setups.box.symbols.resolve(end.to(argument.value)) if isinstance(s, Fn))
            yield from _formats(setups, end.to(argument.value), depth - 1)
        maker = end.to(made.callee)
        if isinstance(setups.box.program.value(maker), ir.Variable | ir.Name | ir.Import):  # what `format(fn)` gave
            yield from _formats(setups, maker, depth - 1)


def _serialized(setups: Setups, fn: Fn, call: ir.Call) -> list[str]:
    """The entries that pino's serializers replace, and those that its formatter of whole records takes out."""
    found: list[str] = []
    for argument in call.args:
        for held in setups.entry(fn.at(argument.value), "serializers"):
            for key, value in setups.entries(held):
                fns = list(_functions(setups, value))
                found += [key] if fns and all(_hides_all(setups, one) for one in fns) else []
        for held in setups.entry(fn.at(argument.value), "formatters"):
            found += _names(setups, [f for entry in setups.entry(held, "log") for f in _functions(setups, entry)])
    return found


def _hides_all(setups: Setups, fn: Fn) -> bool:
    """Whether nothing of its argument is in what a function gives back."""
    function = setups.box.program.function(fn)
    ends = [step.value for step in function.steps if isinstance(step, ir.Return) and step.value >= 0]
    held = [setups.box.program.value(setups.box.program.bare(fn.at(end))) for end in ends]
    return bool(held) and all(isinstance(value, ir.Literal) for value in held)


def _filter(setups: Setups, fn: Fn, call: ir.Call) -> Iterator[Redactor]:
    """``logger.addFilter(Mask())``: the words for secrets that its methods look for."""
    program = setups.box.program
    callee = program.value(fn.at(call.callee))
    if not isinstance(callee, ir.Member) or callee.name not in {"addFilter", "setFormatter"} or not call.args:
        return
    held = setups.box.symbols.resolve(fn.at(call.args[0].value))
    masks = [f for s in held if isinstance(s, Instance) for f in _methods(setups, s.cls)]
    masks += [s for s in held if isinstance(s, Fn)]
    filters = [one for one in masks if program.function(one).name in {"filter", "<lambda>"} or one in held]
    if callee.name == "addFilter" and not any(givenback.changes_given(program, one) for one in filters):
        return
    masks = [one for one in masks if setups.box.origins.hints.masks.by(one)]
    texts = [text for one in masks for text in _texts(setups, one, _DEPTH)]
    texts += [text for s in held if isinstance(s, Instance) and masks for text in _attributes(setups, s.cls)]
    words = [word for text in texts for word in vocabulary.words(text) if vocabulary.names_credential(word)]
    logger = setups.paths(fn.at(callee.base))
    makers = [end for end in setups.ends(fn.at(callee.base)) if "logging.getLogger()" in logger]
    for end in makers:
        made = program.value(end)
        if isinstance(made, ir.Call) and made.args:  # the logger's own records alone
            yield from _layer(setups, Fn(end.module, end.function), made, "logging", words)
            return
    yield from _layer(setups, fn, call, f"{EVERYWHERE}logging", words)


def _methods(setups: Setups, cls: Cls) -> Iterator[Fn]:
    yield from (Fn(cls.module, method.function) for method in setups.box.program.klass(cls).methods)


def _attributes(setups: Setups, cls: Cls) -> Iterator[str]:
    """The constant texts in a class's own attributes: ``PATTERN = re.compile("…")``."""
    declared = setups.box.program.klass(cls)
    for one in declared.fields:
        if one.value >= 0:
            yield from _table(setups, Fn(cls.module, declared.scope).at(one.value))


# --- names


def _names(setups: Setups, fns: list[Fn]) -> list[str]:
    """The keys under which functions put a placeholder, or which they take out; not of a copy that nobody gets."""
    changing = [fn for fn in fns if not givenback.gives_back(setups.box.program, fn)]
    return [name for fn in changing for name in _hidden(setups, fn)][:_MOST]


def _hidden(setups: Setups, fn: Fn) -> list[str]:
    program = setups.box.program
    function = program.function(fn)
    found: list[str] = []
    for step in function.steps:
        if isinstance(step, ir.Store) and _is_placeholder(setups, fn.at(step.value)):
            found += [step.name] if step.name else _keys(setups, fn.at(step.key)) if step.key >= 0 else []
    for value in function.values:
        if isinstance(value, ir.Operation) and value.operator in _TAKING_OUT:
            found += [name for operand in value.operands for name in _taken(setups, fn, operand)]
        elif isinstance(value, ir.Closure):
            found += _hidden(setups, Fn(fn.module, value.function))
    for _, call, _ in program.calls(fn):
        callee = program.value(fn.at(call.callee))
        if isinstance(callee, ir.Member) and callee.name == "pop" and call.args:
            found += _keys(setups, fn.at(call.args[0].value))
    if not found and setups.box.origins.hints.masks.by(fn):
        everywhere = "**." if _descends(setups, fn) else ""
        found = [name for text in _texts(setups, fn, _DEPTH) for name in _looked_for(text, everywhere)]
    return found


def _looked_for(text: str, everywhere: str) -> list[str]:
    """A name; of a pattern the words that it looks for in names, ``everywhere`` before those at any depth."""
    if not _PATTERN.search(text):
        return [text]
    words = (re.sub(r"[^a-z0-9]", "", word.lower()) for word in _BETWEEN.split(text))
    return [f"{everywhere}*{word}*" for word in words if len(word) >= _SHORTEST]


def _descends(setups: Setups, fn: Fn) -> bool:
    """Whether a function, or one that it calls, calls itself for what lies inside."""
    called = {fn: _called(setups, fn)}
    called |= {inner: _called(setups, inner) for inner in called[fn]}
    return any(one in inside for one, inside in called.items())


def _called(setups: Setups, fn: Fn) -> set[Fn]:
    calls = setups.box.program.calls(fn)
    return {s for _, call, _ in calls for s in setups.box.symbols.resolve(fn.at(call.callee)) if isinstance(s, Fn)}


def _taken(setups: Setups, fn: Fn, operand: int) -> list[str]:
    held = setups.box.program.value(fn.at(operand))
    if isinstance(held, ir.Member):
        return [held.name]
    return _keys(setups, fn.at(held.key)) if isinstance(held, ir.Item) else []


def _is_placeholder(setups: Setups, at: At) -> bool:
    held = setups.box.program.value(setups.box.program.bare(at))
    return isinstance(held, ir.Literal) and held.kind == "str" and held.text.startswith(PLACEHOLDERS)


def _keys(setups: Setups, at: At) -> list[str]:
    """A constant key, or each of a list that is gone through."""
    held = setups.box.program.bare(at)
    value = setups.box.program.value(held)
    if isinstance(value, ir.Element):
        return [text for item in setups.items(held.to(value.base)) for text in setups.texts(item)]
    return setups.texts(held)


def _texts(setups: Setups, fn: Fn, depth: int) -> Iterator[str]:
    """The constant texts in a function, in the tables it looks into, and in what it calls."""
    program = setups.box.program
    for number, value in enumerate(program.function(fn).values):
        match value:
            case ir.Literal(kind="str" | "regex", text=text) if text and not text.startswith(PLACEHOLDERS):
                yield text
            case ir.Name() | ir.Member():
                yield from _table(setups, fn.at(number))
            case ir.Closure(function=inner) if depth:
                yield from _texts(setups, Fn(fn.module, inner), depth - 1)
            case ir.Call() if depth:
                called = setups.box.symbols.resolve(fn.at(value.callee))
                yield from (text for s in called if isinstance(s, Fn) for text in _texts(setups, s, depth - 1))
            case _:
                continue


def _table(setups: Setups, at: At) -> Iterator[str]:
    """The texts of a list, a set or a compiled pattern."""
    for end in setups.ends(at):
        held = setups.box.program.value(end)
        inside = held.args[0].value if isinstance(held, ir.Call) and held.args else -1
        for item in setups.items(end.to(inside) if inside >= 0 else end):
            yield from setups.texts(item)
