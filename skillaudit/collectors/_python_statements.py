"""Simple statements: assignments, returns, raises, imports."""

import libcst as cst

from skillaudit import ir
from skillaudit.builder import NONE
from skillaudit.collectors._python_context import Context
from skillaudit.collectors._python_definitions import Definitions
from skillaudit.collectors._python_expressions import operator
from skillaudit.collectors._python_leaving import never_returns
from skillaudit.collectors._python_literals import identifier
from skillaudit.collectors._python_targets import Targets
from skillaudit.collectors._python_texts import Texts


class Statements:
    """The handlers of statements that contain no others."""

    def __init__(self, context: Context, targets: Targets, texts: Texts, definitions: Definitions) -> None:
        self._ctx, self._targets, self._texts, self._definitions = context, targets, texts, definitions
        context.statements |= {
            cst.SimpleStatementLine: context.suite,
            cst.Expr: self._expression,
            cst.Assign: self._assign,
            cst.AnnAssign: self._annotated,
            cst.AugAssign: self._augmented,
            cst.Return: self._return,
            cst.Raise: self._raise,
            cst.Assert: self._assert,
            cst.Import: self._import,
            cst.ImportFrom: self._import_from,
            cst.Global: self._outer,
            cst.Nonlocal: self._outer,
            cst.Del: self._delete,
            cst.Pass: self._nothing,
            cst.LazyImport: self._import,
            cst.LazyImportFrom: self._import_from,
            cst.TypeAlias: self._type_alias,
        }

    def _nothing(self, _: cst.CSTNode) -> None:
        """``pass``."""

    def _expression(self, node: cst.Expr) -> None:
        if not isinstance(node.value, cst.SimpleString):
            self._ctx.value(node.value)
            if never_returns(self._ctx.b, self._ctx.functions[0], node.value):
                self._ctx.b.leave()

    def _delete(self, node: cst.Del) -> None:
        """The name stays known; what the target contains is evaluated."""
        self._ctx.b.add(ir.Operation("del", (self._ctx.value(node.target),)))

    # --- assignments

    def _assigned(self, node: cst.BaseExpression, target: cst.BaseExpression) -> int:
        """The value of a right side; a lambda takes the name it is assigned to."""
        if isinstance(node, cst.Lambda):
            named = target.attr if isinstance(target, cst.Attribute) else target
            self._ctx.lambda_name = identifier(named.value) if isinstance(named, cst.Name) else ""
        return self._ctx.value(node)

    def _assign(self, node: cst.Assign) -> None:
        value = self._assigned(node.value, node.targets[0].target)
        for target in node.targets:
            self._targets.assign(target.target, value, self._ctx.bind)

    def _annotated(self, node: cst.AnnAssign) -> None:
        """In a class body a field, with or without a value; elsewhere the annotation says nothing that runs."""
        ctx, owner, target = self._ctx, self._ctx.scope.class_body, node.target
        value = NONE if node.value is None else self._assigned(node.value, target)
        annotated, text = self._definitions.annotation(node.annotation)
        if owner is not None and isinstance(target, cst.Name):
            name, line = identifier(target.value), ctx.positions.line(target)
            owner.fields.append(ir.Field(name, annotated, value, line, text))
            if value != NONE:
                ctx.b.env[name] = ctx.b.add(ir.Variable(name, value, line))
        elif value != NONE:
            self._targets.assign(target, value, ctx.bind)

    def _augmented(self, node: cst.AugAssign) -> None:
        ctx = self._ctx
        before = ctx.value(node.target)
        link = (operator(node.operator), ctx.value(node.value))
        value = self._texts.fold(before, [link], ctx.positions.line(node))
        item = ctx.b.values[before]
        if isinstance(node.target, cst.Name):
            self._targets.assign(node.target, value, ctx.bind)
        elif isinstance(item, ir.Member):
            ctx.b.store(item.base, item.name, value, item.line)
        elif isinstance(item, ir.Item):
            ctx.b.store(item.base, "", value, item.line, item.key)

    def _type_alias(self, node: cst.TypeAlias) -> None:
        self._definitions.type_parameters(node.type_parameters)
        self._targets.assign(node.name, self._ctx.typed(node.value), self._ctx.bind)

    def _outer(self, node: cst.Global | cst.Nonlocal) -> None:
        """At module level ``global`` changes nothing."""
        builder = self._ctx.b
        if builder.number:
            for item in node.names:
                name = identifier(item.name.value)
                builder.declare_outer(name)
                builder.env[name] = builder.add(ir.Name(name, self._ctx.positions.line(item.name)))

    # --- leaving

    def _return(self, node: cst.Return) -> None:
        value = NONE if node.value is None else self._ctx.value(node.value)
        self._ctx.b.give_back(value, self._ctx.positions.line(node))

    def _raise(self, node: cst.Raise) -> None:
        """``raise X from e`` stores ``e`` as ``X.__cause__``, as Python does."""
        ctx, line = self._ctx, self._ctx.positions.line(node)
        if node.exc is None:
            ctx.b.throw(NONE, line)
            return
        raised = ctx.value(node.exc)
        if node.cause is not None:
            ctx.b.store(raised, "__cause__", ctx.value(node.cause.item), line)
        ctx.b.throw(raised, line)

    def _assert(self, node: cst.Assert) -> None:
        """Raises where the test does not hold."""
        ctx, positions = self._ctx, self._ctx.positions
        test = ctx.value(node.test)
        line, end_line = positions.line(node), positions.end_line(node)
        with ctx.b.branch() as alternatives, alternatives.when("else", line, end_line, test):
            parts = () if node.msg is None else (ctx.value(node.msg),)
            ctx.b.throw(ctx.b.add(ir.Opaque("assert", parts)), line)

    # --- import statements

    def _import(self, node: cst.Import | cst.LazyImport) -> None:
        """``import a.b`` binds ``a``; ``import a.b as c`` binds ``a.b``."""
        ctx = self._ctx
        for alias in node.names:
            line, dotted = ctx.positions.line(alias.name), _dotted(alias.name)
            if alias.asname is None:
                self._package(dotted.partition(".")[0], line)
            else:
                self._targets.assign(alias.asname.name, ctx.b.add(ir.Import(dotted, "", line)), ctx.bind)

    def _package(self, name: str, line: int) -> None:
        """``import a.b`` after ``import a.c`` binds nothing new."""
        builder = self._ctx.b
        known = builder.values[builder.env[name]] if name in builder.env else None
        imported = builder.values[known.value] if isinstance(known, ir.Variable) else None
        if not (isinstance(imported, ir.Import) and (imported.module, imported.symbol) == (name, "")):
            self._ctx.bind(name, builder.add(ir.Import(name, "", line)), line)

    def _import_from(self, node: cst.ImportFrom | cst.LazyImportFrom) -> None:
        """A star import binds the name ``*``."""
        ctx = self._ctx
        module = "." * len(node.relative) + ("" if node.module is None else _dotted(node.module))
        if isinstance(node.names, cst.ImportStar):
            line = ctx.positions.line(node)
            ctx.bind("*", ctx.b.add(ir.Import(module, "*", line)), line)
            return
        for alias in node.names:
            line, symbol = ctx.positions.line(alias.name), _dotted(alias.name)
            value = ctx.b.add(ir.Import(module, symbol, line))
            if alias.asname is None:
                ctx.bind(symbol, value, line)
            else:
                self._targets.assign(alias.asname.name, value, ctx.bind)


def _dotted(node: cst.BaseExpression) -> str:
    """A dotted name as written."""
    if isinstance(node, cst.Attribute):
        return f"{_dotted(node.value)}.{identifier(node.attr.value)}"
    return identifier(node.value) if isinstance(node, cst.Name) else ""
