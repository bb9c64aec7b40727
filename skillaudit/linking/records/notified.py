"""What a tool's call leaves that no operator sees by default: notifications of its client, records at debug level."""

from dataclasses import dataclass, field

from skillaudit.facts import Level, Sink
from skillaudit.linking.calls.graph import REACH
from skillaudit.linking.names.program import Fn
from skillaudit.linking.records.coverage import Coverage
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.model import Location


@dataclass(slots=True)
class Notified:
    """Answers for one tool at a time."""

    box: Toolbox
    coverage: Coverage
    _told: dict[Fn, Location] = field(default_factory=dict)
    _hushed: dict[Fn, Location] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the first of each function."""
        for fn, _, call in self.coverage.log_calls:
            if call.sink is Sink.CLIENT:
                self._told.setdefault(fn, call.location)
            elif call.operator and (call.gate or call.level is Level.DEBUG or call.location in self.coverage.asked):
                self._hushed.setdefault(fn, call.location)

    def of(self, tool: Candidate) -> Location | None:
        """Where the client is told first, None where it is not."""
        return self._first(tool, self._told, REACH)

    def hushed(self, tool: Candidate) -> Location | None:
        """Where the tool's own code, or code around it, writes a record at debug level or behind an option."""
        return self._first(tool, self._hushed, 0)

    def _first(self, tool: Candidate, found: dict[Fn, Location], depth: int) -> Location | None:
        others = self.coverage.handlers - {tool.handler}
        reached = self.box.calls.reach(self.coverage.starts(tool), depth, others)
        return next((found[fn] for fn in reached if fn in found), None)
