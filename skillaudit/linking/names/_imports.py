"""Which file an import means: Python's dotted names, ECMAScript's specifiers, Go's import paths."""

import posixpath
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from skillaudit import ir
from skillaudit.inventory import Inventory, Package
from skillaudit.model import Surface

_SCRIPT_ENDINGS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
_SOURCE_ROOTS = ("src", "lib", "app", "")
_BUILT = {"dist", "build", "out", "lib", "esm", "cjs"}
_REGISTRY: Final = re.compile(r"^(?:npm|jsr):/?(?P<name>(?:@[^/@]+/)?[^/@]+)(?:@[^/]+)?(?P<rest>.*)$")
"""Deno: ``npm:zod@3.25/v4``, ``jsr:@std/path@^1.0``."""
_LIKE_NODE: Final = {"@std/path": "path", "@std/path/posix": "path.posix"}
"""Deno's modules with the functions of Node's."""


def joined(module: str, symbol: str) -> str:
    """The dotted name of a submodule: ``.`` and ``log`` make ``.log``."""
    return module + symbol if module.endswith(".") else f"{module}.{symbol}"


def plain(module: str) -> str:
    """What a module from outside is called, whatever it is imported from."""
    found = _REGISTRY.match(module)
    name = f"{found['name']}{found['rest']}" if found else module.removeprefix("node:")
    return _LIKE_NODE.get(name, name)


def _without_ending(path: str) -> str:
    stem, dot, ending = path.rpartition(".")
    return stem if dot and "." + ending in _SCRIPT_ENDINGS else path


def _sources(path: str) -> Iterator[str]:
    """The path, and where the sources of a compiled file usually lie: ``dist/log.js`` is made from ``src/log.ts``."""
    yield path
    parts = path.split("/")
    built = next((number for number, part in enumerate(parts[:-1]) if part in _BUILT), -1)
    if built >= 0:
        yield "/".join((*parts[:built], "src", *parts[built + 1 :]))
        yield "/".join((*parts[:built], *parts[built + 1 :]))


def _depends(package: Package, module: str) -> bool:
    """Whether the specifier names a dependency of the package, so that it cannot be an alias."""
    return any(module == name or module.startswith(f"{name}/") for name in package.runtime_dependencies)


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
    _tests: frozenset[str] = frozenset()
    _unbuilt: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Index the modules by every name they may go by."""
        self._paths = {module.path: number for number, module in enumerate(self.modules)}
        self._tests = frozenset(file.path for file in self.inventory.of(Surface.TEST))
        self._unbuilt = frozenset(file.path for file in self.inventory.files if file.unbuilt)
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
        """The other files of the same Go package; only a test sees the tests beside it, what no build takes nothing."""
        if self.modules[module].language != "go" or self.modules[module].path in self._unbuilt:
            return []
        if module not in self._siblings:
            own = self.modules[module]
            folder = self._folders.get(posixpath.dirname(own.path), [])
            tests = own.path.endswith("_test.go")
            self._siblings[module] = [
                n
                for n in folder
                if n != module
                and self.modules[n].package == own.package
                and (tests or not self.modules[n].path.endswith("_test.go"))
                and self.modules[n].path not in self._unbuilt
            ]
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
        return self._nearest(importer, module)

    def _python_relative(self, importer: int, module: str) -> int | None:
        name = module.lstrip(".")
        folder = posixpath.dirname(self.modules[importer].path)
        for _ in range(len(module) - len(name) - 1):
            folder = posixpath.dirname(folder)
        base = posixpath.join(folder, name.replace(".", "/")) if name else folder
        return self._paths.get(f"{base}.py", self._paths.get(posixpath.join(base, "__init__.py")))

    def _nearest(self, importer: int, name: str) -> int | None:
        """Of several modules of one name (monorepos), the one that shares the longest path with the importer.

        Only a test imports from the tests by a dotted name, unless that names their folders from the root on.
        """
        path, spelled = self.modules[importer].path, name.replace(".", "/")
        own, candidates = path.split("/"), self._dotted.get(name, [])
        if path not in self._tests:
            whole = {f"{spelled}.py", f"{spelled}/__init__.py"}
            paths = {number: self.modules[number].path for number in candidates}
            candidates = [number for number, held in paths.items() if held not in self._tests or held in whole]

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
        names = (rest,) if rest else ("index", "main", "mod", "server", posixpath.basename(folder))
        tries = (posixpath.join(folder, root, name) for name in names for root in _SOURCE_ROOTS)
        return next((found for path in tries if (found := self._file(path)) is not None), None)

    def _aliased(self, importer: int, module: str) -> int | None:
        """``@/log``, ``~/log``, ``#lib/log``, ``@log`` or a ``baseUrl`` import, in the package or its source root."""
        alias, slash, rest = module.partition("/")
        marked = alias[:1] in {"@", "~", "#", "$"}
        path = self.modules[importer].path
        package = self.inventory.package_of(path)
        around = (one for one in self.inventory.packages if not one.path or path.startswith(f"{one.path}/"))
        if not (slash or marked) or any(_depends(one, module) for one in around):
            return None
        folder = package.path if package else ""
        names = (rest, module.lstrip("@~#$/")) if marked else (module,)
        tries = (posixpath.join(folder, root, name) for name in names if name for root in _SOURCE_ROOTS)
        found = (self._file(path) for path in tries)  # a file that is called like what it imports is not that
        return next((number for number in found if number not in {None, importer}), None)

    def _file(self, path: str) -> int | None:
        for source in _sources(posixpath.normpath(path)):
            for candidate in (source, _without_ending(source), f"{source}/index"):
                if candidate in self._stems:
                    return self._stems[candidate]
        return None

    def _go(self, module: str) -> int | None:
        for name, folder in self._go_roots:
            if name and (module == name or module.startswith(name + "/")):
                inside = posixpath.join(folder, module[len(name) :].lstrip("/")).rstrip("/")
                files = [n for n in self._folders.get(inside, []) if not self.modules[n].path.endswith("_test.go")]
                return files[0] if files else None
        return None
