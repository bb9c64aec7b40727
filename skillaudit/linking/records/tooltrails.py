"""The trail of a tool's call: each record that it may leave, when it is written and what it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit.linking.records.coverage import Coverage, Left
from skillaudit.linking.records.moments import Moments
from skillaudit.linking.records.said import Sayings, Words
from skillaudit.linking.registrations.toolbox import Candidate
from skillaudit.trails import Moment, Said, Trace

_SAYS = {
    Said.TOOL: re.compile(
        r"^(?:mcp\.?|gen_ai\.?)?tool(?:_?(?:name|id|called|requested|used)|\.name)?$|(?:^|\.)(?:tool|params|message|request|func|fn|handler|func_name)\."
        r"(?:_?_?name_?_?)$|^tool_?call(?:_?name)?$",
        re.IGNORECASE,
    ),
    Said.OUTCOME: re.compile(
        r"outcome|status|succe(?:ss|eded)|^ok$|^err$|error|fail|^result(?:_?(?:type|code|kind))?$|exit_?code|return_?code|exception|^exc$|^(?:exc|stack)_info$",
        re.IGNORECASE,
    ),
    Said.DURATION: re.compile(
        r"duration|elapsed|latency|took|(?:exec\w*|response|run|total|process\w*|call)_?time|time_?(?:ms|taken|spent)|(?:_|\b)ms$|[a-z]Ms$|_seconds$|"
        r"time\.Since|perf_counter",
        re.IGNORECASE,
    ),
    Said.CALLER: re.compile(
        r"caller|client_?(?:id|name|info|ip|hash|addr)|^client$|user|principal|subject|^sub$|actor|tenant|account_?id|identity|owner|requester|remote_?addr|peer",
        re.IGNORECASE,
    ),
    Said.ARGUMENTS: re.compile(
        r"(?:arg(?:ument)?s?|params?|input|payload|request|body|query)_?(?:hash|digest|sha\d*|fingerprint)|(?:hash|digest|fingerprint)_?(?:of_?)?"
        r"(?:arg(?:ument)?s?|params?|input|payload|request|body|query)",
        re.IGNORECASE,
    ),
    Said.BYTES: re.compile(
        r"bytes?$|byte_?length|size|length$|^len$|chars|content_?length|utf8\.RuneCount", re.IGNORECASE
    ),
    Said.SESSION_AGE: re.compile(
        r"session_?(?:age|duration|uptime|seconds|started)|^age(?:_?ms|_?s)?$|connected_?(?:for|since)", re.IGNORECASE
    ),
}  # fmt: skip
_FINISHED = re.compile(
    r"\b(?:succe(?:ss|eded)\w*|complet\w+|finished|failed|failure|errors?|done|ok|returned|exited|denied|timed out|"
    r"timeout)\b",
    re.IGNORECASE,
)
_AROUND = {"decorator", "wrapper", "middleware", "dispatcher"}
_PARTS = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class Trails:
    """Puts traces together."""

    coverage: Coverage
    moments: Moments
    sayings: Sayings

    def of(self, tool: Candidate) -> tuple[Trace, ...]:
        """The trail of one tool, in the order of places."""
        traces = (self._trace(tool, left) for left in self.coverage.left(tool))
        return tuple(sorted(traces, key=lambda one: one.location))

    def _trace(self, tool: Candidate, left: Left) -> Trace:
        moment = self.moments.of(left)
        words = self.sayings.of(left.fn, left.call, tuple(self.moments.paths(left)))
        said = dict.fromkeys(self._said(tool, left, words, moment))
        return Trace(left.call.location, left.mechanism, moment, tuple(one for one in Said if one in said))

    def _said(self, tool: Candidate, left: Left, words: Words, moment: Moment) -> Iterator[Said]:
        told = words.names - self._untold(words, moment)
        aged = {name for name in told if _SAYS[Said.SESSION_AGE].search(name)}
        for what, pattern in _SAYS.items():
            names = told - aged if what is Said.DURATION else words.names if what is Said.TOOL else told
            if any(pattern.search(name) for name in names):
                yield what
        if self._named(tool, left, words):
            yield Said.TOOL
        texts = [text for text in words.texts if moment is not Moment.EITHER or text not in words.fixed.values()]
        if moment in {Moment.SUCCESS, Moment.FAILURE} or any(_FINISHED.search(text) for text in texts):
            yield Said.OUTCOME

    @staticmethod
    def _untold(words: Words, moment: Moment) -> frozenset[str]:
        """The fields that say the same each time; what became of a call only one on success and failure leaves open."""
        outcome = _SAYS[Said.OUTCOME]
        fixed = {
            name: text for name, text in words.fixed.items() if moment is Moment.EITHER or not outcome.search(name)
        }
        said = {*fixed, *fixed.values()}
        return frozenset(name for name in words.names if name in said or name.lower() in fixed)

    @staticmethod
    def _named(tool: Candidate, left: Left, words: Words) -> bool:
        """Whether the tool's name stands in the text, or is put into it by code that serves many tools."""
        own = _plain(tool.name)
        if len(own) > 2 and any(own in _plain(text) for text in words.texts):  # noqa: PLR2004 - shorter ones are chance
            return True
        return left.mechanism in _AROUND and bool({"name", "__name__"} & words.names)


def _plain(name: str) -> str:
    """A name in one spelling: ``get-forecast`` and ``get_forecast`` are the same."""
    return f"_{_PARTS.sub('_', name.lower()).strip('_')}_"
