"""Product analytics that a tool's call is reported to: services that count usage for the maker of a server.

They are the operator's record of nothing: events are sampled, dropped when the service is away, and read by those who
build the product. So they are a kind of their own, neither a log nor silence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.graph import REACH, Edge
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.records.coverage import Coverage
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.model import Location

_SERVICES = re.compile(
    r"^posthog(?:-node|-js)?\b.*\.capture\w*$|^(?:@segment/analytics-node|analytics-node|analytics|segment)\b.*\.track$|"
    r"^(?:@amplitude/[\w-]+|amplitude\w*)\b.*\.(?:track|logEvent)$|^mixpanel\b.*\.track\w*$|"
    r"^(?:applicationinsights|@microsoft/applicationinsights[\w-]*)\b.*\.track\w+$|^@vercel/analytics\b.*\.track$|"
    r"^github\.com/(?:posthog/posthog-go|segmentio/analytics-go|amplitude/analytics-go|mixpanel/mixpanel-go|"
    r"dukex/mixpanel|microsoft/ApplicationInsights-Go)\b.*\.(?:Enqueue|Track\w*)$"
)
_METHODS = {"writeDataPoint", "trackEvent"}
"""Of the Analytics Engine, whose dataset is a binding of the platform and no import, and of Application Insights."""
_POSTS = re.compile(
    r"^(?:requests|httpx|aiohttp|axios|got|ky|undici)\b.*\.(?:post|request|send)$|^(?:fetch|undici\.fetch|node-fetch)$|"
    r"^net/http\.(?:Post|NewRequest\w*)$"
)
_SENDERS = {"telemetry", "analytics"}


@dataclass(slots=True)
class Analytics:
    """Answers for one tool at a time; what one function sends is remembered."""

    box: Toolbox
    coverage: Coverage
    _sent: dict[Fn, int] = field(default_factory=dict)

    def of(self, tool: Candidate) -> Location | None:
        """Where the event of a tool's call is sent, seen from the code around the tool; None where none is."""
        others = self.coverage.handlers - {tool.handler}
        for fn, path in self.box.calls.reach(self.coverage.starts(tool), REACH, others).items():
            if line := self._line(fn):
                return self._place(fn, line, path)
        return None

    def _place(self, fn: Fn, line: int, path: Sequence[Edge]) -> Location:
        first = (path[0].caller, path[0].line) if path else (fn, line)
        return self.box.program.location(first[0].module, first[1])

    def _line(self, fn: Fn) -> int:
        """The line on which a function hands an event to such a service, 0 where it does not."""
        if fn not in self._sent:
            self._sent[fn] = next((call.line for _, call, _ in self.box.program.calls(fn) if self._sends(fn, call)), 0)
        return self._sent[fn]

    def _sends(self, fn: Fn, call: ir.Call) -> bool:
        symbols = self.box.symbols.resolve(fn.at(call.callee))
        if any(isinstance(symbol, Fn) for symbol in symbols):
            return False
        paths = [symbol.path for symbol in symbols if isinstance(symbol, External)]
        if any(map(_SERVICES.search, paths)):
            return True
        callee = self.box.program.value(fn.at(call.callee))
        if isinstance(callee, ir.Member) and callee.name in _METHODS:
            return True
        return any(map(_POSTS.search, paths)) and bool(_SENDERS & self._called(fn))

    def _called(self, fn: Fn) -> set[str]:
        """The words by which the project calls a function: its file, its class and itself."""
        owner = self.box.symbols.owner(fn)
        klass = self.box.program.klass(owner).name if owner else ""
        path = self.box.program.modules[fn.module].path
        return {
            word
            for text in (path.rpartition("/")[2], klass, self.box.program.function(fn).name)
            for word in words(text)
        }
