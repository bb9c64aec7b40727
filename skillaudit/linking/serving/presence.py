"""Whether a value is certainly an object, so that it is true and not ``null``: what every caller hands in was made."""

from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import Formal, Instance
from skillaudit.linking.registrations.toolbox import Toolbox

_DEPTH = 8
_TRUTHS = {"__bool__", "__len__"}


@dataclass(slots=True)
class Presence:
    """Answers and remembers; what cannot be said is no object."""

    box: Toolbox
    _known: dict[At, bool] = field(default_factory=dict)
    _busy: set[At] = field(default_factory=set)

    def certain(self, at: At) -> bool:
        """Whether the value was made by a constructor of the project, or is a function, wherever it comes from."""
        if at in self._known:
            return self._known[at]
        if at in self._busy or len(self._busy) > _DEPTH:
            return False
        self._busy.add(at)
        found = self._certain(at)
        self._busy.discard(at)
        self._known[at] = found
        return found

    def _certain(self, at: At) -> bool:  # noqa: PLR0911 - one case per kind of value
        match self.box.program.value(at):
            case ir.Closure() | ir.ClassValue():
                return True
            case ir.Variable(value=value):
                return self.certain(at.to(value))
            case ir.Operation(operator="or" | "||" | "??", operands=operands):
                return self.certain(at.to(operands[-1]))
            case ir.Choice(options=options):
                return all(self.certain(at.to(option)) for option in options)
            case ir.Call(callee=callee):
                made = [s for s in self.box.symbols.resolve(at.to(callee)) if isinstance(s, Cls)]
                return bool(made) and not any(self._judges_itself(cls) for cls in made)
            case ir.Param(index=index):
                return self._handed_in(Fn(at.module, at.function), index)
            case ir.Member(base=base, name=name):
                owners = [s.cls for s in self.box.symbols.resolve(at.to(base)) if isinstance(s, Instance)]
                stored = [value for cls in owners for value in self.box.symbols.stores(cls).get(name, ())]
                return bool(stored) and all(map(self.certain, stored))
            case _:
                return False

    def _judges_itself(self, cls: Cls) -> bool:
        """Whether an object of the class may be false, as Python's containers are when they are empty."""
        return not _TRUTHS.isdisjoint(method.name for method in self.box.program.klass(cls).methods)

    def _handed_in(self, fn: Fn, index: int) -> bool:
        """What production code's callers pass, and the default where one passes nothing."""
        program, origins = self.box.program, self.box.origins
        if origins.handed.get(fn):
            return False
        callers = [(c, n) for c, n in origins.callers.get(fn, ()) if program.surface(c.module).counts]
        parameter = program.function(fn).params[index]
        for caller, number in callers:
            call = program.value(caller.at(number))
            given = list(origins.arguments(caller, call, Formal(fn, index))) if isinstance(call, ir.Call) else []
            if not given and parameter.default >= 0:
                given = [At(fn.module, program.function(fn).parent, parameter.default)]
            if not given or not all(map(self.certain, given)):
                return False
        return bool(callers)
