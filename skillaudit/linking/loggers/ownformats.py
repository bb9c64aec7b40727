"""What the project's own wrappers make of a record in production.

Which of their inner writes runs, and whether the text of a write is what a JSON encoder gave back, through helpers and
conditional expressions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.facts import LogCall, Sink
from skillaudit.linking.loggers.setups import STRINGIFIERS, Setups
from skillaudit.linking.names.program import At, Fn
from skillaudit.model import Location

Written = tuple[Fn, int, LogCall]
_STREAMS = {Sink.STDOUT, Sink.STDERR, Sink.FILE}
_MADE = {f"{path}()" for path in STRINGIFIERS} | {"encoding/json.Marshal()"}


@dataclass(slots=True)
class OwnFormats:
    """Answers for records that are written to a stream of the process, directly or by a wrapper."""

    setups: Setups
    logs: Iterable[Written]
    _inside: dict[Fn, list[Written]] = field(default_factory=dict)
    _functions: dict[Location, Fn] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the direct writes by function and place."""
        for fn, block, call in self.logs:
            if call.sink in _STREAMS and not call.via:
                self._inside.setdefault(fn, []).append((fn, block, call))
                self._functions[call.location] = fn

    def writes_json(self, call: LogCall) -> bool:
        """Whether the record is one JSON object by the time it is written in production."""
        fn = self._functions.get(call.via[-1] if call.via else call.location)
        if fn is None or call.sink not in _STREAMS:
            return call.structured
        if not call.via:
            return call.structured or self._stringified(fn, call)
        running = self._running(fn)
        return bool(running) and all(one.structured or self._stringified(fn, one) for one in running)

    def _running(self, fn: Fn) -> list[LogCall]:
        """The writes of a wrapper that run by default: those that certainly do, else those that may."""
        held = [(self.setups.conditions.runs(fn, block, c.location.line), c) for _, block, c in self._inside[fn]]
        return [c for runs, c in held if runs] or [c for runs, c in held if runs is None]

    def _stringified(self, fn: Fn, call: LogCall) -> bool:
        """Whether the text that is written is an encoder's, as far as the production branch goes."""
        place = (call.location.line, call.location.end_line)
        calls = [held for _, held, _ in self.setups.box.program.calls(fn) if (held.line, held.end_line) == place]
        if not calls:
            return False
        given = [a.value for a in max(calls, key=lambda held: held.end - held.start).args if not a.name]
        return len(given) == 1 and self._is_json(fn.at(given[0]))

    def _is_json(self, at: At) -> bool:
        ends = list(self.setups.ends(at))
        return bool(ends) and all(self._end_is_json(end) for end in ends)

    def _end_is_json(self, end: At) -> bool:
        value = self.setups.box.program.value(end)
        if isinstance(value, ir.Text):
            rest = [part for part in value.parts if not self._is_line_end(end.to(part))]
            return len(rest) == 1 and self._is_json(end.to(rest[0]))
        return isinstance(value, ir.Call) and not _MADE.isdisjoint(self.setups.paths(end))

    def _is_line_end(self, at: At) -> bool:
        value = self.setups.box.program.value(at)
        return isinstance(value, ir.Literal) and not value.text.strip()
