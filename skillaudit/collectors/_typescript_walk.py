"""The state of lowering one TypeScript or JavaScript file, and the dispatch by node type."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE, FunctionBuilder, Header
from skillaudit.collectors._tree import Source
from skillaudit.collectors._typescript_displaced import CHAINED, displaced

_COMMENTS = frozenset({"comment", "html_comment"})
_FUNCTION_DECLARATIONS = frozenset({"function_declaration", "generator_function_declaration"})


def parts(node: Node) -> list[Node]:
    """The named children without comments."""
    return [child for child in node.named_children if child.type not in _COMMENTS]


@dataclass(slots=True)
class Frame:
    """A function under construction, with what JavaScript needs besides the builder.

    ``scopes`` remember what the names declared in each open block meant before; ``landings`` collect the environments
    that ``break`` and ``continue`` carry out of each open loop or switch; ``types`` are names of interfaces and type
    aliases, which a value of the same name may overrule; ``exports`` are exported and local name and line; ``owner``
    is the class whose members are being lowered.
    """

    builder: FunctionBuilder
    path: str = ""
    owner: int = NONE
    scopes: list[dict[str, int]] = field(default_factory=list)
    landings: list[list[dict[str, int]]] = field(default_factory=list)
    types: dict[str, tuple[int, int]] = field(default_factory=dict)
    exports: list[tuple[str, str, int]] = field(default_factory=list)

    def bind_types(self) -> None:
        """Bind the names that are types only, after every value of the function is known."""
        for name, (value, line) in self.types.items():
            if name not in self.builder.bound:
                self.builder.assign(name, value, line)

    def local(self, name: str, line: int) -> int:
        """What ``name`` is to other scopes and files."""
        known = self.builder.bound.get(name) or self.types.get(name)
        return known[0] if known else self.builder.add(ir.Name(name, line))


class Walk:
    """One pass over one file. Handlers are functions of a ``Walk`` and a node, found by the node's type.

    ``anchor`` is where the current statement or member starts, ``hoisted`` where function declarations start that are
    lowered already, ``rebound`` where calls start that the grammar lets begin too early, and whether they are awaited.
    ``instead`` says by a node's id what is lowered in its place (see ``displaced``).
    """

    __slots__ = (
        "anchor",
        "b",
        "classes",
        "exports",
        "expressions",
        "frame",
        "functions",
        "hoisted",
        "instead",
        "named_values",
        "rebound",
        "source",
        "statements",
    )

    def __init__(self, source: Source, tables: "Tables") -> None:
        self.source = source
        self.expressions, self.statements, self.named_values = tables
        self.functions: list[ir.Function | None] = []
        self.classes: list[ir.Class | None] = []
        self.exports: list[ir.Export] = []
        self.hoisted: set[int] = set()
        self.rebound: dict[int, tuple[int, bool]] = {}
        self.instead: dict[int, Callable[[], int]] = {}
        self.anchor = 0
        header = Header("<module>", "<module>", 1, max(source.lines, 1), 0, len(source.code))
        self.frame = Frame(FunctionBuilder(self.reserve_function(), header))
        self.b = self.frame.builder

    # --- dispatch

    def value(self, node: Node) -> int:
        """Lower an expression or a type."""
        if self.instead and (made := self.instead.pop(node.id, None)) is not None:
            return made()
        found = displaced(node) if node.type in CHAINED else None
        if found is not None and found.operator.id not in self.instead:
            return self._in_place(node, *found)
        return self._lowered(node)

    def _lowered(self, node: Node) -> int:
        handler = self.expressions.get(node.type)
        return handler(self, node) if handler is not None else self.opaque(node)

    def _in_place(self, chain: Node, operator: Node, operand: Node) -> int:
        """Lower the operator that begins a chain, and the chain as that of its operand."""

        def linked() -> int:
            self.instead[operator.id] = lambda: self.value(operand)
            before = self.rebound.get(chain.start_byte)
            self.rebound[chain.start_byte] = (operand.start_byte, False)
            value = self._lowered(chain)
            self.instead.pop(operator.id, None)
            del self.rebound[chain.start_byte]
            if before is not None:
                self.rebound[chain.start_byte] = before
            return value

        self.instead[operand.id] = linked
        value = self._lowered(operator)
        if operand.id in self.instead:  # the operator needs nothing of its operand, but the calls are made
            self.instead.pop(operand.id)()
        return value

    def named(self, node: Node, name: str) -> int:
        """Lower a value that is given a name: an anonymous function or class takes it."""
        handler = self.named_values.get(node.type)
        return handler(self, node, name) if handler is not None else self.value(node)

    def opaque(self, node: Node) -> int:
        """What no handler knows, and what the parser recovered from."""
        if node.type in self.statements:
            self.run(node)
            return self.b.add(ir.Opaque(node.type, ()))
        return self.b.add(ir.Opaque(node.type, tuple([self.value(part) for part in parts(node)])))

    def run(self, node: Node) -> None:
        """Lower a statement."""
        handler = self.statements.get(node.type)
        if handler is None:
            self.value(node)
        else:
            handler(self, node)

    def run_all(self, nodes: Sequence[Node]) -> None:
        """Lower the statements of a block, function declarations first."""
        for node in nodes:
            inner = node.child_by_field_name("declaration") if node.type == "export_statement" else node
            if inner is not None and inner.type in _FUNCTION_DECLARATIONS:
                self.anchor = node.start_byte
                self.run(inner)
                self.hoisted.add(inner.start_byte)
        for node in nodes:
            self.anchor = node.start_byte
            self.run(node)

    # --- text and places

    def text(self, node: Node) -> str:
        """The node as written."""
        return self.source.text(node)

    def line(self, node: Node) -> int:
        """The line on which the node starts."""
        return self.source.line(node.start_byte)

    def end_line(self, node: Node) -> int:
        """The line on which the node ends."""
        return self.source.line(node.end_byte)

    # --- functions

    def reserve_function(self) -> int:
        """The next function's number; its place is filled when it is finished."""
        self.functions.append(None)
        return len(self.functions) - 1

    def reserve_class(self) -> int:
        """The next class's number; its place is filled when its members are known."""
        self.classes.append(None)
        return len(self.classes) - 1

    @contextmanager
    def function(self, number: int, header: Header) -> Iterator[None]:
        """Everything inside belongs to a new function."""
        outer = self.frame
        self.frame = Frame(FunctionBuilder(number, header), header.qualname)
        self.b = self.frame.builder
        yield
        self.finish()
        self.frame, self.b = outer, outer.builder

    def finish(self) -> None:
        """Put the current function into its place."""
        self.frame.bind_types()
        self.functions[self.b.number] = self.b.finish()

    def qualified(self, name: str) -> str:
        """The dotted path of a function or class defined here."""
        return f"{self.frame.path}.{name}" if self.frame.path else name

    @contextmanager
    def members_of(self, index: int, name: str) -> Iterator[None]:
        """Functions inside are members of the class ``index``."""
        frame = self.frame
        owner, path = frame.owner, frame.path
        frame.owner, frame.path = index, self.qualified(name)
        yield
        frame.owner, frame.path = owner, path

    # --- names

    def declare(self, name: str, value: int, line: int) -> int:
        """``let``, ``const``, ``class`` or a function: known until the block ends."""
        if self.frame.scopes:
            self.frame.scopes[-1].setdefault(name, self.b.env.get(name, NONE))
        return self.b.assign(name, value, line)

    def declare_var(self, name: str, value: int, line: int) -> int:
        """``var`` or a parameter: known until the function ends."""
        return self.b.assign(name, value, line)

    def write(self, name: str, value: int, line: int) -> int:
        """An assignment to a name that was declared here or in an enclosing function."""
        if self.b.number and name not in self.b.bound:
            self.b.declare_outer(name)
        return self.b.assign(name, value, line)

    @contextmanager
    def scope(self) -> Iterator[None]:
        """A block: what is declared inside is forgotten after it."""
        declared: dict[str, int] = {}
        self.frame.scopes.append(declared)
        yield
        self.frame.scopes.pop()
        for name, before in declared.items():
            if before == NONE:
                self.b.env.pop(name, None)
            else:
                self.b.env[name] = before

    @contextmanager
    def breakable(self) -> Iterator[None]:
        """A loop or switch: what ``break`` and ``continue`` inside carry out also reaches the code after it."""
        landed: list[dict[str, int]] = []
        before = self.b.exits
        self.frame.landings.append(landed)
        yield
        self.frame.landings.pop()
        if landed:
            ends = landed if self.b.exits and not before else [self.b.env, *landed]
            self.b.exits = before
            names = self.b.env if ends is not landed else dict.fromkeys(name for env in landed for name in env)
            self.b.env = {name: self.b.choice(tuple([env[name] for env in ends if name in env])) for name in names}

    def jump(self) -> None:
        """``break`` or ``continue``."""
        if self.frame.landings:
            self.frame.landings[-1].append(dict(self.b.env))
        self.b.leave()


Expressions = dict[str, Callable[[Walk, Node], int]]
Statements = dict[str, Callable[[Walk, Node], None]]
Named = dict[str, Callable[[Walk, Node, str], int]]
Tables = tuple[Expressions, Statements, Named]
Binder = Callable[[str, int, int], int]
