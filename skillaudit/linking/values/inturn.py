"""Whether what is looked up by a key is one part of a container, or each in turn: what the loop around goes through."""

from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.values.origin import ANY, PICKED, told_by

_LISTING = {
    "keys", "items", "entries", "sorted", "list", "iter", "reversed", "tuple", "set", "sort", "Keys", "enumerate",
    "copy", "dict", "toSorted", "reverse", "slice",
}  # fmt: skip
"""What lists the keys of a container, or leaves them in another order."""

_GOING_THROUGH = {"forEach": 0, "map": 0, "flatMap": 0, "filter": 0, "reduce": 1, "reduceRight": 1}
"""Script: methods of a list, with the parameter by which a callback gets each element."""

_FOLDING = {
    "lower", "casefold", "toLowerCase", "upper", "toUpperCase", "ToLower", "ToUpper", "CanonicalHeaderKey", "strip",
    "trim", "TrimSpace",
}  # fmt: skip
_DEEPEST = 6


def unfolded(program: Program, key: At) -> At:
    """A key as it was before its letters' cases were changed."""
    place = program.bare(key)
    for _ in range(_DEEPEST):
        value = program.value(place)
        callee = program.value(place.to(value.callee)) if isinstance(value, ir.Call) else None
        if not isinstance(value, ir.Call) or not isinstance(callee, ir.Member) or callee.name not in _FOLDING:
            break
        place = program.bare(place.to(value.args[0].value if value.args else callee.base))
    return place


@dataclass(slots=True)
class InTurn:
    """Reads loops and callbacks."""

    program: Program

    def picked(self, key: At, of: At, told: str = "") -> str:
        """What stands under a key that is not in sight: each in turn where a loop goes through all, else one part.

        ``told`` is how that part is called, where something is known of it.
        """
        place = unfolded(self.program, key)
        return ANY if self.passes(place, of) else told or PICKED

    def marked(self, key: At) -> str:
        """The mark of the parameter that names a key, or that lists the names which a loop goes through, else nothing.

        A loop through what an object holds under its names goes through no names.
        """
        place = unfolded(self.program, key)
        listed = self.listed(place) if not isinstance(self.program.value(place), ir.Item) else None
        held = self.program.value(listed or place)
        at = listed or place
        formal = Formal(Fn(at.module, at.function), held.index) if isinstance(held, ir.Param) else None
        return told_by(formal, each=listed is not None) if formal else ""

    def passes(self, key: At, of: At) -> bool:
        """Whether a key is each of a container's in turn."""
        listed = self.listed(key)
        return listed is not None and self._same(listed, of)

    def listed(self, key: At) -> At | None:
        """What a loop goes through of which a key is the element, or the callback of a list's method."""
        value = self.program.value(key)
        base: At | None = None
        match value:
            case ir.Element(base=inner) | ir.Opaque(kind="key", children=(inner, *_)):
                base = key.to(inner)
            case ir.Item(base=inner) if isinstance(pair := self.program.value(key.to(inner)), ir.Element):
                base = key.to(pair.base)
            case ir.Param(index=index):
                base = self._iterated(Fn(key.module, key.function), index)
            case _:
                return None
        return self._listed(base) if base else None

    def _iterated(self, fn: Fn, index: int) -> At | None:
        """What a callback gets the elements of: ``keys.forEach((key) => …)``, ``keys.reduce((found, key) => …)``."""
        parent = Fn(fn.module, max(self.program.function(fn).parent, 0))
        for _, call, _ in self.program.calls(parent) if self.program.is_script(fn.module) else ():
            callee = self.program.value(parent.at(call.callee))
            first = self.program.value(parent.at(call.args[0].value)) if call.args else None
            if isinstance(first, ir.Closure) and first.function == fn.number and isinstance(callee, ir.Member):
                return parent.at(callee.base) if _GOING_THROUGH.get(callee.name) == index else None
        return None

    def _listed(self, at: At, depth: int = _DEEPEST) -> At:
        """The container whose keys or pairs a value lists: ``Object.keys(x)``, ``sorted(x)``, ``x.items()``."""
        place = self.program.bare(at)
        value = self.program.value(place)
        if isinstance(value, ir.Opaque) and value.kind == "keys" and value.children and depth:
            return self._listed(place.to(value.children[0]), depth - 1)
        if not isinstance(value, ir.Call) or not depth or self.program.called(place.to(value.callee)) not in _LISTING:
            return place
        callee = self.program.value(place.to(value.callee))
        if value.args:
            return self._listed(place.to(value.args[0].value), depth - 1)
        return self._listed(place.to(callee.base), depth - 1) if isinstance(callee, ir.Member) else place

    def _same(self, one: At, other: At) -> bool:
        """Whether two expressions are the same variable, or the same part of one; in a closure it is known by name."""
        other = self.program.bare(other)
        if one == other:
            return True
        left, right = self.program.value(one), self.program.value(other)
        match left, right:
            case ir.Name() | ir.Param() | ir.Import(), ir.Name() | ir.Param() | ir.Import():
                return self._called(one) == self._called(other)
            case ir.Member(base=first, name=name), ir.Member(base=second, name=also):
                return name == also and self._same(self.program.bare(one.to(first)), other.to(second))
            case ir.Receiver(), ir.Receiver():
                return True
            case _:
                return False

    def _called(self, at: At) -> str:
        value = self.program.value(at)
        if isinstance(value, ir.Param):
            return self.program.function(Fn(at.module, at.function)).params[value.index].name
        return self.program.called(at)
