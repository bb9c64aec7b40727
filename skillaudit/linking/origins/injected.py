"""What a value is that somebody hands in: by a parameter, to a constructor that keeps it, in a context variable.

``Symbols`` stops at parameters that declare nothing, because it knows no callers; here they are asked, so that a logger
counts as one whatever it is called.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.names.aliases import defined
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Formal, Symbol, Symbols
from skillaudit.linking.origins.callings import Callings
from skillaudit.linking.origins.changes import Changes

_MOST = 8
_DEEPEST = 12
_CONTEXT = "contextvars.ContextVar()"


_ROUTING = {"get", "post", "put", "patch", "delete", "head", "options", "all", "route", "addHook", "setErrorHandler"}
_ROUTE = ("fastify.FastifyRequest()", "fastify.FastifyReply()")
_PLUGIN = ("fastify.FastifyInstance()",)


def _is_fastify(symbol: Symbol) -> bool:
    """Whether a symbol is an application of Fastify's."""
    return isinstance(symbol, External) and symbol.path in {"fastify()", "fastify.fastify()", *_PLUGIN}


def is_context(symbol: Symbol) -> bool:
    """Whether a symbol is a context variable, or something of what it holds."""
    return isinstance(symbol, External) and symbol.path.startswith(_CONTEXT)


@dataclass(slots=True)
class Injected:
    """Remembers what it found; cycles contribute nothing."""

    program: Program
    symbols: Symbols
    callings: Callings
    changes: Changes
    _known: dict[At, tuple[Symbol, ...]] = field(default_factory=dict)
    _busy: set[At] = field(default_factory=set)

    def denotes(self, at: At) -> tuple[Symbol, ...]:
        """Everything the value may denote, where ``Symbols`` alone does not say."""
        if at not in self._known:
            if at in self._busy or len(self._busy) > _DEEPEST:
                return ()
            self._busy.add(at)
            found = tuple(dict.fromkeys(self._denotes(at)))[:_MOST]
            self._busy.discard(at)
            self._known[at] = found
        return self._known[at]

    def _denotes(self, at: At) -> Iterator[Symbol]:
        declared = self.symbols.resolve(at)
        yield from (s for s in declared if not isinstance(s, Formal) and not is_context(s))
        for formal in declared:
            if isinstance(formal, Formal):
                yield from self._handed(formal)
        value = self.program.value(at)
        match value:
            case ir.Variable(value=inner):
                yield from self.denotes(at.to(inner))
            case ir.Name(name=name):
                outer = self.program.lexical(Fn(at.module, at.function), name)
                yield from self.denotes(outer) if outer else ()
            case ir.Member() if not declared or self._is_handed(declared):
                yield from self._member(at, value)
            case ir.Call(callee=callee):
                yield from self._kept(at, value)
                for called in self.denotes(at.to(callee)) if not declared or self._is_handed(declared) else ():
                    yield from (External(f"{called.path}()"),) if isinstance(called, External) else ()
            case _:
                return

    def _member(self, at: At, value: ir.Member) -> Iterator[Symbol]:
        if not isinstance(self.program.value(at.to(value.base)), ir.Receiver):
            for held in self.denotes(at.to(value.base)):
                yield from self.symbols.member(held, value.name)
        elif owner := self.symbols.owner(Fn(at.module, at.function)):
            for stored in self.symbols.stores(owner).get(value.name, ()):
                yield from self.denotes(stored)

    def _is_handed(self, symbols: tuple[Symbol, ...]) -> bool:
        return any(isinstance(symbol, Formal) for symbol in symbols)

    def _handed(self, formal: Formal) -> Iterator[Symbol]:
        """What the callers hand in."""
        for caller, _, call in self.callings.of(formal.fn):
            for argument in self.callings.arguments(caller, call, formal):
                yield from self.denotes(argument)
        yield from self._brought(formal)

    def _brought(self, formal: Formal) -> Iterator[Symbol]:
        """What Fastify calls a route, a hook or a plugin with."""
        for caller, number in self.callings.handed.get(formal.fn, ()):
            call = self.program.value(caller.at(number))
            callee = self.program.value(caller.at(call.callee)) if isinstance(call, ir.Call) else None
            if not isinstance(callee, ir.Member) or not self.program.is_script(caller.module):
                continue
            brought = _PLUGIN if callee.name == "register" else _ROUTE if callee.name in _ROUTING else ()
            if formal.position < len(brought) and any(map(_is_fastify, self.denotes(caller.at(callee.base)))):
                yield External(brought[formal.position])

    # --- context variables

    def _kept(self, at: At, call: ir.Call) -> Iterator[Symbol]:
        """``current.get()``: what was set, or the default."""
        callee = self.program.value(at.to(call.callee))
        if not isinstance(callee, ir.Member) or callee.name != "get":
            return
        if not any(is_context(s) for s in self.symbols.resolve(at.to(callee.base))):
            return
        made = defined(self.program, at.to(callee.base))
        variable = self.program.value(made)
        for change in self.changes.of(made):
            yield from self.denotes(change.value)
        held = made.to(variable.value) if isinstance(variable, ir.Variable) else made
        maker = self.program.value(held)
        for argument in maker.args if isinstance(maker, ir.Call) else ():
            yield from self.denotes(held.to(argument.value)) if argument.name == "default" else ()
