"""Which exceptions an ``except`` clause gets: what it names, unless a clause before it took that already.

Exceptions are known by name, with all that they inherit from: Python's own, the project's, those of HTTP clients.
"""

import builtins
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import External, Symbols

_DEPTH = 3
_PARSING = {"loads", "load", "decode", "raw_decode", "json", "parse_raw", "model_validate_json", "JSONDecodeError"}
_DECODE_ERROR = "JSONDecodeError"
_LIBRARIES = {
    "requests": ("requests.RequestException", "OSError"), "httpx": ("httpx.HTTPError", "Exception"),
    "aiohttp": ("aiohttp.ClientError", "Exception"), "urllib": ("urllib.URLError", "OSError"),
}  # fmt: skip
"""HTTP clients: what their failures are, and what that is to Python."""


@dataclass(slots=True)
class Clauses:
    """Reads the clauses of one ``try`` at a time."""

    program: Program
    symbols: Symbols
    _never: dict[tuple[Fn, int], bool] = field(default_factory=dict)

    def handled(self, fn: Fn, clause: int) -> int | None:
        """The ``try`` block that a clause belongs to."""
        blocks = self.program.function(fn).blocks
        beside = (n for n in range(clause - 1, -1, -1) if blocks[n].parent == blocks[clause].parent)
        return next((n for n in beside if blocks[n].kind == "try"), None)

    def stops(self, fn: Fn, tried: int, kinds: frozenset[str]) -> bool:
        """Whether a clause of a ``try`` block takes every exception that is ``kinds``."""
        for clause in self._of(fn, tried):
            types = list(self._types(fn, clause))
            if not types or any(self._name(at) in kinds for at in types):
                return True
        return False

    def _of(self, fn: Fn, tried: int) -> Iterator[int]:
        """The clauses of a ``try`` block: those before the next one beside it."""
        blocks = self.program.function(fn).blocks
        for number in range(tried + 1, len(blocks)):
            if blocks[number].parent == blocks[tried].parent:
                if blocks[number].kind == "try":
                    return
                if blocks[number].kind == "except":
                    yield number

    def gets(self, fn: Fn, clause: int, kinds: frozenset[str], family: str = "") -> bool:
        """Whether a clause may get an exception that is ``kinds``, or any heir of ``family``."""
        if any(self._name(at) in kinds for other in self._before(fn, clause) for at in self._types(fn, other)):
            return False
        types = list(self._types(fn, clause))
        return not types or any(self._name(at) in kinds or family in self.kinds(at) for at in types)

    def failure(self, path: str) -> tuple[str, frozenset[str]]:
        """The family of what a failed request of an HTTP client raises, and what that is; empty if not known."""
        known = _LIBRARIES.get(path.partition(".")[0])
        return (known[0], frozenset({known[0], *_lineage(known[1])})) if known else ("", frozenset())

    def never(self, fn: Fn, block: int) -> bool:
        """Whether a block stands in a clause that gets nothing."""
        blocks = self.program.function(fn).blocks
        while block >= 0:
            if blocks[block].kind == "except" and self._gets_nothing(fn, block):
                return True
            block = blocks[block].parent
        return False

    def _gets_nothing(self, fn: Fn, clause: int) -> bool:
        if (fn, clause) not in self._never:
            before = [at for other in self._before(fn, clause) for at in self._types(fn, other)]
            types = list(self._types(fn, clause)) if before else []
            self._never[fn, clause] = bool(types) and all(self._taken(fn, clause, at, before) for at in types)
        return self._never[fn, clause]

    def _taken(self, fn: Fn, clause: int, at: At, before: list[At]) -> bool:
        """Whether an earlier clause takes all exceptions of a type; ``requests`` raises its own for a bad JSON text."""
        kinds = self.kinds(at)
        if any(self._name(other) in kinds for other in before):
            return True
        tried = self.handled(fn, clause)
        if self._name(at) != _DECODE_ERROR or tried is None:
            return False
        own = {f"requests.{_DECODE_ERROR}", *_LIBRARIES["requests"]}
        return any(self._name(other) in own for other in before) and self._parsers(fn, tried, _DEPTH) == {"requests"}

    def _parsers(self, fn: Fn, block: int, depth: int) -> set[str]:
        """Which libraries read JSON in a block and in what it calls: ``requests``, or any other."""
        found: set[str] = set()
        for value, call, place in self.program.calls(fn):
            if not self._within(fn, place, block):
                continue
            held = self.symbols.resolve(fn.at(call.callee))
            for target in held if depth else ():
                if isinstance(target, Fn):
                    found |= self._parsers(target, 0, depth - 1)
            if self.program.called(fn.at(call.callee)) in _PARSING and not any(isinstance(s, Fn) for s in held):
                paths = [s.path for s in held if isinstance(s, External)]
                found |= {
                    "requests" if p.startswith("requests.") and p.endswith(".json") else str(value) for p in paths
                }
                found |= set() if paths else {str(value)}
        return found

    def _within(self, fn: Fn, block: int, outer: int) -> bool:
        """Whether a block lies in another one, and no ``try`` stands between them."""
        blocks = self.program.function(fn).blocks
        while block >= 0 and block != outer:
            if blocks[block].kind == "try":
                return False
            block = blocks[block].parent
        return block == outer

    def _before(self, fn: Fn, clause: int) -> Iterator[int]:
        """The clauses of the same ``try`` that are asked first."""
        blocks, tried = self.program.function(fn).blocks, self.handled(fn, clause)
        for number in range(tried + 1 if tried is not None else clause, clause):
            if blocks[number].kind == "except" and blocks[number].parent == blocks[clause].parent:
                yield number

    def _types(self, fn: Fn, clause: int) -> Iterator[At]:
        test = self.program.function(fn).blocks[clause].test
        caught = self.program.value(self.program.bare(fn.at(test))) if test >= 0 else None
        yield from (fn.at(kind) for kind in caught.types) if isinstance(caught, ir.Caught) else ()

    # --- names

    def kinds(self, at: At) -> frozenset[str]:
        """Every name of what a type's exceptions are."""
        held = [s for s in self.symbols.resolve(at) if isinstance(s, Cls)]
        own = {name for cls in held for name in self.of_class(cls)}
        return frozenset({self._name(at), *own, *(own or self._known(at))} | _BASES)

    def of_class(self, cls: Cls) -> frozenset[str]:
        """The names of a class of the project and of all that it inherits from."""
        return frozenset(self._ancestors(cls, _DEPTH))

    def _ancestors(self, cls: Cls, depth: int) -> Iterator[str]:
        declared = self.program.klass(cls)
        yield declared.name
        for base in declared.bases if depth else ():
            at = At(cls.module, declared.scope, base)
            held = [s for s in self.symbols.resolve(at) if isinstance(s, Cls)]
            for one in held:
                yield from self._ancestors(one, depth - 1)
            yield from () if held else (self._name(at), *self._known(at))

    def _known(self, at: At) -> Iterator[str]:
        name = self._name(at)
        library = _LIBRARIES.get(name.partition(".")[0]) if "." in name else None
        if library:
            yield library[0]
        yield from _lineage(library[1] if library else "ValueError" if name == _DECODE_ERROR else name)

    def _name(self, at: At) -> str:
        """What a type is called, with its library where that is an HTTP client; ``IOError`` is ``OSError``."""
        paths = [s.path for s in self.symbols.resolve(at) if isinstance(s, External)]
        name = paths[0].rpartition(".")[2] if paths else self.program.called(at)
        library = paths[0].partition(".")[0] if paths else ""
        alias = getattr(builtins, name, None)
        if library in _LIBRARIES:
            return f"{library}.{name}"
        return alias.__name__ if isinstance(alias, type) else name


def _lineage(name: str) -> frozenset[str]:
    kind = getattr(builtins, name, None)
    return frozenset(one.__name__ for one in kind.__mro__) if isinstance(kind, type) else frozenset()


_BASES = frozenset({"Exception", "BaseException", "object"})
