"""What a caller sizes by a number (``limit``, ``pageSize``) or a query, and sends by a client's own method."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from skillaudit import ir
from skillaudit.linking.calls.graph import Edge
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.registrations.toolbox import Toolbox

_DEPTH = 12
_NESTED = 3
"""How deep inside an object of options a size may stand."""
_SIZES = {
    "limit", "count", "topk", "k", "take", "maxresults", "nresults", "numresults", "maxitems", "maxrows", "maxrecords",
    "maxkeys", "maxcount", "maxhits", "pagesize", "perpage", "batchsize", "fetchsize", "pagelimit", "rowlimit",
    "resultlimit", "recordlimit", "numrows", "numitems", "numrecords", "maxmessages", "maxentries", "maxdocuments",
}  # fmt: skip
"""Names of a number of results, without case and underscores."""
_QUERIES = {"query", "sql", "statement", "cypher", "pipeline"}
"""Options under which a caller's whole query stands, which says itself how much it finds."""
_READS = {
    "get", "list", "query", "search", "scan", "find", "fetch", "read", "select", "range", "all", "keys", "limit",
    "take", "head", "slice", "retrieve", "lookup", "browse", "collect", "iterate", "iter", "islice", "execute",
    "aggregate", "top", "nearest", "hybrid", "describe", "history", "page", "paginate", "paging", "lrange", "zrange",
    "xrange", "request", "recent", "knn",
}  # fmt: skip
_SENDS = {"push", "send", "post", "reply", "upload", "email"}
_WITHIN = ("mcp.", "fastmcp.", "@modelcontextprotocol/", "diagnostics_channel.", "events.", "rxjs.")
"""What stays within the process, or goes to the client."""
_SENDS_ALONE = {"broadcast", "multicast", "publish"}
_NO_BODY = {
    "notification", "notifications", "logging", "log", "logs", "progress", "request", "requests", "response", "error",
    "event", "events", "command", "commands", "signal", "telemetry", "metrics", "metric", "ping", "heartbeat", "packet",
    "status", "state", "headers", "header", "file", "resource", "tool", "prompt", "sampling", "keys", "key", "back",
}  # fmt: skip
"""What is sent to the client of the server, to a local program, or is no body of the caller's."""
_CAPS = {"min", "clamp", "Min"}


def is_size(name: str) -> bool:
    """Whether a parameter or option of this name says how many results are asked for."""
    return name.replace("_", "").replace("-", "").lower() in _SIZES


class Sizes(msgspec.Struct, frozen=True):
    """Answers for one function and the way from the handler to it."""

    box: Toolbox

    def sized(self, fn: Fn, path: Sequence[Edge]) -> int:
        """The line of a call that asks for as many results as the caller says; 0 where there is none."""
        return self._line(fn, lambda call: any(self.chosen(at, path) for at in self._counts(fn, call)))

    def sent(self, fn: Fn, path: Sequence[Edge]) -> int:
        """The line of a call of a client's method that sends on what the caller says; 0 where there is none."""
        return self._line(
            fn, lambda call: self._sends(fn, call) and any(self.chosen(fn.at(one.value), path) for one in call.args)
        )

    def _line(self, fn: Fn, holds: Callable[[ir.Call], bool]) -> int:
        lines = (call.line for _, call, _ in self.box.program.calls(fn) if self._foreign(fn, call) and holds(call))
        return next(lines, 0)

    def _foreign(self, fn: Fn, call: ir.Call) -> bool:
        """A method of something that no code of the project implements."""
        if not isinstance(self.box.program.value(fn.at(call.callee)), ir.Member):
            return False
        return not any(isinstance(one, Fn) for one in self.box.symbols.resolve(fn.at(call.callee)))

    def _counts(self, fn: Fn, call: ir.Call) -> Iterator[At]:
        """The values in a call that say how many results it asks for, by the names of options or of the values."""
        said = words(self._method(fn, call))
        if not _READS & set(said):
            return
        for argument in call.args:
            at = fn.at(argument.value)
            if is_size(argument.name) or (not argument.name and is_size(self.box.program.called(at))):
                yield at
            yield from self._options(at, _NESTED)

    def _options(self, at: At, depth: int) -> Iterator[At]:
        bare = self.box.program.bare(at)
        value = self.box.program.value(bare)
        if not isinstance(value, ir.Record) or not depth:
            return
        for entry in value.entries:
            if is_size(entry.key) or entry.key in _QUERIES:
                yield bare.to(entry.value)
            yield from self._options(bare.to(entry.value), depth - 1)

    def _sends(self, fn: Fn, call: ir.Call) -> bool:
        said = words(self._method(fn, call))
        if not said or _NO_BODY & set(said[1:]):
            return False
        known = [one.path for one in self.box.symbols.resolve(fn.at(call.callee)) if isinstance(one, External)]
        if any(path.startswith(_WITHIN) for path in known):
            return False
        return said[0] in _SENDS_ALONE or (said[0] in _SENDS and len(said) > 1)

    def _method(self, fn: Fn, call: ir.Call) -> str:
        callee = self.box.program.value(fn.at(call.callee))
        return callee.name if isinstance(callee, ir.Member) else ""

    def chosen(self, at: At, path: Sequence[Edge]) -> bool:
        """Whether a value is made of the client's arguments, on this way, and no constant caps it."""
        return self._chosen(at, path, _DEPTH)

    def _chosen(self, at: At, path: Sequence[Edge], depth: int) -> bool:  # noqa: PLR0911 - one case per kind of value
        value = self.box.program.value(at)
        if not depth:
            return False
        match value:
            case ir.Param():
                fn = Fn(at.module, at.function)
                return self.box.roles.of(Formal(fn, value.index)) is not None or self._handed(fn, value, path, depth)
            case ir.Name():
                outer = self.box.program.lexical(Fn(at.module, at.function), value.name)
                return outer is not None and outer != at and self._chosen(outer, path, depth - 1)
            case ir.Call():
                return not self._caps(at, value) and self._any(at, _parts(self.box, at, value), path, depth)
            case ir.Variable(value=inner) | ir.Member(base=inner) | ir.Item(base=inner) | ir.Element(base=inner):
                return self._chosen(at.to(inner), path, depth - 1)
            case ir.Operation(operands=inner) | ir.Text(parts=inner) | ir.Sequence(items=inner):
                return self._any(at, inner, path, depth)
            case ir.Choice(options=inner) | ir.Opaque(children=inner):
                return self._any(at, inner, path, depth)
            case ir.Record():
                return self._any(at, [entry.value for entry in value.entries], path, depth)
            case _:
                return False

    def _any(self, at: At, inner: Iterable[int], path: Sequence[Edge], depth: int) -> bool:
        return any(self._chosen(at.to(one), path, depth - 1) for one in inner)

    def _handed(self, fn: Fn, value: ir.Param, path: Sequence[Edge], depth: int) -> bool:
        """What the call on the way hands in for a parameter."""
        number = next((n for n, edge in enumerate(path) if edge.target == fn and not edge.handed), None)
        call = None if number is None else self.box.program.value(path[number].caller.at(path[number].value))
        if number is None or not isinstance(call, ir.Call):
            return False
        given = self.box.origins.arguments(path[number].caller, call, Formal(fn, value.index))
        return any(self._chosen(one, path[:number], depth - 1) for one in given)

    def _caps(self, at: At, call: ir.Call) -> bool:
        """``min(limit, 100)``: what comes out is held to a constant."""
        callee = self.box.program.value(at.to(call.callee))
        name = callee.name if isinstance(callee, ir.Member | ir.Name) else ""
        given = [self.box.program.value(self.box.program.bare(at.to(one.value))) for one in call.args]
        return name in _CAPS and any(isinstance(one, ir.Literal) for one in given)


def _parts(box: Toolbox, at: At, call: ir.Call) -> Iterator[int]:
    """What a call's result is made of: its arguments, and what its method is called on."""
    yield from (one.value for one in call.args)
    callee = box.program.value(at.to(call.callee))
    if isinstance(callee, ir.Member):
        yield callee.base
