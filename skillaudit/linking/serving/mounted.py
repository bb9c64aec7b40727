"""Whether what is made of a value goes anywhere: applications that nothing serves, wrappers whose result is dropped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.gates import children
from skillaudit.linking.calls.leaving import ancestors
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import Cls, External
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.unasked import Unasked
from skillaudit.linking.serving.whence import Whence, Whences

_REGISTERS = {
    "use", "all", "get", "post", "put", "patch", "delete", "head", "options", "route", "set", "disable", "enable",
    "param", "add_middleware", "middleware", "add_route", "add_api_route", "add_websocket_route",
    "include_router", "mount", "exception_handler", "add_exception_handler", "on_event", "add_event_handler",
    "Handle", "HandleFunc", "Use", "Any", "GET", "POST", "PUT", "PATCH", "DELETE", "Group", "With", "Route",
    "Method", "register", "addHook", "decorate", "before_request", "after_request", "add_url_rule",
    "register_blueprint", "onError", "notFound", "engine", "before",
}  # fmt: skip
"""Methods that put something into an application: they serve nothing."""

_MAKES = re.compile(r"(?:^|[./])[A-Z]\w*$")
_MAKES_GO = re.compile(r"\.(?:New\w*|HandlerFunc|\w+Handler|StripPrefix|AllowQuerySemicolons)$")
_SAME = {"||", "??", "or", "and", "&&", "await", "*", "&"}
_WAITS = {"loop", "with"}
_ROUTERS = {"APIRouter", "Blueprint", "Router"}


@dataclass(slots=True)
class Mounted:
    """Answers and remembers; what cannot be said is used."""

    box: Toolbox
    unasked: Unasked
    whences: Whences = field(init=False)
    _known: dict[At, bool] = field(default_factory=dict)
    _users: dict[Fn, dict[int, list[int]]] = field(default_factory=dict)
    _imported: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Tell constants from settings."""
        self.whences = Whences(self.box)

    def used(self, at: At) -> bool:
        """Whether a value of a function is served, kept, or given to something that may do so."""
        if at not in self._known:
            self._known[at] = False  # what only uses itself is not used
            self._known[at] = any(self._steps(at)) or any(self._values(at)) or self._outside(at)
        return self._known[at]

    def _steps(self, at: At) -> Iterator[bool]:
        fn = Fn(at.module, at.function)
        function = self.box.program.function(fn)
        for step in function.steps:
            if not isinstance(step, ir.Do) and step.value == at.value and self.runs(fn, step.block):
                yield not isinstance(step, ir.Return) or self._returned(fn)
        yield from (True for block in function.blocks if block.test == at.value and block.kind in _WAITS)

    def _returned(self, fn: Fn) -> bool:
        """Whether any caller does something with what a function gives back; who calls it from outside does."""
        edges = [e for e in self.box.calls.into.get(fn, ()) if self.box.program.surface(e.caller.module).counts]
        if not edges or self.box.program.function(fn).decorators:
            return True
        return any(edge.handed or self.used(edge.caller.at(edge.value)) for edge in edges)

    def runs(self, fn: Fn, block: int, line: int = 0) -> bool:
        """Whether constants, and what leaves in any case before a line, let a block run."""
        around = set(ancestors(self.box.program.function(fn), block))
        for step in self.box.program.function(fn).steps if line else ():
            yields = isinstance(step, ir.Return) and step.yields
            left = isinstance(step, ir.Raise | ir.Return) and step.block in around and step.line < line
            if left and not yields:
                return False
        return not any(self._closed(fn, *passed) for passed in self.unasked.passed(fn, block, line))

    def _closed(self, fn: Fn, branch: ir.Block, taken: bool) -> bool:  # noqa: FBT001 - as it is told
        """Whether constants of the code alone decide a branch against what lies behind it."""
        if branch.test < 0 or self.unasked.conditions.taken(fn, branch) is not taken:
            return False
        parts = self.unasked.deciding(fn.at(branch.test))
        return any(self.unasked.settled(at) and self.whences.of(at) is Whence.CONSTANT for at in parts)

    def _values(self, at: At) -> Iterator[bool]:
        """Whether any value is used that holds this one."""
        fn = Fn(at.module, at.function)
        values = self.box.program.function(fn).values
        for number in self._of(fn).get(at.value, ()):
            value = values[number]
            match value:
                case ir.Variable():
                    yield self._captured(fn, value.name) or self.used(fn.at(number))
                case ir.Call():
                    yield self._called(fn, number, value, at.value)
                case ir.Member():
                    yield self._member(fn, number)
                case ir.Operation(operator=operator):
                    yield operator in _SAME and self.used(fn.at(number))
                case ir.Choice():
                    yield self._chosen(fn, value, at.value) and self.used(fn.at(number))
                case ir.Item(key=key):
                    yield not self._empty(fn, key) and self.used(fn.at(number))
                case _:
                    yield self.used(fn.at(number))

    def _of(self, fn: Fn) -> dict[int, list[int]]:
        """By value, those made of it."""
        if fn not in self._users:
            found: dict[int, list[int]] = {}
            for number, value in enumerate(self.box.program.function(fn).values):
                inner = (value.value,) if isinstance(value, ir.Variable) else children(value)
                for one in inner:
                    found.setdefault(one, []).append(number)
            self._users[fn] = found
        return self._users[fn]

    def _captured(self, fn: Fn, name: str) -> bool:
        """Whether another function names a variable: one inside, or for a module's variable any."""
        module = self.box.program.modules[fn.module]
        inside = (Fn(fn.module, n) for n in range(len(module.functions)) if n != fn.number)
        return any(v.name == name for one in inside for _, v in self.box.program.of_kind(one, ir.Name))

    def _outside(self, at: At) -> bool:
        """Whether what surrounds the function has the value: other files, or a function whose default it is."""
        program = self.box.program
        module = program.modules[at.module]
        if not at.function and self._offered(at):
            return True
        for number, function in enumerate(module.functions):
            if function.parent == at.function:
                given = {index for index, one in enumerate(function.params) if one.default == at.value}
                inner = Fn(at.module, number)
                if given and self._declares(inner):
                    return True
                held = (n for n, v in program.of_kind(inner, ir.Param) if v.index in given)
                if any(self.used(inner.at(n)) for n in held):
                    return True
        return False

    def _declares(self, fn: Fn) -> bool:
        """Whether others than the program call a function, so that defaults may be declarations: ``Depends(user)``."""
        edges = self.box.calls.into.get(fn, ())
        return bool(self.box.program.function(fn).decorators) or all(edge.handed for edge in edges)

    def _offered(self, at: At) -> bool:
        """Whether other files may get a module's value: exported in scripts, any in Python but for unused routers."""
        program = self.box.program
        if program.is_script(at.module):
            exports = [export.value for export in program.modules[at.module].exports if export.value >= 0]
            return any(program.bare(At(at.module, 0, value)) == program.bare(at) for value in exports)
        value = program.value(at)
        if not isinstance(value, ir.Variable):
            return False
        made = program.value(program.bare(at))
        called = program.called(program.bare(at).to(made.callee)) if isinstance(made, ir.Call) else ""
        return called not in _ROUTERS or value.name in self._asked_for()

    def _asked_for(self) -> frozenset[str]:
        """Every name that a file imports or takes from a module."""
        if self._imported is None:
            found: set[str] = set()
            for fn in self.box.program.functions():
                found.update(value.symbol for _, value in self.box.program.of_kind(fn, ir.Import))
                found.update(value.name for _, value in self.box.program.of_kind(fn, ir.Member))
            self._imported = frozenset(found)
        return self._imported

    def _member(self, fn: Fn, number: int) -> bool:
        """``app.listen`` serves, ``app.use(…)`` gives the application back, ``app.state`` is a use."""
        values = self.box.program.function(fn).values
        name = getattr(values[number], "name", "")
        called = [n for n in self._of(fn).get(number, ()) if getattr(values[n], "callee", -1) == number]
        return name not in _REGISTERS or not called or any(self.used(fn.at(one)) for one in called)

    def handed(self, fn: Fn, number: int, given: int) -> bool:
        """Whether it matters that a call is given a value."""
        call = self.box.program.value(fn.at(number))
        return not isinstance(call, ir.Call) or self._called(fn, number, call, given)

    def _called(self, fn: Fn, number: int, call: ir.Call, given: int) -> bool:
        program = self.box.program
        if call.callee == given:
            return True
        if not all(self.runs(fn, block) for value, _, block in program.calls(fn) if value == number):
            return False
        callee = program.value(fn.at(call.callee))
        if isinstance(callee, ir.Member) and callee.name in _REGISTERS:
            return self._application(fn.at(callee.base))
        symbols = self.box.symbols.resolve(fn.at(call.callee))
        own = [s for s in symbols if isinstance(s, Fn)]
        paths = [s.path for s in symbols if isinstance(s, External)]
        makes_one = _MAKES_GO if program.modules[fn.module].language == "go" else _MAKES
        makes = call.new or any(isinstance(s, Cls) for s in symbols) or any(map(makes_one.search, paths))
        if own:
            return any(map(self._keeps, own)) or self.used(fn.at(number))
        return not makes or self.used(fn.at(number))

    def _application(self, at: At) -> bool:
        """Whether the application, or router, that something is put into is served; unknown ones are."""
        made = self.box.program.given(at)
        value = self.box.program.value(made)
        callee = self.box.program.value(made.to(value.callee)) if isinstance(value, ir.Call) else None
        if isinstance(callee, ir.Member) and callee.name in _REGISTERS:  # a group or route of another
            return self._application(made.to(callee.base))
        return not isinstance(value, ir.Call | ir.Record) or self.used(made)

    def _keeps(self, fn: Fn) -> bool:
        """Whether a function of the project does something else than to give back what it makes of what it is given."""
        function = self.box.program.function(fn)
        returns = any(isinstance(step, ir.Return) and step.value >= 0 for step in function.steps)
        return not returns or any(isinstance(step, ir.Store) for step in function.steps)

    def _chosen(self, fn: Fn, choice: ir.Choice, given: int) -> bool:
        """Whether constants may choose this one of two."""
        if choice.test < 0 or self.whences.of(fn.at(choice.test)) is not Whence.CONSTANT:
            return True
        truth = self.unasked.conditions.truth(fn.at(choice.test))
        return truth is None or choice.options[0 if truth else -1] == given

    def _empty(self, fn: Fn, key: int) -> bool:
        """``handlers[:0]``."""
        part = self.box.program.value(fn.at(key))
        end = (
            part.children[1] if isinstance(part, ir.Opaque) and part.kind == "slice" and len(part.children) > 1 else -1
        )
        return end >= 0 and self.box.program.value(fn.at(end)) == ir.Literal("num", "0")
