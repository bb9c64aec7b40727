"""What keeps nothing of what it is given: streams to nowhere, handlers over them, functions without an effect."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.calls.uses import Uses
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.names.program import At, Cls, Fn

_NOWHERE = "/dev/null"
_NO_FILE = re.compile(r"^(?:node:)?os\.(?:devnull|devNull|DevNull)$")
_OPENERS = re.compile(
    r"^(?:(?:builtins\.|io\.)?open|os\.(?:OpenFile|Create|[Oo]pen)|(?:node:)?fs\.(?:default\.)?createWriteStream|"
    r"pino\.(?:default\.)?destination|logging\.(?:handlers\.)?\w*FileHandler)$"
)
_UNREAD = re.compile(r"^(?:io\.(?:StringIO|BytesIO)|(?:node:)?stream\.PassThrough)$")
_WRITABLE = re.compile(r"^(?:node:)?stream\.Writable$")
_OVER_STREAM = re.compile(r"^(?:logging\.StreamHandler|structlog\.(?:Print|Write)LoggerFactory)$")
_DISCARD = re.compile(r"^(?:io|io/ioutil)\.Discard$")
_QUIET = {"logging.NullHandler", "structlog.ReturnLoggerFactory", "structlog.testing.CapturingLoggerFactory"}
_MEMORY = "logging.handlers.MemoryHandler"
_HOLDING = {"logging.handlers.QueueHandler", _MEMORY}
_LISTENER = re.compile(r"^logging\.handlers\.QueueListener$")
_DRAINING = {"queue", "listener", "target", "setTarget", "buffer"}
_TARGET = 2
"""The place of the target among the arguments of ``MemoryHandler``; a queue handler has one."""
_FALSY = {"False", "false", "0", ""}
_LAST = {"CRITICAL", "FATAL", "LevelError"}
_MOST = 50
"""``logging.CRITICAL``."""
_MOST_SLOG = 8
"""``slog.LevelError``."""


@dataclass(slots=True)
class Voids:
    """Answers for one value at a time; what is not known keeps something."""

    setups: Setups
    uses: Uses

    def stream(self, at: At) -> bool:
        """Whether what is written to a value goes nowhere."""
        ends = list(self.setups.ends(at))
        return bool(ends) and all(self._stream(end, inline=end == at) for end in ends)

    def _stream(self, at: At, *, inline: bool) -> bool:
        value = self.setups.box.program.value(at)
        if isinstance(value, ir.Record):
            writes = self._methods(self._made_of(at, value), "Write")
            return self.idle_all(self.setups.entry(at, "write")) or self._idle(writes)
        if isinstance(value, ir.Call):
            first = at.to(value.args[0].value) if value.args else None
            return any(self._opened(path, first, inline=inline) for path in self.setups.paths(at.to(value.callee)))
        return any(map(_DISCARD.match, self.setups.paths(at)))

    def _opened(self, path: str, first: At | None, *, inline: bool) -> bool:
        """Whether what a foreign function opens or makes goes nowhere; ``inline``: nobody else can read it."""
        if first is None or _UNREAD.match(path):
            return inline and bool(_UNREAD.match(path))
        if _WRITABLE.match(path):
            return self.idle_all(self.setups.entry(first, "write"))
        return bool(_OPENERS.match(path)) and self.nowhere(first)

    def nowhere(self, at: At) -> bool:
        """Whether a value is the path of the system's empty device."""
        return any(map(_NO_FILE.match, self.setups.paths(at))) or self.setups.texts(at) == [_NOWHERE]

    def handler(self, at: At) -> bool:
        """Whether a handler of Python's ``logging``, or a factory of structlog's loggers, drops what it gets."""
        value = self.setups.box.program.value(at)
        if not isinstance(value, ir.Call):
            return False
        given = [argument for argument in value.args if argument.name in {"", "stream", "file"}]
        for path in self.setups.paths(at.to(value.callee)):
            if path in _QUIET:
                return True
            if path in _HOLDING:
                return self._unread(at, value)
            if _OVER_STREAM.match(path):
                return bool(given) and self.stream(at.to(given[0].value))
        if self._stream(at, inline=True):
            return True
        return self._idle(self._methods(self.setups.classes(at.to(value.callee)), "emit"))

    def _unread(self, at: At, made: ir.Call) -> bool:
        """Whether nobody takes records from the queue or buffer that a handler puts them into."""
        if self.uses.of(at).members & _DRAINING:
            return False
        if len(made.args) > _TARGET or any(a.spread or a.name == "target" for a in made.args):
            return False
        if _MEMORY in self.setups.paths(at.to(made.callee)):
            return True
        ends = [end for a in made.args for end in self.setups.ends(at.to(a.value))]
        return bool(ends) and all(self._forgotten(end) for end in ends)

    def _forgotten(self, queue: At) -> bool:
        """Whether a queue is handed to nothing but handlers, and to listeners that nobody starts."""
        if not isinstance(self.setups.box.program.value(queue), ir.Call):
            return False
        use = self.uses.of(queue)
        return not use.escapes and not use.kept and not use.members and all(map(self._leaves_it, use.handed))

    def _leaves_it(self, at: At) -> bool:
        """Whether a call that is given a queue takes nothing from it."""
        call = self.setups.box.program.value(at)
        paths = self.setups.paths(at.to(call.callee)) if isinstance(call, ir.Call) else []
        if any(map(_LISTENER.match, paths)):
            use = self.uses.of(at)
            return not (use.escapes or use.handed or use.kept or use.members & {"start", "__enter__"})
        return any(path in _HOLDING for path in paths)

    def idle(self, at: At) -> bool:
        """Whether a value is a function of the project that does nothing with what it is given."""
        return self._idle(self._functions(at))

    def idle_functions(self, held: list[Fn]) -> bool:
        """Whether there are functions, and none has an effect."""
        return self._idle(held)

    def idle_all(self, values: Iterable[At]) -> bool:
        """Whether there are values, and all are such functions."""
        held = list(values)
        return bool(held) and all(map(self.idle, held))

    def refuses(self, at: At) -> bool:
        """Whether a filter lets nothing through: a function, or an object's ``filter``, that always says no."""
        classes = self.setups.classes(at)
        return self._always_no(self._methods(classes, "filter") if classes else self._functions(at))

    def always_raises(self, at: At) -> bool:
        """Whether a value is a function that gives nothing back and raises, whatever it is given."""
        held = self._functions(at)
        return bool(held) and all(map(self._only_raises, held))

    def shut(self, at: At) -> bool:
        """Whether an object of Go is a handler that is never enabled, or writes nothing."""
        value = self.setups.box.program.value(at)
        classes = self._made_of(at, value) if isinstance(value, ir.Record) else []
        return self._always_no(self._methods(classes, "Enabled")) or self._idle(self._methods(classes, "Handle"))

    def above(self, at: At) -> bool:
        """Whether a level is beyond all that records have."""
        return any(self._is_above(end) for end in self.setups.ends(at))

    def _is_above(self, at: At) -> bool:
        value = self.setups.box.program.value(at)
        match value:
            case ir.Literal(kind="num", text=text) if text.isdecimal():
                return int(text) > _MOST
            case ir.Operation(operator="+" | "*", operands=(first, _)):
                return any(path.rpartition(".")[2] in _LAST for path in self.setups.paths(at.to(first)))
            case ir.Call(callee=callee, args=(only,)) if "log/slog.Level" in self.setups.paths(at.to(callee)):
                level = self.setups.box.program.value(at.to(only.value))
                return isinstance(level, ir.Literal) and level.text.isdecimal() and int(level.text) > _MOST_SLOG
            case _:
                return False

    # --- functions

    def _does_nothing(self, fn: Fn) -> bool:
        program = self.setups.box.program
        function = program.function(fn)
        if any(isinstance(step, ir.Store | ir.Raise) for step in function.steps):
            return False
        for _, call, _ in program.calls(fn):
            callee = program.value(program.bare(fn.at(call.callee)))
            if not isinstance(callee, ir.Param) and program.called(fn.at(call.callee)) != "len":
                return False
        returned = (step.value for step in function.steps if isinstance(step, ir.Return) and step.value >= 0)
        return not any(isinstance(program.value(program.bare(fn.at(one))), ir.Param) for one in returned)

    def _only_raises(self, fn: Fn) -> bool:
        function = self.setups.box.program.function(fn)
        raises = [s for s in function.steps if isinstance(s, ir.Raise) and function.blocks[s.block].kind == "body"]
        return bool(raises) and not any(isinstance(step, ir.Return) for step in function.steps)

    def _idle(self, held: list[Fn]) -> bool:
        return bool(held) and all(map(self._does_nothing, held))

    def _always_no(self, held: list[Fn]) -> bool:
        program = self.setups.box.program
        for fn in held:
            steps = program.function(fn).steps
            returned = [program.value(fn.at(s.value)) for s in steps if isinstance(s, ir.Return) and s.value >= 0]
            if not returned or not all(isinstance(one, ir.Literal) and one.text in _FALSY for one in returned):
                return False
        return bool(held)

    def _functions(self, at: At) -> list[Fn]:
        """The project's functions that a value is; none where it may be something else."""
        program = self.setups.box.program
        found: list[Fn] = []
        for end in self.setups.ends(at):
            value = program.value(end)
            symbols = (
                (Fn(end.module, value.function),)
                if isinstance(value, ir.Closure)
                else self.setups.box.symbols.resolve(end)
            )
            own = [symbol for symbol in symbols if isinstance(symbol, Fn)]
            if not own or len(own) < len(symbols):
                return []
            found += own
        return found

    def _methods(self, classes: Iterable[Cls], name: str) -> list[Fn]:
        """The classes' own methods of a name."""
        program = self.setups.box.program
        return [Fn(cls.module, m.function) for cls in classes for m in program.klass(cls).methods if m.name == name]

    def _made_of(self, at: At, value: ir.Record) -> list[Cls]:
        return self.setups.classes(at.to(value.made_of)) if value.made_of >= 0 else []
