"""Where a server lets clients in, and the records that success leaves: sessions, ``initialize``, connections."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from skillaudit import ir
from skillaudit.events import AccessLog, Cause, Connection
from skillaudit.facts import Transport
from skillaudit.linking.calls.gates import Gates
from skillaudit.linking.events import requests
from skillaudit.linking.events.accesslogs import access_logs
from skillaudit.linking.events.branches import Branches, Written
from skillaudit.linking.events.letthrough import LetThrough
from skillaudit.linking.events.refusals import Refusals
from skillaudit.linking.knowledge import refusalwords
from skillaudit.linking.names.program import Fn
from skillaudit.linking.records import decorating
from skillaudit.linking.registrations import byhand
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.unserved import Unserved
from skillaudit.model import Location

_CALLBACKS = {
    "onsessioninitialized", "oninitialized", "OnInitialized", "InitializedHandler", "AddAfterInitialize",
    "AddOnRegisterSession", "AddBeforeInitialize", "OnRegisterSession", "onConnect",
}  # fmt: skip
_HOOKS = {"on_initialize", "on_message", "on_request", "on_connect"}
_ASKS = {"isInitializeRequest", "is_initialize_request", "isInitialize"}
_SESSION_MAKERS = {
    "StreamableHTTPServerTransport", "SSEServerTransport", "NodeStreamableHTTPServerTransport",
    "WebStandardStreamableHTTPServerTransport", "StreamableHTTPTransport", "completeAuthorization",
}  # fmt: skip
_RECEIVING = {"AddReceivingMiddleware", "AddBeforeAny", "AddOnSuccess"}
_ADMITTED = re.compile(
    r"session[_ -](?:was )?(?:initiali[sz]ed|started|opened|created|established|accepted)|"
    r"(?:client|session)[_ -]connected|"
    r"(?:new|created|opened) (?:mcp )?(?:session|connection)|connection (?:accepted|opened|established)|"
    r"initiali[sz]ed? (?:by|from|request)|^initiali[sz]e$",
    re.IGNORECASE,
)
_ONWARD = {
    "next", "call_next", "Next", "ServeHTTP", "handleRequest", "handle_request", "app", "_app", "handle_post_message",
    "handlePostMessage", "connect", "get_response",
}  # fmt: skip
_NEXT = {"next", "call_next"}
_CONDITIONAL = {"if", "else", "case", "except"}
_LEAVING = re.compile(r"terminat|clos(?:ed|ing)|disconnect|expired|ended|destroyed|deleted", re.IGNORECASE)
_DOWN = 4
_NEVER = 1 << 31
_NETWORK = {"http", "sse"}


def connections(
    box: Toolbox, gates: Gates, unserved: Unserved, written: Written, started: Iterable[Transport]
) -> tuple[Connection, ...]:
    """One for each package that network clients reach: the place that makes their session, else the transport's."""
    branches = Branches(box, gates, written, {}, {}, frozenset())
    served = frozenset(box.calls.reach(sorted(set(requests.roots(box))), _DOWN))
    held = _Connections(box, gates, unserved, written, branches, Refusals(box), served, access_logs(box))
    network: dict[str, Transport] = {}
    for transport in started:
        if transport.kind in _NETWORK and transport.surface.counts:
            network.setdefault(transport.package, transport)
    return (*(held.of(transport) for _, transport in sorted(network.items())), *held.passes(frozenset(network)))


class _Connections(msgspec.Struct, frozen=True):
    box: Toolbox
    gates: Gates
    unserved: Unserved
    written: Written
    branches: Branches
    refusals: Refusals
    served: frozenset[Fn]
    access: dict[str, AccessLog]

    def of(self, transport: Transport) -> Connection:
        """The package's connection, with every record that a client who is let in leaves."""
        program = self.box.program
        made: list[Location] = []
        records: list[Location] = []
        for fn in program.functions():
            places, left = self._of(fn, transport) if program.surface(fn.module).counts else ([], [])
            if (places or left) and self.unserved.serves(fn):
                made += places
                records += left
        where = min(made, default=transport.location)
        what = "a client is let in (`initialize`)"
        access = self.access.get(transport.package)
        return Connection(where, transport.surface, transport.package, what, tuple(dict.fromkeys(records)), access)

    def passes(self, packages: frozenset[str]) -> Iterator[Connection]:
        """The branches in which requests of network clients are let through before their callers are known."""
        program = self.box.program
        through = LetThrough(self.box, self.refusals)
        for fn in program.functions():
            package = program.package_path(fn.module)
            if not program.surface(fn.module).counts or package not in packages:
                continue
            for one in through.of(fn):
                if self.unserved.serves(fn):
                    what = f"a request is let through before its caller is known, by {one.asks}"
                    place, surface = program.location(fn.module, one.line), program.surface(fn.module)
                    yield Connection(place, surface, package, what, tuple(self._recorded(fn, one.block)))

    def _recorded(self, fn: Fn, block: int) -> Iterator[Location]:
        """The records that are written in a branch."""
        yield from (call.location for number, call in self.written.get(fn, ()) if block in self._chain(fn, number))

    def _of(self, fn: Fn, transport: Transport) -> tuple[list[Location], list[Location]]:
        """Where a function makes the package's sessions, and the records that it leaves of them."""
        package = self.box.program.package_path(fn.module)
        if package == transport.package:
            places, left = self._session(fn)
            return places, [*left, *self._hook(fn), *self._said(fn), *self._accepted(fn), *self._by_hand(fn)]
        if transport.package in self.box.importing.used(package):  # a library, by those who run it
            return [], self._session(fn)[1]
        if package in self.box.importing.used(transport.package):  # a library that the server is made with
            return [], [*self._hook(fn), *self._accepted(fn)]
        return [], []

    def _session(self, fn: Fn) -> tuple[list[Location], list[Location]]:
        """Where a function makes sessions, and what it records in the branches that do and in its callbacks."""
        places: list[Location] = []
        records: list[Location] = []
        for value, call, block in self.box.program.calls(fn):
            name = self.box.origins.name_of(fn.at(call.callee))
            if name in _SESSION_MAKERS:
                places.append(self.box.program.location(fn.module, call.line))
                records += self._beside(fn, block)
            if name in _CALLBACKS or name in _RECEIVING:
                records += self._handed(fn, value)
            for argument in call.args:
                records += self._callbacks(fn, argument.value)
            if name in _ASKS:
                records += self._asked(fn, value)
        for step in self.box.program.function(fn).steps:
            if isinstance(step, ir.Store) and step.name in _CALLBACKS:
                records += self._function(fn, step.value)
        return places, records

    def _beside(self, fn: Fn, block: int) -> Iterator[Location]:
        """Records of the request handler around, outside its error handlers; a function that also starts is none."""
        if fn.number == 0 or not self.box.program.function(fn).params:
            return
        around = self._chain(fn, block)
        for number, call in self.written.get(fn, ()):
            if number in around and not self.gates.in_handler(fn, number):
                yield call.location

    def _chain(self, fn: Fn, block: int) -> set[int]:
        found = set()
        while block >= 0:
            found.add(block)
            block = self.box.program.function(fn).blocks[block].parent
        return found

    def _by_hand(self, fn: Fn) -> Iterator[Location]:
        """What code that answers the protocol itself records of an ``initialize``, or of any message."""
        package = self.box.program.package_path(fn.module)
        if fn in self.box.byhand.dispatchers().get(package, ()):
            for number, call in self.written.get(fn, ()):
                opened = byhand.method(self.gates, fn, number) == "initialize"
                if opened or (self._unconditional(fn, number) and not call.gate):
                    yield call.location

    def _asked(self, fn: Fn, value: int) -> Iterator[Location]:
        """Records under the condition that the message is an ``initialize``, and no other beside its way on."""
        blocks = self.box.program.function(fn).blocks
        way = self._way_on(fn)
        for number, call in self.written.get(fn, ()):
            around = self._chain(fn, number)
            tests = {n for n in around if value in self._inside(fn, blocks[n].test)}
            asked = {n for n in tests if self._holds(fn, blocks[n], value)}
            beside = {n for n in around - way if self._chooses(fn, n)} - asked
            if asked and all(asked.isdisjoint(self._chain(fn, n)) for n in beside):
                yield call.location

    def _holds(self, fn: Fn, block: ir.Block, value: int) -> bool:
        """Whether a branch is that of a message which is one, not of the others: ``if (!isInitializeRequest(x))``."""
        test = self.box.program.value(fn.at(block.test))
        negated = isinstance(test, ir.Operation) and test.operator in {"!", "not"} and value in test.operands
        return block.kind == ("else" if negated else "if")

    def _inside(self, fn: Fn, value: int, depth: int = 4) -> set[int]:
        held = self.box.program.value(fn.at(value)) if value >= 0 else None
        operands = held.operands if isinstance(held, ir.Operation) and depth else ()
        return {value}.union(*(self._inside(fn, operand, depth - 1) for operand in operands))

    def _callbacks(self, fn: Fn, value: int) -> Iterator[Location]:
        """``{onsessioninitialized: (id) => …}`` and Go's ``ServerOptions{InitializedHandler: …}``."""
        held = self.box.program.value(fn.at(value))
        for entry in held.entries if isinstance(held, ir.Record) else ():
            if entry.key in _CALLBACKS:
                yield from self._function(fn, entry.value)

    def _handed(self, fn: Fn, value: int) -> Iterator[Location]:
        for edge in self.box.calls.out.get(fn, ()):
            if edge.value == value and edge.handed:
                for target in decorating.with_inner(self.box, [edge.target]):
                    yield from self._heard(target)

    def _function(self, fn: Fn, value: int) -> Iterator[Location]:
        for symbol in self.box.symbols.resolve(fn.at(value)):
            if isinstance(symbol, Fn):
                yield from self.branches.left_by(symbol)

    def _accepted(self, fn: Fn) -> Iterator[Location]:
        """Records of a gatekeeper that stand behind its rejections, or beside the way on: of those whom it lets in."""
        if not (onward := self._onward(fn)):
            return
        refused = (*self.refusals.answers(fn), *self.refusals.errors(fn))
        turned = [one.line for one in refused if one.cause is not Cause.POLICY] or list(self._denied(fn))
        every = turned or [one.line for one in refused]
        if not every:
            return
        first = min(turned, default=_NEVER)
        way = self._way_on(fn)
        for number, call in self.written.get(fn, ()):
            left = _LEAVING.search(f"{call.event} {call.message}")
            behind = call.location.line > first and number in way and self._goes_on(fn, number)
            if not left and (behind or (number in onward and self._apart(fn, number, every))):
                yield call.location
        for edge in self.box.calls.out.get(fn, ()):
            if edge.line > first and self.branches.plain(edge) and edge.block in way and self._goes_on(fn, edge.block):
                yield from self._always(edge.target, _DOWN)

    def _way_on(self, fn: Fn) -> set[int]:
        """The blocks that an accepted request passes: those around the calls that hand it on."""
        calls = self.box.program.calls(fn)
        made = [block for _, call, block in calls if self.box.origins.name_of(fn.at(call.callee)) in _SESSION_MAKERS]
        way = set().union(*(self._chain(fn, block) for block in (*self._onward(fn), *made)))
        blocks = self.box.program.function(fn).blocks
        return way | {number for number, block in enumerate(blocks) if block.kind == "try" and block.parent in way}

    def _always(self, fn: Fn, depth: int) -> Iterator[Location]:
        """Records that calling a function leaves whatever it finds, under no condition but that there is a logger."""
        for number, call in self.branches.own(fn):
            if self._unconditional(fn, number):
                yield call.location
        for edge in self.box.calls.out.get(fn, ()) if depth else ():
            if self.branches.plain(edge) and self._unconditional(fn, edge.block):
                yield from self._always(edge.target, depth - 1)

    def _unconditional(self, fn: Fn, block: int) -> bool:
        return not any(self._chooses(fn, number) for number in self._chain(fn, block))

    def _chooses(self, fn: Fn, number: int) -> bool:
        """Whether a block is a branch, of something else than whether there is a logger."""
        block = self.box.program.function(fn).blocks[number]
        if block.kind not in _CONDITIONAL:
            return False
        return block.test < 0 or not any("log" in name.lower() for name in self.gates.names(fn.at(block.test)))

    def _onward(self, fn: Fn) -> list[int]:
        """The blocks that hand accepted requests on: ``next()``, ``self.app(…)``, or give a verified caller back."""
        found = []
        for _, call, block in self.box.program.calls(fn):
            given = {self.box.origins.name_of(fn.at(argument.value)) for argument in call.args}
            if self.box.origins.name_of(fn.at(call.callee)) in _ONWARD or not _NEXT.isdisjoint(given):
                found.append(block)
        return found or list(self._verified(fn)) or self._hooked(fn)

    def _hooked(self, fn: Fn) -> list[int]:
        """Fastify: an asynchronous hook hands a request on where it ends."""
        edges = (edge for edge in self.box.calls.into.get(fn, ()) if edge.handed)
        calls = ((edge.caller, self.box.program.value(edge.caller.at(edge.value))) for edge in edges)
        called = (self.box.program.called(one.at(call.callee)) for one, call in calls if isinstance(call, ir.Call))
        return [0] if "addHook" in called else []

    def _verified(self, fn: Fn) -> Iterator[int]:
        """Where a verifier of callers gives back whom it found: ``return AccessToken(…)``, ``return &info, nil``."""
        for step, (first, *more) in self._given_back(fn):
            if isinstance(first, ir.Call | ir.Record) and all(map(_is_nothing, more)):
                yield step.block

    def _denied(self, fn: Fn) -> Iterator[int]:
        """The lines where a verifier gives nobody back: ``return None``, ``return nil, err``."""
        return (step.line for step, (first, *_) in self._given_back(fn) if _is_nothing(first))

    def _given_back(self, fn: Fn) -> Iterator[tuple[ir.Return, list[ir.Value]]]:
        function = self.box.program.function(fn)
        for step in function.steps if refusalwords.verifies(function.name) else ():
            if isinstance(step, ir.Return) and step.value >= 0:
                value = function.values[step.value]
                items = value.items if isinstance(value, ir.Sequence) else ()
                yield step, [function.values[item] for item in items] or [value]

    def _goes_on(self, fn: Fn, block: int) -> bool:
        """Whether a step stands in no branch that leaves, and in no error handler."""
        blocks = self.box.program.function(fn).blocks
        leaves = any(blocks[number].exits and blocks[number].kind != "body" for number in self._chain(fn, block))
        return not leaves and not self.gates.in_handler(fn, block)

    def _apart(self, fn: Fn, number: int, turned: list[int]) -> bool:
        """Whether nobody is turned away in a branch: ``if key == known { log; next.ServeHTTP(w, r); return }``."""
        block = self.box.program.function(fn).blocks[number]
        return not self.gates.in_handler(fn, number) and not any(block.line <= one <= block.end_line for one in turned)

    def _said(self, fn: Fn) -> Iterator[Location]:
        """Records that say so themselves, in code that handles requests."""
        if not self._serves(fn):
            return
        for block, call in self.written.get(fn, ()):
            if _ADMITTED.search(f"{call.event} {call.message}") and not self.gates.in_handler(fn, block) and fn.number:
                yield call.location

    def _serves(self, fn: Fn) -> bool:
        """Whether a function, or one around it, runs for inbound requests."""
        while fn.number > 0:
            if fn in self.served:
                return True
            fn = Fn(fn.module, self.box.program.function(fn).parent)
        return False

    def _hook(self, fn: Fn) -> Iterator[Location]:
        """Methods of middleware that every message passes, ``initialize`` too."""
        if self.box.program.function(fn).name in _HOOKS and self.box.symbols.owner(fn) is not None:
            yield from self._heard(fn)

    def _heard(self, fn: Fn) -> Iterator[Location]:
        """The records of what every message passes, but those of tools' calls alone."""
        called = {
            call.location
            for block, call in self.written.get(fn, ())
            if byhand.of_calls(self.gates, fn, block, call.location.line)
        }
        yield from (one for one in self.branches.left_by(fn) if one not in called)


def _is_nothing(value: ir.Value) -> bool:
    return isinstance(value, ir.Literal) and value.kind == "null"
