"""Calls that never come back: ``abort(403)``, ``sys.exit()``."""

from typing import Final

import libcst as cst

from skillaudit import ir
from skillaudit.builder import FunctionBuilder

_NEVER: Final = {
    ("flask", "abort"), ("quart", "abort"), ("bottle", "abort"), ("werkzeug.exceptions", "abort"), ("sanic", "abort"),
    ("sanic.exceptions", "abort"), ("flask_restful", "abort"), ("flask_restx", "abort"), ("flask_smorest", "abort"),
    ("sys", "exit"), ("os", "_exit"), ("os", "abort"), ("pytest", "fail"), ("pytest", "skip"), ("pytest", "exit"),
}  # fmt: skip
"""By the module that a name is imported from."""

_BUILTINS: Final = {"exit", "quit"}


def never_returns(function: FunctionBuilder, module: FunctionBuilder, node: cst.BaseExpression) -> bool:
    """Whether an expression statement ends the function, by what the file imports under the name that is called."""
    called = node.func if isinstance(node, cst.Call) else None
    match called:
        case cst.Name(value=name):
            found = _imported(function, module, name)
            return (found in _NEVER) if found else (name in _BUILTINS and not _is_bound(function, module, name))
        case cst.Attribute(value=cst.Name(value=base), attr=cst.Name(value=name)):
            package, symbol = _imported(function, module, base) or ("", "")
            return (f"{package}.{symbol}" if symbol else package, name) in _NEVER
        case _:
            return False


def _is_bound(function: FunctionBuilder, module: FunctionBuilder, name: str) -> bool:
    return name in function.env or name in module.env


def _imported(function: FunctionBuilder, module: FunctionBuilder, name: str) -> tuple[str, str] | None:
    """The module and the symbol that a name was imported as, here or at the top of the file."""
    builder = function if name in function.env else module
    value = builder.values[builder.env[name]] if name in builder.env else None
    if isinstance(value, ir.Variable):
        value = builder.values[value.value]
    return (value.module, value.symbol) if isinstance(value, ir.Import) else None
