"""Builds the functions of ``ir.py``: the part of lowering that is the same in every language.

A front end walks its syntax tree and says what it sees (``add``, ``call``, ``assign``, ``within``); the builder numbers
the values, keeps the environment of local names, and joins what several branches assign.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Self

from skillaudit import ir

NONE = -1
_LONGEST_DOC = 500
_MANY = {"init", "_"}
"""Names that several functions of one scope may have."""
_FLAT = 32
"""So many options are merged into one choice; longer ones are nested, so that repeated joins stay linear."""


@dataclass(slots=True)
class Header:
    """What is known of a function before its body: the fields of ``ir.Function`` of the same names."""

    name: str
    qualname: str
    line: int
    end_line: int
    start: int = 0
    end: int = 0
    params: tuple[ir.Parameter, ...] = ()
    decorators: tuple[int, ...] = ()
    parent: int = NONE
    owner: int = NONE
    is_async: bool = False
    returns: int = NONE
    doc: str = ""


@dataclass(slots=True)
class FunctionBuilder:
    """One function under construction.

    ``env`` maps a local name to the value that reaches the current point, ``bound`` to what closures see of it and the
    line of its last assignment.
    """

    number: int
    header: Header
    values: list[ir.Value] = field(default_factory=list)
    steps: list[ir.Step] = field(default_factory=list)
    blocks: list[ir.Block] = field(default_factory=list)
    env: dict[str, int] = field(default_factory=dict)
    bound: dict[str, tuple[int, int]] = field(default_factory=dict)
    block: int = 0
    exits: bool = False
    outer: frozenset[str] = frozenset()
    _known: dict[ir.Value, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the body's block."""
        self.blocks.append(ir.Block("body", NONE, NONE, self.header.line, self.header.end_line))

    # --- values

    def add(self, value: ir.Value) -> int:
        """The number of ``value``; equal values share one (calls are told apart by their offsets)."""
        known = self._known.get(value)
        if known is None:
            known = self._known[value] = len(self.values)
            self.values.append(value)
        return known

    def constant(self, number: int) -> str:
        """The text of a literal, or of a local variable that holds one; empty for every other value."""
        value = self.values[number]
        while isinstance(value, ir.Variable):
            value = self.values[value.value]
        return value.text if isinstance(value, ir.Literal) else ""

    def call(self, call: ir.Call) -> int:
        """Add a call and the step that evaluates it; evaluate the arguments first."""
        number = self.add(call)
        self.steps.append(ir.Do(number, self.block))
        return number

    def choice(self, options: tuple[int, ...], test: int = NONE) -> int:
        """One of ``options``, without repeats; the option itself where there is just one."""
        distinct = tuple(dict.fromkeys(options))
        if test == NONE:
            flat = tuple(dict.fromkeys(inner for option in distinct for inner in self._options(option)))
            distinct = flat if len(flat) <= _FLAT else distinct
            if len(distinct) == 1:
                return distinct[0]
        return self.add(ir.Choice(distinct, test))

    def _options(self, number: int) -> tuple[int, ...]:
        value = self.values[number]
        return value.options if isinstance(value, ir.Choice) and value.test == NONE else (number,)

    # --- names

    def declare_outer(self, *names: str) -> None:
        """``global``/``nonlocal``: assignments to these names go to an enclosing scope, as a ``Store`` without base."""
        self.outer |= set(names)

    def assign(self, name: str, value: int, line: int) -> int:
        """Bind ``name`` from here on. Returns the number of the variable's value."""
        number = self.add(ir.Variable(name, value, line))
        if name in self.outer:
            self.steps.append(ir.Store(NONE, name, number, self.block, line))
        self.env[name] = number
        seen = self.bound.get(name)
        alone = seen is None or self._redefines(name, value, seen[0])
        self.bound[name] = (number if alone or seen is None else self.choice((seen[0], number)), line)
        return number

    def _redefines(self, name: str, value: int, seen: int) -> bool:
        """Whether a function takes the place of functions and imports of its name, whatever ran before."""
        if self.block or name in _MANY or not isinstance(self.values[value], ir.Closure):
            return False
        options = (self.values[option] for option in self._options(seen))
        held = [self.values[one.value] if isinstance(one, ir.Variable) else one for one in options]
        return all(isinstance(one, ir.Closure | ir.Import) for one in held)

    def read(self, name: str, line: int) -> int:
        """The value that reaches this point, or a ``Name`` for the linker to resolve."""
        known = self.env.get(name)
        return self.add(ir.Name(name, line)) if known is None else known

    # --- control flow

    @contextmanager
    def within(self, kind: str, line: int, end_line: int, test: int = NONE) -> Iterator[None]:
        """Everything inside stands in a new block; assignments stay visible after it (``with``, ``finally``)."""
        outer, exited = self.block, self.exits
        self.block = len(self.blocks)
        self.blocks.append(ir.Block(kind, outer, test, line, end_line))
        self.exits = False
        try:
            yield
        finally:
            if self.exits:
                opened = self.blocks[self.block]
                self.blocks[self.block] = ir.Block(kind, outer, test, opened.line, opened.end_line, exits=True)
            self.block, self.exits = outer, exited or self.exits

    def branch(self) -> "Branches":
        """Alternatives that start from the same environment: see ``Branches``."""
        return Branches(self)

    def leave(self) -> None:
        """The rest of this block is not reached (``break``, ``continue``, a call that never returns)."""
        self.exits = True

    def give_back(self, value: int, line: int, *, yields: bool = False) -> None:
        """``return`` (or ``yield``) of ``value``, -1 for nothing."""
        self.steps.append(ir.Return(value, self.block, line, yields))
        self.exits = self.exits or not yields

    def throw(self, value: int, line: int) -> None:
        """``raise``/``throw`` of ``value``, -1 for a bare re-raise."""
        self.steps.append(ir.Raise(value, self.block, line))
        self.exits = True

    def store(self, base: int, name: str, value: int, line: int, key: int = NONE) -> None:
        """``base.name = value`` or ``base[key] = value``."""
        self.steps.append(ir.Store(base, name, value, self.block, line, key))

    def finish(self) -> ir.Function:
        """The finished, frozen function."""
        h = self.header
        if self.exits:
            self.blocks[0] = ir.Block("body", NONE, NONE, h.line, h.end_line, exits=True)
        own = (item for item in self.bound.items() if item[0] not in self.outer)
        bindings = tuple(ir.Binding(name, value, line) for name, (value, line) in own)
        return ir.Function(
            h.name, h.qualname, h.line, h.end_line, h.start, h.end, h.params, h.decorators, h.parent, h.owner,
            h.is_async, h.returns, _cut(h.doc), tuple(self.values), tuple(self.steps), tuple(self.blocks), bindings,
        )  # fmt: skip


def _cut(doc: str) -> str:
    """The beginning of a text, and where it is longer a digest of the whole, so that every change of it shows."""
    if len(doc) <= _LONGEST_DOC:
        return doc
    return f"{doc[:_LONGEST_DOC]}\n[sha256 {hashlib.sha256(doc.encode(errors='surrogatepass')).hexdigest()}]"


@dataclass(slots=True)
class Branches:
    """Alternatives of one statement.

    Use: ``with b.branch() as alternatives:`` then one ``with alternatives.when("if", …):`` per alternative. What may be
    skipped altogether (an ``if`` without ``else``, a loop) needs no alternative of its own: unless ``exhaustive`` is
    set, the environment from before is joined too. An alternative that exits contributes nothing afterwards.
    """

    builder: FunctionBuilder
    exhaustive: bool = False
    _before: dict[str, int] = field(default_factory=dict)
    _after: list[dict[str, int]] = field(default_factory=list)
    _all_exit: bool = True
    _exited: bool = False
    _falling: dict[str, int] | None = None

    def __enter__(self) -> Self:
        """Remember the environment that every alternative starts from."""
        self._before, self._exited = dict(self.builder.env), self.builder.exits
        return self

    @contextmanager
    def when(self, kind: str, line: int, end_line: int, test: int = NONE) -> Iterator[None]:
        """One alternative; ``kind``, lines and ``test`` as in ``ir.Block``."""
        self.builder.env = self._joined([self._before, self._falling]) if self._falling else dict(self._before)
        self._falling = None
        self.builder.exits = False
        with self.builder.within(kind, line, end_line, test):
            yield
        if self.builder.exits:
            self.builder.exits = False
        else:
            self._all_exit = False
            self._after.append(self.builder.env)

    def fall(self) -> None:
        """The end of the last alternative leads into the next one: a ``case`` without ``break``."""
        self._falling = self._after.pop()

    def __exit__(self, *_: object) -> None:
        """Join what the alternatives left."""
        self._after += [self._falling] if self._falling else []
        if not self.exhaustive:
            self._after.append(self._before)
        builder = self.builder
        builder.exits = self._exited or (self.exhaustive and self._all_exit)
        builder.env = self._joined(self._after or [self._before])

    def _joined(self, ends: list[dict[str, int]]) -> dict[str, int]:
        """One environment for several, which differ in few names."""
        first, *others = ends
        joined = dict(first)
        differing = [name for env in others if env != first for name, value in env.items() if first.get(name) != value]
        for name in dict.fromkeys(differing):
            joined[name] = self.builder.choice(tuple(env[name] for env in ends if name in env))
        return joined
