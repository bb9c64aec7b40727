"""Other names for a type or a value: ``Person = Annotated[User, Depends(get_user)]``, ``from places import jobs``."""

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program

_DEEPEST = 6


def meant(program: Program, at: At) -> At:
    """What a name stands for, as far as the project says; a value that is no name stands for itself."""
    for _ in range(_DEEPEST):
        value = program.value(at)
        match value:
            case ir.Variable():
                found: object = at.to(value.value)
            case ir.Name():
                found = program.lexical(Fn(at.module, at.function), value.name)
            case ir.Import():
                found = program.imported(at.module, value.module, value.symbol)
            case _:
                return at
        if not isinstance(found, At):
            return at
        at = found
    return at


def put_together(program: Program, at: At) -> At | None:
    """The type that a name stands for, if it is made of others: an ``Annotated``, a union, a generic with arguments."""
    found = meant(program, at)
    value = program.value(found)
    made = isinstance(value, ir.Item) or (isinstance(value, ir.Operation) and value.operator == "|")
    return found if made and found != at else None


def defined(program: Program, at: At) -> At:
    """The variable that a name leads to, in the file that makes it; what is no name is itself."""
    for _ in range(_DEEPEST):
        value = program.value(at)
        held = program.value(at.to(value.value)) if isinstance(value, ir.Variable) else value
        found: object = None
        if isinstance(held, ir.Import):
            found = program.imported(at.module, held.module, held.symbol)
        elif isinstance(value, ir.Name):
            found = program.lexical(Fn(at.module, at.function), value.name)
        if not isinstance(found, At):
            return at
        at = found
    return at
