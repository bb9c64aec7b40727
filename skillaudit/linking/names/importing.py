"""Which packages of the tree a package imports."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.program import Fn, Program


@dataclass(slots=True)
class Importing:
    """Remembers what was asked."""

    program: Program
    _direct: dict[str, set[str]] | None = field(default=None)
    _found: dict[str, frozenset[str]] = field(default_factory=dict)

    def used(self, package: str) -> frozenset[str]:
        """The package and those that its files import, directly or not."""
        if package not in self._found:
            found, front = {package}, {package}
            while front:
                front = {other for one in front for other in self._imports().get(one, ())} - found
                found |= front
            self._found[package] = frozenset(found)
        return self._found[package]

    def _imports(self) -> dict[str, set[str]]:
        if self._direct is None:
            self._direct = {}
            for module in range(len(self.program.modules)):
                others = {self.program.package_path(other) for other in self._imported(module)}
                self._direct.setdefault(self.program.package_path(module), set()).update(others)
        return self._direct

    def _imported(self, module: int) -> Iterator[int]:
        for value in self.program.function(Fn(module, 0)).values:
            if isinstance(value, ir.Import):
                target = self.program.resolver.find(module, value.module)
                yield from () if target is None else (target,)
