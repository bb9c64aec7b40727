"""Functions, lambdas and classes."""

import inspect
import re
from collections.abc import Iterator, Sequence

import libcst as cst

from skillaudit import ir
from skillaudit.builder import NONE, Header
from skillaudit.collectors import _python_literals as literals
from skillaudit.collectors._python_context import ClassBuilder, Context, Scope
from skillaudit.collectors._python_literals import identifier

_SECTION = re.compile(r"#\W*")


class Definitions:
    """The handlers of everything that opens a scope."""

    def __init__(self, context: Context) -> None:
        self._ctx = context
        context.statements |= {
            cst.FunctionDef: self._function,
            cst.ClassDef: self._class,
        }
        context.expressions[cst.Lambda] = self._lambda

    # --- functions

    def _function(self, node: cst.FunctionDef) -> None:
        ctx, name = self._ctx, identifier(node.name.value)
        decorators = tuple(ctx.value(decorator.decorator) for decorator in node.decorators)
        declared = list(_declared(node.params))
        owner = ctx.scope.class_body
        static = any(_names(decorator, "staticmethod") for decorator in node.decorators)
        receiver = identifier(declared.pop(0)[0].name.value) if owner and not static and _takes(declared) else ""
        self.type_parameters(node.type_parameters)
        start, end = ctx.positions.span(node)
        line = ctx.positions.line(node.name)
        header = Header(
            name, ctx.scope.path + name, line, ctx.positions.end_line(node), start, end,
            params=tuple([self._parameter(param, kind) for param, kind in declared]),
            decorators=decorators,
            parent=ctx.b.number,
            owner=owner.index if owner else NONE,
            is_async=node.asynchronous is not None,
            returns=self.annotation(node.returns)[0],
            doc=documentation(node.body.body) or _comment((*node.leading_lines, *node.lines_after_decorators)),
        )  # fmt: skip
        number = self._body(header, receiver, node.body)
        if any(_names(decorator, "overload") for decorator in node.decorators):
            return  # only a signature: the name stays with the implementation that follows
        if owner is None:
            ctx.bind(name, ctx.b.add(ir.Closure(number)), line)
        else:
            owner.methods.append(ir.Method(name, number, static))
            ctx.b.env[name] = ctx.b.add(ir.Variable(name, ctx.b.add(ir.Closure(number)), line))

    def _lambda(self, node: cst.Lambda) -> int:
        ctx = self._ctx
        name, ctx.lambda_name = ctx.lambda_name, ""
        qualname = ctx.scope.path + (name or "<lambda>")
        start, end = ctx.positions.span(node)
        header = Header(
            name, qualname, ctx.positions.line(node), ctx.positions.end_line(node), start, end,
            params=tuple([self._parameter(param, kind) for param, kind in _declared(node.params)]),
            parent=ctx.b.number,
        )  # fmt: skip
        for hidden, value in ctx.scope.hidden.items():
            ctx.b.bound.setdefault(hidden, (value, header.line))
        return ctx.b.add(ir.Closure(self._body(header, "", node.body)))

    def _body(self, header: Header, receiver: str, body: cst.BaseSuite | cst.BaseExpression) -> int:
        """Lower a function's body; the function's number."""
        ctx = self._ctx
        builder = ctx.open(header)
        known = receiver or (ctx.scope.receiver if header.owner == NONE else "")
        if known:
            builder.env[known] = builder.add(ir.Receiver())
        for index, param in enumerate(header.params):
            builder.env[param.name] = builder.add(ir.Param(index))
            builder.bound[param.name] = (builder.env[param.name], header.line)
        with ctx.inside(Scope(builder, path=f"{header.qualname}.", receiver=known)):
            if isinstance(body, cst.BaseSuite):
                ctx.suite(body)
            else:
                builder.give_back(ctx.value(body), ctx.positions.line(body))
        for name in builder.outer:
            builder.bound.pop(name, None)  # it is bound in an enclosing scope, not in this one
        return builder.number

    def _parameter(self, param: cst.Param, kind: str) -> ir.Parameter:
        default = NONE if param.default is None else self._ctx.value(param.default)
        annotated, text = self.annotation(param.annotation)
        return ir.Parameter(identifier(param.name.value), kind, annotated, default, text)

    # --- types

    def annotation(self, node: cst.Annotation | None) -> tuple[int, str]:
        """An annotation's value and text; a quoted one is read as what it quotes."""
        if node is None:
            return NONE, ""
        ctx, written = self._ctx, node.annotation
        text = literals.cut(ctx.positions.text(written))
        if isinstance(written, cst.SimpleString):
            quoted = literals.unquote(written.value)
            try:
                ctx.positions.elsewhere = ctx.positions.span(written)
                return ctx.typed(cst.parse_expression(quoted.strip())), text
            except (cst.ParserSyntaxError, cst.CSTValidationError, cst.CSTLogicError):
                return ctx.typed(written), text
        return ctx.typed(written), text

    def type_parameters(self, node: cst.TypeParameters | None) -> None:
        """Bounds and defaults of type parameters, for what they contain."""
        for param in () if node is None else node.params:
            bound = param.param.bound if isinstance(param.param, cst.TypeVar) else None
            for written in (bound, param.default):
                if written is not None:
                    self._ctx.typed(written)

    # --- classes

    def _class(self, node: cst.ClassDef) -> None:
        ctx, name = self._ctx, identifier(node.name.value)
        decorators = tuple(ctx.value(decorator.decorator) for decorator in node.decorators)
        self.type_parameters(node.type_parameters)
        bases = tuple(ctx.value(base.value) for base in node.bases)
        for keyword in node.keywords:
            ctx.value(keyword.value)
        line = ctx.positions.line(node.name)
        built = ClassBuilder(
            len(ctx.classes), name, line, ctx.positions.end_line(node), ctx.b.number, bases, decorators
        )
        ctx.classes.append(built)
        scope, before = ctx.scope, dict(ctx.b.env)
        with ctx.inside(Scope(scope.builder, f"{scope.path}{name}.", scope.receiver, built, scope.evaluated)):
            ctx.suite(node.body)
        ctx.b.env = before
        ctx.bind(name, ctx.b.add(ir.ClassValue(built.index)), line)


def documentation(body: Sequence[cst.CSTNode]) -> str:
    """The docstring of a module's, class's or function's body, its indentation removed."""
    first = body[0] if body else None
    if isinstance(first, cst.SimpleStatementLine):
        first = first.body[0]
    if isinstance(first, cst.Expr) and isinstance(first.value, cst.SimpleString):
        return inspect.cleandoc(literals.unquote(first.value.value))
    return ""


def _comment(lines: Sequence[cst.EmptyLine]) -> str:
    """The comment right above a definition."""
    found: list[str] = []
    for line in lines:
        if line.comment is None:
            found.clear()
        else:
            found.append(_SECTION.sub("", line.comment.value, count=1))
    return "\n".join(found).strip()


def _declared(params: cst.Parameters) -> Iterator[tuple[cst.Param, str]]:
    """The parameters in their order, with the kind they have in ``ir.Parameter``."""
    for param in (*params.posonly_params, *params.params):
        yield param, "plain"
    if isinstance(params.star_arg, cst.Param):
        yield params.star_arg, "rest"
    for param in params.kwonly_params:
        yield param, "plain"
    if params.star_kwarg is not None:
        yield params.star_kwarg, "keywords"


def _takes(declared: Sequence[tuple[cst.Param, str]]) -> bool:
    """Whether a method's first parameter receives its object."""
    return bool(declared) and declared[0][1] == "plain"


def _names(decorator: cst.Decorator, name: str) -> bool:
    """Whether a decorator is this name, also as ``module.name``."""
    match decorator.decorator:
        case cst.Name(value=named) | cst.Attribute(attr=cst.Name(value=named)):
            return named == name
        case _:
            return False
