"""Where libraries and the runtime hand values in: the environment, inbound requests, answers of upstream systems."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Nature, Step
from skillaudit.linking.knowledge import handedobjects, sources
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Symbols
from skillaudit.linking.origins.clienterrors import ClientErrors
from skillaudit.linking.origins.gosources import GoSources
from skillaudit.linking.values import oneshot, prompts, vaults, webforms
from skillaudit.linking.values.endpoints import Endpoints
from skillaudit.linking.values.origin import ANY, Origin, Path, Root, of_role, part_of
from skillaudit.linking.values.roles import Role
from skillaudit.linking.values.transfers import Transfers

_WHOLE_REQUESTS = {("config",), ("request",), ("config", "headers"), ("config", ANY)}
"""Of an error of axios: the request that failed, with the headers that it was sent with."""
_TIDYING = {"sort", "reverse", "toSorted"}
_BOUND = {("env",), ("env", ANY)}
"""What Hono's context holds of the variables and secrets of a worker."""

_MAPPED = {"headers", "environ", "cookies", "request_headers", "response_headers"}
_CARRIES = {"req", "request", "handshake"}
_RAISED_WITH = 2
_PARSED = ("starlette.", "fastapi.")
"""Whose ``request.url`` is parsed by ``urlsplit``, which drops line breaks; its text as a whole keeps them."""
_GO_REQUEST = "net/http.Request()"
_READ = re.compile(r"\.read\(\)(?:\.(?:strip|decode)\(\))*$")
"""Reading to the end, tidied or not."""


@dataclass(slots=True)
class Entrances:
    """Says what a value from outside holds."""

    program: Program
    symbols: Symbols
    transfers: Transfers
    endpoints: Endpoints
    failures: ClientErrors = field(init=False)

    def __post_init__(self) -> None:
        """Know what clients call the project with."""
        self.failures = ClientErrors(self.program, self.symbols)

    def is_environment(self, at: At) -> bool:
        """Whether the value is the whole environment."""
        return any(isinstance(s, External) and sources.environment(s.path) for s in self.symbols.resolve(at))

    def yields_names(self, at: At) -> bool:
        """Whether going through the value gives its keys: Python's environment or headers, not their ``items()``."""
        if self.program.modules[at.module].language != "python":
            return False
        value = self.program.value(self.program.bare(at))
        named = isinstance(value, ir.Member | ir.Param | ir.Name) and self.transfers.hints.name_of(at) in _MAPPED
        return named or self.is_environment(at)

    def goes_through(self, at: At) -> bool:
        """Whether a key is each name in turn: of ``Object.keys(process.env)``, of ``os.environ``."""
        at = self.program.bare(at)
        value = self.program.value(at)
        if isinstance(value, ir.Param):
            return value.index == 0 and self._is_each_name(Fn(at.module, at.function))
        if not isinstance(value, ir.Element):
            return False
        listed = self.program.value(at.to(value.base))
        if isinstance(listed, ir.Opaque) and listed.kind == "keys":  # ``for (const name in env)``
            return self.is_environment(at.to(listed.children[0]))
        if not isinstance(listed, ir.Call):
            return self.is_environment(at.to(value.base))
        return any(self.is_environment(at.to(inner)) for inner in self._asked(at, listed))

    def _is_each_name(self, fn: Fn) -> bool:
        """Whether a callback is called with each name: ``Object.keys(process.env).forEach((name) => …)``."""
        parent = Fn(fn.module, max(self.program.function(fn).parent, 0))
        for _, call, _ in self.program.calls(parent) if self.program.is_script(fn.module) else ():
            callee = self.program.value(parent.at(call.callee))
            first = self.program.value(parent.at(call.args[0].value)) if call.args else None
            if isinstance(first, ir.Closure) and first.function == fn.number and isinstance(callee, ir.Member):
                listed = self.program.bare(parent.at(callee.base))
                held = self.program.value(listed)
                while isinstance(held, ir.Call) and self.program.called(listed.to(held.callee)) in _TIDYING:
                    listed = self.program.bare(listed.to(next(self._asked(listed, held))))
                    held = self.program.value(listed)
                if isinstance(held, ir.Call) and self.program.called(listed.to(held.callee)) == "keys":
                    return any(self.is_environment(listed.to(inner)) for inner in self._asked(listed, held))
        return False

    def _asked(self, at: At, call: ir.Call) -> Iterator[int]:
        """What a call goes by: its receiver and its arguments."""
        callee = self.program.value(at.to(call.callee))
        if isinstance(callee, ir.Member):
            yield callee.base
        yield from (argument.value for argument in call.args)

    def of(self, at: At, line: int, path: Path) -> Iterator[Origin]:
        """What a value that a library or the runtime provides holds, after ``path`` is taken of it."""
        if names := webforms.sent(self.program, self.symbols, at, path):
            yield from part_of(Nature.BODY, names, self.transfers.step(at, line, "a checked part of the request"))
            return
        for symbol in self.symbols.resolve(at):
            if isinstance(symbol, External) and sources.environment(symbol.path):
                yield from self.transfers.environment(at, line, path)
            elif isinstance(symbol, External):
                found = self._provided(at, line, symbol.path, path)
                root = Root(symbol.path, path) if sources.of_request(symbol.path) else self._entered(at, path)
                yield from (replace(o, root=root) for o in found) if root else found

    def _entered(self, at: At, path: Path) -> Root | None:
        """The parameter that a part is taken of by its name, also by a method that is told it: ``r.FormValue(id)``."""
        value = self.program.value(at)
        if isinstance(value, ir.Call):
            named = self._named(at, value)
            return self._entered(at.to(value.callee), (named, *path)) if named else None
        base = self.program.bare(at.to(value.base)) if isinstance(value, ir.Member) else at
        held = self.program.value(base)
        while isinstance(held, ir.Name) and (outer := self.program.lexical(Fn(base.module, base.function), held.name)):
            base = self.program.bare(outer)
            held = self.program.value(base)
        if not isinstance(value, ir.Member) or not isinstance(held, ir.Param):
            return None
        return Root(Formal(Fn(base.module, base.function), held.index), (value.name, *path))

    def _named(self, at: At, call: ir.Call) -> str:
        """The constant that a call takes a part by; any name where it is not in sight, empty where nothing is asked."""
        asked = self.program.value(self.program.bare(at.to(call.args[0].value))) if call.args else None
        return asked.text if isinstance(asked, ir.Literal) else "part" if call.args else ""

    def _provided(self, at: At, line: int, provided: str, path: Path) -> Iterator[Origin]:
        """The same for one dotted path that is not the environment."""
        base, _, part = provided.removesuffix("()").rpartition(".")
        if sources.session_headers(provided):
            step = self.transfers.step(at, line, "a session's headers")
            each = all(name == ANY or name.isdecimal() for name in path)
            whole = (Origin(Nature.HEADERS, part, (step,)),)
            yield from whole if each else part_of(Nature.HEADERS, (part, *path), step)
        elif sources.request_type(base) and (nature := sources.request_part(part)):
            nature = Nature.REQUEST if sources.named_part(provided) and nature is not Nature.HEADERS else nature
            step = self.transfers.step(at, line, f"{part} of the request")
            call = self.program.value(at) if sources.named_part(provided) else None
            told = self._named(at, call) if isinstance(call, ir.Call) else ""
            path = (told, *path) if told else path
            names = () if sources.pattern(base, part) else sources.of_environ((part, *path))
            nature = sources.request_part(names[0]) if names[:1] not in {(), (part,)} else nature
            parsed = names[:1] == ("url",) and len(names) > 1 and base.startswith(_PARSED)
            found = self.sent(at.module, nature, names, step) if nature and names else ()
            yield from (replace(o, escaped=o.escaped or parsed) for o in found)
        elif sources.call_metadata(provided):
            step = self.transfers.step(at, line, "the metadata of the call")
            yield from part_of(Nature.HEADERS, ("metadata", *path), step)
        elif sources.route_helper(provided):
            step = self.transfers.step(at, line, "the address of the request")
            yield from part_of(Nature.REQUEST, ("params", *path), step)
        elif sources.request_type(provided) and path and (nature := sources.request_part(path[0])):
            yield from self.sent(at.module, nature, path, self.transfers.step(at, line, f"{path[0]} of the request"))
        elif names := sources.ambient(provided):
            yield from part_of(Nature.HEADERS, (*names, *path), self.transfers.step(at, line, "of the request"))
        elif sources.introduction(provided):
            step = self.transfers.step(at, line, "what the client introduced itself with")
            yield from of_role(Role.REQUEST, "the initialize request", path, step)
        elif sources.client_answer(provided):
            step = self.transfers.step(at, line, "what the client answered")
            yield from of_role(Role.REQUEST, "the client's answer", path, step)
        elif sources.result(provided):
            step = self.transfers.step(at, line, "another MCP server's result")
            nature = Nature.UPSTREAM if any(name != ANY for name in path) else Nature.RESPONSE
            yield Origin(nature, next((n for n in reversed(path) if n.isidentifier()), "result"), (step,))
        else:
            yield from self._kept(at, line, provided, path)
            yield from self._exchanged(at, line, provided, path)

    def _kept(self, at: At, line: int, provided: str, path: Path) -> Iterator[Origin]:
        """What stores of secrets, applications and kits keep for the code."""
        if vaults.secret_in(provided, path):
            yield Origin(Nature.CREDENTIAL, "secret", (self.transfers.step(at, line, "out of a store of secrets"),))
        elif sources.dumped(provided) and path in {(), (ANY,)}:
            yield Origin(Nature.CONFIG, "config", (self.transfers.step(at, line, "the application's configuration"),))
        elif sources.handed_headers(provided):
            here = self.transfers.step(at, line, "headers of the request")
            yield from part_of(Nature.HEADERS, ("headers", *path), here)

    def _exchanged(self, at: At, line: int, provided: str, path: Path) -> Iterator[Origin]:
        """What an HTTP client sent and was answered."""
        base, _, part = provided.removesuffix("()").rpartition(".")
        nature = sources.response_part(part)
        if sources.sent(base) and nature is Nature.HEADERS:
            yield from self._sent(at, line, provided, (part, *path))
        elif sources.sent(provided) and provided.endswith(".config") and path[:1] in {(), ("headers",)}:
            yield from self._sent(at, line, provided, ("headers", *path[1:]))
        elif sources.response(base) and nature:
            yield from self._answer(at, line, nature, (part, *path))
        elif not path and sources.keeps_request(provided):
            step = self.transfers.step(at, line, "the answer keeps the request, with its headers")
            yield Origin(Nature.HEADERS, "config.headers", (step,), certain=False)

    def _sent(self, at: At, line: int, provided: str, names: Path) -> Iterator[Origin]:
        """The headers that a client sent: with the server's own credential, where it needs one."""
        step = self.transfers.step(at, line, "headers of the request that was sent")
        each = all(name == ANY or name.isdecimal() for name in names[1:])
        if each and names and (len(names) > 1 or sources.shows_itself(provided)):
            yield Origin(Nature.HEADERS, names[0], (step,))
        elif names and not each:
            yield from part_of(Nature.HEADERS, names, step)

    def parsed(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:
        """What SDKs (``JSONRPCMessageSchema.parse(value)``) and hand-written loops (``json.load(sys.stdin)``) read."""
        yield from GoSources(self.program, self.symbols, self.transfers).of(at, call, path)
        callee = self.program.value(at.to(call.callee))
        schema = self.transfers.hints.name_of(at.to(callee.base)) if isinstance(callee, ir.Member) else ""
        if isinstance(callee, ir.Member) and callee.name == "elicitInput":
            told = self.transfers.step(at, call.line, "what the client answered")
            yield from of_role(Role.REQUEST, "the client's answer", path, told)
        read = [s.path for a in call.args[:1] for s in self.symbols.resolve(at.to(a.value)) if isinstance(s, External)]
        parses = sources.parses_json(self.transfers.hints.name_of(at.to(call.callee)))
        heard = parses and any(sources.standard_input(p) for p in read)
        whole = heard and self._is_read_whole(at, call, read)
        here = self.transfers.step(at, call.line, "a message is read here")
        if sources.message_schema(schema) or (heard and not whole):
            yield from of_role(Role.REQUEST, "message", path, here)
        elif whole and oneshot.reads_call(self.program, at.module):
            yield from of_role(Role.HOOK, "input", path, here)
        yield from self._asked_for(at, call, path)
        for symbol in self.symbols.resolve(at.to(call.callee)) if not path else ():
            asked = prompts.credential(self.program, at, call, symbol.path) if isinstance(symbol, External) else ""
            if asked:
                typed = self.transfers.step(at, call.line, "typed at a prompt")
                yield Origin(Nature.CREDENTIAL, asked, (typed,), certain=False)
        if isinstance(callee, ir.Member):
            yield from self._taken(at, call, callee, path)

    def _asked_for(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:
        """One value of the request that is being answered, by its name: ``getHeader(event, "authorization")``."""
        called = (s.path for s in self.symbols.resolve(at.to(call.callee)) if isinstance(s, External))
        part = next(filter(None, map(sources.named_by_argument, called)), "")
        name = self.program.value(at.to(call.args[1].value)) if part and len(call.args) > 1 else None
        if isinstance(name, ir.Literal):
            nature = sources.request_part(part) or Nature.REQUEST
            yield from part_of(nature, (part, name.text, *path), self.transfers.step(at, call.line, "of the request"))

    def _taken(self, at: At, call: ir.Call, callee: ir.Member, path: Path) -> Iterator[Origin]:
        """What a method of a request, of its handler or of a web socket takes of what was sent."""
        here = self.transfers.step(at, call.line, f"{callee.name} of the request")
        paths = [f"{s.path}()" for s in self.symbols.resolve(at.to(call.callee)) if isinstance(s, External)]
        if any(sources.socket_message(one) for one in paths):
            yield from of_role(Role.SOCKET, "message", path, here)
        for part in filter(None, map(sources.request_getter, paths)):
            asked = self.program.value(at.to(call.args[0].value)) if call.args else None
            name = asked.text if isinstance(asked, ir.Literal) else "argument"
            yield from part_of(Nature.HEADERS if part == "cookies" else Nature.REQUEST, (part, name, *path), here)
        base = self.program.bare(at.to(callee.base))
        held, python = self.program.value(base), self.program.modules[at.module].language == "python"
        part = sources.request_method(callee.name)
        if python and not paths and isinstance(held, ir.Param) and part:
            formal, name = Formal(Fn(base.module, base.function), held.index), self.transfers.hints.name_of(base)
            read = self.served(formal, name, (part, *path))
            yield from part_of(*read, here) if read else ()

    def _is_read_whole(self, at: At, call: ir.Call, read: list[str]) -> bool:
        """Whether the input is read once and to its end, as hooks and filters do: a server reads message by message."""
        given = self.program.value(self.program.bare(at.to(call.args[0].value)))
        ends = any(map(_READ.search, read)) and isinstance(given, ir.Call) and not given.args
        stream = any(p in {"sys.stdin", "sys.stdin.buffer"} for p in read)
        fn = Fn(at.module, at.function)
        blocks = self.program.function(fn).blocks
        block = next((block for number, _, block in self.program.calls(fn) if number == at.value), -1)
        while block >= 0:
            if blocks[block].kind == "loop":
                return False
            block = blocks[block].parent
        return ends or stream

    def handed(self, formal: Formal, name: str, path: Path) -> tuple[Nature, Path] | None:
        """The part that is taken of a parameter: of an inbound request, or of what a client failed with."""
        return self.failures.part(formal, path) or self.served(formal, name, path)

    def served(self, formal: Formal, name: str, path: Path) -> tuple[Nature, Path] | None:
        """The part of an inbound request that is taken of a parameter, and the names inside it."""
        if brought := self.transfers.hints.roles.brought(formal):
            closed = self.transfers.hints.is_closed(formal, path)
            return None if closed else handedobjects.taken(brought, path, parts=self._has_parts(formal, path))
        path = ("request", "environ", *path) if self.is_environ(formal) else path
        if carried := sources.carried(path):
            return Nature.HEADERS, carried
        if not path:  # Go writes the fields of a request, its headers among them
            whole = any(isinstance(s, External) and s.path == _GO_REQUEST for s in self.symbols.resolve_formal(formal))
            return (Nature.HEADERS, ("Header",)) if whole else None
        serves = self.transfers.hints.roles.serves(formal) or self.is_environ(formal)
        names = path[1:] if serves and path[0] in _CARRIES else path
        untyped = self.program.modules[formal.fn.module].language != "go" and sources.request_name(name)
        known = serves or untyped or self._is_request(formal)
        if not names or not known or (self.transfers.hints.is_own(formal) and not serves):
            return None
        if names[0] == ANY:  # a request goes through its body in chunks
            return Nature.BODY, ("body", *names[1:])
        names = sources.of_environ(names)
        sent = bool(names) and sources.upload_name(names)
        nature = Nature.REQUEST if sent else sources.request_part(names[0]) if names else None
        nature = Nature.ENVIRONMENT if serves and path in _BOUND else nature
        return (nature, names) if nature and not self.transfers.hints.is_closed(formal, path) else None

    def _has_parts(self, formal: Formal, path: Path) -> bool:
        """Whether a schema says that it is an object."""
        return any(shape.fields for shape in self.transfers.hints.applied.of(formal, path))

    def sent(self, module: int, nature: Nature, names: Path, here: Step) -> Iterator[Origin]:
        """A part of an inbound request: parsers refuse line breaks in a header, and Node's in an address."""
        script = self.program.is_script(module)
        go = self.program.modules[module].language == "go"
        keyed = names[1:] == (ANY,) or (script and names[1:] == (ANY, "1")) or (go and names[1:] == (ANY, "0"))
        each = keyed and nature is Nature.HEADERS
        held = part_of(nature, names[:1] if each else names, here)
        unbroken = each or (script and sources.encoded(names))
        yield from (replace(o, escaped=o.escaped or unbroken) for o in held)

    def is_environ(self, formal: Formal) -> bool:
        """Whether a WSGI server hands the request in: ``def application(environ, start_response)``."""
        names = [parameter.name for parameter in self.program.function(formal.fn).params[formal.position :][:2]]
        return len(names) > 1 and names[1] == "start_response"

    def _is_request(self, formal: Formal) -> bool:
        """Whether the declared type is a web framework's request, or the context that holds one."""
        declared = self.symbols.resolve_formal(formal)
        return any(isinstance(s, External) and sources.request_type(s.path) for s in declared)

    def _uses(self, module: int, library: str) -> bool:
        """Whether a file imports a library."""
        values = (value for function in self.program.modules[module].functions for value in function.values)
        return any(isinstance(value, ir.Import) and value.module == library for value in values)

    def _answer(self, at: At, line: int, nature: Nature, names: Path) -> Iterator[Origin]:
        """A response's headers or a piece of its body; all of its body by what the request was for."""
        whole = nature is Nature.UPSTREAM and len(names) == 1
        here = self.transfers.step(at, line, f"{names[0]} of an upstream response")
        called = self.transfers.hints.name_of(at)
        if whole and called != names[0]:  # an item of it, or what an attribute keeps of it
            yield Origin(nature, called or names[0], (here,))
        elif not whole:
            foreign = nature is Nature.UPSTREAM and not self.endpoints.gives_tokens(at)
            for part in part_of(nature, names, here):
                told = Nature.UPSTREAM if part.nature is Nature.REQUEST else part.nature
                yield replace(part, nature=told, foreign=foreign)
        else:
            tokens = self.endpoints.gives_tokens(at)
            yield Origin(Nature.TOKENS if tokens else Nature.RESPONSE, names[0], (here,))

    def caught(self, at: At, caught: ir.Caught, path: Path) -> Iterator[Origin]:
        """What an exception holds: an HTTP client's carries the answer that it was raised for."""
        if path[:1] == ("response",) and len(path) >= _RAISED_WITH and (nature := sources.response_part(path[1])):
            here = self.transfers.step(at, caught.line, f"{path[1]} of the response that was refused")
            whole = nature is Nature.UPSTREAM and len(path) == _RAISED_WITH
            held = (Origin(Nature.RESPONSE, path[1], (here,)),) if whole else part_of(nature, path[1:], here)
            yield from (replace(o, foreign=not whole and nature is Nature.UPSTREAM) for o in held)
            return
        if path[:1] in {("config",), ("request",)} and self._uses(at.module, "axios"):
            if path[:2] in _WHOLE_REQUESTS:
                yield from self._sent(at, caught.line, "", ("headers", *path[2:]))
            return
        name = ".".join(("exception", *path))
        yield Origin(Nature.EXCEPTION, name, (self.transfers.step(at, caught.line, "caught here"),))
