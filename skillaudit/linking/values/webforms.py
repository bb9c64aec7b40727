"""What Python's forms and serializers hand on of a request: checked for its kind, and the sender's choice all the same.

Django's forms (``cleaned_data``), Django REST framework's serializers (``validated_data``), WTForms' fields (``data``),
marshmallow's schemas (``load``).
A field that holds a number, a date, a truth or one of some choices leaves none.
"""

import re
from typing import Final

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import External, Instance, Symbols

_SENT: Final = {"cleaned_data", "validated_data"}
_FIELD: Final = re.compile(r"^(?:flask_wtf|wtforms)[\w.]*Field\(\)\.data$")
_CLOSED: Final = re.compile(
    r"^(?:Int|Integer|Bool|AwareDateTime|TimeDelta|Enum|IP|IPv4|IPv6|Float|Decimal|Boolean|NullBoolean|Date|Time|DateTime|Duration|UUID|Choice|TypedChoice|MultipleChoice|"
    r"ModelChoice|ModelMultipleChoice|PrimaryKeyRelated|GenericIPAddress|IPAddress|Select|Radio|SelectMultiple|"
    r"IntegerRange|DecimalRange|DateTimeLocal|Month|Submit|Slug)Field$"
)


def sent(program: Program, symbols: Symbols, at: At, path: tuple[str, ...]) -> tuple[str, ...]:
    """The names in the request of what a value is, after ``path`` is taken of it; empty where it is no form's."""
    value = program.value(at)
    if not isinstance(value, ir.Member) or program.modules[at.module].language != "python":
        return ()
    if value.name in _SENT:
        closed = path and any(_is_closed(program, symbols, s, path[0]) for s in symbols.resolve(at.to(value.base)))
        return () if closed else ("form", *path)
    if value.name == "data" and any(isinstance(s, External) and _FIELD.match(s.path) for s in symbols.resolve(at)):
        fields = (s.path for s in symbols.resolve(at.to(value.base)) if isinstance(s, External))
        return () if any(map(_named_closed, fields)) else ("form", program.called(at.to(value.base)) or "field", *path)
    return ()


def closes(program: Program, symbols: Symbols, method: At, name: str) -> bool:
    """Whether the schema of marshmallow's, whose ``method`` reads an object, declares a field of a closed kind."""
    value = program.value(method)
    bases = symbols.resolve(method.to(value.base)) if isinstance(value, ir.Member) else ()
    return any(_is_closed(program, symbols, base, name) for base in bases)


def _named_closed(made: str) -> bool:
    last = made.removesuffix("()").rpartition(".")[2]
    return bool(_CLOSED.search(last if last.endswith("Field") else f"{last}Field"))


def _is_closed(program: Program, symbols: Symbols, symbol: object, name: str) -> bool:
    """Whether the form declares the field as one of a closed kind."""
    declared = program.klass(symbol.cls) if isinstance(symbol, Instance) else None
    if declared is None or not isinstance(symbol, Instance):
        return False
    scope = Fn(symbol.cls.module, declared.scope)
    values = [scope.at(field.value) for field in declared.fields if field.name == name and field.value >= 0]
    made = (s.path for at in values for s in symbols.resolve(at) if isinstance(s, External))
    return any(map(_named_closed, made))
