"""Where callers of the server come in: tool handlers, resources, prompts, routes, sockets; and who hands values on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.facts import Nature, Step
from skillaudit.linking.calls.gates import children
from skillaudit.linking.flows.guards import Guard, Proof
from skillaudit.linking.flows.proofs import Outcome
from skillaudit.linking.flows.taints import CHOSEN, Key, Taints, covers
from skillaudit.linking.flows.validators import Validators
from skillaudit.linking.knowledge import codeapis, sources
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External, Formal, Instance
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.values.injections import gives, marks
from skillaudit.linking.values.origin import ANY, CUT, TOLD, UNNAMED, Path, of_role
from skillaudit.linking.values.schemas import Shape

_ROUTES = {
    "get",
    "post",
    "put",
    "delete",
    "patch",
    "route",
    "api_route",
    "websocket",
    "head",
    "options",
    "custom_route",
}
_HOLDERS = {CUT, ANY, "params", "arguments", "Params", "Arguments", "GetArguments", "args", "data", "an argument"}
_OWN_ADDRESS = {"url", "path", "originalUrl", "URL", "RequestURI"}
_INJECTED = re.compile(r"Request|Response|Depends|BackgroundTasks|WebSocket|Session|Security|Settings|Context")
_PASSING_ON = {
    "to_thread", "submit", "run_sync", "partial", "run_in_threadpool", "call_soon", "create_task", "map", "apply_async",
    "call_later", "run_in_executor", "call_soon_threadsafe", "wrap_future",
}  # fmt: skip
RESOLVED = "path of the request, resolved"
"""Said of a path that comes out of a parsed address of a request: it holds no ``..`` any more, unless it is decoded."""
_RESOLVED_PATHS = {("req", "path")}
_VALIDATORS = {"field_validator", "validator"}
_ELEMENTS = {"forEach", "map", "flatMap", "filter", "some", "every", "find", "reduce"}
_EVENTS = {"message", "data"}
_SOCKETS = re.compile(r"^(?:ws|wss|socket|sock|client|conn|connection|webSocket|websocket)$", re.IGNORECASE)
_LEFT_OPEN = {
    "IPv4Address": Danger.ADDRESS, "IPv6Address": Danger.ADDRESS, "IPvAnyAddress": Danger.ADDRESS,
    "EmailStr": Danger.COMMAND,
}  # fmt: skip
"""Types whose values still name any host, or may hold what a shell takes for more than a word."""


Handing = tuple[Fn, int, At, Path]
"""A caller, its call, the value that it hands over, and what is taken of the value."""


@dataclass(slots=True)
class Entries:
    """Says of a parameter who fills it."""

    box: Toolbox
    taints: Taints

    def of(self, formal: Formal, path: Path) -> Iterator[tuple[Nature, str, Step]]:
        """What a caller of the server puts into the parameter; nothing where its type leaves no choice."""
        program = self.box.program
        function = program.function(formal.fn)
        parameter = function.params[formal.position]
        path = tuple(UNNAMED if part.startswith(TOLD) else part for part in path)
        here = Step(program.location(formal.fn.module, function.line), f"parameter `{parameter.name or 'arguments'}`")
        if len(path) == 1 and path[0] in _OWN_ADDRESS and self.box.roles.of(formal) is None:
            here = Step(here.location, f"{path[0]} of the request")
        role = self.box.origins.hints.role(formal)
        if self.box.roles.closes(formal) or self.harmless(formal, path) == frozenset(Danger):
            return
        if role is not None:
            for origin in of_role(role, parameter.name, path, here):
                if origin.nature is Nature.CREDENTIAL:  # sent by the caller like everything else
                    yield Nature.REQUEST, _called(path) or origin.name, origin.trace[0]
                elif origin.nature in CHOSEN and origin.nature is not None:
                    yield origin.nature, _called(path) or origin.name, origin.trace[0]
        else:
            yield from self._sent(formal, path, here)

    def _sent(self, formal: Formal, path: Path, here: Step) -> Iterator[tuple[Nature, str, Step]]:
        """What of a request, of a message or of an archive is taken of a parameter without a role."""
        name = self.box.program.function(formal.fn).params[formal.position].name
        if (part := self.taints.request_part(name, path)) and self._is_used(formal.fn):
            yield Nature.REQUEST, part, Step(here.location, RESOLVED) if path in _RESOLVED_PATHS else here
        elif path and self._is_request(formal) and sources.request_part(path[0]):
            yield Nature.REQUEST, _called(path) or path[0], here
        elif self._is_served(formal, name, path) or (path and self.box.origins.entrances.is_environ(formal)):
            yield Nature.REQUEST, _called(path) or name or "the request", here
        elif self.box.roles.unpacks(formal) and path[-1:] and path[-1] in codeapis.ENTRY_NAMES:
            yield Nature.BODY, codeapis.ENTRY, here
        elif self._is_route(formal.fn) and self._is_bound(formal):
            yield Nature.REQUEST, next((p for p in path if p not in {ANY, CUT}), name), here
        elif self._hears_socket(formal):
            yield Nature.BODY, next((p for p in reversed(path) if p not in {ANY, CUT}), "a message"), here

    def _is_request(self, formal: Formal) -> bool:
        """Whether the declared type is a web framework's request."""
        declared = self.box.symbols.resolve_formal(formal)
        return self._is_used(formal.fn) and any(
            isinstance(s, External) and sources.request_type(s.path) for s in declared
        )

    def _is_served(self, formal: Formal, name: str, path: Path) -> bool:
        """Whether a framework hands in the parameter, and what is taken of it came with the request."""
        roles = self.box.roles
        known = roles.serves(formal) or roles.brought(formal)
        return bool(known) and self.box.origins.entrances.served(formal, name, path) is not None

    def _is_used(self, fn: Fn) -> bool:
        """Whether a framework may call a function: none that the project calls itself, and no dead method.

        A caller in the project hands over a request that it was given, which is asked for there, or one that it made.
        """
        if self.taints.handed.get(fn) or self.box.program.function(fn).decorators:
            return True
        if any(self.box.program.surface(caller.module).counts for caller, _ in self.taints.callers.get(fn, ())):
            return False
        owner = self.box.symbols.owner(fn)
        second = self.box.program.function(fn).params[1:2]
        answers = any(parameter.name in {"res", "response", "reply"} for parameter in second)
        answers |= self.box.program.function(fn).name == "ServeHTTP"
        return owner is None or answers or bool(self.box.program.klass(owner).bases)

    def _is_route(self, fn: Fn) -> bool:
        """Whether a decorator makes the function an HTTP route: ``@app.post("/x")``."""
        function = self.box.program.function(fn)
        for number in function.decorators:
            at = At(fn.module, function.parent, number)
            value = self.box.program.value(at)
            callee = self.box.program.value(at.to(value.callee)) if isinstance(value, ir.Call) else None
            if isinstance(value, ir.Call) and isinstance(callee, ir.Member) and callee.name in _ROUTES and value.args:
                first = self.box.program.value(at.to(value.args[0].value))
                if isinstance(first, ir.Literal) and first.text.startswith("/"):
                    return True
        return False

    def _is_bound(self, formal: Formal) -> bool:
        """Whether a route's parameter is filled from the request: a class of the project is the body's model."""
        parameter = self.box.program.function(formal.fn).params[formal.position]
        if any(gives(name) for _, _, name in marks(self.box.program, formal)):
            return False
        if any(isinstance(s, Instance) for s in self.box.symbols.resolve_formal(formal)):
            return parameter.default < 0
        return not _INJECTED.search(parameter.type_text) and parameter.name != "request"

    def _hears_socket(self, formal: Formal) -> bool:
        """Whether the function is handed to ``ws.on("message", …)``."""
        for caller, number in self.taints.handed.get(formal.fn, ()) if formal.position == 0 else ():
            call = self.box.program.value(caller.at(number))
            callee = self.box.program.value(caller.at(call.callee)) if isinstance(call, ir.Call) else None
            if (
                isinstance(call, ir.Call)
                and isinstance(callee, ir.Member)
                and callee.name in {"on", "addEventListener"}
            ):
                event = self.box.program.value(caller.at(call.args[0].value)) if call.args else None
                named = _SOCKETS.match(self.taints.hints.name_of(caller.at(callee.base)))
                if named and isinstance(event, ir.Literal) and event.text in _EVENTS and self._accepts(caller):
                    return True
        return False

    def _accepts(self, fn: Fn) -> bool:
        """Whether the file serves sockets: a client's own connection hears from servers, not from callers."""
        values = (v for f in self.box.program.modules[fn.module].functions for v in f.values)
        names = (getattr(v, "name", "") or getattr(v, "symbol", "") for v in values)
        return any(name in {"WebSocketServer", "WebSocket.Server", "createServer", "Server"} for name in names)

    # --- declared types

    def is_closed(self, formal: Formal, path: Path) -> bool:
        """Whether the schema that the tool was registered with leaves no choice: ``z.enum([…])``, a number."""
        return any(shape.closed for shape in self._shapes(formal, path))

    def harmless(self, formal: Formal, path: Path) -> frozenset[Danger]:
        """What a value can do no harm to that its schema, or its declared type, lets through."""
        held = self.box.roles.harmless(formal) if not path else frozenset[Danger]()
        held = held.union(*(shape.harmless for shape in self._shapes(formal, path)))
        if not self.box.origins.hints.types.parameter(formal, path):
            return held
        declared = self.box.program.function(formal.fn).params[formal.position].type_text
        return held | (frozenset(Danger) - {danger for name, danger in _LEFT_OPEN.items() if name in declared})

    def _shapes(self, formal: Formal, path: Path) -> Iterator[Shape]:
        yield from self.box.origins.hints.applied.of(formal, path)
        for at in self._beside(formal.fn) if path and formal.position == 0 else ():
            yield self.box.origins.hints.applied.built.of(at).at(path)

    def _beside(self, fn: Fn) -> Iterator[At]:
        """What stands beside a function where it is handed over."""
        for caller, number in self.taints.handed.get(fn, ()):
            call = self.box.program.value(caller.at(number))
            if isinstance(call, ir.Call):
                yield from (caller.at(argument.value) for argument in call.args)

    # --- who hands on

    def arguments(self, formal: Formal, path: Path) -> Iterator[Handing]:
        """Callers, their calls, and the values that fill the parameter, with what is taken of them."""
        program = self.box.program
        for caller, number in self.taints.callers.get(formal.fn, ()):
            call = program.value(caller.at(number))
            if isinstance(call, ir.Call):
                for asked in self.taints.callings.named_by(caller, call, formal.fn, path):
                    for argument, inner in self.taints.callings.filling(caller, call, formal, asked):
                        yield caller, number, argument, inner
        for caller, number in self.taints.handed.get(formal.fn, ()):
            yield from self._handed(caller, number, formal, path)
        for caller, number, call in self.taints.callings.handovers.of(formal.fn):
            for argument, inner in self.taints.callings.filling(caller, call, formal, path):
                yield caller, number, argument, inner

    def _handed(self, caller: Fn, number: int, formal: Formal, path: Path) -> Iterator[Handing]:
        """``to_thread(f, x)``, ``partial(f, x)``, ``list.forEach(f)``."""
        call = self.box.program.value(caller.at(number))
        callee = self.box.program.value(caller.at(call.callee)) if isinstance(call, ir.Call) else None
        if not isinstance(call, ir.Call):
            return
        name = self.taints.hints.name_of(caller.at(call.callee))
        if isinstance(callee, ir.Member) and formal.position == 0 and name in _ELEMENTS | {"then"}:
            yield caller, number, caller.at(callee.base), path if name == "then" else (ANY, *path)
        elif name in _PASSING_ON:
            wanted = self.box.program.function(formal.fn).params[formal.position].name
            yield from ((caller, number, caller.at(a.value), path) for a in call.args if a.name == wanted)
            values = [a.value for a in call.args if not a.name and not a.spread]
            for position, value in enumerate(values):
                if formal.fn in self.box.symbols.resolve(caller.at(value)):
                    behind = values[position + 1 :]
                    if formal.position < len(behind):
                        yield caller, number, caller.at(behind[formal.position]), path
        elif name in {"Thread", "Process", "Timer"}:
            yield from self._started(caller, number, call, formal, path)
        else:
            yield from self._called_back(caller, call, formal, path)

    def _started(self, caller: Fn, number: int, call: ir.Call, formal: Formal, path: Path) -> Iterator[Handing]:
        """``Thread(target=f, args=(x,))``."""
        for argument in call.args:
            held, where = (
                self.taints.definition(caller.at(argument.value)),
                self.taints.defined(caller.at(argument.value)),
            )
            if argument.name == "args" and isinstance(held, ir.Sequence) and formal.position < len(held.items):
                yield caller, number, where.to(held.items[formal.position]), path

    def _called_back(self, caller: Fn, call: ir.Call, formal: Formal, path: Path) -> Iterator[Handing]:
        """A function of the project that is given a function calls it: ``retry(f)``, ``endpoint("/x", f)``."""
        program = self.box.program
        for target in (s for s in self.box.symbols.resolve(caller.at(call.callee)) if isinstance(s, Fn)):
            taken = {
                Formal(target, position)
                for position, argument in enumerate(call.args)
                if formal.fn in self.box.symbols.resolve(caller.at(argument.value))
                and position < len(program.function(target).params)
            }
            for inner in (target, *self._inner(target)) if taken else ():
                for value, held, _ in program.calls(inner):
                    if taken.intersection(self.box.symbols.resolve(inner.at(held.callee))):
                        for argument_at, part in self.taints.callings.filling(inner, held, formal, path):
                            yield inner, value, argument_at, part

    # --- around handlers

    def guards(self, formal: Formal, path: Path, validators: Validators) -> Iterator[Guard]:
        """What a decorator of the handler proves of its arguments before it calls it."""
        place = self.box.program.location(formal.fn.module, self.box.program.function(formal.fn).line)
        for shape in self._shapes(formal, path):
            yield Guard(Proof.PATTERN, frozenset(), place, details=shape.patterns)
        yield from self._of_model(formal, path, validators)
        yield from self._of_middleware(formal, path, validators)
        program = self.box.program
        function = program.function(formal.fn)
        wanted = {function.params[formal.position].name, *path}
        for number in function.decorators:
            for symbol in self._decorators(At(formal.fn.module, function.parent, number)):
                for inner in self._inner(symbol):
                    for guard in validators.active(inner, validators.at_end(inner)):
                        if any(self._names(held, inner) & wanted for held in guard.keys):
                            yield guard

    def _of_middleware(self, formal: Formal, path: Path, validators: Validators) -> Iterator[Guard]:
        """What the functions prove of a request that stand before the handler: ``app.get("/x", check, handler)``."""
        for caller, number in self.taints.handed.get(formal.fn, ()) if formal.position == 0 else ():
            call = self.box.program.value(caller.at(number))
            for argument in call.args if isinstance(call, ir.Call) else ():
                for before in self.box.symbols.resolve(caller.at(argument.value)):
                    if not isinstance(before, Fn) or before == formal.fn:
                        continue
                    wanted = (Formal(before, 0), path)
                    passes = [n for n, c, _ in self.box.program.calls(before) if self._passes_on(before, c)]
                    for guard in (
                        validators.active(before, validators.use_of_call(before, passes[-1])) if passes else ()
                    ):
                        if any(covers(key, wanted) for key in guard.keys):
                            yield guard

    def _passes_on(self, fn: Fn, call: ir.Call) -> bool:
        """Whether a middleware calls what comes after it: its third parameter, without an error."""
        return not call.args and Formal(fn, 2) in self.box.symbols.resolve(fn.at(call.callee))

    def _of_model(self, formal: Formal, path: Path, validators: Validators) -> Iterator[Guard]:
        """What the validators of a pydantic model prove of the field that is taken: ``@field_validator("path")``."""
        declared = self.box.symbols.resolve_formal(formal) if path else ()
        for cls in (symbol.cls for symbol in declared if isinstance(symbol, Instance)):
            for fn in (Fn(cls.module, method.function) for method in self.box.program.klass(cls).methods):
                for guard in validators.summary(fn, Outcome.NORMAL) if path[0] in self._validated(fn) else ():
                    if any(self._names(key, fn) for key in guard.keys):
                        yield guard

    def _validated(self, fn: Fn) -> set[str]:
        """The fields that a method validates, by its decorators."""
        function, found = self.box.program.function(fn), set()
        for number in function.decorators:
            at = At(fn.module, function.parent, number)
            value = self.box.program.value(at)
            if isinstance(value, ir.Call) and self.taints.hints.name_of(at.to(value.callee)) in _VALIDATORS:
                told = (self.box.program.value(at.to(argument.value)) for argument in value.args)
                found |= {one.text for one in told if isinstance(one, ir.Literal)}
        return found

    def _names(self, key: Key, fn: Fn) -> set[str]:
        """The names under which a wrapper's check knows a value: its own parameter, or an entry of ``kwargs``."""
        held, path = key
        own = isinstance(held, Formal) and held.fn == fn
        return (
            {*path, self.box.program.function(fn).params[held.position].name}
            if own and isinstance(held, Formal)
            else set(path)
        )

    def _decorators(self, at: At) -> Iterator[Fn]:
        value = self.box.program.value(at)
        target = at.to(value.callee) if isinstance(value, ir.Call) else at
        yield from (s for s in self.box.symbols.resolve(target) if isinstance(s, Fn))

    def _inner(self, fn: Fn) -> Iterator[Fn]:
        functions = self.box.program.modules[fn.module].functions
        for number, function in enumerate(functions):
            parent = function.parent
            while parent > 0 and parent != fn.number:
                parent = functions[parent].parent
            if parent == fn.number and number != fn.number:
                yield Fn(fn.module, number)

    def tools(
        self, entry: Fn | None, way: Sequence[tuple[Fn, int]], candidates: Iterable[Candidate]
    ) -> list[Candidate]:
        """The tools whose handler takes the value, or whose dispatcher does in the branch of their name.

        ``way`` are the functions that the value goes through, with the block in which each hands it on.
        """
        held = list(candidates)
        through = {fn for fn, _ in way}
        own = [c for c in held if entry is not None and c.handler == entry]
        if own or entry is None:
            return own
        if handled := [c for c in held if c.handler in through]:
            return handled
        if entry not in self.box.dispatchers:
            return []
        package = self.box.program.package_path
        told = [c for c in held if c.dispatched and package(c.module) == package(entry.module)]
        asked = {text for fn, block in way if fn == entry for text in self._asked(fn, block)}
        return [c for c in told if c.name in asked] or (told if len({c.name for c in told}) == 1 else [])

    def _asked(self, fn: Fn, block: int) -> Iterator[str]:
        """The constants that the conditions around a block compare with."""
        blocks = self.box.program.function(fn).blocks
        while block >= 0:
            if blocks[block].kind in {"if", "case"} and blocks[block].test >= 0:
                test = self.box.program.value(fn.at(blocks[block].test))
                for number in children(test):
                    yield from self.box.texts.of(fn.at(number))
            block = blocks[block].parent


def _called(path: Path) -> str:
    """What the source calls a part of the arguments: the last name that is no holder of all of them."""
    return next(
        (part for part in reversed(path) if part not in _HOLDERS and not part.isdecimal() and not part.startswith("$")),
        "",
    )
