"""What is put into an error where it is made: its text, and what a class of the project's own keeps beside it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import PUT, Nature, Step
from skillaudit.linking.names.program import At, Cls, Fn, Program
from skillaudit.linking.names.symbols import External, Instance, Symbols
from skillaudit.linking.origins.checked import Site
from skillaudit.linking.origins.constructed import Constructed
from skillaudit.linking.values.origin import Origin, Path, then

TEXTS = {"message", "msg", "args", "detail", "stack", "reason", "description"}
"""Members of an exception that hold its text."""

_LISTING = {"Exception", "BaseException", "ValueError", "TypeError", "RuntimeError", "LookupError", "KeyError",
            "PermissionError", "NotImplementedError", "AssertionError", "ArithmeticError"}  # fmt: skip
"""Python's own: made with several arguments, their text is that of a tuple, which quotes line breaks."""

_SPEAKING = {"__str__", "toString"}


@dataclass(slots=True)
class ErrorTexts:
    """Looks at one error at a time; ``seen`` evaluates with the parameters left open."""

    program: Program
    symbols: Symbols
    constructed: Constructed
    seen: Callable[[At, Path, Site | None], tuple[Origin, ...]]

    def of(self, raised: At, path: Path, site: Site) -> Iterator[Origin]:
        """What ``path`` takes of an error: without one its text, else what the project's own class keeps."""
        line = self._line(raised, site.line)
        raised = self.program.bare(raised)
        value = self.program.value(raised)
        if isinstance(value, ir.Caught):  # raised again
            yield from (o for o in self.seen(raised, path, site) if o.nature is not Nature.EXCEPTION)
            return
        put = Step(self.program.location(raised.module, line), PUT)
        held = self._kept(raised, value, path, site) if path else self._told(raised, value, site)
        yield from (then(o, put) for o in held if o.nature is not Nature.EXCEPTION)

    def written(self, at: At, call: ir.Call) -> tuple[ir.Argument, ...]:
        """What a new error is given that stands in its text: all of it, unless its class picks what it hands on."""
        classes = [s for s in self.symbols.resolve(at.to(call.callee)) if isinstance(s, Cls)]
        above = [one for cls in classes for one in self._above(cls)]
        if not above or any(list(self._spoken(cls)) for cls in classes):
            return call.args
        formals = {(fn, o.formal) for fn, put in above for o in self.seen(put, (), None) if o.formal}
        told = {
            argument.value
            for fn, formal in formals
            if formal.fn == fn
            for argument in self.constructed.callings.arguments(Fn(at.module, at.function), call, formal)
        }
        return tuple(argument for argument in call.args if argument.value in told)

    def _line(self, at: At, line: int) -> int:
        value = self.program.value(at)
        return value.line if isinstance(value, ir.Call | ir.Variable) else line

    def _kept(self, raised: At, value: ir.Value, path: Path, site: Site) -> Iterator[Origin]:
        if isinstance(value, ir.Call) and any(isinstance(s, Instance) for s in self.symbols.resolve(raised)):
            yield from self.seen(raised, path, site)

    def _told(self, raised: At, value: ir.Value, site: Site) -> Iterator[Origin]:
        held = self.symbols.resolve(raised.to(value.callee)) if isinstance(value, ir.Call) else ()
        made = any(isinstance(s, Fn) for s in held)
        if not isinstance(value, ir.Call) or made:
            yield from self.seen(raised, (), site)
            yield from self._given(raised, value, held, first=False) if isinstance(value, ir.Call) else ()
            return
        classes = [symbol for symbol in held if isinstance(symbol, Cls)]
        if names := [name for cls in classes for name in self._spoken(cls)]:
            yield from (o for name in names for o in self.seen(raised, (name,), site))
        elif above := [one for cls in classes for one in self._above(cls)]:
            caller = Fn(raised.module, raised.function)
            for constructor, at in above:
                origins = self.seen(at, (), None)
                yield from self.constructed.filled(caller, value, frozenset({constructor}), origins)
        else:
            yield from self._given(raised, value, held, first=bool(classes))

    def _given(self, raised: At, call: ir.Call, held: tuple[object, ...], *, first: bool) -> Iterator[Origin]:
        """What a foreign class, or one without a constructor of its own, is made with."""
        alone = first and self.program.is_script(raised.module)
        given = [a for a in call.args[: 1 if alone else None] if not a.name or a.name in TEXTS]
        paired = len(given) > 1 and any(isinstance(s, External) and s.path in _LISTING for s in held)
        for argument in given:
            origins = self.seen(raised.to(argument.value), (), None)
            yield from (replace(o, escaped=True) for o in origins) if paired else origins

    def _spoken(self, cls: Cls) -> Iterator[str]:
        """The fields that the class's own text is made of."""
        for method in self.program.klass(cls).methods:
            values = self.program.function(Fn(cls.module, method.function)).values if method.name in _SPEAKING else ()
            for value in values:
                if isinstance(value, ir.Member) and isinstance(values[value.base], ir.Receiver):
                    yield value.name

    def _above(self, cls: Cls) -> Iterator[tuple[Fn, At]]:
        """What the class's constructor hands to the one above it, which makes the text of it."""
        for constructor in self.constructed.constructors(cls):
            for _, call, _ in self.program.calls(constructor):
                if self._is_above(constructor.at(call.callee)):
                    yield from ((constructor, constructor.at(argument.value)) for argument in call.args)

    def _is_above(self, at: At) -> bool:
        """``super().__init__``, ``Exception.__init__``, ``super``."""
        value = self.program.value(at)
        if isinstance(value, ir.Member):
            return value.name == "__init__"
        return isinstance(value, ir.Name) and value.name == "super"
