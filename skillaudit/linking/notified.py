"""What a tool's call tells its client: notifications of MCP, which no operator keeps."""

from dataclasses import dataclass, field

from skillaudit.facts import Sink
from skillaudit.linking.calls import REACH
from skillaudit.linking.coverage import Coverage
from skillaudit.linking.program import Fn
from skillaudit.linking.toolbox import Candidate, Toolbox
from skillaudit.model import Location


@dataclass(slots=True)
class Notified:
    """Answers for one tool at a time."""

    box: Toolbox
    coverage: Coverage
    _told: dict[Fn, Location] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the first notification of each function."""
        for fn, _, call in self.coverage.log_calls:
            if call.sink is Sink.CLIENT:
                self._told.setdefault(fn, call.location)

    def of(self, tool: Candidate) -> Location | None:
        """Where the client is told first, None where it is not."""
        others = self.coverage.handlers - {tool.handler}
        reached = self.box.calls.reach(self.coverage.starts(tool), REACH, others)
        return next((self._told[fn] for fn in reached if fn in self._told), None)
