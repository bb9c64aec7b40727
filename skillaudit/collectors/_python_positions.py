"""Byte offsets and lines of libcst's nodes.

libcst keeps no positions: they come from generating the code again. Its own providers record every node with line and
column through an immutable object each and take four times as long as this, more than the parser itself. The price is
the private ``CodegenState``; ``tests/test_lower_python.py`` compares the result with libcst's own.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import libcst as cst
from libcst._nodes.internal import CodegenState

_NEWLINE = re.compile(rb"\r\n?|\n")


class _Recorder(CodegenState):
    """Writes the module to nowhere and keeps each node's span, without surrounding whitespace and parentheses."""

    def __init__(self, module: cst.Module, *, single_byte: bool) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.position = 0
        self.spans: dict[cst.CSTNode, tuple[int, int]] = {}
        self._single_byte = single_byte
        self._open: list[tuple[cst.CSTNode, int, cst.CSTNode | None]] = []

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.position += len(token)

    def add_token(self, value: str) -> None:
        self.position += len(value) if self._single_byte or value.isascii() else len(value.encode())
        self.tokens = [value]  # the last one is all that is asked for

    def pop_trailing_newline(self) -> None:
        self.position -= sum(len(token) for token in self.tokens)

    def record_syntactic_position(  # type: ignore[override] # itself the context manager: no generator for each node
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> Self:
        start = self.position if start_node is None else self.spans.get(start_node, (self.position, 0))[0]
        self._open.append((node, start, end_node))
        return self

    def __enter__(self) -> None:
        """Nothing more to do: the start was noted when the context manager was asked for."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        node, start, last = self._open.pop()
        end = self.position if last is None else self.spans.get(last, (0, self.position))[1]
        self.spans[node] = (start, end)


def _moved(spans: dict[cst.CSTNode, tuple[int, int]], removed: Sequence[int]) -> dict[cst.CSTNode, tuple[int, int]]:
    """The spans in the file from which the bytes at these offsets were removed."""
    before = [offset - index for index, offset in enumerate(removed)]
    return {
        node: (start + bisect_right(before, start), end + bisect_left(before, end))
        for node, (start, end) in spans.items()
    }


class Positions:
    """Where the nodes of one module stand.

    ``source`` are the file's bytes; ``single_byte``: its encoding has one byte per character, otherwise it is UTF-8;
    ``removed``: the offsets of the bytes that the parser did not get, ascending. Nodes that are not of this module (a
    quoted annotation that was parsed by itself) stand at ``elsewhere``. ``complete``: the nodes make up the file.
    """

    def __init__(self, module: cst.Module, source: bytes, removed: Sequence[int], *, single_byte: bool) -> None:
        state = _Recorder(module, single_byte=single_byte)
        module._codegen(state)  # noqa: SLF001 - see the module's docstring
        self._source = source
        self._encoding = "latin-1" if single_byte else "utf-8"
        self._spans = _moved(state.spans, removed) if removed else state.spans
        self._lines = [0, *(found.end() for found in _NEWLINE.finditer(source))]
        self.elsewhere = (0, 0)
        # libcst drops a last newline that is a lone carriage return.
        self.complete = 0 <= len(source) - len(removed) - state.position <= source.endswith(b"\r")

    def known(self, node: cst.CSTNode) -> bool:
        """Whether the node stands in the file itself."""
        return node in self._spans

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Start and end offset in bytes."""
        return self._spans.get(node, self.elsewhere)

    def line(self, node: cst.CSTNode) -> int:
        """The line on which the node starts, from 1."""
        return bisect_right(self._lines, self._spans.get(node, self.elsewhere)[0])

    def end_line(self, node: cst.CSTNode) -> int:
        """The line on which the node's last byte stands."""
        start, end = self._spans.get(node, self.elsewhere)
        return bisect_right(self._lines, max(start, end - 1))

    def text(self, node: cst.CSTNode) -> str:
        """The node as written."""
        start, end = self._spans.get(node, self.elsewhere)
        return self._source[start:end].decode(self._encoding, "replace")

    @property
    def line_count(self) -> int:
        """Lines of the file; a last one without a newline counts."""
        return len(self._lines) - (self._lines[-1] == len(self._source))
