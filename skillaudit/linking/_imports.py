"""Which file an import means: Python's dotted names, ECMAScript's specifiers, Go's import paths."""

import posixpath
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.inventory import Inventory

_SCRIPT_ENDINGS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
_SOURCE_ROOTS = ("src", "lib", "app", "")


def joined(module: str, symbol: str) -> str:
    """The dotted name of a submodule: ``.`` and ``log`` make ``.log``."""
    return module + symbol if module.endswith(".") else f"{module}.{symbol}"


def _without_ending(path: str) -> str:
    stem, dot, ending = path.rpartition(".")
    return stem if dot and "." + ending in _SCRIPT_ENDINGS else path


@dataclass(slots=True)
class Resolver:
    """Finds modules by what other modules call them."""

    modules: Sequence[ir.Module]
    inventory: Inventory
    _paths: dict[str, int] = field(default_factory=dict)
    _dotted: dict[str, list[int]] = field(default_factory=dict)
    _stems: dict[str, int] = field(default_factory=dict)
    _folders: dict[str, list[int]] = field(default_factory=dict)
    _go_roots: list[tuple[str, str]] = field(default_factory=list)
    _npm: dict[str, str] = field(default_factory=dict)
    _siblings: dict[int, list[int]] = field(default_factory=dict)
    _found: dict[tuple[int, str], int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the modules by every name they may go by."""
        self._paths = {module.path: number for number, module in enumerate(self.modules)}
        packages = {posixpath.dirname(path) for path in self._paths if path.endswith("/__init__.py")}
        for number, module in enumerate(self.modules):
            match module.language:
                case "python":
                    self._index_python(number, module.path, packages)
                case "go":
                    self._folders.setdefault(posixpath.dirname(module.path), []).append(number)
                case _:
                    self._stems.setdefault(_without_ending(module.path), number)
        self._go_roots = sorted(
            ((p.name, p.path) for p in self.inventory.packages if p.ecosystem == "go"), key=lambda pair: -len(pair[0])
        )
        self._npm = {p.name: p.path for p in self.inventory.packages if p.ecosystem == "npm" and p.name}

    def _index_python(self, number: int, path: str, packages: set[str]) -> None:
        """Every dotted suffix whose first folder is not itself inside a package may be a top-level name."""
        parts = path.removesuffix(".py").removesuffix(".pyi").split("/")
        if parts[-1] == "__init__":
            parts = parts[:-1]
        for start in range(len(parts)):
            if "/".join(parts[:start]) not in packages or start == 0:
                self._dotted.setdefault(".".join(parts[start:]), []).append(number)

    def find(self, importer: int, module: str) -> int | None:
        """The number of the module that ``module`` means in the file ``importer``; None outside the tree."""
        key = (importer, module)
        if key not in self._found:
            match self.modules[importer].language:
                case "python":
                    self._found[key] = self._python(importer, module)
                case "go":
                    self._found[key] = self._go(module)
                case _:
                    self._found[key] = self._script(importer, module)
        return self._found[key]

    def siblings(self, module: int) -> list[int]:
        """The other files of the same Go package."""
        if self.modules[module].language != "go":
            return []
        if module not in self._siblings:
            own = self.modules[module]
            folder = self._folders.get(posixpath.dirname(own.path), [])
            self._siblings[module] = [n for n in folder if n != module and self.modules[n].package == own.package]
        return self._siblings[module]

    def submodule(self, module: int, name: str) -> int | None:
        """A Python package's submodule."""
        path = self.modules[module].path
        if not path.endswith("__init__.py"):
            return None
        folder = posixpath.dirname(path)
        candidates = (posixpath.join(folder, f"{name}.py"), posixpath.join(folder, name, "__init__.py"))
        return next((self._paths[c] for c in candidates if c in self._paths), None)

    # --- one language each

    def _python(self, importer: int, module: str) -> int | None:
        if module.startswith("."):
            return self._python_relative(importer, module)
        if module.partition(".")[0] in sys.stdlib_module_names:
            return None
        return self._nearest(importer, self._dotted.get(module, []))

    def _python_relative(self, importer: int, module: str) -> int | None:
        name = module.lstrip(".")
        folder = posixpath.dirname(self.modules[importer].path)
        for _ in range(len(module) - len(name) - 1):
            folder = posixpath.dirname(folder)
        base = posixpath.join(folder, name.replace(".", "/")) if name else folder
        return self._paths.get(f"{base}.py", self._paths.get(posixpath.join(base, "__init__.py")))

    def _nearest(self, importer: int, candidates: list[int]) -> int | None:
        """Of several modules of one name (monorepos), the one that shares the longest path with the importer."""
        own = self.modules[importer].path.split("/")

        def shared(number: int) -> int:
            other = self.modules[number].path.split("/")
            return next((i for i, (a, b) in enumerate(zip(own, other, strict=False)) if a != b), len(other))

        return max(candidates, key=lambda n: (shared(n), -n), default=None)

    def _script(self, importer: int, module: str) -> int | None:
        if module.startswith("."):
            return self._file(posixpath.join(posixpath.dirname(self.modules[importer].path), module))
        name, _, rest = module.partition("/")
        if name.startswith("@") and name != "@" and rest:
            scope, _, rest = rest.partition("/")
            name = f"{name}/{scope}"
        if name in self._npm:
            return self._package_file(self._npm[name], rest)
        return self._aliased(importer, module)

    def _package_file(self, folder: str, rest: str) -> int | None:
        """A workspace package by name: its entry is wherever its sources lie."""
        names = (rest,) if rest else ("index", "main", "mod", "server")
        tries = (posixpath.join(folder, root, name) for name in names for root in _SOURCE_ROOTS)
        return next((found for path in tries if (found := self._file(path)) is not None), None)

    def _aliased(self, importer: int, module: str) -> int | None:
        """``@/log``, ``~/log``, ``#lib/log`` or a ``baseUrl`` import, relative to the package or its source root."""
        alias, slash, rest = module.partition("/")
        if not slash:
            return None
        package = self.inventory.package_of(self.modules[importer].path)
        folder = package.path if package else ""
        bare = module.lstrip("@~#/")
        names = (rest, bare) if alias[:1] in {"@", "~", "#"} else (module,)
        tries = (posixpath.join(folder, root, name) for name in names for root in _SOURCE_ROOTS)
        return next((found for path in tries if (found := self._file(path)) is not None), None)

    def _file(self, path: str) -> int | None:
        path = posixpath.normpath(path)
        for candidate in (path, _without_ending(path), f"{path}/index"):
            if candidate in self._stems:
                return self._stems[candidate]
        return None

    def _go(self, module: str) -> int | None:
        for name, folder in self._go_roots:
            if name and (module == name or module.startswith(name + "/")):
                inside = posixpath.join(folder, module[len(name) :].lstrip("/")).rstrip("/")
                files = [n for n in self._folders.get(inside, []) if not self.modules[n].package.endswith("_test")]
                return files[0] if files else None
        return None
