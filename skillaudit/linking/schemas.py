"""Which fields a schema leaves no choice for: zod's enumerations, numbers and patterns."""

from collections.abc import Callable, Iterator

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.linking import patterns
from skillaudit.linking.program import At, Program

_CLOSED = {
    "enum", "literal", "number", "boolean", "nativeEnum", "int", "bigint", "date", "uuid", "coerce", "cuid", "ulid",
    "datetime", "ip", "ipv4", "float", "positive", "nanoid",
}  # fmt: skip
_OPEN = {"union", "any", "unknown", "record"}
_TYPES = {"string", "object", "array", "z", "zod", "v"}
_DEPTH = 6
_LONGEST = 20


def closed_fields(program: Program, defined: Callable[[At], At], at: At) -> dict[str, bool]:
    """By name: whether a field of the schema in an expression takes one of a few values only.

    Args:
        program: where the expression stands.
        defined: leads from a name to the expression that defines it.
        at: the schema, a record of fields, or a call or member of either.
    """
    fields: dict[str, bool] = {}
    _read(program, defined, at, fields, _DEPTH)
    return fields


def _read(program: Program, defined: Callable[[At], At], at: At, fields: dict[str, bool], depth: int) -> None:
    where = defined(at)
    value = program.value(where)
    if depth <= 0:
        return
    match value:
        case ir.Record(entries=entries):
            for entry in entries:
                kinds = set(_chain(program, defined, where.to(entry.value)))
                if kinds & (_TYPES | _CLOSED):
                    fields.setdefault(entry.key, bool(kinds & _CLOSED) and not kinds & _OPEN)
                if "object" in kinds or not kinds & (_TYPES | _CLOSED):
                    _read(program, defined, where.to(entry.value), fields, depth - 1)
        case ir.Call(callee=callee, args=args):
            for argument in args:
                _read(program, defined, where.to(argument.value), fields, depth - 1)
            held = program.value(where.to(callee))
            if isinstance(held, ir.Member):
                _read(program, defined, where.to(held.base), fields, depth - 1)
        case ir.Member(base=base):
            _read(program, defined, where.to(base), fields, depth - 1)
        case _:
            return


def _chain(program: Program, defined: Callable[[At], At], at: At) -> Iterator[str]:
    """The names of a chain of calls: ``z.string().min(1)`` has ``min``, ``string``, ``z``."""
    for _ in range(_LONGEST):
        at = defined(at)
        value = program.value(at)
        match value:
            case ir.Call(callee=callee, args=args):
                if args and _is_strict(program.value(defined(at.to(args[0].value)))):
                    yield "enum"
                at = at.to(callee)
            case ir.Member(base=base, name=name):
                yield name
                at = at.to(base)
            case ir.Name(name=name):
                yield name
                return
            case ir.Import(symbol=symbol, module=module):
                yield symbol or module
                return
            case _:
                return


def _is_strict(value: ir.Value) -> bool:
    """Whether an argument is a regular expression that nothing hostile passes, whatever it is used for."""
    return (
        isinstance(value, ir.Literal)
        and value.kind == "regex"
        and all(patterns.refuses(value.text, danger) for danger in (Danger.PATH, Danger.COMMAND, Danger.ADDRESS_PATH))
    )
