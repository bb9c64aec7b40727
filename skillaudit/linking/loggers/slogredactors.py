"""Go's ``slog``: what a handler's ``ReplaceAttr`` takes attributes through, and the names that it hides."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.facts import Redactor
from skillaudit.linking.knowledge.forms import PLACEHOLDERS
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Instance
from skillaudit.linking.values import givenback

_MAKER = "log/slog.New()"
_OPTION = "ReplaceAttr"
_HANDLE = "Handle"
_OPTIONS_AT = 1
_LONGEST_NAME = 60
_DEPTH = 2


def layers(setups: Setups) -> Iterator[Redactor]:
    """One layer for each ``slog.New`` whose handler replaces attributes by something that hides them."""
    program = setups.box.program
    for fn in program.functions():
        if program.modules[fn.module].language != "go":
            continue
        for number, call, _ in program.calls(fn):
            if _MAKER not in setups.paths(fn.at(number)) or not call.args:
                continue
            handler = fn.at(call.args[0].value)
            for replacing in (*_replacing(setups, handler), *_handling(setups, handler)):
                if givenback.gives_back(program, replacing):
                    continue
                names = tuple(dict.fromkeys(_names(setups, replacing, _DEPTH)))
                if setups.box.origins.hints.masks.by(replacing) or names:
                    place = program.location(fn.module, call.line)
                    package, surface = program.package_path(fn.module), program.surface(fn.module)
                    keys = tuple(f"**.{name}" for name in names)
                    yield Redactor(place, surface, package, _OPTION, "option", wired=True, keys=keys, library="slog")


def _replacing(setups: Setups, handler: At) -> Iterator[Fn]:
    """The functions under ``ReplaceAttr`` in the options that a handler is made with."""
    for made in _makers(setups, handler, _DEPTH):
        call = setups.box.program.value(made)
        given = call.args[_OPTIONS_AT:] if isinstance(call, ir.Call) else ()
        for entry in (e for a in given for e in setups.entry(made.to(a.value), _OPTION)):
            yield from (s for s in setups.box.symbols.resolve(entry) if isinstance(s, Fn))


def _makers(setups: Setups, handler: At, depth: int) -> Iterator[At]:
    """What a handler is made by, and those inside it: ``traced{slog.NewJSONHandler(w, options)}``, ``newTraced(h)``."""
    program = setups.box.program
    for made in setups.ends(handler):
        yield made
        value = program.value(made)
        for entry in value.entries if isinstance(value, ir.Record) and depth else ():
            yield from _makers(setups, made.to(entry.value), depth - 1)
    call = program.value(program.bare(handler))
    for argument in call.args if isinstance(call, ir.Call) and depth else ():
        yield from _makers(setups, program.bare(handler).to(argument.value), depth - 1)


def _handling(setups: Setups, handler: At) -> Iterator[Fn]:
    """The ``Handle`` of a handler of the project's own that puts placeholders in the place of attributes."""
    for cls in (s.cls for s in setups.box.symbols.resolve(handler) if isinstance(s, Instance)):
        for fn in (s for s in setups.box.symbols.class_member(cls, _HANDLE) if isinstance(s, Fn)):
            inside = (fn, *(Fn(fn.module, c.function) for _, c in setups.box.program.of_kind(fn, ir.Closure)))
            texts = (text for one in inside for _, text in setups.box.program.of_kind(one, ir.Literal))
            if any(text.kind == "str" and text.text.startswith(PLACEHOLDERS) for text in texts):
                yield from inside


def _names(setups: Setups, fn: Fn, depth: int) -> Iterator[str]:
    """The names that a function compares with, or looks up in a table of the project; of what it calls, too."""
    program = setups.box.program
    for number, value in enumerate(program.function(fn).values):
        match value:
            case ir.Literal(kind="str", text=text) if 0 < len(text) < _LONGEST_NAME:
                if not text.startswith(PLACEHOLDERS):
                    yield text
            case ir.Name():
                yield from (key for end in setups.ends(fn.at(number)) for key in _listed(setups, end))
            case ir.Call() if depth:
                called = setups.box.symbols.resolve(fn.at(value.callee))
                yield from (name for s in called if isinstance(s, Fn) for name in _names(setups, s, depth - 1))
            case _:
                continue


def _listed(setups: Setups, table: At) -> Iterator[str]:
    """The names in ``map[string]bool{"password": true}`` and ``[]string{"password"}``."""
    value = setups.box.program.value(table)
    if isinstance(value, ir.Record):
        yield from (entry.key for entry in value.entries if entry.key)
    elif isinstance(value, ir.Sequence):
        yield from (text for item in value.items for text in setups.texts(table.to(item)))
