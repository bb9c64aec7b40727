"""The call that makes what a name stands for, in this file or another."""

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program


def made(program: Program, at: At) -> At | None:
    """The call that makes what a name of this or another file stands for, if one does."""
    place: object = program.bare(at)
    while isinstance(place, At):
        value = program.value(place)
        match value:
            case ir.Call():
                return place
            case ir.Name(name=name):
                place = program.lexical(Fn(place.module, place.function), name)
            case ir.Import(module=module, symbol=symbol):
                place = program.imported(place.module, module, symbol)
            case _:
                return None
        place = program.bare(place) if isinstance(place, At) else None
    return None
