"""What a field of a data class or a model holds where nothing is handed over: a default, or what a factory gives."""

from collections.abc import Iterable, Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Symbols

_FIELDS: Final = {
    "dataclasses.field", "pydantic.Field", "pydantic.fields.Field", "attrs.field", "attr.ib", "attr.field",
    "sqlmodel.Field",
}  # fmt: skip
_DEFAULTS: Final = {"default", ""}
_FACTORIES: Final = {"default_factory", "factory"}


def declares(paths: Iterable[str]) -> bool:
    """Whether a call of one of the dotted paths declares a field."""
    return not _FIELDS.isdisjoint(paths)


def defaults(program: Program, symbols: Symbols, at: At, call: ir.Call) -> Iterator[At]:
    """The values that the field declared by a call may begin with."""
    for argument in call.args:
        if argument.name in _DEFAULTS:
            yield at.to(argument.value)
        for fn in symbols.resolve(at.to(argument.value)) if argument.name in _FACTORIES else ():
            if isinstance(fn, Fn):
                steps = program.function(fn).steps
                yield from (fn.at(step.value) for step in steps if isinstance(step, ir.Return) and step.value >= 0)
