"""The whole program: every module with its marks, and where each name of another file leads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from skillaudit import ir
from skillaudit.inventory import Inventory, Package
from skillaudit.linking.names import _imports
from skillaudit.linking.names._sound import is_sound
from skillaudit.model import Gap, Location, Surface

_V = TypeVar("_V", bound=ir.Value)
_NAMES = 6
_TRYING_OUT = frozenset({Surface.TEST, Surface.BENCHMARK})
"""Names of names that are followed."""


class At(msgspec.Struct, frozen=True, order=True, gc=False):
    """A value's place in the program: file number, function number, value number."""

    module: int
    function: int
    value: int

    def to(self, value: int) -> "At":
        """Another value of the same function."""
        return At(self.module, self.function, value)


class Fn(msgspec.Struct, frozen=True, order=True, gc=False):
    """A function's place in the program."""

    module: int
    number: int

    def at(self, value: int) -> At:
        """One of its values."""
        return At(self.module, self.number, value)


class Cls(msgspec.Struct, frozen=True, order=True, gc=False):
    """A class's place in the program; ``kind`` keeps it apart from a function of the same numbers."""

    module: int
    number: int
    kind: str = "class"


@dataclass(slots=True)
class Program:
    """Index over all modules; nothing here is interpreted yet. ``gaps`` are modules that do not hang together."""

    inventory: Inventory
    modules: Sequence[ir.Module]
    marks: Mapping[str, tuple[ir.Mark, ...]]
    surfaces: dict[str, Surface] = field(default_factory=dict)
    resolver: _imports.Resolver = field(init=False)
    gaps: tuple[Gap, ...] = ()
    _packages: dict[int, Package | None] = field(default_factory=dict)
    _packaged: dict[tuple[int, bool], dict[str, At]] = field(default_factory=dict)
    _stars: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _assigned: dict[tuple[Fn, str], list[At]] | None = None
    _unbound: dict[tuple[int, str], At] = field(default_factory=dict)
    _bindings: dict[Fn, dict[str, int]] = field(default_factory=dict)
    _exports: dict[int, dict[str, ir.Export]] = field(default_factory=dict)
    _marked: dict[tuple[int, int, int], tuple[ir.Mark, ...]] = field(default_factory=dict)
    _calls: dict[Fn, tuple[tuple[int, ir.Call, int], ...]] = field(default_factory=dict)
    _kinds: dict[Fn, dict[type, list[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Build the indexes over what hangs together."""
        broken = {module.path: self._weight(module) for module in self.modules if not is_sound(module)}
        self.modules = [module for module in self.modules if module.path not in broken]
        self.gaps = tuple(
            Gap("not-analysed", path, "values nested too deeply, or facts that do not hang together", lines)
            for path, lines in broken.items()
        )
        self.surfaces = {file.path: file.surface for file in self.inventory.files}
        self.resolver = _imports.Resolver(self.modules, self.inventory)
        numbers = {module.path: number for number, module in enumerate(self.modules)}
        for path, marks in self.marks.items():
            if path in numbers:
                for mark in marks:
                    key = (numbers[path], mark.start, mark.end)
                    self._marked[key] = (*self._marked.get(key, ()), mark)

    def _weight(self, module: ir.Module) -> int:
        counts = self.surfaces.get(module.path, Surface.PRODUCTION).counts
        return module.lines if counts else 0

    # --- looking things up

    def function(self, fn: Fn) -> ir.Function:
        """The function at ``fn``."""
        return self.modules[fn.module].functions[fn.number]

    def value(self, at: At) -> ir.Value:
        """The value at ``at``."""
        return self.modules[at.module].functions[at.function].values[at.value]

    def bare(self, at: At) -> At:
        """What a chain of variables was given in the end."""
        value = self.value(at)
        while isinstance(value, ir.Variable):
            at = at.to(value.value)
            value = self.value(at)
        return at

    def given(self, at: At) -> At:
        """What a name was given in the end, also in the functions around."""
        for _ in range(_NAMES):
            value, outer = self.value(at), None
            if isinstance(value, ir.Variable):
                outer = at.to(value.value)
            elif isinstance(value, ir.Name):
                outer = self.lexical(Fn(at.module, at.function), value.name)
            if outer is None:
                return at
            at = outer
        return at

    def called(self, at: At) -> str:
        """The name that a value is used by: a variable's, a member's, an import's; empty for others."""
        match self.value(at):
            case ir.Variable(name=name) | ir.Name(name=name) | ir.Member(name=name) | ir.Import(symbol=name):
                return name
            case _:
                return ""

    def klass(self, cls: Cls) -> ir.Class:
        """The class at ``cls``."""
        return self.modules[cls.module].classes[cls.number]

    def functions(self) -> Iterator[Fn]:
        """Every function, in the order of paths and source."""
        for number, module in enumerate(self.modules):
            for function in range(len(module.functions)):
                yield Fn(number, function)

    def calls(self, fn: Fn) -> Sequence[tuple[int, ir.Call, int]]:
        """Value number, call and block of every call of a function, in the order of evaluation."""
        held = self._calls.get(fn)
        if held is None:
            function = self.function(fn)
            done = ((step, function.values[step.value]) for step in function.steps if isinstance(step, ir.Do))
            held = self._calls[fn] = tuple(
                (step.value, call, step.block) for step, call in done if isinstance(call, ir.Call)
            )
        return held

    def of_kind(self, fn: Fn, kind: type[_V]) -> Sequence[tuple[int, _V]]:
        """Number and value of a function's values of one kind, in their order: many look for a few among thousands."""
        values = self.function(fn).values
        held = self._kinds.get(fn)
        if held is None:
            numbers = defaultdict[type, list[int]](list)
            for number, value in enumerate(values):
                numbers[type(value)].append(number)
            held = self._kinds[fn] = dict(numbers)
        return [(number, value) for number in held.get(kind, ()) if isinstance(value := values[number], kind)]

    def marks_of(self, module: int, call: ir.Call) -> tuple[ir.Mark, ...]:
        """What the rules say of this call."""
        return self._marked.get((module, call.start, call.end), ())

    def marked(self, fact: str) -> Iterator[tuple[ir.Mark, dict[str, str], Fn, int]]:
        """Every mark of a fact, with its roles (metavariables filled in), the function and the block it stands in."""
        for number, module in enumerate(self.modules):
            for mark in self.marks.get(module.path, ()):
                if mark.fact == fact:
                    fn = self._around(number, mark)
                    captures = {f"${name}": text for name, text in mark.captures}
                    roles = {role: captures.get(text, text).strip("'\"`") for role, text in mark.roles}
                    yield mark, roles, fn, self._block(fn, mark.line)

    def _around(self, module: int, mark: ir.Mark) -> Fn:
        functions = self.modules[module].functions
        holding = (n for n, f in enumerate(functions) if n and f.start <= mark.start and mark.end <= f.end)
        return Fn(module, min(holding, key=lambda n: functions[n].end - functions[n].start, default=0))

    def _block(self, fn: Fn, line: int) -> int:
        blocks = self.function(fn).blocks
        holding = (n for n, block in enumerate(blocks) if block.line <= line <= block.end_line)
        return max(holding, key=lambda n: (blocks[n].line, n), default=0)

    def is_script(self, module: int) -> bool:
        """Whether the file is JavaScript or TypeScript."""
        return self.modules[module].language in {"typescript", "javascript"}

    def surface(self, module: int) -> Surface:
        """The surface of the file."""
        return self.surfaces.get(self.modules[module].path, Surface.PRODUCTION)

    def tells(self, by: int, of: int) -> bool:
        """Whether what a file's code does says something of another file: what tests do with production does not."""
        return not self.surface(of).counts or self.surface(by) not in _TRYING_OUT

    def promote(self, paths: Iterable[str]) -> None:
        """Count files as production from here on: a package's top-level scripts where they alone start its server.

        A front end of many commands stays one, whichever of them starts the server.
        """
        for path in paths:
            if self.surfaces.get(path) is not Surface.CLI:
                self.surfaces[path] = Surface.PRODUCTION

    def package(self, module: int) -> Package | None:
        """The package that the file belongs to."""
        if module not in self._packages:
            self._packages[module] = self.inventory.package_of(self.modules[module].path)
        return self._packages[module]

    def package_path(self, module: int) -> str:
        """The path of the file's package, empty for the root."""
        package = self.package(module)
        return package.path if package else ""

    def location(self, module: int, line: int, end_line: int = 0) -> Location:
        """A place in the file."""
        return Location(self.modules[module].path, line, end_line or line)

    def place(self, fn: Fn) -> Location:
        """Where a function begins."""
        return self.location(fn.module, self.function(fn).line)

    # --- names

    def bindings(self, fn: Fn) -> dict[str, int]:
        """Names bound in a function's scope, with their values."""
        held = self._bindings.get(fn)
        if held is None:
            held = self._bindings[fn] = {b.name: b.value for b in self.function(fn).bindings}
        return held

    def lexical(self, fn: Fn, name: str) -> At | None:
        """The binding of a free name: in the enclosing functions, the module, or (Go) the package's other files.

        A name that no function binds but some assign to (Python's ``global``) leads to one of the assigned values. What
        else the variable may hold: see ``assigned``.
        """
        own = self.modules[fn.module].language == "python"
        binder = self._binder(fn.module, fn.number if own else self.function(fn).parent, name)
        if binder is not None:
            return binder.at(self.bindings(binder)[name])
        return self._beside(fn.module).get(name) or self._starred(fn.module, name) or self._global(fn.module, name)

    def _binder(self, module: int, scope: int, name: str) -> Fn | None:
        """The function that binds the name, from ``scope`` outwards."""
        while scope > 0:
            fn = Fn(module, scope)
            if name in self.bindings(fn):
                return fn
            scope = self.function(fn).parent
        top = Fn(module, 0)
        return top if name in self.bindings(top) else None

    def assigned(self, fn: Fn, name: str) -> tuple[At, ...]:
        """What other functions assign to the variable ``name`` that ``fn`` binds, in the order of the program.

        They are closures (``nonlocal``, callbacks), functions that assign to a variable of the module (``global``), or
        of the package (Go).
        """
        return tuple(self._assignments().get((fn, name), ()))

    def _assignments(self) -> dict[tuple[Fn, str], list[At]]:
        if self._assigned is None:
            self._assigned = {}
            for fn in self.functions():
                for step in self.function(fn).steps:
                    if isinstance(step, ir.Store) and step.base < 0 and step.name:
                        self._note(self._assigned, fn, step)
        return self._assigned

    def _note(self, assigned: dict[tuple[Fn, str], list[At]], fn: Fn, step: ir.Store) -> None:
        binder = self._binder(fn.module, self.function(fn).parent, step.name)
        beside = self._beside(fn.module).get(step.name)
        if binder is None and beside is not None:
            binder = Fn(beside.module, beside.function)
        if binder is None:
            binder = Fn(fn.module, 0)
            self._unbound.setdefault((fn.module, step.name), fn.at(step.value))
            assigned[fn, step.name] = assigned.setdefault((binder, step.name), [])
        if self.is_test(binder.module) or not self.is_test(fn.module):
            assigned.setdefault((binder, step.name), []).append(fn.at(step.value))

    def _global(self, module: int, name: str) -> At | None:
        self._assignments()
        return self._unbound.get((module, name))

    def _starred(self, module: int, name: str) -> At | None:
        """A name that ``from x import *`` brings in."""
        if name.startswith("_"):
            return None
        found = (self.imported(module, star, name) for star in self._stars_of(module))
        return next((at for at in found if isinstance(at, At)), None)

    def _stars_of(self, module: int) -> tuple[str, ...]:
        if module not in self._stars:
            values = self.function(Fn(module, 0)).values
            self._stars[module] = tuple(v.module for v in values if isinstance(v, ir.Import) and v.symbol == "*")
        return self._stars[module]

    def is_test(self, module: int) -> bool:
        """Whether the file is a test: production code never sees what it binds."""
        return self.surface(module) is Surface.TEST or self.modules[module].path.endswith("_test.go")

    def _beside(self, module: int) -> dict[str, At]:
        """What the other files of a Go package declare."""
        siblings = self.resolver.siblings(module)
        if not siblings:
            return {}
        files = sorted((module, *siblings))
        key = (files[0], self.modules[module].path.endswith("_test.go"))
        if key not in self._packaged:
            self._packaged[key] = {
                name: Fn(file, 0).at(value)
                for file in reversed(files)
                for name, value in self.bindings(Fn(file, 0)).items()
            }
        return self._packaged[key]

    def exported(self, module: int, symbol: str, seen: frozenset[tuple[int, str]] = frozenset()) -> At | int | None:
        """What ``symbol`` of a module is: a value, a whole module (its number), or unknown."""
        if (module, symbol) in seen:
            return None
        seen |= {(module, symbol)}
        top = Fn(module, 0)
        export = self._exports_of(module).get(symbol)
        if export is not None and export.value >= 0:
            return top.at(export.value)
        if export is not None:
            return self.imported(module, export.module, export.symbol, seen)
        if symbol in self.bindings(top):
            return top.at(self.bindings(top)[symbol])
        submodule = self.resolver.submodule(module, symbol)
        if submodule is not None:
            return submodule
        return self._through_stars(module, symbol, seen) or self._global(module, symbol)

    def _through_stars(self, module: int, symbol: str, seen: frozenset[tuple[int, str]]) -> At | int | None:
        if symbol in self._beside(module):
            return self._beside(module)[symbol]
        for export in self.modules[module].exports:
            if export.name == "*" and export.module:
                found = self.imported(module, export.module, symbol, seen)
                if found is not None:
                    return found
        for star in self._stars_of(module):
            found = self.imported(module, star, symbol, seen)
            if found is not None:
                return found
        return None

    def imported(
        self, importer: int, module: str, symbol: str, seen: frozenset[tuple[int, str]] = frozenset()
    ) -> At | int | None:
        """What an import leads to inside the tree; None where it leads outside."""
        target = self.resolver.find(importer, module)
        if target is None:
            return self.resolver.find(importer, _imports.joined(module, symbol)) if symbol else None
        return self.exported(target, symbol, seen) if symbol else target

    def _exports_of(self, module: int) -> dict[str, ir.Export]:
        if module not in self._exports:
            self._exports[module] = {e.name: e for e in self.modules[module].exports if e.name != "*"}
        return self._exports[module]
