"""Which types implement a Go interface: those that have all its methods, wherever they stand."""

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from skillaudit import ir
from skillaudit.linking.names.program import Cls, Fn, Program

_MOST = 3

_Type: TypeAlias = tuple[str, str]
"""The folder of a package and a type's name: a type's methods may stand in several files."""


@dataclass(slots=True)
class Implementers:
    """Method sets of the project's Go types, by name."""

    program: Program
    _methods: dict[_Type, dict[str, Fn]] | None = None
    _having: dict[str, set[_Type]] = field(default_factory=lambda: defaultdict(set))

    def methods(self, cls: Cls, name: str) -> Iterator[Fn]:
        """The methods of that name of the types that implement the interface, if they are few.

        A single method says little: then only types of packages that import the interface's are taken.
        """
        declared = self.program.klass(cls)
        if declared.kind != "interface" or self.program.modules[cls.module].language != "go":
            return
        wanted = {method.name for method in declared.fields}
        if name not in wanted:
            return
        held = self._index()
        found = set.intersection(*(self._having[method] for method in wanted))
        tests = self.program.is_test(cls.module)
        fns = [held[kind][name] for kind in sorted(found) if tests or not self.program.is_test(held[kind][name].module)]
        if len(wanted) == 1:
            fns = [fn for fn in fns if self._knows(fn.module, cls.module)]
        if len(fns) <= _MOST:
            yield from fns

    def _knows(self, module: int, other: int) -> bool:
        """Whether a file stands in the package of another, or imports it."""
        folders = [posixpath.dirname(self.program.modules[number].path) for number in (module, other)]
        if folders[0] == folders[1]:
            return True
        for value in self.program.function(Fn(module, 0)).values:
            if isinstance(value, ir.Import):
                target = self.program.resolver.find(module, value.module)
                if target is not None and posixpath.dirname(self.program.modules[target].path) == folders[1]:
                    return True
        return False

    def _index(self) -> dict[_Type, dict[str, Fn]]:
        if self._methods is None:
            self._methods = defaultdict(dict)
            for number, module in enumerate(self.program.modules):
                for declared in module.classes if module.language == "go" else ():
                    kind = (posixpath.dirname(module.path), declared.name)
                    for method in declared.methods:
                        self._methods[kind].setdefault(method.name, Fn(number, method.function))
                        self._having[method.name].add(kind)
        return self._methods
