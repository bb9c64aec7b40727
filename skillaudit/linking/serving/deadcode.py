"""Code of an application that nothing reaches: not called, not handed on, named nowhere, or only by such code.

Said of packages that start a server, of methods also where the manifest says that it is an application; of methods
whose objects the project makes and keeps to itself, or never makes, of functions in Go; never where code is looked up
by names made at run time. What frameworks call (methods of heirs of a library's class, decorated functions, entry
points) is reached.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.events import Unused
from skillaudit.facts import LogCall, Transport
from skillaudit.linking.calls.graph import CONSTRUCTORS
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Instance
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.serving.unmade import Unmade
from skillaudit.linking.serving.wiring import Wiring

_DYNAMIC = {"getattr", "globals", "locals", "vars", "eval", "exec", "importlib.import_module", "__import__"}
_LOOKING = {"python": _DYNAMIC, "typescript": {"eval"}, "javascript": {"eval"}}
_INJECTED = "wire_gen.go"
_REQUESTS = ("http.Request", "http.ResponseWriter", "gin.Context", "echo.Context", "fiber.Ctx")

Record = tuple[Fn, int, LogCall]


@dataclass(slots=True)
class DeadCode:
    """Answers for one function at a time, and remembers what it was asked to leave out."""

    box: Toolbox
    wiring: Wiring
    applications: frozenset[str]
    left_out: dict[Unused, None] = field(default_factory=dict)
    _known: dict[Fn, bool] = field(default_factory=dict)
    _speakers: dict[str, list[At]] | None = None
    _lookups: dict[int, bool] = field(default_factory=dict)
    _injected: bool | None = None
    _seen: frozenset[Cls] | None = None
    unmade: Unmade = field(init=False)

    def __post_init__(self) -> None:
        """Know the classes without objects."""
        self.unmade = Unmade(self.box, self.wiring)

    # --- what is left out

    def tools(self, held: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """The tools whose registration some code reaches."""
        return tuple(one for one in held if not self.dead(self._around(one)))

    def _around(self, tool: Candidate) -> Fn:
        """The function that stands around a registration."""
        program = self.box.program
        held = program.modules[tool.module].functions if tool.location.path == program.modules[tool.module].path else ()
        line = tool.location.line
        holding = (n for n, function in enumerate(held) if n and function.line <= line <= function.end_line)
        return Fn(tool.module, max(holding, key=lambda n: held[n].line, default=0))

    def records(self, held: Iterable[Record]) -> Iterator[Record]:
        """The records that some code writes."""
        for fn, block, call in held:
            if self.box.origins.thrown.clauses.never(fn, block):
                continue
            if not self.dead(fn):
                yield fn, block, call
            elif call.surface.counts:
                for flow in call.flows:
                    if flow.nature is not None:
                        self._leave(fn, flow.nature.value)

    def reaches(self, fn: Fn, danger: Danger) -> bool:
        """Whether a dangerous call in a function is ever made."""
        if not self.dead(fn):
            return True
        self._leave(fn, danger.value)
        return False

    def _leave(self, fn: Fn, kind: str) -> None:
        outer = self._outer(fn)
        program = self.box.program
        named = program.function(outer).qualname
        self.left_out[Unused(program.place(outer), program.package_path(fn.module), kind, named)] = None

    # --- what is dead

    def dead(self, fn: Fn) -> bool:
        """Whether nothing that runs leads to the function."""
        outer = self._outer(fn)
        if outer not in self._known:
            seen = self._led_to(outer)
            self._known |= dict.fromkeys(seen, True) if seen else {outer: False}
        return self._known[outer]

    def _led_to(self, fn: Fn) -> set[Fn]:
        """The function and all that leads to it, if none of that stands by itself; else nothing."""
        seen, front = {fn}, [fn]
        while front:
            current = front.pop()
            if self._known.get(current):
                continue
            if current in self._known or self._stands(current):
                return set()
            new = {self._outer(user) for user in self._users(current)} - seen
            seen |= new
            front += new
        return seen

    def _outer(self, fn: Fn) -> Fn:
        """The function of a module or class in which a closure is written."""
        while (parent := self.box.program.function(fn).parent) > 0:
            fn = Fn(fn.module, parent)
        return fn

    def _stands(self, fn: Fn) -> bool:
        """Whether a function runs, or may, without anything in sight that calls it."""
        function = self.box.program.function(fn)
        if self._is_ours(fn) and self._has_no_object(fn):
            return False
        if not self._is_ours(fn) or self.wiring.enters(fn) or function.name.startswith("__"):
            return True
        return function.owner >= 0 and not self._is_own_method(fn)

    def _has_no_object(self, fn: Fn) -> bool:
        """Whether a function is a method of a class that nothing makes objects of."""
        owner = self.box.program.function(fn).owner
        return owner >= 0 and self.unmade.has(Cls(fn.module, owner))

    def _users(self, fn: Fn) -> Iterator[Fn]:
        """Code outside tests that calls a function, hands it on, or says a name that may stand for it."""
        if self._has_no_object(fn):
            return
        yield from (user for user in self.wiring.users(fn) if user != fn)
        for at in self._spoken().get(self.box.program.function(fn).name, ()):
            if self._means(at, fn):
                yield Fn(at.module, at.function)

    def _is_ours(self, fn: Fn) -> bool:
        """Whether the file belongs to an application that finds nothing by names made at run time.

        Of functions that is said in Go alone, where whoever names one has to name its package; what serves requests is
        left alone, for a router may be filled in a way that is not seen.
        """
        program = self.box.program
        function, package = program.function(fn), program.package(fn.module)
        started = program.package_path(fn.module) in self.applications
        if function.owner >= 0:
            ours = started or (package is not None and package.kind == "application")
        else:
            serves = any(name in parameter.type_text for parameter in function.params for name in _REQUESTS)
            ours = started and program.modules[fn.module].language == "go" and not serves
        return ours and fn.number > 0 and program.surface(fn.module).counts and not self._looks_up(fn.module)

    def _is_own_method(self, fn: Fn) -> bool:
        """A method that no library calls: the project makes and keeps the objects; in Go only the package sees it."""
        program = self.box.program
        name, language = program.function(fn).name, program.modules[fn.module].language
        if language == "go":
            return name[:1].islower()
        owner = self.box.symbols.owner(fn)
        hidden = name.startswith("_") or language == "typescript"
        if owner is None or not hidden or name in CONSTRUCTORS or not self.box.calls.made.get(owner):
            return False
        return not any(self._extends(cls) or cls in self._shown() for cls in (owner, *self.box.symbols.heirs(owner)))

    def _shown(self) -> frozenset[Cls]:
        """Classes whose objects libraries get to see."""
        if self._seen is None:
            program = self.box.program
            found: set[Cls] = set()
            for fn in program.functions():
                for _, call, _ in program.calls(fn) if self.wiring.counts(fn) else ():
                    if any(isinstance(s, Fn | Cls) for s in self.box.symbols.resolve(fn.at(call.callee))):
                        continue
                    for value in self._inside(fn, [argument.value for argument in call.args]):
                        held = self.box.symbols.resolve(fn.at(value))
                        found |= {s.cls for s in held if isinstance(s, Instance)}
                        found |= {s for s in held if isinstance(s, Cls)}
            self._seen = frozenset(found)
        return self._seen

    def _inside(self, fn: Fn, given: list[int]) -> Iterator[int]:
        """Values, and those that stand in the lists and records among them."""
        while given:
            number = given.pop()
            yield number
            match self.box.program.value(self.box.program.bare(fn.at(number))):
                case ir.Sequence(items=items):
                    given += items
                case ir.Record(entries=entries):
                    given += [entry.value for entry in entries]
                case _:
                    continue

    def _extends(self, cls: Cls) -> bool:
        declared = self.box.program.klass(cls)
        bases = (self.box.symbols.resolve(At(cls.module, declared.scope, base)) for base in declared.bases)
        return any(not held or any(isinstance(s, External) for s in held) for held in bases)

    def _means(self, at: At, fn: Fn) -> bool:
        """Whether a name may stand for the function: not where it is known to stand for something else."""
        if Fn(at.module, at.function) == fn:
            return False
        value = self.box.program.value(at)
        if self.box.program.function(fn).owner >= 0:
            return not (isinstance(value, ir.Variable) and at.module == fn.module and not at.function)
        if isinstance(value, ir.Literal | ir.Import):
            return True
        held = self.box.symbols.resolve(at)
        return not held or fn in held

    def _spoken(self) -> dict[str, list[At]]:
        """Where code outside tests reads each name: members, free names, imports, texts that may be looked up."""
        if self._speakers is None:
            self._speakers = {}
            program = self.box.program
            wanted = {function.name for module in program.modules for function in module.functions}
            for fn in program.functions():
                if self.wiring.counts(fn):
                    declared = set(program.bindings(fn).values()) if fn.number == 0 else set()
                    for number, value in enumerate(program.function(fn).values):
                        if (name := _name(value)) in wanted and number not in declared:
                            self._speakers.setdefault(name, []).append(fn.at(number))
        return self._speakers

    def _looks_up(self, module: int) -> bool:
        """Whether a module looks functions up by names that are not written down, or generated code may call it."""
        if module not in self._lookups:
            program = self.box.program
            language = program.modules[module].language
            if language == "go":
                self._lookups[module] = self._is_injected()
            else:
                functions = [Fn(module, n) for n in range(len(program.modules[module].functions))]
                self._lookups[module] = any(self._dynamic(fn, _LOOKING.get(language, set())) for fn in functions)
        return self._lookups[module]

    def _is_injected(self) -> bool:
        if self._injected is None:
            self._injected = any(f.path.endswith(_INJECTED) for f in self.box.program.inventory.files)
        return self._injected

    def _dynamic(self, fn: Fn, looking: set[str]) -> bool:
        program = self.box.program
        for _, call, _ in program.calls(fn):
            callee = program.value(fn.at(call.callee))
            constant = len(call.args) > 1 and isinstance(program.value(fn.at(call.args[1].value)), ir.Literal)
            if isinstance(callee, ir.Item) or (isinstance(callee, ir.Name) and callee.name in looking and not constant):
                return True
        return False


def _name(value: ir.Value) -> str:
    match value:
        case ir.Member() | ir.Name() | ir.Variable():
            return value.name
        case ir.Import():
            return value.symbol
        case ir.Literal(kind="str"):
            return value.text
        case _:
            return ""


def dead_code(box: Toolbox, wiring: Wiring, started: Iterable[Transport]) -> DeadCode:
    """What nothing reaches in the packages that start a server or are applications by their manifest."""
    return DeadCode(box, wiring, frozenset(one.package for one in started if one.surface.counts))
