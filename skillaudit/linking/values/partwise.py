"""Functions of libraries that take one part of what they are given, by its position or its name."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from skillaudit import ir
from skillaudit.linking.knowledge.forms import Effect, of_call
from skillaudit.linking.names.program import At
from skillaudit.linking.names.symbols import Data, External
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.leftout import besides, left
from skillaudit.linking.values.origin import ANY, Origin, Path, fits

_PAIRING: Final = {"zip", "itertools.zip_longest", "itertools.product"}
_ONE_OF: Final = {"random.choice", "secrets.choice"}
_NAMED: Final = {"types.SimpleNamespace", "argparse.Namespace", "collections.OrderedDict", "collections.UserDict"}
CHANGED: Final = {"dataclasses.replace", "copy.replace", "attrs.evolve", "attr.evolve"}
_PICKING: Final = {"operator.itemgetter()", "operator.attrgetter()"}
_APPLYING: Final = {"map", "itertools.starmap"}
_CALLS: Final = _APPLYING | _PAIRING | _ONE_OF | _NAMED | CHANGED | _PICKING
_DEFAULTING: Final = {"get", "pop", "setdefault"}
_FIELD: Final = re.compile(r"(?<!\{)\{(?P<name>[A-Za-z_]\w*)")


@dataclass(slots=True)
class Partwise:
    """Looks at calls of libraries; ``of`` evaluates one value with the path taken from it."""

    hints: Hints
    of: Callable[[At, Path], tuple[Origin, ...]]

    def taken(self, at: At, call: ir.Call, paths: list[str], path: Path) -> Iterator[Origin] | None:
        """What ``path`` takes of what a call of one of the dotted ``paths`` gives; None for any other call."""
        asked = _CALLS.intersection(paths)
        if not asked:
            return None
        if asked & _APPLYING and self._counts(at, call):
            return iter(())
        if asked & _PAIRING and path[:1] == (ANY,) and path[1:2] and path[1].isdecimal():
            pairs = [argument for argument in call.args if not argument.name][int(path[1]) :][:1]
            return (o for one in pairs for o in self.of(at.to(one.value), (ANY, *path[2:])))
        if asked & _ONE_OF and call.args:
            return iter(self.of(at.to(call.args[0].value), (ANY, *path)))
        if asked & _NAMED and path and any(argument.name for argument in call.args):
            named = [one for one in call.args if one.name and fits(path[0], one.name)]
            return (o for one in named for o in self.of(at.to(one.value), path[1:]))
        whole = self._changed if asked & CHANGED else self._picked if asked & _PICKING else None
        return whole(at, call, path) if whole and call.args else None

    def _counts(self, at: At, call: ir.Call) -> bool:
        """Whether a list is mapped with a foreign function that leaves nothing of its items: ``map(len, texts)``."""
        given = self.hints.symbols.resolve(at.to(call.args[0].value)) if call.args else ()
        return bool(given) and all(isinstance(s, External) and of_call(s.path) is Effect.NOTHING for s in given)

    def _changed(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:
        """``replace(settings, password="-")``: what is named is set again."""
        first, *others = call.args
        names = {argument.name for argument in others if argument.name}
        for argument in others:
            if argument.name and (not path or fits(path[0], argument.name)):
                yield from self.of(at.to(argument.value), path[1:])
        held, every = at.to(first.value), frozenset(names)
        if not path:
            yield from left(besides(self.of(held, ()), [(self.of(held, (ANY,)), every)]), every)
        elif path[0] not in names:
            yield from self.of(held, path)

    def _picked(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:
        """``itemgetter("key")(record)``; several keys give a tuple."""
        made = self.hints.program.given(at.to(call.callee))
        getter = self.hints.program.value(made)
        keys = [self.hints.program.value(made.to(a.value)) for a in getter.args] if isinstance(getter, ir.Call) else []
        names = [key.text for key in keys if isinstance(key, ir.Literal)]
        if len(names) > 1:
            names = names[int(path[0]) :][:1] if path and path[0].isdecimal() else names
            path = path[1:]
        for name in names:
            yield from self.of(at.to(call.args[0].value), (*name.split("."), *path))

    def default(self, at: At, call: ir.Call, callee: ir.Member, path: Path) -> Iterator[Origin]:
        """``table.get(key, other)`` of a table that is written down: the other value."""
        if callee.name in _DEFAULTING and len(call.args) > 1 and not self.hints.program.is_script(at.module):
            base = self.hints.symbols.resolve(at.to(callee.base))
            if any(isinstance(s, Data) and isinstance(self.hints.program.value(s.at), ir.Record) for s in base):
                yield from self.of(at.to(call.args[1].value), path)

    def formatted(self, at: At, call: ir.Call, callee: ir.Member) -> Iterator[Origin] | None:
        """``"{name}".format(**fields)``: the fields that the text names; None where the text is not in sight."""
        if callee.name not in {"format", "format_map"}:
            return None
        text = self.hints.program.value(self.hints.program.given(at.to(callee.base)))
        return self._fields(at, call, callee, _FIELD.findall(text.text)) if isinstance(text, ir.Literal) else None

    def _fields(self, at: At, call: ir.Call, callee: ir.Member, names: list[str]) -> Iterator[Origin]:
        for argument in call.args:
            whole = argument.spread or callee.name == "format_map"
            if whole and names:
                yield from (o for name in names for o in self.of(at.to(argument.value), (name,)))
            elif not argument.name or argument.name in names:  # also ``*values``
                yield from self.of(at.to(argument.value), ())
