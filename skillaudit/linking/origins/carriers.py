"""What goes along with a request under a key: ``c.Set`` of Go's frameworks, ``res.locals``, async stores.

A function in front of a handler puts something in, the handler takes it out. The key says which it is: a constant
text, the variable or the type that stands for it, or the store itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.aliases import defined
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Instance, Symbols
from skillaudit.linking.origins.contextvalues import ContextValues

_CONTEXTS = re.compile(
    r"^(?P<kind>github\.com/(?:gin-gonic/gin|labstack/echo(?:/v\d)?|gofiber/fiber(?:/v\d)?)|hono)"
    r"\.(?:Context|Ctx)\(\)\.(?P<name>\w+)$"
)
_TAKING = {"Get", "MustGet", "GetString", "Locals", "get"}
_PUTTING = {"Set", "Locals", "set"}
_HONO = "hono"
_STORE = "async_hooks.AsyncLocalStorage()"
_RUNNING = {"run", "enterWith"}
_HOLDERS = {"locals", "state", "session"}
"""Express keeps what a request carries in ``res.locals``, Koa in ``ctx.state``, sessions more than that."""
_REQUESTS = {"req", "request"}
"""Middleware puts things of its own on the request itself: ``req.note = …``."""
_KEY, _VALUE = 1, 2

Key = tuple[str, object]
"""What carries, and the key under which."""


@dataclass(slots=True)
class Carriers:
    """Reads once what is put in; answers for one place that takes something out."""

    program: Program
    symbols: Symbols
    contexts: ContextValues = field(init=False)
    _put: dict[Key, list[At]] | None = None
    _starts: set[int] | None = None

    def __post_init__(self) -> None:
        """Ask Go's own contexts, too."""
        self.contexts = ContextValues(self.program, self.symbols)

    def of(self, at: At, call: ir.Call) -> list[At]:
        """What a call may take out: ``ctx.Value(key)``, ``c.MustGet("key")``, ``store.getStore()``."""
        return self.contexts.of(at, call) or self._taken(at, call)

    def _taken(self, at: At, call: ir.Call) -> list[At]:
        callee = self.program.value(at.to(call.callee))
        if not isinstance(callee, ir.Member):
            return []
        if callee.name == "getStore" and not call.args and self._is_store(at.to(callee.base)):
            return self._held(at, (_STORE, defined(self.program, at.to(callee.base))))
        if callee.name in _TAKING and len(call.args) == 1 and (kind := self._kind(at, call)):
            return self._held(at, (kind, self._key(at.to(call.args[0].value))))
        return []

    def member(self, at: At, value: ir.Member) -> list[At]:
        """What ``res.locals.name`` may be, or ``req.name``."""
        holder = self._holder(at.to(value.base)) if self.program.is_script(at.module) else ""
        return self._held(at, (holder, value.name)) if holder else []

    def _holder(self, at: At) -> str:
        """What holds things for a request in a script; empty for anything else."""
        at = self.program.bare(at)
        value = self.program.value(at)
        if isinstance(value, ir.Param):
            name = self.program.function(Fn(at.module, at.function)).params[value.index].name
            return "request" if name in _REQUESTS else ""
        own = isinstance(value, ir.Member) and isinstance(self.program.value(at.to(value.base)), ir.Receiver)
        return value.name if isinstance(value, ir.Member) and value.name in _HOLDERS and not own else ""

    def _held(self, taker: At, key: Key) -> list[At]:
        if self._put is None:
            self._put = {}
            for fn in self.program.functions():
                for found, value in self._found(fn):
                    self._put.setdefault(found, []).append(value)
        held, starting = self._put.get(key, []), self._starting()
        own = [at for at in held if at.module == taker.module]
        return own or [at for at in held if not {at.module, taker.module} <= starting]

    def _starting(self) -> set[int]:
        """Go: the files that start a program: what two of them put into contexts does not meet."""
        if self._starts is None:
            modules = enumerate(self.program.modules)
            self._starts = {n for n, m in modules if m.language == "go" and any(f.name == "main" for f in m.functions)}
        return self._starts

    def _found(self, fn: Fn) -> Iterator[tuple[Key, At]]:
        """What a function puts in, each under its key."""
        for step in self.program.function(fn).steps if self.program.is_script(fn.module) else ():
            if (
                isinstance(step, ir.Store)
                and step.base >= 0
                and step.name
                and (holder := self._holder(fn.at(step.base)))
            ):
                yield (holder, step.name), fn.at(step.value)
        for number, call, _ in self.program.calls(fn):
            callee = self.program.value(fn.at(call.callee))
            if not isinstance(callee, ir.Member) or not call.args:
                continue
            if callee.name in _RUNNING and self._is_store(fn.at(callee.base)):
                yield (_STORE, defined(self.program, fn.at(callee.base))), fn.at(call.args[0].value)
            elif callee.name in _PUTTING and len(call.args) == _VALUE and (kind := self._kind(fn.at(number), call)):
                yield (kind, self._key(fn.at(call.args[0].value))), fn.at(call.args[_KEY].value)

    def _kind(self, at: At, call: ir.Call) -> str:
        """The framework whose context's method a call is of; empty for any other."""
        held = (_CONTEXTS.match(s.path) for s in self.symbols.resolve(at.to(call.callee)) if isinstance(s, External))
        if found := next((one["kind"] for one in held if one), ""):
            return found
        callee = self.program.value(at.to(call.callee))
        base = self.program.value(self.program.bare(at.to(callee.base))) if isinstance(callee, ir.Member) else None
        return _HONO if isinstance(base, ir.Param) and self._imports_hono(at.module) else ""

    def _imports_hono(self, module: int) -> bool:
        """Whether a script's handlers are Hono's, whose context seldom has a type."""
        brought = (value.module for _, value in self.program.of_kind(Fn(module, 0), ir.Import))
        return self.program.is_script(module) and _HONO in brought

    def _is_store(self, at: At) -> bool:
        return any(isinstance(s, External) and s.path.removeprefix("node:") == _STORE for s in self.symbols.resolve(at))

    def _key(self, at: At) -> object:
        """What makes two keys the same: a constant's text, the variable that stands for it, else its type."""
        held = self.program.given(at)
        value = self.program.value(held)
        if isinstance(value, ir.Call) and len(value.args) == 1:  # Go: key("user")
            value = self.program.value(held.to(value.args[0].value))
        if isinstance(value, ir.Literal) and value.kind == "str":
            return value.text
        if (
            isinstance(value, ir.Record)
            and not value.entries
            and Fn(held.module, held.function) == Fn(at.module, at.function)
        ):
            return next((s.cls for s in self.symbols.resolve(held) if isinstance(s, Instance)), held)
        return held
