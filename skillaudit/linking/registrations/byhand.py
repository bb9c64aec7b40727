"""Python servers that speak the protocol by hand: what answers ``initialize`` and ``tools/call`` without an SDK."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from skillaudit import ir
from skillaudit.linking.calls.gates import Gates, children
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Symbols

CALL: Final = "tools/call"
_METHODS: Final = {
    "initialize", "ping", "tools/list", "resources/list", "resources/read", "resources/templates/list", "prompts/list",
    "prompts/get", "logging/setLevel", "completion/complete", "notifications/initialized", "notifications/cancelled",
}  # fmt: skip
_ANSWERED: Final = "serverInfo"
"""A key of what a server answers to ``initialize``, which no client sends."""

_WEB: Final = {
    "flask", "django", "aiohttp", "fastapi", "starlette", "sanic", "tornado", "bottle", "quart", "falcon", "litestar",
    "rest_framework", "chalice", "azure", "functions_framework", "cherrypy", "pyramid", "werkzeug", "blacksheep",
}  # fmt: skip
PASSED: Final = {
    "params", "arguments", "args", "message", "msg", "request", "req", "payload", "body", "data", "rpc",
}  # fmt: skip
"""What parameters are called that hold a message, or a part of it."""

_BRANCHES: Final = {"if", "case"}
_STDIN: Final = "sys.stdin"
_DEEPEST: Final = 4


@dataclass(slots=True)
class ByHand:
    """Finds them once."""

    program: Program
    symbols: Symbols
    _served: dict[str, list[Fn]] | None = field(default=None)
    _own: dict[str, tuple[frozenset[str], int]] = field(default_factory=dict)

    def dispatchers(self) -> dict[str, list[Fn]]:
        """By package: the functions that answer ``tools/call``, where something answers ``initialize`` too."""
        if self._served is None:
            modules = [n for n, held in enumerate(self.program.modules) if held.language == "python"]
            answering = {self.program.package_path(n) for n in modules if self._answers(n)}
            self._served = {}
            for module in modules:
                package = self.program.package_path(module)
                for fn in self._calling(module) if package in answering else ():
                    if fn not in self._served.setdefault(package, []):
                        self._served[package].append(fn)
        return self._served

    def own(self, package: str) -> tuple[frozenset[str], int]:
        """What dispatchers hand to tools beside the client's arguments: ``spec.run(db, caller=name, **arguments)``.

        The keywords, and how many come first; a client that sends one of them is an error.
        """
        if package not in self._own:
            calls = list(self._spreading(package)) if package in self.dispatchers() else []
            first = min((sum(not a.name and not a.spread for a in call.args) for call in calls), default=0)
            self._own[package] = frozenset(a.name for call in calls for a in call.args if a.name), first
        return self._own[package]

    def _spreading(self, package: str) -> Iterator[ir.Call]:
        """Calls of functions that were looked up, with a spread mapping at their end."""
        for fn in self.program.functions():
            if self.program.package_path(fn.module) == package and self.program.modules[fn.module].language == "python":
                for _, call in self.program.of_kind(fn, ir.Call):
                    if call.args and call.args[-1].spread and self._is_found(fn.at(call.callee)):
                        yield call

    def _is_found(self, at: At) -> bool:
        """Whether a value, or the object whose method it is, was looked up or is one of several."""
        place = self.program.bare(at)
        value = self.program.value(place)
        if isinstance(value, ir.Member):
            value = self.program.value(self.program.bare(place.to(value.base)))
        return isinstance(value, ir.Item | ir.Element | ir.Call)

    def transports(self) -> Iterator[tuple[Fn, str]]:
        """Each dispatcher's package is served over standard input, or by a web framework that it imports."""
        for package, fns in self.dispatchers().items():
            for fn in fns[:1] if self._imports(package) else ():
                yield fn, "http"
            yield from ((fn, "stdio") for fn in self._reading(package))

    def _functions(self, module: int) -> Iterator[Fn]:
        return (Fn(module, number) for number in range(len(self.program.modules[module].functions)))

    def _answers(self, module: int) -> bool:
        """Whether a file answers ``initialize``."""
        records = (r for fn in self._functions(module) for _, r in self.program.of_kind(fn, ir.Record))
        return self.program.surface(module).counts and any(e.key == _ANSWERED for r in records for e in r.entries)

    def _calling(self, module: int) -> Iterator[Fn]:
        """What compares with ``tools/call``, stands under it in a table, or is registered by it."""
        for fn in self._functions(module):
            function = self.program.function(fn)
            tests = [n for n, b in enumerate(function.blocks) if b.test >= 0 and b.kind in _BRANCHES]
            branches = {n for n in tests if compared(self.program, fn.at(function.blocks[n].test)) == CALL}
            if branches:
                yield fn
                yield from self._called_in(fn, branches)
            for _, record in self.program.of_kind(fn, ir.Record):
                yield from (f for e in record.entries if e.key == CALL for f in self._denoted(fn.at(e.value)))
            for _, call in self.program.of_kind(fn, ir.Call):
                if any(self._is_call(fn.at(argument.value)) for argument in call.args[:1]):
                    yield from (f for argument in call.args[1:] for f in self._denoted(fn.at(argument.value)))
            scope = Fn(module, function.parent)
            for value in (self.program.value(scope.at(number)) for number in function.decorators):
                if isinstance(value, ir.Call) and any(self._is_call(scope.at(a.value)) for a in value.args[:1]):
                    yield fn

    def _called_in(self, fn: Fn, branches: set[int]) -> Iterator[Fn]:
        """The functions that these branches hand the message to, or a part of it."""
        blocks = self.program.function(fn).blocks
        for _, call, block in self.program.calls(fn):
            outer = block
            while outer >= 0 and outer not in branches:
                outer = blocks[outer].parent
            for target in self._denoted(fn.at(call.callee)) if outer >= 0 else ():
                if any(parameter.name in PASSED for parameter in self.program.function(target).params):
                    yield target

    def _is_call(self, at: At) -> bool:
        value = self.program.value(at)
        return isinstance(value, ir.Literal) and value.text == CALL

    def _denoted(self, at: At) -> Iterator[Fn]:
        return (symbol for symbol in self.symbols.resolve(at) if isinstance(symbol, Fn))

    def _imports(self, package: str) -> bool:
        """Whether production code of a package imports a web framework."""
        for module, held in enumerate(self.program.modules):
            if held.language == "python" and self.program.package_path(module) == package:
                imports = (value for _, value in self.program.of_kind(Fn(module, 0), ir.Import))
                if self.program.surface(module).counts and any(map(_is_web, imports)):
                    return True
        return False

    def _reading(self, package: str) -> Iterator[Fn]:
        """The first production function of a package that reads the standard input."""
        for fn in self.program.functions():
            if self.program.package_path(fn.module) == package and self.program.surface(fn.module).counts:
                for number, value in self.program.of_kind(fn, ir.Member):
                    paths = (s.path for s in self.symbols.resolve(fn.at(number)) if isinstance(s, External))
                    if value.name == "stdin" and any(path.startswith(_STDIN) for path in paths):
                        yield fn
                        return


def _is_web(imported: ir.Import) -> bool:
    return imported.module.partition(".")[0] in _WEB or imported.module.startswith("http.server")


def compared(program: Program, at: At, depth: int = _DEEPEST) -> str:
    """The protocol's method that a condition compares something with, empty without one."""
    value = program.value(at)
    if isinstance(value, ir.Literal):
        return value.text if value.text == CALL or value.text in _METHODS else ""
    if isinstance(value, ir.Operation) and value.operator not in {"!=", "not", "not in"} and depth:
        return next(filter(None, (compared(program, at.to(inner), depth - 1) for inner in children(value))), "")
    return ""


def method(gates: Gates, fn: Fn, block: int) -> str:
    """The protocol's method in whose branch a step stands, empty outside of one."""
    tests = (outer.test for outer in gates.around(fn, block) if outer.kind in _BRANCHES and outer.test >= 0)
    return next(filter(None, (compared(gates.program, fn.at(test)) for test in tests)), "")


def of_calls(gates: Gates, fn: Fn, block: int, line: int) -> bool:
    """Whether a step runs for tools' calls alone: in their branch, or behind the way out of every other method."""
    if method(gates, fn, block) == CALL:
        return True
    values = gates.program.function(fn).values
    for early in gates.program.function(fn).blocks:
        test = values[early.test] if early.kind == "if" and early.exits and early.test >= 0 else None
        if isinstance(test, ir.Operation) and test.operator in {"!=", "!=="} and early.end_line < line:
            asked = (values[operand] for operand in test.operands)
            if any(isinstance(value, ir.Literal) and value.text == CALL for value in asked):
                return True
    return False


def aside(gates: Gates, fn: Fn, block: int) -> bool:
    """Whether a step stands in a branch that answers another method than a tool's call."""
    return method(gates, fn, block) in _METHODS
