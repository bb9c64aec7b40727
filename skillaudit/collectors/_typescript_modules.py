"""Imports and exports: ECMAScript modules, TypeScript's ``import =`` and ``export =``, and CommonJS."""

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors._typescript_bind import declared_names
from skillaudit.collectors._typescript_names import string_value
from skillaudit.collectors._typescript_walk import Statements, Walk, parts


def _import(at: Walk, node: Node) -> None:
    source = node.child_by_field_name("source")
    line = at.line(node)
    for clause in parts(node):
        if clause.type == "import_require_clause":
            required = clause.child_by_field_name("source")
            _bind_import(at, parts(clause)[0], at.text(required)[1:-1] if required is not None else "", "", line)
        elif clause.type == "import_clause" and source is not None:
            _clause(at, clause, string_value(at, source))
    if source is not None:
        at.b.add(ir.Import(string_value(at, source), "", line))


def _clause(at: Walk, clause: Node, module: str) -> None:
    for child in parts(clause):
        match child.type:
            case "identifier":
                _bind_import(at, child, module, "default", at.line(child))
            case "namespace_import":
                _bind_import(at, parts(child)[0], module, "", at.line(child))
            case "named_imports":
                for specifier in parts(child):
                    name = specifier.child_by_field_name("name")
                    if name is not None:
                        local = specifier.child_by_field_name("alias") or name
                        _bind_import(at, local, module, _symbol(at, name), at.line(specifier))


def _bind_import(at: Walk, local: Node, module: str, symbol: str, line: int) -> None:
    at.declare(at.text(local), at.b.add(ir.Import(module, symbol, line)), line)


def _symbol(at: Walk, node: Node) -> str:
    return string_value(at, node) if node.type == "string" else at.text(node)


def _alias(at: Walk, node: Node) -> None:
    local, target = parts(node)[:2]
    at.declare(at.text(local), at.value(target), at.line(node))


# --- exports


def _export(at: Walk, node: Node) -> None:
    declaration, value = node.child_by_field_name("declaration"), node.child_by_field_name("value")
    source = node.child_by_field_name("source")
    if source is not None:
        _re_export(at, node, string_value(at, source))
    elif declaration is not None:
        _declared(at, node, declaration)
    elif value is not None:
        _publish(at, "default", at.named(value, "default"))
    else:
        _listed(at, node)


def _re_export(at: Walk, node: Node, module: str) -> None:
    line = at.line(node)
    at.b.add(ir.Import(module, "", line))
    clause = next((child for child in parts(node) if child.type in {"namespace_export", "export_clause"}), None)
    if clause is None:
        at.exports.append(ir.Export("*", NONE, module, "*"))
    elif clause.type == "namespace_export":
        at.exports.append(ir.Export(_symbol(at, parts(clause)[0]), NONE, module))
    else:
        for name, local, _ in _specifiers(at, clause):
            at.exports.append(ir.Export(name, NONE, module, local))


def _specifiers(at: Walk, clause: Node) -> list[tuple[str, str, int]]:
    found = []
    for specifier in parts(clause):
        name = specifier.child_by_field_name("name")
        if name is not None:
            public = specifier.child_by_field_name("alias") or name
            found.append((_symbol(at, public), _symbol(at, name), at.line(specifier)))
    return found


def _declared(at: Walk, node: Node, declaration: Node) -> None:
    at.run(declaration)
    default = any(child.type == "default" for child in node.children)
    for name, line in _names(at, declaration):
        at.frame.exports.append(("default" if default else name, name, line))


def _names(at: Walk, declaration: Node) -> list[tuple[str, int]]:
    name = declaration.child_by_field_name("name")
    if name is not None:
        return [(at.text(name), at.line(name))]
    targets = [child.child_by_field_name("name") for child in parts(declaration)]
    return [found for target in targets if target is not None for found in declared_names(at, target)]


def _listed(at: Walk, node: Node) -> None:
    for child in parts(node):
        if child.type == "export_clause":
            at.frame.exports.extend(_specifiers(at, child))
        elif any(token.type == "=" for token in node.children):
            publish_all(at, at.value(child))


def _publish(at: Walk, name: str, value: int) -> None:
    if at.b.number == 0:
        at.exports.append(ir.Export(name, value))


def publish_all(at: Walk, value: int) -> None:
    """``module.exports = value``: the module's default, and each entry of a literal by its name."""
    _publish(at, "default", value)
    made = at.b.values[value]
    for entry in made.entries if isinstance(made, ir.Record) else ():
        if entry.key and not entry.spread:
            _publish(at, entry.key, entry.value)


def publish_member(at: Walk, target: str, value: int) -> None:
    """``exports.x = value`` and its longer forms; other targets are no exports."""
    owner, _, name = target.rpartition(".")
    if target == "module.exports":
        publish_all(at, value)
    elif owner in {"exports", "module.exports"}:
        _publish(at, name, value)


def finish_exports(at: Walk) -> None:
    """Resolve what was exported by name, once every name of the module is bound."""
    at.frame.bind_types()
    for name, local, line in at.frame.exports:
        at.exports.append(ir.Export(name, at.frame.local(local, line)))


STATEMENTS: Statements = {"export_statement": _export, "import_statement": _import, "import_alias": _alias}
