"""The front end of TypeScript and JavaScript, on tree-sitter's grammars."""

import re
from functools import cache
from pathlib import PurePosixPath

import tree_sitter_javascript
import tree_sitter_typescript
from tree_sitter import Language, Node

from skillaudit import ir
from skillaudit.collectors import (
    _typescript_calls,
    _typescript_classes,
    _typescript_control,
    _typescript_declared,
    _typescript_functions,
    _typescript_modules,
    _typescript_operators,
    _typescript_types,
    _typescript_values,
)
from skillaudit.collectors._tree import Source, parse, unparsed
from skillaudit.collectors._typescript_walk import Tables, Walk, parts
from skillaudit.lowering import LoweringError

_TABLES: Tables = (
    _typescript_types.EXPRESSIONS
    | _typescript_values.EXPRESSIONS
    | _typescript_operators.EXPRESSIONS
    | _typescript_calls.EXPRESSIONS
    | _typescript_functions.EXPRESSIONS
    | _typescript_classes.EXPRESSIONS
    | _typescript_declared.EXPRESSIONS,
    _typescript_control.STATEMENTS
    | _typescript_functions.STATEMENTS
    | _typescript_classes.STATEMENTS
    | _typescript_declared.STATEMENTS
    | _typescript_modules.STATEMENTS,
    _typescript_functions.NAMED | _typescript_classes.NAMED,
)

_LONE_RETURN = re.compile(rb"\r(?!\n)")


@cache
def _grammar(suffix: str) -> Language:
    match suffix:
        case ".ts" | ".mts" | ".cts":
            return Language(tree_sitter_typescript.language_typescript())
        case ".tsx":
            return Language(tree_sitter_typescript.language_tsx())
        case _:
            return Language(tree_sitter_javascript.language())


def _understood(error: Node) -> bool:
    """``export type * from``: the grammar lacks it, all else of the statement is there."""
    return error.text == b"type" and error.parent is not None and error.parent.type == "export_statement"


def lower(path: str, language: str, source: bytes) -> ir.Module:
    """Lower one TypeScript or JavaScript file; the grammar follows from the file name's ending.

    Raises:
        LoweringError: UTF-16 text, too long to parse, or nested too deeply.
    """
    source = _LONE_RETURN.sub(b"\n", source)  # ends a line, which the grammar does not count
    root = parse(_grammar(PurePosixPath(path).suffix.lower()), source)
    at = Walk(Source(source), _TABLES)
    statements = parts(root)
    try:
        for statement in statements:
            if statement.type == "import_statement":
                at.run(statement)
        at.run_all([statement for statement in statements if statement.type != "import_statement"])
    except RecursionError:
        raise LoweringError("nested too deeply") from None
    _typescript_modules.finish_exports(at)
    at.finish()
    return ir.Module(
        path,
        language,
        tuple([function for function in at.functions if function is not None]),
        tuple([kind for kind in at.classes if kind is not None]),
        tuple(at.exports),
        at.source.lines,
        unparsed=unparsed(root, understood=_understood),
    )
