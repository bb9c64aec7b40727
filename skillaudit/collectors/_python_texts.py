"""Strings put together: f-strings, ``+``, ``%``, adjacent literals."""

from collections.abc import Iterable, Iterator, Sequence

import libcst as cst

from skillaudit import ir
from skillaudit.collectors import _python_literals as literals
from skillaudit.collectors._python_context import Context

_LOOKED_AT = 64  # values looked through to tell whether an operand of ``+`` is a string


class Texts:
    """The handlers of composed strings, and the operators that compose them."""

    def __init__(self, context: Context) -> None:
        self._ctx = context
        context.expressions |= {
            cst.FormattedString: self._formatted,
            cst.TemplatedString: self._formatted,
            cst.ConcatenatedString: self._adjacent,
        }

    # --- operators

    def fold(self, value: int, links: Iterable[tuple[str, int]], line: int) -> int:
        """A chain of operators with their right sides applied to ``value``; a run of ``+`` on strings is one value."""
        pieces: list[int] = []
        for operator, right in links:
            if operator == "+" and (pieces or self._is_text(value) or self._is_text(right)):
                pieces = pieces or [*self._pieces(value)]
                pieces += self._pieces(right)
                continue
            value = self._combined(operator, self._concatenated(pieces, value, line), right, line)
            pieces = []
        return self._concatenated(pieces, value, line)

    def _concatenated(self, pieces: list[int], value: int, line: int) -> int:
        return self._ctx.b.add(ir.Text("concat", tuple(pieces), line)) if pieces else value

    def _combined(self, operator: str, left: int, right: int, line: int) -> int:
        builder = self._ctx.b
        if operator == "%" and self._is_text(left):
            operands = builder.values[right]
            spliced = operands.items if isinstance(operands, ir.Sequence) else (right,)
            return builder.add(ir.Text("percent", (left, *spliced), line))
        return builder.add(ir.Operation(operator, (left, right)))

    def _pieces(self, number: int) -> tuple[int, ...]:
        """The parts of a nested concatenation, else the value itself."""
        value = self._ctx.b.values[number]
        return value.parts if isinstance(value, ir.Text) and value.style == "concat" else (number,)

    def _is_text(self, number: int) -> bool:
        """Whether one of the values that reach here is certainly a string."""
        values, pending, seen = self._ctx.b.values, [number], {number}
        while pending and len(seen) < _LOOKED_AT:
            match values[pending.pop()]:
                case ir.Text() | ir.Literal(kind="str"):
                    return True
                case ir.Variable(value=value):
                    reached: tuple[int, ...] = (value,)
                case ir.Choice(options=options):
                    reached = options
                case _:
                    continue
            pending += [number for number in reached if number not in seen]
            seen.update(reached)
        return False

    # --- literals

    def _adjacent(self, node: cst.ConcatenatedString) -> int:
        """``"a" f"{b}"``: one literal, or one template."""
        parts: list[int | str] = []
        rest: cst.BaseExpression = node
        while isinstance(rest, cst.ConcatenatedString):
            parts += self._parts(rest.left)
            rest = rest.right
        parts += self._parts(rest)
        return self._joined(parts, node)

    def _formatted(self, node: cst.CSTNode) -> int:
        return self._joined(list(self._parts(node)), node)

    def _joined(self, parts: list[int | str], node: cst.CSTNode) -> int:
        """Neighbouring literal pieces become one; a template of nothing else is a literal."""
        builder = self._ctx.b
        numbers: list[int] = []
        text: list[str] = []
        for part in (*parts, -1):
            if isinstance(part, str):
                text.append(part)
                continue
            if text:
                numbers.append(builder.add(literals.string("".join(text))))
                text = []
            numbers.append(part)
        numbers.pop()
        only = builder.values[numbers[0]] if len(numbers) == 1 else None
        if isinstance(only, ir.Literal) and not any(isinstance(part, int) for part in parts):
            return numbers[0]
        if not numbers:
            return builder.add(literals.string(""))
        return builder.add(ir.Text("template", tuple(numbers), self._ctx.positions.line(node)))

    def _parts(self, node: cst.CSTNode) -> Iterator[int | str]:
        """The pieces of one string literal: text as ``str``, values as their numbers."""
        if isinstance(node, cst.SimpleString):
            yield literals.unquote(node.value)
        elif isinstance(node, cst.FormattedString | cst.TemplatedString):
            yield from self._content(node.parts, node.start.rstrip("\"'"))
        else:
            yield self._ctx.value(node)

    def _content(self, parts: Sequence[cst.CSTNode], prefix: str) -> Iterator[int | str]:
        for part in parts:
            if isinstance(part, cst.FormattedStringText | cst.TemplatedStringText):
                yield literals.unescape(part.value.replace("{{", "{").replace("}}", "}"), prefix)
            elif isinstance(part, cst.FormattedStringExpression | cst.TemplatedStringExpression):
                yield from self._replacement(part, prefix)

    def _replacement(
        self, part: cst.FormattedStringExpression | cst.TemplatedStringExpression, prefix: str
    ) -> Iterator[int | str]:
        """One ``{expression!r:spec}``."""
        builder = self._ctx.b
        value = self._ctx.value(part.expression)
        conversion = part.conversion
        if part.equal is not None:
            yield f"{self._ctx.positions.text(part.expression)}="
            conversion = conversion or (None if part.format_spec else "r")
        if conversion is not None:
            value = builder.add(ir.Operation(f"!{conversion}", (value,)))
        if part.format_spec:
            spec = (
                builder.add(literals.string(piece)) if isinstance(piece, str) else piece
                for piece in self._content(part.format_spec, prefix)
            )
            value = builder.add(ir.Operation("format", (value, *spec)))
        yield value
