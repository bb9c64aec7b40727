"""What Python gives out of its bookkeeping: local variables, a call's bound arguments, attributes by their names."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Nature
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.origin import ANY, SECRET, Origin, Path

_TELLING = SECRET | {Nature.BODY, Nature.HEADERS}
"""What of local variables is told by all of them together."""

_MAPPING = re.compile(r"(?:typing\.|t\.)?(?:[Dd]ict|(?:Mutable)?Mapping|OrderedDict)\b")
_BINDING = {"inspect.signature().bind", "inspect.signature().bind_partial", "inspect.getcallargs"}


@dataclass(slots=True)
class Introspection:
    """Judges calls of such functions; ``evaluate`` gives one value with the path taken from it."""

    program: Program
    hints: Hints
    evaluate: Callable[[At, Path], tuple[Origin, ...]]

    def of(self, at: At, call: ir.Call, paths: list[str], path: Path) -> Iterator[Origin] | None:
        """What ``path`` takes of what the call gives; None where it is none of these."""
        if "locals" in paths or ("vars" in paths and not call.args):
            return self._locals(at, path)
        if "getattr" in paths and len(call.args) > 1:
            return self._attribute(at, call, path)
        if not _BINDING.isdisjoint(paths):
            return self._bound(at, call, path if "inspect.getcallargs" in paths else path[1:], path)
        return None

    def is_mapping(self, at: At) -> bool:
        """Whether going through a value gives names: a record, ``vars(x)``, ``**values``, a parameter declared so."""
        held = self.program.bare(at)
        value = self.program.value(held)
        told = isinstance(value, ir.Call) and self.program.called(held.to(value.callee)) in {"vars", "locals"}
        given = self.hints.parameter_of(held, value) if isinstance(value, ir.Param) else None
        told |= given is not None and (given.kind == "keywords" or bool(_MAPPING.match(given.type_text)))
        return isinstance(value, ir.Record) or told or self.hints.name_of(held) == "__dict__"

    def _attribute(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:
        """``getattr(answer, "name", None)`` of what another system answered; what contexts hold is not followed."""
        name = self.program.value(at.to(call.args[1].value))
        part = name.text if isinstance(name, ir.Literal) else ANY
        found = self.evaluate(at.to(call.args[0].value), (part, *path))
        yield from (origin for origin in found if origin.nature in {Nature.UPSTREAM, Nature.RESPONSE})

    def _bound(self, at: At, call: ir.Call, inside: Path, path: Path) -> Iterator[Origin]:
        """The arguments of a decorated function by their names: ``signature(f).bind(*args, **kwargs).arguments``."""
        if inside == path or path[:1] == ("arguments",):
            for argument in call.args:
                value = self.program.value(self.program.bare(at.to(argument.value)))
                parameter = self.hints.parameter_of(at, value) if isinstance(value, ir.Param) else None
                listed = parameter is not None and parameter.kind == "rest" and bool(inside)
                taken = (ANY, *inside[1:]) if listed else inside if argument.spread else inside[1:]
                if argument.spread or argument.name in inside[:1]:
                    yield from self.evaluate(at.to(argument.value), taken)

    def _locals(self, at: At, path: Path) -> Iterator[Origin]:
        """All local variables in one record: with the parameters."""
        function = self.program.function(Fn(at.module, at.function))
        for number, value in enumerate(function.values):
            if isinstance(value, ir.Param) and path[:1] in {(), (ANY,), (function.params[value.index].name,)}:
                for origin in self.evaluate(at.to(number), path[1:]):
                    whole = origin.nature is Nature.ARGUMENT and not path
                    bagged = replace(origin, bag=origin.bag or "locals()") if origin.nature is None else origin
                    yield replace(origin, nature=Nature.ARGUMENTS, name="locals()") if whole else bagged
            elif isinstance(value, ir.Variable) and number < at.value and path[:1] in {(), (ANY,), (value.name,)}:
                yield from (o for o in self.evaluate(at.to(number), path[1:]) if o.nature in _TELLING)
