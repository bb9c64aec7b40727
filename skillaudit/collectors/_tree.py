"""What the front ends on tree-sitter share: parsing within a time limit, and what of a file was not understood."""

from bisect import bisect_left
from collections.abc import Callable
from time import monotonic

from tree_sitter import Language, Node, Parser, Point

from skillaudit.lowering import LoweringError

SECONDS = 20.0
"""How long one file may be parsed; error recovery is what takes long, and only on files that are no source code."""

_CHUNK = 1 << 16
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def parse(language: Language, source: bytes, seconds: float = SECONDS) -> Node:
    """The root of the syntax tree; syntax errors are nodes of it.

    Raises:
        LoweringError: UTF-16, or not parsed in ``seconds``.
    """
    if source.startswith(_WIDE):
        raise LoweringError("UTF-16 text")
    end = monotonic() + seconds

    def read(offset: int, _: Point) -> bytes:
        return source[offset : offset + _CHUNK]

    def late(_offset: int, _error: bool) -> bool:  # noqa: FBT001 - tree-sitter calls it with positions
        return monotonic() > end

    try:
        return Parser(language).parse(read, progress_callback=late).root_node
    except ValueError:
        raise LoweringError(f"not parsed within {seconds:g} seconds") from None


class Source:
    """The bytes of a file, by node: text and line numbers (from 1)."""

    __slots__ = ("_newlines", "code", "lines")

    def __init__(self, code: bytes) -> None:
        self.code = code
        self._newlines = [at for at, byte in enumerate(code) if byte == 10]  # noqa: PLR2004 - the newline
        self.lines = len(self._newlines) + (not code.endswith(b"\n") and bool(code))

    def text(self, node: Node) -> str:
        """The node as written; bytes that are no UTF-8 become replacement characters."""
        return self.code[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def line(self, offset: int) -> int:
        """The line on which the byte at ``offset`` stands."""
        return bisect_left(self._newlines, offset) + 1


def unparsed(root: Node, *, understood: Callable[[Node], bool] = lambda _: False) -> int:
    """How many lines hold tokens that the parser had to skip or make up, but for errors that are ``understood``."""
    rows: set[int] = set()
    pending = [root] if root.has_error else []
    while pending:
        node = pending.pop()
        if node.is_error and understood(node):
            continue
        if node.is_missing or (node.is_error and not node.child_count):
            rows.update(range(node.start_point.row, node.end_point.row + 1))
        for child in node.children:
            if node.is_error and not child.child_count and not child.is_extra:
                rows.update(range(child.start_point.row, child.end_point.row + 1))
            elif child.has_error:
                pending.append(child)
    return len(rows)
