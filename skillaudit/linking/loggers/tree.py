"""Python's loggers by name, and which of them the program gives handlers.

Source: the documentation of ``logging``; a record goes to the handlers of its logger and of those above it, as far as
they propagate.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.linking.calls.uses import Uses
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.loggers.voids import Voids
from skillaudit.linking.names.program import At, Fn

LOGGER = re.compile(r"^(?:logging\.getLogger\(\)|logging\.root)$")
_ROOT = frozenset({""})
_ADDING = {"append", "extend", "insert"}
_CONFIGURED = {"logging.config.dictConfig", "logging.config.fileConfig"}
_FOR_ROOT = re.compile(
    r"^(?:fastmcp|mcp\.server\.(?:fastmcp|mcpserver))\b.*(?:FastMCP|MCPServer)$|^(?:coloredlogs|logfire|absl|daiquiri)\b|"
    r"\.setup_logging$|^azure\.monitor\.opentelemetry\.configure_azure_monitor$"
)
"""Calls of libraries that give the root logger a handler where it has none."""
_NAMES = {
    "basicConfig", "dictConfig", "fileConfig", "FastMCP", "MCPServer", "install", "configure", "setup_logging", "setup",
    "configure_azure_monitor", "use_absl_handler",
}  # fmt: skip


class Addition(msgspec.Struct, frozen=True):
    """Step ``step`` of ``fn`` gives loggers handlers; ``names`` are theirs, None where they are not known.

    ``kept``: at least one of the handlers keeps what it gets, as far as can be told.
    """

    fn: Fn
    step: int
    names: frozenset[str] | None
    kept: bool


@dataclass(slots=True)
class LoggerTree:
    """Reads every call that gives a logger a handler, once."""

    setups: Setups
    voids: Voids
    uses: Uses
    _additions: tuple[Addition, ...] | None = field(default=None)

    def names(self, at: At) -> frozenset[str] | None:
        """The names that a logger may have, the root's being empty; None where it is not known which logger it is."""
        found: set[str] = set()
        for end in self.setups.ends(at):
            made = self.setups.box.program.value(end)
            paths = self.setups.paths(end)
            if "logging.root" in paths:
                found.add("")
            elif isinstance(made, ir.Call) and "logging.getLogger()" in paths:
                held = self._named(end, made)
                if held is None:
                    return None
                found |= held
            else:
                return None
        return frozenset(found) or None

    def _named(self, at: At, call: ir.Call) -> frozenset[str] | None:
        if not call.args:
            return _ROOT
        given = at.to(call.args[0].value)
        value = self.setups.box.program.value(given)
        if isinstance(value, ir.Name) and value.name == "__name__":
            return self.dotted(at.module)
        if isinstance(value, ir.Literal) and value.kind == "null":
            return _ROOT
        return frozenset(self.setups.texts(given)) or None

    def dotted(self, module: int) -> frozenset[str]:
        """What ``__name__`` may be in a file: its path, whatever folder the search for modules begins in."""
        path = self.setups.box.program.modules[module].path.removesuffix(".py").removesuffix("/__init__")
        parts = path.split("/")
        return frozenset(".".join(parts[start:]) for start in range(len(parts)))

    def is_own(self, at: At) -> bool:
        """Whether a logger is the root's or the package's own, and not some other package's by its name."""
        program = self.setups.box.program
        for end in self.setups.ends(at):
            made = program.value(end)
            if not isinstance(made, ir.Call):
                continue
            return not made.args or self.names_own(Fn(end.module, end.function), made)
        return "logging.root" in self.setups.paths(at)

    def names_own(self, fn: Fn, call: ir.Call) -> bool:
        """Whether the first argument of a call is a name of the package's own."""
        program = self.setups.box.program
        named = program.value(fn.at(call.args[0].value)) if call.args else None
        if isinstance(named, ir.Name):
            return named.name == "__name__"
        texts = self.setups.texts(fn.at(call.args[0].value)) if call.args else []
        return any(self.is_own_name(fn.module, text) for text in texts)

    def is_own_name(self, module: int, name: str) -> bool:
        """Whether a dotted name begins with the package's, or with a folder of the file that asks."""
        package = self.setups.box.program.package(module)
        folders = self.setups.box.program.modules[module].path.removesuffix(".py").split("/")
        own = {"__main__", *([package.name.replace("-", "_")] if package else []), *folders}
        return not name or name.partition(".")[0] in own

    # --- who gets handlers

    def additions(self) -> tuple[Addition, ...]:
        """Every step of production code that gives loggers handlers, in the order of files and steps."""
        if self._additions is None:
            program = self.setups.box.program
            held = (fn for fn in program.functions() if program.modules[fn.module].language == "python")
            self._additions = tuple(one for fn in held if program.surface(fn.module).counts for one in self._added(fn))
        return self._additions

    def _added(self, fn: Fn) -> Iterator[Addition]:
        function = self.setups.box.program.function(fn)
        for place, step in enumerate(function.steps):
            if isinstance(step, ir.Store) and step.base >= 0:
                base = function.values[step.base]
                if step.name == "handlers":
                    yield from self._listed(fn, place, fn.at(step.base), fn.at(step.value))
                elif not step.name and isinstance(base, ir.Member) and base.name == "handlers":
                    yield from self._listed(fn, place, fn.at(base.base), fn.at(step.value))
            elif isinstance(step, ir.Do) and isinstance(call := function.values[step.value], ir.Call):
                yield from self._called(fn, place, call)

    def _listed(self, fn: Fn, place: int, logger: At, handlers: At) -> Iterator[Addition]:
        held = list(self.setups.items(handlers))
        if held:
            yield Addition(fn, place, self.names(logger), not all(map(self.voids.handler, held)))

    def _called(self, fn: Fn, place: int, call: ir.Call) -> Iterator[Addition]:
        callee = self.setups.box.program.value(fn.at(call.callee))
        if isinstance(callee, ir.Member) and callee.name == "addHandler":
            kept = not (call.args and self.voids.handler(fn.at(call.args[0].value)))
            yield Addition(fn, place, self.names(fn.at(callee.base)), kept)
            return
        if isinstance(callee, ir.Member) and callee.name in _ADDING:
            base = self.setups.box.program.value(fn.at(callee.base))
            if isinstance(base, ir.Member) and base.name == "handlers":
                yield Addition(fn, place, self.names(fn.at(base.base)), kept=True)
            return
        if self.setups.box.program.called(fn.at(call.callee)) not in _NAMES:
            return
        for path in self.setups.paths(fn.at(call.callee)):
            if path == "logging.basicConfig":
                named = {a.name: fn.at(a.value) for a in call.args}
                held = list(self.setups.items(named["handlers"])) if "handlers" in named else []
                yield Addition(fn, place, _ROOT, not held or not all(map(self.voids.handler, held)))
            elif path in _CONFIGURED:
                yield Addition(fn, place, self._configured(fn, call), kept=True)
            elif _FOR_ROOT.search(path):
                yield Addition(fn, place, _ROOT, kept=True)

    def _configured(self, fn: Fn, call: ir.Call) -> frozenset[str] | None:
        """The loggers that a configuration gives handlers; None where it is not in sight."""
        config = fn.at(call.args[0].value) if call.args else None
        if config is None or not self.in_sight(config):
            return None
        found = {""} if any(self._has_handlers(root) for root in self.setups.entry(config, "root")) else set()
        for loggers in self.setups.entry(config, "loggers"):
            found |= {name for name, logger in self.setups.entries(loggers) if self._has_handlers(logger)}
        return frozenset(found)

    def in_sight(self, config: At) -> bool:
        """Whether a configuration is a dictionary of constant keys, inner ones too, that nothing changes."""
        ends = list(self.setups.ends(config))
        return bool(ends) and all(self._is_fixed(end) and not self._is_changed(end) for end in ends)

    def _is_fixed(self, at: At) -> bool:
        held = self.setups.box.program.value(at)
        if not isinstance(held, ir.Record) or not all(entry.key for entry in held.entries):
            return False
        inner = [at.to(entry.value) for entry in held.entries]
        return all(self._is_plain(one) or self._is_fixed(one) for one in inner)

    def _is_plain(self, at: At) -> bool:
        """Whether an entry is no table: a constant, a list, a name of something else."""
        value = self.setups.box.program.value(at)
        return not isinstance(value, ir.Record | ir.Variable | ir.Call | ir.Item)

    def _is_changed(self, at: At) -> bool:
        use = self.uses.of(at)
        return use.escapes or bool(use.members)

    def _has_handlers(self, logger: At) -> bool:
        return any(True for held in self.setups.entry(logger, "handlers") for _ in self.setups.items(held))

    # --- single steps

    def call_of(self, one: Addition) -> ir.Call | None:
        """The call that a step is; None where it is a store."""
        step = self.setups.box.program.function(one.fn).steps[one.step]
        value = self.setups.box.program.value(one.fn.at(step.value)) if isinstance(step, ir.Do) else None
        return value if isinstance(value, ir.Call) else None

    def handlers_of(self, one: Addition) -> frozenset[At]:
        """The expressions that make the handlers which a step gives, as far as they are in sight."""
        program = self.setups.box.program
        call = self.call_of(one)
        step = program.function(one.fn).steps[one.step]
        given = [a.value for a in call.args] if call else [step.value]
        held = {at for value in given for at in (one.fn.at(value), *self.setups.items(one.fn.at(value)))}
        return frozenset(program.bare(at) for at in held)

    def resets(self, one: Addition) -> bool:
        """Whether a step gives the root logger these handlers and takes all others away."""
        call = self.call_of(one)
        if one.names is None or "" not in one.names:
            return False
        if call is None:
            return True
        if "logging.basicConfig" in self.setups.paths(one.fn.at(call.callee)):
            return any(a.name == "force" and self.setups.conditions.truth(one.fn.at(a.value)) for a in call.args)
        config = one.fn.at(call.args[0].value) if call.args and self.configures(one) else None
        return config is not None and not any(
            map(self.setups.conditions.truth, self.setups.entry(config, "incremental"))
        )

    def configures(self, one: Addition) -> bool:
        """Whether a step is a call of ``logging.config``."""
        call = self.call_of(one)
        return call is not None and not _CONFIGURED.isdisjoint(self.setups.paths(one.fn.at(call.callee)))

    def is_plain(self, one: Addition) -> bool:
        """Whether a step is ``basicConfig`` or a method of the logger: then the root has handlers from there on."""
        call = self.call_of(one)
        callee = self.setups.box.program.value(one.fn.at(call.callee)) if call else None
        return call is None or (isinstance(callee, ir.Member) and callee.name in {"addHandler", "basicConfig"})


def logger_tree(setups: Setups) -> LoggerTree:
    """The loggers of a program, with what is needed to read them."""
    uses = Uses(setups.box.program)
    return LoggerTree(setups, Voids(setups, uses), uses)
