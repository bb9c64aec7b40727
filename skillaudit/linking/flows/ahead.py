"""Records that stand in front of a dangerous call: on the way to it, and where a check refuses its value."""

from collections.abc import Iterable
from dataclasses import dataclass

from skillaudit.facts import LogCall
from skillaudit.linking.flows.guards import Guard
from skillaudit.linking.flows.validators import Use
from skillaudit.linking.names.program import Fn
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.model import Location


@dataclass(frozen=True, slots=True)
class Ahead:
    """Asks the records that the program writes, given by function and block."""

    box: Toolbox
    logs: tuple[tuple[Fn, int, LogCall], ...]

    def recorded(self, way: Iterable[tuple[Fn, Use]]) -> Location | None:
        """The first record that is written in front of the call, in one of the functions on the way."""
        for fn, use in way:
            for holder, block, log in self.logs:
                if holder == fn and log.operator and log.location.line < use.line and self._precedes(fn, block, use):
                    return log.location
        return None

    def refused(self, guard: Guard) -> Location | None:
        """The record of a value that a check refuses: in the branch that leaves, or in what it calls."""
        for fn, number in guard.refusals:
            inside = {number}
            for position, held in enumerate(self.box.program.function(fn).blocks):
                inside |= {position} if held.parent in inside else set()
            called = {edge.target for edge in self.box.calls.out.get(fn, ()) if edge.block in inside}
            for holder, block, log in self.logs:
                if log.operator and (holder in called or (holder == fn and block in inside)):
                    return log.location
        return None

    def _precedes(self, fn: Fn, block: int, use: Use) -> bool:
        blocks = self.box.program.function(fn).blocks
        around = set()
        held = use.block
        while held >= 0:
            around.add(held)
            held = blocks[held].parent
        return block in around
