"""Expressions: names, members, calls, operators, literals."""

from collections.abc import Iterator, Sequence

import libcst as cst

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors import _python_literals as literals
from skillaudit.collectors._python_context import Context
from skillaudit.collectors._python_deferred import deferred
from skillaudit.collectors._python_targets import Targets
from skillaudit.collectors._python_texts import Texts
from skillaudit.collectors._python_tuples import named_tuple

_CONSTANTS = {
    "None": ir.Literal("null", "null"),
    "True": ir.Literal("bool", "true"),
    "False": ir.Literal("bool", "false"),
}
_OPERATORS: dict[type[cst.CSTNode], str] = {
    cst.Add: "+", cst.Subtract: "-", cst.Multiply: "*", cst.Divide: "/", cst.FloorDivide: "//", cst.Modulo: "%",
    cst.Power: "**", cst.MatrixMultiply: "@", cst.LeftShift: "<<", cst.RightShift: ">>", cst.BitAnd: "&",
    cst.BitOr: "|", cst.BitXor: "^", cst.And: "and", cst.Or: "or", cst.Not: "not", cst.Minus: "-", cst.Plus: "+",
    cst.BitInvert: "~", cst.Equal: "==", cst.LessThan: "<", cst.GreaterThan: ">", cst.LessThanEqual: "<=",
    cst.GreaterThanEqual: ">=", cst.In: "in", cst.NotIn: "not in", cst.Is: "is", cst.IsNot: "is not",
    cst.AddAssign: "+", cst.SubtractAssign: "-", cst.MultiplyAssign: "*", cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//", cst.ModuloAssign: "%", cst.PowerAssign: "**", cst.MatrixMultiplyAssign: "@",
    cst.LeftShiftAssign: "<<", cst.RightShiftAssign: ">>", cst.BitAndAssign: "&", cst.BitOrAssign: "|",
    cst.BitXorAssign: "^",
}  # fmt: skip


def operator(node: cst.CSTNode) -> str:
    """The operator as written, of an augmented assignment without its ``=``; ``!=`` also for ``<>``."""
    return _OPERATORS.get(type(node), "!=")


class Expressions:
    """The handlers of all expressions but functions and comprehensions."""

    def __init__(self, context: Context, targets: Targets, texts: Texts) -> None:
        self._ctx, self._targets, self._texts = context, targets, texts
        context.expressions |= {
            cst.Name: self._name,
            cst.Attribute: self._attribute,
            cst.Subscript: self._subscript,
            cst.Slice: self._slice,
            cst.Call: self._call,
            cst.Await: self._await,
            cst.SimpleString: self._string,
            cst.Integer: self._number,
            cst.Float: self._number,
            cst.Imaginary: self._number,
            cst.Tuple: self._sequence,
            cst.List: self._sequence,
            cst.Set: self._sequence,
            cst.StarredElement: self._starred,
            cst.Dict: self._dict,
            cst.UnaryOperation: self._unary,
            cst.BinaryOperation: self._binary,
            cst.BooleanOperation: self._boolean,
            cst.Comparison: self._comparison,
            cst.IfExp: self._conditional,
            cst.NamedExpr: self._named,
            cst.Yield: self._yield,
            cst.Ellipsis: self._ellipsis,
        }

    # --- names and what hangs on them

    def _name(self, node: cst.Name) -> int:
        ctx, name = self._ctx, node.value
        known = ctx.b.env.get(name)
        if known is not None:
            return known
        if name in _CONSTANTS:
            return ctx.b.add(_CONSTANTS[name])
        return ctx.b.read(literals.identifier(name), ctx.positions.line(node))

    def _attribute(self, node: cst.Attribute) -> int:
        ctx = self._ctx
        base = ctx.value(node.value)
        return ctx.b.add(ir.Member(base, literals.identifier(node.attr.value), ctx.positions.line(node)))

    def _subscript(self, node: cst.Subscript) -> int:
        ctx = self._ctx
        base = ctx.value(node.value)
        keys = [self._index(element.slice) for element in node.slice]
        key = keys[0] if len(keys) == 1 else ctx.b.add(ir.Sequence(tuple(keys)))
        return ctx.b.add(ir.Item(base, key, ctx.positions.line(node)))

    def _index(self, node: cst.BaseSlice) -> int:
        if not isinstance(node, cst.Index):
            return self._ctx.value(node)
        value = self._ctx.value(node.value)
        return value if node.star is None else self._ctx.b.add(ir.Element(value))

    def _slice(self, node: cst.Slice) -> int:
        ctx = self._ctx
        nothing = ctx.b.add(_CONSTANTS["None"])
        bounds = (node.lower, node.upper, node.step)
        return ctx.b.add(ir.Opaque("slice", tuple(nothing if x is None else ctx.value(x) for x in bounds)))

    # --- calls

    def _call(self, node: cst.Call, *, awaited: bool = False) -> int:
        ctx = self._ctx
        plainly = self._written_plainly(node)
        if plainly is None:
            plainly = named_tuple(ctx, node)
        if plainly is not None:
            return plainly
        callee = ctx.value(node.func)
        start = self._ctx.positions.line(node)
        args = tuple([self._argument(arg, start) for arg in node.args])
        positions = ctx.positions
        if not positions.known(node):
            return ctx.b.add(ir.Opaque("quoted call", (callee, *(arg.value for arg in args))))
        start, end = positions.span(node)
        call = ir.Call(callee, args, positions.line(node), positions.end_line(node), start, end, awaited=awaited)
        if not ctx.scope.evaluated:
            return ctx.b.add(call)
        number = ctx.b.call(call)
        later = deferred(ctx.b, node, call)
        if later is not None:
            # A span of its own: calls are told apart by it.
            made = ir.Call(later.function, later.args, call.line, call.end_line, start + 1, end)
            ctx.b.call(made)
        return number

    def _written_plainly(self, node: cst.Call) -> int | None:
        """``getattr(os, "system")`` is ``os.system``, ``__import__("os")`` and ``import_module("os")`` are ``os``."""
        match node:
            case cst.Call(
                func=cst.Name("getattr"), args=[cst.Arg(value=base), cst.Arg(value=cst.SimpleString(text)), *_]
            ):
                name = literals.unquote(text)
                if name.isidentifier():
                    line = self._ctx.positions.line(node)
                    return self._ctx.b.add(ir.Member(self._ctx.value(base), literals.identifier(name), line))
            case (
                cst.Call(func=cst.Name("__import__" | "import_module"), args=[cst.Arg(value=cst.SimpleString(text))])
                | cst.Call(
                    func=cst.Attribute(cst.Name("importlib"), cst.Name("import_module")),
                    args=[cst.Arg(value=cst.SimpleString(text))],
                )
            ):
                return self._ctx.b.add(ir.Import(literals.unquote(text), "", self._ctx.positions.line(node)))
        return None

    def _argument(self, arg: cst.Arg, start: int) -> ir.Argument:
        value, line = self._ctx.value(arg.value), self._ctx.positions.line(arg.value)
        below = line if line != start else 0
        if arg.keyword is not None:
            return ir.Argument(value, literals.identifier(arg.keyword.value), line=below)
        return ir.Argument(value, spread=bool(arg.star), line=below)

    def _await(self, node: cst.Await) -> int:
        if isinstance(node.expression, cst.Call):
            return self._call(node.expression, awaited=True)
        return self._ctx.b.add(ir.Operation("await", (self._ctx.value(node.expression),)))

    # --- literals

    def _string(self, node: cst.SimpleString) -> int:
        return self._ctx.b.add(literals.string(literals.unquote(node.value)))

    def _number(self, node: cst.BaseNumber) -> int:
        return self._ctx.b.add(literals.number(self._written(node)))

    @staticmethod
    def _written(node: cst.BaseNumber) -> str:
        return node.value if isinstance(node, cst.Integer | cst.Float | cst.Imaginary) else ""

    def _ellipsis(self, _: cst.Ellipsis) -> int:
        return self._ctx.b.add(ir.Opaque("...", ()))

    def _sequence(self, node: cst.Tuple | cst.List | cst.Set) -> int:
        return self._ctx.b.add(ir.Sequence(tuple(self._elements(node.elements))))

    def _elements(self, elements: Sequence[cst.BaseElement]) -> Iterator[int]:
        for element in elements:
            starred = isinstance(element, cst.StarredElement)
            yield self._starred(element) if starred else self._ctx.value(element.value)

    def _starred(self, node: cst.BaseElement) -> int:
        return self._ctx.b.add(ir.Element(self._ctx.value(node.value)))

    def _dict(self, node: cst.Dict) -> int:
        ctx = self._ctx
        entries, start = [], ctx.positions.line(node)
        for element in node.elements:
            key = ctx.value(element.key) if isinstance(element, cst.DictElement) else None
            text = "" if key is None else ctx.b.constant(key)
            value, line = ctx.value(element.value), ctx.positions.line(element.value)
            entries.append(ir.Entry(text, value, spread=key is None, line=line if line != start else 0))
        return ctx.b.add(ir.Record(tuple(entries), start))

    # --- operators

    def _unary(self, node: cst.UnaryOperation) -> int:
        return self._ctx.b.add(ir.Operation(operator(node.operator), (self._ctx.value(node.expression),)))

    def _binary(self, node: cst.BinaryOperation) -> int:
        """A chain of operators is walked, not descended: generated code strings hundreds together."""
        chain = [node]
        while isinstance(node.left, cst.BinaryOperation):
            node = node.left
            chain.append(node)
        first = self._ctx.value(node.left)
        links = ((operator(link.operator), self._ctx.value(link.right)) for link in reversed(chain))
        return self._texts.fold(first, links, self._ctx.positions.line(node))

    def _boolean(self, node: cst.BooleanOperation) -> int:
        """The right side is evaluated only where the left one is true (``and``) or false (``or``)."""
        ctx = self._ctx
        word = operator(node.operator)
        left = ctx.value(node.left)
        with ctx.maybe("if" if word == "and" else "else", node.right, left):
            right = ctx.value(node.right)
        return ctx.b.add(ir.Operation(word, (left, right)))

    def _comparison(self, node: cst.Comparison) -> int:
        """``a < b < c`` is ``a < b and b < c`` with ``b`` evaluated once."""
        ctx = self._ctx
        left, result = ctx.value(node.left), NONE
        for target in node.comparisons:
            right = ctx.value(target.comparator)
            compared = ctx.b.add(ir.Operation(operator(target.operator), (left, right)))
            result = compared if result == NONE else ctx.b.add(ir.Operation("and", (result, compared)))
            left = right
        return result

    def _conditional(self, node: cst.IfExp) -> int:
        ctx = self._ctx
        test = ctx.value(node.test)
        with ctx.maybe("if", node.body, test):
            body = ctx.value(node.body)
        with ctx.maybe("else", node.orelse, test):
            orelse = ctx.value(node.orelse)
        return ctx.b.choice((body, orelse), test)

    def _named(self, node: cst.NamedExpr) -> int:
        value = self._ctx.value(node.value)
        self._targets.assign(node.target, value, self._ctx.b.assign)
        return self._ctx.value(node.target)

    def _yield(self, node: cst.Yield) -> int:
        """What the caller sends is not what is yielded; the result of a subgenerator hangs on it."""
        ctx, line = self._ctx, self._ctx.positions.line(node)
        if isinstance(node.value, cst.From):
            source = ctx.value(node.value.item)
            ctx.b.give_back(ctx.b.add(ir.Element(source)), line, yields=True)
            return ctx.b.add(ir.Opaque("yield from", (source,)))
        ctx.b.give_back(NONE if node.value is None else ctx.value(node.value), line, yields=True)
        return ctx.b.add(ir.Opaque("yield", ()))
