"""The front end for Go, on tree-sitter: one file to the intermediate form."""

import re
from collections.abc import Iterator

import tree_sitter_go
from tree_sitter import Language, Node

from skillaudit import ir
from skillaudit.builder import Header
from skillaudit.collectors import (
    _go_assignments,
    _go_composites,
    _go_control,
    _go_expressions,
    _go_functions,
    _go_types,
)
from skillaudit.collectors._go_names import exported, package_names, unquoted
from skillaudit.collectors._go_walk import Walk, children
from skillaudit.collectors._tree import Source, parse, unparsed
from skillaudit.lowering import LoweringError

_LANGUAGE = Language(tree_sitter_go.language())
_NEW_VALUE = re.compile(rb"\bnew\((?!\s*(?:[\[*<]|(?:chan|func|interface|map|struct)\b))")
"""``new(T)`` or, since Go 1.26, ``new(value)``; not ``new`` with what can only be a type."""

_VALUES = {**_go_types.VALUES, **_go_expressions.VALUES, **_go_composites.VALUES, **_go_functions.VALUES}
_STATEMENTS = {
    **_go_types.STATEMENTS,
    **_go_functions.STATEMENTS,
    **_go_assignments.STATEMENTS,
    **_go_control.STATEMENTS,
}


def lower(path: str, language: str, source: bytes) -> ir.Module:
    """Lower one Go file.

    Args:
        path: where it stands in the tree, only to be repeated in the module.
        language: ``Language.label`` of the file.
        source: its bytes, UTF-8 or not.

    Raises:
        LoweringError: it cannot be parsed in time or is nested too deeply.
    """
    root = _parsed(source)
    try:
        return _module(path, language, root, Walk(Source(source), _VALUES, _STATEMENTS))
    except RecursionError:
        raise LoweringError("nested too deeply") from None


def _parsed(source: bytes) -> Node:
    """The syntax tree; the grammar knows ``new`` with a type only, so where that fails it is read as any other call."""
    root = parse(_LANGUAGE, source)
    if not root.has_error or not _NEW_VALUE.search(source):
        return root
    return min((root, parse(_LANGUAGE, _NEW_VALUE.sub(b"neW(", source))), key=unparsed)


def _module(path: str, language: str, root: Node, walk: Walk) -> ir.Module:
    header = Header("<module>", "<module>", 1, max(1, walk.src.lines), 0, len(walk.src.code))
    with walk.inside(walk.reserve(), header) as builder:
        declarations = list(_declarations(walk, root))
        _imports(walk, [node for node in declarations if node.type == "import_declaration"])
        _hoist(walk, declarations)
        rest = [node for node in declarations if node.type not in {"import_declaration", "package_clause"}]
        for node in sorted(rest, key=lambda node: node.type != "type_declaration"):
            walk.run(node)
        own = {name: value for name, (value, _) in builder.bound.items() if name not in walk.imports}
        exports = tuple(ir.Export(name, value) for name, value in own.items() if exported(name))
    return ir.Module(
        path,
        language,
        tuple(function for function in walk.functions if function is not None),
        tuple(draft.finish() for draft in walk.classes),
        exports,
        walk.src.lines,
        next((walk.src.text(n.named_children[0]) for n in declarations if n.type == "package_clause"), ""),
        unparsed(root),
    )


def _declarations(walk: Walk, root: Node) -> Iterator[Node]:
    """What stands at the top of the file, also inside what the parser could not make sense of."""
    comments: list[Node] = []
    for node in root.named_children:
        if node.type == "comment":
            if comments and comments[-1].end_point.row + 1 != node.start_point.row:
                comments = []
            comments.append(node)
            continue
        if comments and comments[-1].end_point.row + 1 == node.start_point.row:
            walk.docs[node.start_byte] = _go_functions.doc_of(walk, comments)
        comments = []
        if node.type == "ERROR" and any(child.type in _STATEMENTS for child in node.named_children):
            yield from _declarations(walk, node)
        else:
            yield node


def _imports(walk: Walk, declarations: list[Node]) -> None:
    """Bind what is imported: names that are certain first, so that a guessed one never hides them."""
    guesses: list[tuple[str, str, int]] = []
    for spec in _specs(declarations):
        path_node, name_node, line = spec.child_by_field_name("path"), spec.child_by_field_name("name"), walk.line(spec)
        path = unquoted(walk.src.text(path_node)) if path_node else ""
        name = walk.src.text(name_node) if name_node else ""
        match name:
            case "":
                first, *others = package_names(path)
                _bind_import(walk, first, path, line)
                guesses += [(guess, path, line) for guess in others]
            case "." | "_":
                walk.b.add(ir.Import(path, "*" if name == "." else "", line))
            case _:
                _bind_import(walk, name, path, line)
    for name, path, line in guesses:
        if name not in walk.imports:
            _bind_import(walk, name, path, line)


def _bind_import(walk: Walk, name: str, path: str, line: int) -> None:
    walk.imports[name] = path
    walk.declare(name, walk.b.add(ir.Import(path, "", line)), line)


def _specs(declarations: list[Node]) -> Iterator[Node]:
    for declaration in declarations:
        for child in children(declaration):
            yield from children(child) if child.type == "import_spec_list" else (child,)


def _hoist(walk: Walk, declarations: list[Node]) -> None:
    """Bind the functions and types of the file: all of them are known everywhere in it."""
    for node in declarations:
        name = node.child_by_field_name("name")
        if node.type == "function_declaration" and name is not None:
            number = walk.reserved[node.start_byte] = walk.reserve()
            walk.declare(walk.src.text(name), walk.b.add(ir.Closure(number)), walk.line(node))
        for spec in children(node) if node.type == "type_declaration" else ():
            _hoist_type(walk, spec)


def _hoist_type(walk: Walk, spec: Node) -> None:
    name_node, definition = spec.child_by_field_name("name"), spec.child_by_field_name("type")
    if name_node is None or definition is None:
        return
    name = walk.src.text(name_node)
    walk.types[name] = definition
    if spec.type == "type_spec":
        index = walk.reserved[spec.start_byte] = _go_types.draft_of(walk, name, definition)
        walk.owners[name] = index
        walk.declare(name, walk.b.add(ir.ClassValue(index)), walk.line(name_node))
