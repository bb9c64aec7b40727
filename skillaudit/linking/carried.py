"""Whether what a call is given comes from the tool's caller, on the way that leads from the tool's handler to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.facts import Nature
from skillaudit.linking.calls import Edge
from skillaudit.linking.origin import Origin
from skillaudit.linking.program import At
from skillaudit.linking.toolbox import Toolbox

_CLIENTS = {Nature.ARGUMENT, Nature.ARGUMENTS, Nature.MESSAGE, Nature.REQUEST, Nature.BODY}


@dataclass(frozen=True, slots=True)
class Carried:
    """Answers for one way at a time: other callers of the same helper hand in other things."""

    box: Toolbox

    def from_caller(self, values: Iterable[At], path: Sequence[Edge]) -> bool:
        """Whether one of the values holds what the tool's caller sent; true where that cannot be followed."""
        found = [origin for at in values for origin in self.box.origins.of(at)]
        for edge in reversed(path):
            if any(origin.nature in _CLIENTS for origin in found):
                return True
            call = self.box.program.value(edge.caller.at(edge.value))
            if edge.handed or not isinstance(call, ir.Call):
                return True
            if any(origin.formal is not None and origin.formal.fn != edge.target for origin in found):
                return True
            found = [origin for one in found for origin in self._handed(edge, call, one)]
        return any(origin.nature in _CLIENTS or origin.formal is not None for origin in found)

    def _handed(self, edge: Edge, call: ir.Call, held: Origin) -> Iterable[Origin]:
        if held.formal is None:
            return
        for at in self.box.origins.arguments(edge.caller, call, held.formal):
            yield from self.box.origins.of(at)
