"""HCL through tree-sitter, walked without recursion into what is too deep: blocks, attributes, expressions."""

import json

import msgspec
import tree_sitter
import tree_sitter_hcl

from skillaudit.configuration import (
    MAX_DEPTH,
    List,
    Map,
    Node,
    Text,
    UnreadableError,
    Unresolved,
    pairs,
    placed,
    shifted,
)
from skillaudit.configurations._filled import MOST, File, as_tree, filled, nothing
from skillaudit.credentials import shorten

MAX_HCL = 96 << 10
"""Bytes up to which the parser answers within a second, whatever they are."""
_ENCODERS = {
    "jsonencode", "yamlencode", "jsondecode", "yamldecode", "tostring", "concat", "tolist", "toset", "merge", "compact",
    "flatten",
}  # fmt: skip


def read_hcl(text: str, file: File = nothing) -> Map:
    """The body of a file. A block becomes a map below its type and labels; a block type may come again.

    Args:
        text: the file.
        file: gives the text of a file by the path that ``file()`` names, None where there is none.

    Raises:
        UnreadableError: too large, too deep, or no HCL.
    """
    data = text.encode()
    if len(data) > MAX_HCL:
        raise UnreadableError(f"larger than {MAX_HCL >> 10} KiB")
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))
    root = parser.parse(data).root_node
    if root.has_error:
        raise UnreadableError("no valid HCL")
    body = next((one for one in root.named_children if one.type == "body"), None)
    return _Walk(data, file).body(body, 0) if body is not None else Map(1, ())


class _Walk(msgspec.Struct, frozen=True):
    data: bytes
    file: File

    def body(self, node: tree_sitter.Node, depth: int) -> Map:
        """The attributes and blocks of a body."""
        if depth > MAX_DEPTH:
            raise UnreadableError(f"nested more than {MAX_DEPTH} levels deep")
        named: list[tuple[str, Node]] = []
        for one in node.named_children:
            if one.type == "attribute":
                name, value = one.named_children[0], one.named_children[-1]
                named.append((self.text(name), self.expression(value, depth + 1)))
            elif one.type == "block":
                named.append(self._block(one, depth))
        return Map(_line(node), tuple(named))

    def _block(self, node: tree_sitter.Node, depth: int) -> tuple[str, Node]:
        labels = [self.text(one).strip('"') for one in node.named_children if one.type in {"identifier", "string_lit"}]
        inner = next((one for one in node.named_children if one.type == "body"), None)
        held: Node = Map(_line(node), self.body(inner, depth + 1).items if inner is not None else ())
        for label in reversed(labels[1:]):
            held = Map(_line(node), ((label, held),))
        return labels[0], held

    def expression(self, node: tree_sitter.Node, depth: int) -> Node:  # noqa: PLR0911 - one for each kind of expression
        """A value; unresolved where it is more than a literal, a list, an object or an encoder of one."""
        if depth > MAX_DEPTH:
            raise UnreadableError(f"nested more than {MAX_DEPTH} levels deep")
        inner = node.named_children
        if node.type in {"expression", "literal_value", "collection_value", "template_expr"} and len(inner) == 1:
            return self.expression(inner[0], depth + 1)
        match node.type:
            case "string_lit" | "quoted_template":
                return _string(_line(node), self.text(node)[1:-1])
            case "heredoc_template":
                return self._heredoc(node)
            case "numeric_lit" | "bool_lit":
                return Text(_line(node), self.text(node))
            case "null_lit":
                return Text(_line(node), "")
            case "tuple":
                items = (self.expression(one, depth + 1) for one in inner if one.type == "expression")
                return List(_line(node), tuple(items))
            case "object":
                return Map(_line(node), tuple(self._entry(one, depth) for one in inner if one.type == "object_elem"))
            case "function_call":
                return self._call(node, depth)
            case _:
                return Unresolved(_line(node), shorten(self.text(node), 400))

    def _entry(self, node: tree_sitter.Node, depth: int) -> tuple[str, Node]:
        key, value = node.child_by_field_name("key"), node.child_by_field_name("val")
        name = self.text(key).strip('"() ') if key is not None else "?"
        held = self.expression(value, depth + 2) if value is not None else Unresolved(_line(node), "")
        return name, held

    def _call(self, node: tree_sitter.Node, depth: int) -> Node:
        name = self.text(node.named_children[0])
        arguments = next((one for one in node.named_children if one.type == "function_arguments"), None)
        given = [one for one in arguments.named_children if one.type == "expression"] if arguments else []
        if name in _ENCODERS and len(given) == 1:
            return self.expression(given[0], depth + 1)
        if name in {"file", "templatefile"} and given:
            return self._other(node, name, [self.expression(one, depth + 1) for one in given])
        return Unresolved(_line(node), shorten(self.text(node), 400))

    def _other(self, node: tree_sitter.Node, name: str, given: list[Node]) -> Node:
        """What another file holds, where this call stands; of a template with what it is handed."""
        path = given[0].text if isinstance(given[0], Text | Unresolved) else ""
        text = self.file(path)
        if text is None or len(text) > MOST:
            return Unresolved(_line(node), shorten(self.text(node), 400))
        held = placed(as_tree(text, path) or _string(_line(node), text), _line(node))
        return filled(held, dict(pairs(given[1]))) if name == "templatefile" and len(given) > 1 else held

    def _heredoc(self, node: tree_sitter.Node) -> Node:
        """A heredoc's text; as a tree where it holds JSON."""
        lines = self.text(node).split("\n")[1:-1]
        text = "\n".join(lines)
        held = as_tree(text)
        return shifted(held, _line(node)) if held is not None else _string(_line(node), text)

    def text(self, node: tree_sitter.Node) -> str:
        """The source of a node."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _string(line: int, text: str) -> Node:
    if "${" in text or "%{" in text:
        return Unresolved(line, text)
    try:
        return Text(line, json.loads(f'"{text}"')) if "\\" in text else Text(line, text)
    except ValueError:  # an escape that JSON does not know: kept as it is written
        return Text(line, text)


def _line(node: tree_sitter.Node) -> int:
    return node.start_point[0] + 1
