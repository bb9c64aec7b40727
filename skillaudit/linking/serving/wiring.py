"""Whether code is used: reached from a module's body, an entry point or a decorator in production, not only defined."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from skillaudit import ir
from skillaudit.linking.names.program import Cls, Fn
from skillaudit.linking.registrations import filehooks
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.model import Surface

_ENTRIES = {
    "main", "init", "__init_subclass__", "run", "cli", "serve", "start", "handler", "lambda_handler", "create_app",
    "run_server", "start_server", "serve_stdio", "create_server", "activate",
}  # fmt: skip
_DOTTED = re.compile(r"^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\.[A-Z]\w*$")
_ROUTES = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "middleware", "onRequest", "loader", "action"}
"""What frameworks call by the name under which a file exports it."""
_STARTED = {Surface.PRODUCTION, Surface.CLI, Surface.SCRIPT}
_CONSTRUCTORS = {"__init__", "constructor", "__post_init__", "__new__"}


@dataclass
class Wiring:
    """Answers for one function at a time, and remembers."""

    box: Toolbox
    _known: dict[Fn, bool] = field(default_factory=dict)
    _mentions: dict[Fn, list[Fn]] | None = None
    _dotted: dict[str, list[tuple[str, Fn]]] | None = None
    _builders: dict[Cls, list[Fn]] | None = None
    _asked: dict[str, list[Fn]] | None = None
    _names_read: frozenset[str] | None = None

    @cached_property
    def _hooks(self) -> frozenset[Fn]:
        return frozenset(filehooks.hooks(self.box))

    def live(self, fn: Fn) -> bool:
        """Whether production code runs the function, as far as the calls can be resolved."""
        if fn not in self._known:
            self._known[fn] = self._reached(fn)
        return self._known[fn]

    def never_called(self, fn: Fn) -> bool:
        """Whether nothing outside tests calls, hands on or so much as names the function: dynamic calls go by name."""
        function = self.box.program.function(fn)
        if fn.number == 0 or function.decorators or (function.name.startswith("__") and function.name.endswith("__")):
            return False
        return not any(user != fn for user in self.users(fn)) and function.name not in self._spoken()

    def users(self, fn: Fn) -> list[Fn]:
        """Code outside tests that calls the function or hands it on by its name."""
        called = [edge.caller for edge in self.box.calls.into.get(fn, ()) if self.counts(edge.caller)]
        return [*called, *self._mentioned().get(fn, ())]

    def _spoken(self) -> frozenset[str]:
        """Every name that code outside tests reads: members, free names, texts that may be looked up."""
        if self._names_read is None:
            found: set[str] = set()
            for fn in self.box.program.functions():
                if self.counts(fn):
                    found.update(member.name for _, member in self.box.program.of_kind(fn, ir.Member))
                    found.update(free.name for _, free in self.box.program.of_kind(fn, ir.Name))
                    texts = (text for _, text in self.box.program.of_kind(fn, ir.Literal) if text.kind == "str")
                    found.update(one.text for one in texts if one.text.isidentifier())
            self._names_read = frozenset(found)
        return self._names_read

    def counts(self, fn: Fn) -> bool:
        """Whether code belongs to what is installed and started; a command of its operator does."""
        return self.box.program.surface(fn.module) in _STARTED

    def _reached(self, fn: Fn) -> bool:
        seen = {fn}
        front = [fn]
        while front:
            current = front.pop()
            if self.enters(current):
                return True
            for other in self._users(current):
                if other not in seen:
                    seen.add(other)
                    front.append(other)
        return False

    def enters(self, fn: Fn) -> bool:
        """Whether code runs by itself or by its name: a module's body, an entry point, what a framework calls."""
        function = self.box.program.function(fn)
        called = fn in self.box.served or fn in self._hooks
        if fn.number == 0 or function.name in _ENTRIES or function.decorators or called:
            return True
        if function.parent or function.owner >= 0:
            return False
        return function.name in _ROUTES or function.name not in self.box.program.bindings(Fn(fn.module, 0))

    def _users(self, fn: Fn) -> list[Fn]:
        """Who calls a function or hands it on; of a method that is called through an object, who makes the object."""
        program = self.box.program
        function = program.function(fn)
        used = self.users(fn)
        if function.parent > 0:
            used.append(Fn(fn.module, function.parent))
        owner = self.box.symbols.owner(fn)
        if owner is not None and not used:
            used += self._made(owner) if function.name not in _CONSTRUCTORS else self._loaded(owner)
            if function.name not in _CONSTRUCTORS and not any(map(self._constructs, used)):
                used += self._named(function.name)
        return used

    def _constructs(self, fn: Fn) -> bool:
        return self.box.program.function(fn).name in _CONSTRUCTORS

    def _named(self, name: str) -> list[Fn]:
        """Production code that calls a method of this name on something whose type is not in sight."""
        if self._asked is None:
            self._asked = {}
            for fn in self.box.program.functions():
                if self.counts(fn):
                    for _, call, _ in self.box.program.calls(fn):
                        callee = self.box.program.value(fn.at(call.callee))
                        if isinstance(callee, ir.Member) and not self.box.symbols.resolve(fn.at(call.callee)):
                            self._asked.setdefault(callee.name, []).append(fn)
        return self._asked.get(name, [])

    def _made(self, owner: Cls) -> list[Fn]:
        """The constructors of a class, its own and those of its heirs, whose callers make the object."""
        classes = [owner, *self.box.symbols.heirs(owner)]
        held = [(cls, method) for cls in classes for method in self.box.program.klass(cls).methods]
        made = [Fn(cls.module, method.function) for cls, method in held if method.name in _CONSTRUCTORS]
        return [*made, *self._built(classes)] or self._loaded(owner)

    def _built(self, classes: list[Cls]) -> list[Fn]:
        """Production code that makes an object of a class without a constructor, or hands the class itself on."""
        if self._builders is None:
            self._builders = {}
            for fn in self.box.program.functions():
                if self.counts(fn):
                    for cls in self._classes_in(fn):
                        self._builders.setdefault(cls, []).append(fn)
        wanted = [part for cls in classes for part in self.box.symbols.same(cls)]
        return [fn for cls in wanted for fn in self._builders.get(cls, ())]

    def _classes_in(self, fn: Fn) -> Iterator[Cls]:
        """Classes that a function makes objects of, or passes as a value."""
        program = self.box.program
        inner = [number for _, held in program.of_kind(fn, ir.Sequence) for number in held.items]
        for _, call in program.of_kind(fn, ir.Call):
            inner += [call.callee, *(argument.value for argument in call.args)]
        for _, record in program.of_kind(fn, ir.Record):
            inner += [record.made_of, *(entry.value for entry in record.entries)]
        function = program.function(fn)
        for number in inner:
            if number >= 0 and self._names(function, number):
                yield from (s for s in self.box.symbols.resolve(fn.at(number)) if isinstance(s, Cls))

    def loaded(self, cls: Cls) -> bool:
        """Whether live code names the class by its dotted path."""
        return any(self.live(fn) for fn in self._loaded(cls))

    def _loaded(self, owner: Cls) -> list[Fn]:
        """Where a class is named by its dotted path, for a loader of plugins."""
        name = self.box.program.klass(owner).name
        place = self.box.program.modules[owner.module].path.removesuffix(".py").replace("/", ".")
        if self._dotted is None:
            self._dotted = {}
            for fn in self.box.program.functions():
                if self.box.program.modules[fn.module].language == "python" and self.counts(fn):
                    for value in self.box.program.function(fn).values:
                        if isinstance(value, ir.Literal) and value.kind == "str" and _DOTTED.match(value.text):
                            self._dotted.setdefault(value.text.rpartition(".")[2], []).append((value.text, fn))
        named = self._dotted.get(name, [])
        return [fn for text, fn in named if f".{place}".endswith("." + text.rpartition(".")[0])]

    def _mentioned(self) -> dict[Fn, list[Fn]]:
        """Functions that stand in a record or list, are stored or returned: whoever does that hands them on."""
        if self._mentions is None:
            self._mentions = {}
            for fn in self.box.program.functions():
                if self.counts(fn):
                    for value in self._handed_on(fn):
                        for symbol in self.box.symbols.resolve(fn.at(value)):
                            if isinstance(symbol, Fn) and symbol != fn:
                                self._mentions.setdefault(symbol, []).append(fn)
        return self._mentions

    def _handed_on(self, fn: Fn) -> Iterator[int]:
        function = self.box.program.function(fn)
        for _, record in self.box.program.of_kind(fn, ir.Record):
            yield from (entry.value for entry in record.entries if self._names(function, entry.value))
        for _, held in self.box.program.of_kind(fn, ir.Sequence):
            yield from (item for item in held.items if self._names(function, item))
        for step in function.steps:
            if isinstance(step, ir.Return | ir.Store) and step.value >= 0 and self._names(function, step.value):
                yield step.value

    def _names(self, function: ir.Function, value: int) -> bool:
        return isinstance(function.values[value], ir.Name | ir.Member | ir.Variable | ir.Import)
