"""Where the lowering of a Go file stands: the function at hand, its lexical scopes, what is known of the file."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from tree_sitter import Node

from skillaudit import ir
from skillaudit.builder import NONE, FunctionBuilder, Header
from skillaudit.collectors._tree import Source

_ASIDE = ("comment", "ERROR")


@dataclass(slots=True)
class Jump:
    """A statement that ``break`` (``loop``: or ``continue``) leaves: ``ends`` are the environments on the way out."""

    label: str
    loop: bool
    depth: int
    exited: bool
    ends: list[dict[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Frame:
    """A function being lowered.

    ``scopes``: per open block, the names declared in it and what they meant before (-1: nothing). ``outer`` holds the
    values last assigned to names of enclosing functions or the package.
    """

    builder: FunctionBuilder
    results: tuple[str, ...] = ()
    scopes: list[dict[str, int]] = field(default_factory=lambda: [{}])
    jumps: list[Jump] = field(default_factory=list)
    outer: dict[str, int] = field(default_factory=dict)
    closures: int = 0


@dataclass(slots=True)
class Draft:
    """A type while its methods are still being found."""

    name: str
    line: int
    end_line: int
    scope: int
    kind: str
    bases: tuple[int, ...] = ()
    fields: tuple[ir.Field, ...] = ()
    methods: list[ir.Method] = field(default_factory=list)

    def finish(self) -> ir.Class:
        """The finished, frozen class."""
        return ir.Class(
            self.name, self.line, self.end_line, self.scope, self.bases, (), self.fields, tuple(self.methods), self.kind
        )


def children(node: Node) -> list[Node]:
    """The named children that are neither comments nor syntax errors (``Walk`` sees to those itself)."""
    return [child for child in node.named_children if child.type not in _ASIDE]


def restore(env: dict[str, int], shadowed: Mapping[str, int]) -> None:
    """Give the names declared in a block the meaning they had before it."""
    for name, before in shadowed.items():
        if before == NONE:
            env.pop(name, None)
        else:
            env[name] = before


@dataclass(slots=True)
class Walk:
    """One file. ``values`` and ``statements`` say which function lowers which kind of syntax node.

    ``types`` maps the file's named types to their definitions, ``reserved`` the start of a declaration to the number
    given to its function or class before anything was lowered, ``docs`` to the comment above it, ``imports`` local
    names to import paths. ``hint`` names the function literal lowered next.
    """

    src: Source
    values: Mapping[str, Callable[["Walk", Node], int]]
    statements: Mapping[str, Callable[["Walk", Node], None]]
    functions: list[ir.Function | None] = field(default_factory=list)
    classes: list[Draft] = field(default_factory=list)
    owners: dict[str, int] = field(default_factory=dict)
    types: dict[str, Node] = field(default_factory=dict)
    reserved: dict[int, int] = field(default_factory=dict)
    docs: dict[int, str] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)
    hint: str = ""

    @property
    def frame(self) -> Frame:
        """The function at hand."""
        return self.frames[-1]

    @property
    def b(self) -> FunctionBuilder:
        """Its builder."""
        return self.frames[-1].builder

    def line(self, node: Node) -> int:
        """The line on which a node begins."""
        return self.src.line(node.start_byte)

    def end_line(self, node: Node) -> int:
        """The line on which a node ends."""
        return self.src.line(node.end_byte)

    # --- dispatch

    def value(self, node: Node | None) -> int:
        """Lower an expression or a type."""
        if node is None:
            return self.b.add(ir.Opaque("missing", ()))
        handler = self.values.get(node.type)
        number = self._other(node) if handler is None else handler(self, node)
        if node.has_error:
            self.recover(node)
        return number

    def run(self, node: Node | None) -> None:
        """Lower a statement or declaration."""
        if node is None:
            return
        handler = self.statements.get(node.type)
        if handler is None:
            self.value(node)
            return
        handler(self, node)
        if node.has_error:
            self.recover(node)

    def named(self, node: Node, name: str) -> int:
        """Lower an expression that is about to be called ``name``."""
        if node.type == "func_literal":
            self.hint = name
        return self.value(node)

    def _other(self, node: Node) -> int:
        numbers = []
        for child in children(node):
            if child.type in self.statements:
                self.run(child)
            else:
                numbers.append(self.value(child))
        return self.b.add(ir.Opaque(node.type, tuple(numbers)))

    def recover(self, node: Node) -> None:
        """Lower what the parser skipped in a node, and in those of its parts that are not lowered by themselves."""
        for child in node.named_children:
            if child.type == "ERROR":
                self.value(child)
            elif child.has_error and child.type not in self.values and child.type not in self.statements:
                self.recover(child)

    # --- functions

    def reserve(self) -> int:
        """The number of a function to be lowered."""
        self.functions.append(None)
        return len(self.functions) - 1

    @contextmanager
    def inside(self, number: int, header: Header, results: tuple[str, ...] = ()) -> Iterator[FunctionBuilder]:
        """Lower function ``number`` here."""
        frame = Frame(FunctionBuilder(number, header), results)
        self.frames.append(frame)
        yield frame.builder
        self.frames.pop()
        self.functions[number] = frame.builder.finish()

    # --- names

    @contextmanager
    def scope(self) -> Iterator[None]:
        """A block: what is declared in it ends with it."""
        frame = self.frame
        frame.scopes.append({})
        yield
        restore(frame.builder.env, frame.scopes.pop())

    def declare(self, name: str, value: int, line: int) -> int:
        """``:=``, ``var``, ``const``, parameters: ``name`` is new in this block, or given another value in it."""
        if name == "_":
            return value
        builder = self.b
        self.frame.scopes[-1].setdefault(name, builder.env.get(name, NONE))
        return builder.assign(name, value, line)

    def rebind(self, name: str, value: int, line: int) -> None:
        """``name = value``: a variable of this function, or one of an enclosing function or the package."""
        frame, builder = self.frame, self.b
        if name == "_":
            return
        known = builder.env.get(name)
        if known is not None and frame.outer.get(name) != known:
            builder.assign(name, value, line)
            return
        number = builder.add(ir.Variable(name, value, line))
        builder.store(NONE, name, number, line)
        frame.scopes[-1].setdefault(name, NONE)
        builder.env[name] = frame.outer[name] = number

    def is_local(self, name: str) -> bool:
        """Whether a function (not the package) declares ``name`` here."""
        return any(name in frame.builder.env for frame in self.frames[1:])

    # --- jumps

    @contextmanager
    def target(self, label: str, *, loop: bool) -> Iterator[None]:
        """A statement that can be left by ``break``: what the ways out have assigned holds after it, too."""
        frame, builder = self.frame, self.b
        jump = Jump(label, loop, len(frame.scopes), builder.exits)
        frame.jumps.append(jump)
        yield
        frame.jumps.pop()
        for env in jump.ends:
            for name in builder.env.keys() & env.keys():
                builder.env[name] = builder.choice((builder.env[name], env[name]))
        if jump.ends:
            builder.exits = jump.exited

    def jump(self, label: str, *, loop: bool) -> None:
        """``break``, or ``continue`` (``loop``)."""
        frame, builder = self.frame, self.b
        for jump in reversed(frame.jumps):
            if (jump.label == label) if label else (jump.loop or not loop):
                env = dict(builder.env)
                for shadowed in reversed(frame.scopes[jump.depth :]):
                    restore(env, shadowed)
                jump.ends.append(env)
                break
        builder.leave()
