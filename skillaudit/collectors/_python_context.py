"""What the parts of the Python front end share: the file, the scope at hand, and the tables of handlers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import libcst as cst

from skillaudit import ir
from skillaudit.builder import NONE, FunctionBuilder, Header
from skillaudit.collectors._python_positions import Positions


@dataclass(slots=True)
class ClassBuilder:
    """One class under construction; the fields are those of ``ir.Class``."""

    index: int
    name: str
    line: int
    end_line: int
    scope: int
    bases: tuple[int, ...]
    decorators: tuple[int, ...]
    fields: list[ir.Field] = field(default_factory=list)
    methods: list[ir.Method] = field(default_factory=list)

    def finish(self) -> ir.Class:
        """The finished, frozen class."""
        return ir.Class(
            self.name, self.line, self.end_line, self.scope, self.bases, self.decorators,
            tuple(self.fields), tuple(self.methods),
        )  # fmt: skip


@dataclass(slots=True)
class Loop:
    """The environments at the ``break`` and the ``continue`` statements of one loop."""

    left: list[dict[str, int]] = field(default_factory=list)
    again: list[dict[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Scope:
    """Where the walk stands.

    ``path`` leads the qualified names of what is defined here, ``receiver`` is the name under which the nearest method
    knows its object, ``class_body`` the class whose body (not a method's) is being read, ``loops`` the loops around,
    ``hidden`` the names of the comprehensions around.
    ``evaluated`` is false inside annotations: what stands there does not run.
    """

    builder: FunctionBuilder
    path: str = ""
    receiver: str = ""
    class_body: ClassBuilder | None = None
    evaluated: bool = True
    loops: list[Loop] = field(default_factory=list)
    hidden: dict[str, int] = field(default_factory=dict)


class Context:
    """The state of lowering one file; ``b`` is the builder of the function at hand."""

    def __init__(self, positions: Positions, module: Header) -> None:
        self.positions = positions
        self.functions: list[FunctionBuilder] = []
        self.classes: list[ClassBuilder] = []
        self.expressions: dict[type[cst.CSTNode], Callable[[Any], int]] = {}
        self.statements: dict[type[cst.CSTNode], Callable[[Any], None]] = {}
        self.lambda_name = ""
        self.b = self.open(module)
        self.scope = Scope(self.b)

    # --- functions

    def open(self, header: Header) -> FunctionBuilder:
        """A new function's builder, numbered."""
        builder = FunctionBuilder(len(self.functions), header)
        self.functions.append(builder)
        return builder

    @contextmanager
    def inside(self, scope: Scope) -> Iterator[None]:
        """The walk stands in ``scope``."""
        outer = self.scope
        self.scope, self.b = scope, scope.builder
        try:
            yield
        finally:
            self.scope, self.b = outer, outer.builder

    # --- dispatch

    def value(self, node: cst.CSTNode) -> int:
        """Lower an expression; its value's number."""
        handler = self.expressions.get(type(node))
        return self._unknown(node) if handler is None else handler(node)

    def run(self, node: cst.CSTNode) -> None:
        """Lower a statement."""
        handler = self.statements.get(type(node))
        if handler is None:
            self._unknown(node)
        else:
            handler(node)

    def suite(self, node: cst.BaseSuite) -> None:
        """Lower the statements of a body."""
        for statement in node.body:
            self.run(statement)

    def _unknown(self, node: cst.CSTNode) -> int:
        """Syntax that this version knows nothing of: flows pass through what it is made of."""
        return self.b.add(ir.Opaque(type(node).__name__, tuple(self._inside(node))))

    def _inside(self, node: cst.CSTNode) -> Iterator[int]:
        """The values of the nearest known expressions below ``node``; known statements are lowered."""
        for child in node.children:
            if type(child) in self.expressions:
                yield self.value(child)
            elif type(child) in self.statements:
                self.run(child)
            else:
                yield from self._inside(child)

    def typed(self, node: cst.CSTNode) -> int:
        """Lower an annotation: like an expression, but nothing in it runs."""
        scope, before = self.scope, self.scope.evaluated
        scope.evaluated = False
        try:
            return self.value(node)
        finally:
            scope.evaluated = before

    # --- names

    def bind(self, name: str, value: int, line: int) -> None:
        """Bind a name in the scope at hand: a local variable, or a field in a class body."""
        owner = self.scope.class_body
        if owner is None:
            self.b.assign(name, value, line)
        else:
            owner.fields.append(ir.Field(name, NONE, value, line))
            self.b.env[name] = self.b.add(ir.Variable(name, value, line))

    def hide(self, name: str, value: int, line: int) -> None:
        """Bind a comprehension's own name: it goes out of scope with the comprehension."""
        self.b.env[name] = self.scope.hidden[name] = self.b.add(ir.Variable(name, value, line))

    # --- conditional evaluation

    @contextmanager
    def maybe(self, kind: str, node: cst.CSTNode, test: int) -> Iterator[None]:
        """An expression that is evaluated under a condition; no block is kept where nothing happens in it."""
        builder, steps, line = self.b, len(self.b.steps), self.positions.line(node)
        with builder.within(kind, line, self.positions.end_line(node), test):
            number = builder.block
            yield
        if len(builder.steps) == steps:
            del builder.blocks[number:]
