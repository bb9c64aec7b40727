"""Truths that a file writes down under a name and that nothing sets again: ``const DEBUG = false``."""

from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program


@dataclass(slots=True)
class Fixed:
    """Looks a name up; what is set from elsewhere is read once."""

    program: Program
    _others: frozenset[str] | None = None

    def truth(self, at: At) -> bool | None:
        """The truth that a name of the file always stands for; None for any other value."""
        if not isinstance(self.program.value(at), ir.Name | ir.Variable):
            return None
        name, place = self.program.called(at), self.program.given(at)
        held, body = self.program.value(place), Fn(place.module, 0)
        if not isinstance(held, ir.Literal) or held.kind != "bool" or place.function or place.module != at.module:
            return None
        named = [value for _, value in self.program.of_kind(body, ir.Variable) if value.name == name]
        again = len(named) > 1 or self.program.assigned(body, name) or name in self._set_elsewhere()
        return None if again or self._is_chosen(place.module, name) else held.text.lower() == "true"

    def _is_chosen(self, module: int, name: str) -> bool:
        """Go: whether another file of the package declares the name, too: one of them is built."""
        siblings = self.program.resolver.siblings(module)
        return any(name in self.program.bindings(Fn(one, 0)) for one in siblings if one != module)

    def _set_elsewhere(self) -> frozenset[str]:
        """The names under which anything is stored in an object or a module, or handed to a call of Go by address."""
        if self._others is None:
            found: set[str] = set()
            for fn in self.program.functions():
                function = self.program.function(fn)
                found.update(step.name for step in function.steps if isinstance(step, ir.Store) and step.base >= 0)
                if self.program.modules[fn.module].language == "go":
                    calls = self.program.of_kind(fn, ir.Call)
                    found.update(self.program.called(fn.at(one.value)) for _, call in calls for one in call.args)
            self._others = frozenset(found)
        return self._others
