"""The Python front end: libcst's lossless tree to the intermediate form.

libcst's parser is its own and so are its versions of the grammar: what can be read does not depend on the interpreter.
"""

import codecs
import re

import libcst as cst

from skillaudit import ir
from skillaudit.builder import Header
from skillaudit.collectors._python_comprehensions import Comprehensions
from skillaudit.collectors._python_context import Context
from skillaudit.collectors._python_definitions import Definitions, documentation
from skillaudit.collectors._python_expressions import Expressions
from skillaudit.collectors._python_flow import Flow
from skillaudit.collectors._python_positions import Positions
from skillaudit.collectors._python_statements import Statements
from skillaudit.collectors._python_targets import Targets
from skillaudit.collectors._python_texts import Texts
from skillaudit.lowering import LoweringError

# libcst drops a byte order mark and the form feeds that old code has between its functions.
_UNREAD = re.compile(rb"\A" + codecs.BOM_UTF8 + rb"\f*|^\f+", re.MULTILINE)
_ERROR_LINE = re.compile(r"error at (\d+):")

# libcst loads its native parser on first use; where files are lowered none can be opened any more.
cst.parse_module("")


def lower(path: str, language: str, source: bytes) -> ir.Module:
    """Lower one Python file; see ``lowering.Lower``.

    Raises:
        LoweringError: a syntax error (libcst does not recover from any), or nesting beyond the recursion limit.
    """
    try:
        return _lower(path, language, source)
    except RecursionError:
        raise LoweringError("nested too deeply") from None


def _lower(path: str, language: str, source: bytes) -> ir.Module:
    removed: list[int] = []
    if source.startswith(codecs.BOM_UTF8) or b"\f" in source:
        removed = [offset for found in _UNREAD.finditer(source) for offset in range(*found.span())]
    text, single_byte = _decoded(_UNREAD.sub(b"", source) if removed else source)
    module = _parsed(text)
    positions = Positions(module, source, removed, single_byte=single_byte)
    if not positions.complete:
        raise LoweringError("positions unknown: the parser does not give the file back as it was")
    context = Context(
        positions,
        Header("<module>", "<module>", 1, positions.line_count, 0, len(source), doc=documentation(module.body)),
    )
    targets, texts, definitions = Targets(context), Texts(context), Definitions(context)
    Expressions(context, targets, texts)
    Comprehensions(context, targets)
    Flow(context, targets)
    Statements(context, targets, texts, definitions)
    for statement in module.body:
        context.run(statement)
    functions = tuple(builder.finish() for builder in context.functions)
    classes = tuple(built.finish() for built in context.classes)
    return ir.Module(path, language, functions, classes, (), positions.line_count)


def _decoded(source: bytes) -> tuple[str, bool]:
    """The text, and whether each character was one byte.

    Everything that is not UTF-8 is read as Latin-1: code in other encodings keeps its structure and its offsets, which
    is all that counts here, and no codec is chosen by the file.
    """
    try:
        return source.decode(), False
    except UnicodeDecodeError:
        return source.decode("latin-1"), True


def _parsed(text: str) -> cst.Module:
    try:
        return cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        found = _ERROR_LINE.search(error.message)
        raise LoweringError(f"syntax error at line {found[1] if found else error.raw_line}") from None
    except (cst.CSTValidationError, cst.CSTLogicError) as error:
        # What the grammar allows and Python does not, such as ``"a" b"b"``: libcst does not say where.
        raise LoweringError(f"syntax error: {error}") from None
