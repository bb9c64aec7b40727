"""What recognisers of tools share: candidates, handlers, and what a rule's places mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.environment import Environment
from skillaudit.linking.calls.graph import Calls
from skillaudit.linking.calls.lineage import Lineage
from skillaudit.linking.calls.scene import NOWHERE, Held, Scene, Seen
from skillaudit.linking.names.importing import Importing
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Formal, Symbols
from skillaudit.linking.origins.origins import Origins
from skillaudit.linking.origins.texts import Texts
from skillaudit.linking.registrations.answers import Answers
from skillaudit.linking.registrations.byhand import ByHand
from skillaudit.linking.registrations.handlers import Handler, Handlers
from skillaudit.linking.registrations.operations import Api
from skillaudit.linking.registrations.scenes import Scenes
from skillaudit.linking.values.injections import gives, marks
from skillaudit.linking.values.roles import Role, Roles
from skillaudit.model import Location
from skillaudit.toolsurface import Form

ROUTE = "FastAPI route"
"""Style of tools that are routes of a web application."""

_CONTEXT_TYPES = ("Context", "RequestHandlerExtra", "ServerSession", "CallToolRequestParams")
_ARGUMENTS_NAME = re.compile(r"(?i)^_?(?:raw|tool)?_?(?:args|arguments|params|parameters|input)$")
_CONTEXT_NAME = re.compile(r"(?:^|_)(?:ctx|context|extra|session)$|(?:Ctx|Context|Extra|Session)$")


class Made(msgspec.Struct, frozen=True):
    """What a library or dispatcher makes a tool of that no code of its own runs.

    ``runs`` is what runs it, ``takes`` what its document says of its parameters, ``whole`` whether that is all of it.
    """

    runs: Location
    takes: Form = msgspec.field(default_factory=dict)
    whole: bool = True


class Unnamed(msgspec.Struct, frozen=True):
    """A registration whose tools get their names at run time.

    ``name`` is the value of the name and ``handler`` the code, where the registration has them; ``around`` wraps it.
    """

    fn: Fn
    line: int
    name: At | None = None
    handler: Fn | None = None
    around: tuple[Fn, ...] = ()


class Candidate(msgspec.Struct, frozen=True):
    """A tool as one recogniser sees it; ``handler`` is None where its code was not found.

    ``around`` are the project's functions that wrap the handler or register it, ``dispatched`` says that a dispatcher
    stands between the client and the handler. ``text`` is the whole docstring, ``described`` and ``definition`` are the
    values of the description and of what holds the input schema.
    """

    name: str
    location: Location
    module: int
    handler: Fn | None
    style: str
    description: str = ""
    hints: tuple[str, ...] = ()
    dispatched: bool = False
    around: tuple[Fn, ...] = ()
    text: str = ""
    described: tuple[Seen, ...] = ()
    definition: tuple[Seen, ...] = ()
    made: Made | None = None


@dataclass(slots=True)
class Toolbox:
    """The program and its evaluators, as recognisers need them.

    ``dispatchers`` serve every tool of their package, ``answering`` serve resources and prompts, ``served`` handle
    routes in Python, ``namesakes`` share their name with another tool, as those of mounted servers do, ``unnamed``
    are registrations whose tools get their names at run time, ``apis`` the documents that they may be made from,
    ``environment`` the variables that deployments set, ``starting`` the packages that start a server.
    """

    program: Program
    symbols: Symbols
    calls: Calls
    origins: Origins
    texts: Texts
    roles: Roles
    apis: tuple[Api, ...] = ()
    environment: Environment = field(default_factory=Environment)
    dispatchers: list[Fn] = field(default_factory=list)
    answering: list[Fn] = field(default_factory=list)
    unnamed: list[Unnamed] = field(default_factory=list)
    namesakes: list[Candidate] = field(default_factory=list)
    served: set[Fn] = field(default_factory=set)
    starting: set[str] = field(default_factory=set)
    scenes: Scenes = field(init=False)
    handlers: Handlers = field(init=False)
    importing: Importing = field(init=False)
    byhand: ByHand = field(init=False)

    def __post_init__(self) -> None:
        """Set up the evaluators that registrations need."""
        answers = Answers(self.program, self.symbols)
        lineage = Lineage(self.program, self.symbols, self.calls)
        self.scenes = Scenes(self.program, self.symbols, self.calls, self.origins, self.texts, lineage, answers)
        self.handlers = Handlers(self.program, self.symbols, self.scenes)
        self.importing = Importing(self.program)
        self.byhand = ByHand(self.program, self.symbols)

    def keyword(self, fn: Fn, call: ir.Call, *names: str) -> At | None:
        """A keyword argument's value."""
        return next((fn.at(a.value) for a in call.args if a.name in names), None)

    def position(self, fn: Fn, call: ir.Call, index: int) -> At | None:
        """A positional argument's value, from the end where ``index`` is negative."""
        values = [a.value for a in call.args if not a.name and not a.spread]
        return fn.at(values[index]) if -len(values) <= index < len(values) else None

    def place(self, fn: Fn, call: ir.Call, place: str, scene: Scene = NOWHERE) -> Iterator[Seen]:
        """What a rule means by ``0``, ``-1``, ``0.name`` or ``0.name|0.id``, in each scene."""
        for option in place.split("|") if place else ():
            index, _, names = option.partition(".")
            number = int(index) if index.lstrip("-").isdecimal() else None
            path = tuple(names.split(".")) if names else ()
            given = [] if number is None else [*self._several(fn, call, number, scene)]
            at = None if number is None or given else self.position(fn, call, number)
            given = [(at, scene)] if at is not None else given
            found = [pair for one, inner in given for pair in list(self.scenes.entry(one, path, inner))]
            if found:
                yield from found
                return

    def _several(self, fn: Fn, call: ir.Call, index: int, scene: Scene) -> Iterator[tuple[At, Scene]]:
        """Go: one of the results of the only argument, ``s.AddTool(readNote(p))``."""
        only = fn.at(call.args[0].value) if len(call.args) == 1 else None
        if only is None or self.program.modules[fn.module].language != "go":
            return
        for held, found in list(self.scenes.of(only, scene)):
            value = self.program.value(held) if isinstance(held, At) else None
            if (
                isinstance(held, At)
                and isinstance(value, ir.Sequence)
                and -len(value.items) <= index < len(value.items)
            ):
                yield held.to(value.items[index]), found

    def handler(self, held: Held | None, scene: Scene = NOWHERE) -> Handler | None:
        """The function that a value denotes, through wrappers."""
        return self.handlers.of(held, scene)

    def around(self, fn: Fn, call: ir.Call) -> tuple[Fn, ...]:
        """The project's functions that register a handler with the SDK: they may wrap it."""
        return tuple(s for s in self.symbols.resolve(fn.at(call.callee)) if isinstance(s, Fn))

    def location(self, module: int, line: int, scene: Scene) -> tuple[int, Location]:
        """The file and place of a registration in its scene."""
        held, at = scene.place or (module, line)
        return held, self.program.location(held, at)

    def client_fills(self, fn: Fn | None, role: Role, only: int | None = None) -> None:
        """Say which parameters of a handler hold what the client sent."""
        if fn is None:
            return
        names, first = self.byhand.own(self.program.package_path(fn.module))
        for index, parameter in enumerate(self.program.function(fn).params):
            if (only is not None and index != only) or parameter.name in names or index < first:
                continue
            if _CONTEXT_NAME.search(parameter.name) or any(t in parameter.type_text for t in _CONTEXT_TYPES):
                continue
            if any(gives(name) for _, _, name in marks(self.program, Formal(fn, index))):
                continue
            self.roles.add(Formal(fn, index), role)

    def takes_arguments(self, fn: Fn) -> int:
        """Where a script's handler gets its arguments: in what is so called, else first, or behind a context."""
        params = self.program.function(fn).params
        named = (n for n, one in enumerate(params) if _ARGUMENTS_NAME.match(one.name))
        plain = (n for n, one in enumerate(params) if not _CONTEXT_NAME.search(one.name))
        return next(named, next(plain, 0))

    def seen(self, at: At | None, scene: Scene = NOWHERE) -> tuple[Seen, ...]:
        """A value in its scene, where there is one."""
        return () if at is None else ((at, scene),)

    def description(self, at: At | None, scene: Scene = NOWHERE) -> str:
        """A constant description, cut to its first line."""
        text = next((text for text, _ in self.scenes.texts(at, scene)), "") if at else ""
        return text.strip().partition("\n")[0][:300]

    def hints(self, at: At | None, scene: Scene = NOWHERE) -> tuple[str, ...]:
        """The annotations that are set: ``readOnlyHint``; one set to false as ``!destructiveHint``."""
        found: list[str] = []
        for held, _ in self.scenes.of(at, scene) if at else ():
            value = self.program.value(held) if isinstance(held, At) else None
            pairs = [(e.key, e.value) for e in value.entries] if isinstance(value, ir.Record) else []
            if isinstance(value, ir.Call):
                pairs = [(a.name, a.value) for a in value.args if a.name]
            for name, number in pairs:
                said = self.program.value(held.to(number)) if isinstance(held, At) else None
                if name.endswith("Hint") and isinstance(said, ir.Literal) and said.kind == "bool":
                    negated = "" if said.text.lower() == "true" else "!"
                    found.append(f"{negated}{name[0].lower()}{name[1:]}")
        return tuple(dict.fromkeys(found))
