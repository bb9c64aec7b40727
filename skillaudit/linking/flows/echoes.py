"""Where secrets leave otherwise than by a log: in errors that are raised or returned, in what tools answer."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Echo, EchoKind, Flow, Form, Nature, Step
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Instance
from skillaudit.linking.origins.errortexts import TEXTS
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.tools.capabilities import gives_credentials
from skillaudit.linking.values.origin import SECRET, Origin, has_secret

_MADE_ERRORS = {
    "fmt.Errorf", "errors.New", "github.com/pkg/errors.New", "github.com/pkg/errors.Errorf",
    "github.com/pkg/errors.Wrap", "github.com/pkg/errors.Wrapf", "google.golang.org/grpc/status.Errorf",
    "google.golang.org/grpc/status.Error",
}  # fmt: skip
_JOINED_ERRORS = {"errors.Join", "go.uber.org/multierr.Combine", "go.uber.org/multierr.Append"}
_REJECTING = {"reject"}
_FAILED = {"NewToolResultError", "NewToolResultErrorf", "NewToolResultErrorFromErr"}
_FAR = 6
"""Stops after which a credential that only its name speaks for is no longer believed."""
_CLIENT_SENT = {Nature.ARGUMENT, Nature.ARGUMENTS, Nature.REQUEST, Nature.MESSAGE}


_SETTINGS = re.compile(r"(?:settings|config|configuration|conf|cfg|credentials?|secrets)$", re.IGNORECASE)
_QUOTED = re.compile(r"`(\w+)`")
_SHOWS = re.compile(r"`(?P<cls>\w+)` shows ")


def _is_settings(origin: Origin) -> bool:
    """Whether it is the server's settings as a whole, by the name of the object or of its class."""
    shown = _SHOWS.match(origin.trace[0].note) if origin.nature is Nature.CONFIG and origin.trace else None
    return shown is not None and bool(_SETTINGS.search(origin.name) or _SETTINGS.search(shown["cls"]))


@dataclass(slots=True)
class Echoes:
    """Reads raises and returns."""

    box: Toolbox
    _giving: set[str] = field(default_factory=set)

    def all(self, candidates: Iterable[Candidate]) -> Iterator[Echo]:
        """Every error or answer that a secret reaches."""
        tools = [*candidates, *self.box.namesakes]
        answering = {c.handler: c.name for c in tools if c.handler is not None}
        self._giving = {c.name for c in tools if gives_credentials(c)}
        answering |= {fn: "" for fn in (*self.box.dispatchers, *self.box.answering) if fn not in answering}
        for fn in self.box.program.functions():
            if self.box.program.surface(fn.module).analysed:
                yield from self._errors(fn, answering)
        for fn, name in answering.items():
            if self.box.program.surface(fn.module).analysed:
                yield from self._answers(fn, name)

    # --- errors

    def _errors(self, fn: Fn, answering: dict[Fn, str]) -> Iterator[Echo]:
        for step in self.box.program.function(fn).steps:
            match step:
                case ir.Raise(value=value, block=block, line=line) if value >= 0:
                    escapes = fn in answering and not self._is_caught(fn, block)
                    kind = EchoKind.TOOL_ERROR if escapes else EchoKind.RAISED
                    yield from self._echo(fn, line, kind, self._put(fn.at(value)), answering.get(fn, ""))
                case ir.Return(value=value, line=line) if value >= 0 and self._is_go(fn):
                    yield from self._echo(fn, line, EchoKind.RETURNED, self._made(fn.at(value)), "")
                case ir.Do(value=value) if self._rejects(fn, value):
                    call = self.box.program.value(fn.at(value))
                    if isinstance(call, ir.Call) and call.args:
                        at = fn.at(call.args[0].value)
                        made = isinstance(self.box.program.value(self.box.program.bare(at)), ir.Call)
                        put = self._put(at) if made else [at]
                        yield from self._echo(fn, call.line, EchoKind.RAISED, put, "")
                case _:
                    continue

    def _is_go(self, fn: Fn) -> bool:
        return self.box.program.modules[fn.module].language == "go"

    def _is_caught(self, fn: Fn, block: int) -> bool:
        blocks = self.box.program.function(fn).blocks
        while block >= 0:
            if blocks[block].kind == "try":
                return True
            block = blocks[block].parent
        return False

    def _made(self, at: At) -> Iterator[At]:
        """The errors that a Go function makes where it returns them."""
        value = self.box.program.value(at)
        match value:
            case ir.Sequence():
                for item in value.items:
                    yield from self._made(at.to(item))
            case ir.Variable():
                yield from self._made(at.to(value.value))
            case ir.Call():
                paths = {s.path for s in self.box.symbols.resolve(at.to(value.callee)) if isinstance(s, External)}
                if paths & _MADE_ERRORS:
                    yield at
                for argument in value.args if paths & _JOINED_ERRORS else ():
                    yield from self._made(at.to(argument.value))
            case ir.Record(made_of=made) if made >= 0:
                told = self._told(at)
                yield from (at.to(entry.value) for entry in value.entries if entry.key in told)
            case _:
                return

    def _told(self, at: At) -> set[str]:
        """The fields that the project's own error type writes into its text."""
        owners = [s.cls for s in self.box.symbols.resolve(at) if isinstance(s, Instance)]
        texts = [
            Fn(cls.module, method.function)
            for cls in owners
            for method in self.box.program.klass(cls).methods
            if method.name == "Error"
        ]
        read = (value for fn in texts for value in self.box.program.function(fn).values)
        return {value.name for value in read if isinstance(value, ir.Member)}

    def _rejects(self, fn: Fn, value: int) -> bool:
        """Whether a call does what a raise does: ``reject(error)``, ``next(error)``, ``panic(text)``, a note of one."""
        call = self.box.program.value(fn.at(value))
        language = self.box.program.modules[fn.module].language
        if not isinstance(call, ir.Call):
            return False
        if language == "python":
            return self.box.program.called(fn.at(call.callee)) == "add_note"
        if language == "go":
            callee = self.box.program.value(fn.at(call.callee))
            return isinstance(callee, ir.Name) and callee.name == "panic"
        name = self.box.origins.name_of(fn.at(call.callee))
        return name in _REJECTING or (name == "next" and bool(call.args) and self._is_error(fn.at(call.args[0].value)))

    def _is_error(self, at: At) -> bool:
        """Whether a value is a new error, also of a class of the project."""
        made = self.box.program.value(self.box.program.bare(at))
        return isinstance(made, ir.Call) and made.new and self.box.origins.name_of(at).endswith("Error")

    def _put(self, at: At) -> list[At]:
        """What is put into the text of an error that is made here."""
        at = self.box.program.bare(at)
        value = self.box.program.value(at)
        if isinstance(value, ir.Text):
            return [at]
        if isinstance(value, ir.Opaque) and value.kind == "assert":
            return [at.to(message) for message in value.children]
        arguments = self.box.origins.thrown.texts.written(at, value) if isinstance(value, ir.Call) else ()
        return [at.to(a.value) for a in arguments if not a.name or a.name in TEXTS]

    # --- answers

    def _answers(self, fn: Fn, name: str) -> Iterator[Echo]:
        for step in self.box.program.function(fn).steps:
            if isinstance(step, ir.Return) and step.value >= 0:
                failed = self._fails(fn.at(step.value))
                kind = EchoKind.TOOL_ERROR if failed else EchoKind.TOOL_RESULT
                line = self._line(fn.at(step.value), step.line)
                yield from self._echo(fn, line, kind, self._filled(fn, step), name)

    def _filled(self, fn: Fn, step: ir.Return) -> list[At]:
        """What is returned; not what stands beside an error that the branch asks about: that is Go's zero value."""
        at = fn.at(step.value)
        value = self.box.program.value(at)
        if not isinstance(value, ir.Sequence) or not self._is_go(fn):
            return [at]
        failed = self._failed(fn, step.block)
        return [at.to(item) for item in value.items if not self._made_by(at.to(item)) & failed]

    def _failed(self, fn: Fn, block: int) -> set[At]:
        """The calls whose error is not nil in a block."""
        blocks, found = self.box.program.function(fn).blocks, set[At]()
        while block >= 0:
            test = self.box.program.value(fn.at(blocks[block].test)) if blocks[block].kind == "if" else None
            if isinstance(test, ir.Operation) and test.operator == "!=":
                found |= self._made_by(fn.at(test.operands[0]))
            block = blocks[block].parent
        return found

    def _made_by(self, at: At) -> set[At]:
        """The call that gives out the value as one of several."""
        at = self.box.program.bare(at)
        value = self.box.program.value(at)
        if not isinstance(value, ir.Item):
            return set()
        made = self.box.program.bare(at.to(value.base))
        return {made} if isinstance(self.box.program.value(made), ir.Call) else set()

    def _line(self, at: At, line: int) -> int:
        """The line of the part of an answer that holds the secret, where it is written out in place."""
        value = self.box.program.value(at)
        match value:
            case ir.Record():
                inner = [at.to(entry.value) for entry in value.entries]
            case ir.Sequence():
                inner = [at.to(item) for item in value.items]
            case ir.Call() | ir.Text() | ir.Member():
                return value.line
            case _:
                return line
        holding = [part for part in inner if has_secret(self.box.origins.known(part))]
        return self._line(holding[0], line) if holding else line

    def _fails(self, at: At) -> bool:
        value = self.box.program.value(at)
        if isinstance(value, ir.Variable):
            return self._fails(at.to(value.value))
        if isinstance(value, ir.Sequence) and value.items:
            return self._fails(at.to(value.items[0]))
        if isinstance(value, ir.Call):
            return self.box.origins.name_of(at.to(value.callee)) in _FAILED
        entries = value.entries if isinstance(value, ir.Record) else ()
        said = [self.box.program.value(at.to(e.value)) for e in entries if e.key in {"isError", "IsError"}]
        return any(isinstance(one, ir.Literal) and one.text.lower() == "true" for one in said)

    # --- both

    def _echo(self, fn: Fn, line: int, kind: EchoKind, values: Iterable[At], tool: str) -> Iterator[Echo]:
        origins = [o for at in values for o in self.box.origins.known(at)]
        sent = {o.name for o in origins if o.nature in _CLIENT_SENT}
        here = self.box.program.location(fn.module, line)
        near = (o for o in origins if o.certain or len(o.trace) <= _FAR)
        answered = kind in {EchoKind.TOOL_RESULT, EchoKind.TOOL_ERROR}
        told = (o for o in near if o.nature in SECRET or (answered and (_is_settings(o) or self._is_filled(o))))
        secret = [o for o in told if o.name not in sent]
        flows = tuple(self._flow(o, Step(here, kind.value)) for o in sorted(secret, key=lambda o: o.foreign))
        if flows:
            yield Echo(
                location=here,
                surface=self.box.program.surface(fn.module),
                package=self.box.program.package_path(fn.module),
                kind=kind,
                tool=tool,
                function=self.box.program.function(fn).qualname,
                flows=tuple(dict.fromkeys(flows)),
                declared=tool in self._giving,
            )

    def _is_filled(self, origin: Origin) -> bool:
        """Whether it is an object of a class of which a field is filled from the environment."""
        shown = _SHOWS.match(origin.trace[0].note) if origin.nature is Nature.CONFIG and origin.trace else None
        if shown is None:
            return False
        place, names = origin.trace[0].location, _QUOTED.findall(origin.trace[0].note)[1:]
        modules = self.box.program.modules
        classes = [
            Cls(number, index)
            for number, module in enumerate(modules)
            if module.path == place.path
            for index, declared in enumerate(module.classes)
            if declared.line == place.line
        ]
        held = (o for cls in classes for name in names for o in self.box.origins.holdings.held(cls, (name,)))
        return any(one.nature in {Nature.SECRET_VARIABLE, Nature.ENVIRONMENT} for one in held)

    def _flow(self, origin: Origin, end: Step) -> Flow:
        nature = origin.nature or Nature.CREDENTIAL
        flow = Flow(
            nature, origin.name, Form.MESSAGE, (*origin.trace, end), partial=origin.partial, foreign=origin.foreign
        )
        return replace(flow, certain=origin.certain, escaped=origin.escaped, kept=origin.kept)
