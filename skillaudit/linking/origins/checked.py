"""What was checked of a value before a step is reached: that it is one of a closed set, fits a pattern, holds no text.

``Checked.at(site, root)`` answers for one value at one place; a *root* is the parameter (or foreign call) that a value
entered a function by, with the member names taken of it. Conditions around the step count, branches that leave before
it, conversions that raise, and the project's own helpers, which are summarised once. What a condition says is read by
``_proofs``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple, Protocol

import msgspec
from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import Nature
from skillaudit.linking.calls import cases
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Formal, Symbols
from skillaudit.linking.origins._expected import Asked, Proof, Proved
from skillaudit.linking.origins._proofs import Proofs, joined
from skillaudit.linking.origins.contexts import Contexts
from skillaudit.linking.origins.subscripts import lookups
from skillaudit.linking.values.keyed import Keyed
from skillaudit.linking.values.origin import SECRET, TOLD, Need, Origin, Path, Root

_DEEPEST = 4
_HOLDING = {"has", "includes", "contains"}
_LONGEST = 200
"""Functions in a row that prove something by calling the next."""


class Site(NamedTuple):
    """A step's place: the function, its block and its line."""

    fn: Fn
    block: int
    line: int


class _Guard(msgspec.Struct, frozen=True):
    """``proof`` holds, or was needed to get there, inside ``block``, from the line after ``line`` on."""

    proof: Proof | Need
    block: int
    line: int


class _Said(Protocol):
    """Reads a condition."""

    def __call__(self, test: At, /, *, sense: bool) -> Iterable[Proof | Need]:
        """What holds where it does (``sense``), or does not."""
        ...


@dataclass(slots=True)
class Checked:
    """Knows the guards of every function; ``of`` evaluates a value as ``Origins`` does, ``contexts`` knows needs."""

    program: Program
    symbols: Symbols
    of: Callable[[At, Path], tuple[Origin, ...]]
    contexts: Contexts
    proofs: Proofs = field(init=False)
    keyed: Keyed = field(init=False)
    _guards: dict[Fn, tuple[_Guard, ...]] = field(default_factory=dict)
    _places: dict[Fn, dict[int, Site]] = field(default_factory=dict)
    _summaries: dict[tuple[Fn, Asked], tuple[Proof, ...]] = field(default_factory=dict)
    _wanted: dict[Fn, tuple[_Guard, ...]] = field(default_factory=dict)
    _needs: dict[Site, tuple[frozenset[Need], frozenset[Need]]] = field(default_factory=dict)
    _busy: set[Fn] = field(default_factory=set)
    _known: dict[Site, dict[Root | None, Proved]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read conditions with the same knowledge."""
        self.keyed = Keyed(self.program)
        self.proofs = Proofs(self.program, self.symbols, self.of, self._summary)

    # --- questions

    def at(self, site: Site, root: Root, chosen: Root | None = None) -> Proved | None:
        """The most that is known of a value where a step runs, as such or as one of those it was ``chosen`` from."""
        proved = self._proved(site)
        return max((proved[one] for one in (root, chosen) if one in proved), default=None)

    def needs(self, site: Site) -> tuple[frozenset[Need], frozenset[Need]]:
        """What must hold of parameters for a step to run, and of what calls gave back."""
        if site not in self._needs:
            held = (guard.proof for guard in self._holding(site, self._needed))
            self._needs[site] = _split(proof for proof in held if isinstance(proof, Need))
        return self._needs[site]

    def mark(
        self, site: Site | None, origins: Iterable[Origin], needs: frozenset[Need] = frozenset()
    ) -> Iterator[Origin]:
        """The origins of a value that a step uses, each with what was checked of it before, and with its ``needs``."""
        told = frozenset[Need]()
        if site:
            own, told = self.needs(site)
            needs |= own
        held = self.keyed.narrowed(origins, self.keyed.at(*site)) if site else origins
        held = _fitting(held, told) if told else held
        for origin in (replace(o, needs=o.needs | needs) for o in held) if needs else held:
            root = origin.root
            proved = (
                self.at(site, root, origin.chosen) if site and root and not (origin.closed and origin.escaped) else None
            )
            yield origin if proved is None else _with(origin, proved)

    def when(self, test: At, origins: Iterable[Origin], *, sense: bool) -> Iterator[Origin]:
        """The origins of what a conditional expression gives where its test holds, or does not."""
        fitting = self.keyed.narrowed(origins, self.keyed.when(test, sense=sense))
        needs, told = _split(self.contexts.needs(test, sense=sense))
        held = list(self.mark(None, _fitting(fitting, told), needs))
        proofs = list(self.proofs.of(test, sense=sense)) if held else []
        for origin in held:
            root = origin.root
            proved = max((p.proved for p in proofs if root and p.covers(root)), default=None)
            yield origin if proved is None else _with(origin, proved)

    def let_through(self, at: At, call: ir.Call, origins: Iterable[Origin]) -> Iterable[Origin]:
        """The origins of what a call gives, if that is a filter: ``filter(lambda x: x in KNOWN, …)``."""
        root, test = self._filter(at, call)
        if test and (
            names := [name for keys in self.keyed.when(test, sense=True) for name in keys.names if keys.sense]
        ):
            origins = self.keyed.passed(origins, names)
        proofs = self.proofs.of(test, sense=True) if test else ()
        proved = max((proof.proved for proof in proofs if root and proof.covers(root)), default=None)
        return origins if proved is None else (_with(origin, proved) for origin in origins)

    def lists(self, at: At, call: ir.Call) -> bool:
        """Whether a call is a filter that asks whether each item is in a list of the project's."""
        _, test = self._filter(at, call)
        value = self.program.value(test) if test else None
        match value:
            case ir.Operation(operator="in", operands=(left, right)) if test:
                item, held = test.to(left), test.to(right)
            case ir.Call(callee=callee, args=(only,)) if test and self.program.called(test.to(callee)) in _HOLDING:
                asked = self.program.value(test.to(callee))
                if not isinstance(asked, ir.Member):
                    return False
                item, held = test.to(only.value), test.to(asked.base)
            case _:
                return False
        return isinstance(self.program.value(self.program.bare(item)), ir.Param) and self.proofs.expected.holds(
            held, item
        )

    def _filter(self, at: At, call: ir.Call) -> tuple[Root | None, At | None]:
        """The item that a filter asks about, and what it asks."""
        if self.program.called(at.to(call.callee)) == "filter" and call.args:
            for fn in (s for s in self.symbols.resolve(at.to(call.args[0].value)) if isinstance(s, Fn)):
                returned = [s for s in self.program.function(fn).steps if isinstance(s, ir.Return) and s.value >= 0]
                if len(returned) == 1:
                    return Root(Formal(fn, 0), ()), fn.at(returned[0].value)
        return None, None

    def call_site(self, fn: Fn, value: int) -> Site | None:
        """Where a call is made."""
        if fn not in self._places:
            self._places[fn] = {number: Site(fn, block, call.line) for number, call, block in self.program.calls(fn)}
        return self._places[fn].get(value)

    # --- guards

    def _proved(self, site: Site) -> Mapping[Root | None, Proved]:
        """The most that is known of each value; kept where no guards are still being looked for."""
        if (known := self._known.get(site)) is not None:
            return known
        held: dict[Root | None, Proved] = {}
        for proof in self._proven(site):
            held[proof.root] = max(held.get(proof.root, proof.proved), proof.proved)
        if not self._busy:
            self._known[site] = held
        return held

    def _proven(self, site: Site) -> Iterator[Proof]:
        held = (guard.proof for guard in self._holding(site, self._guards_of))
        return (proof for proof in held if isinstance(proof, Proof))

    def _holding(self, site: Site, guards_of: Callable[[Fn], tuple[_Guard, ...]]) -> Iterator[_Guard]:
        """The guards of the function and of those around it that a step stands behind."""
        fn, block, line = site
        for _ in range(_DEEPEST):
            guards = guards_of(fn)
            blocks = self.program.function(fn).blocks
            around: set[int] = set()
            while guards and block >= 0:
                around.add(block)
                block = blocks[block].parent
            yield from (guard for guard in guards if guard.block in around and line > guard.line)
            function = self.program.function(fn)
            if function.parent <= 0:
                return
            fn, line = Fn(fn.module, function.parent), function.line
            block = self._block_at(fn, line)

    def _block_at(self, fn: Fn, line: int) -> int:
        blocks = self.program.function(fn).blocks
        holding = (n for n, block in enumerate(blocks) if block.line <= line <= block.end_line)
        return max(holding, key=lambda n: (blocks[n].line, n), default=0)

    def _guards_of(self, fn: Fn) -> tuple[_Guard, ...]:
        if fn not in self._guards:
            if fn in self._busy or len(self._busy) > _LONGEST:
                return ()
            self._busy.add(fn)
            found = tuple(self._find(fn))
            self._busy.discard(fn)
            self._guards[fn] = found
        return self._guards[fn]

    def _needed(self, fn: Fn) -> tuple[_Guard, ...]:
        """What conditions say of parameters by themselves: no value is evaluated for it."""
        if fn not in self._wanted:
            blocks = enumerate(self.program.function(fn).blocks)
            tests = ((number, block) for number, block in blocks if _is_branch(block))
            self._wanted[fn] = tuple(g for one in tests for g in self._said_by(fn, *one, self.contexts.needs))
        return self._wanted[fn]

    def _find(self, fn: Fn) -> Iterator[_Guard]:
        for number, block in enumerate(self.program.function(fn).blocks):
            if _is_branch(block):
                yield from self._said_by(fn, number, block, self.proofs.of)
        yield from self._cases(fn)
        for key, block_number, line in lookups(self.program, self.symbols, fn, is_fed=self.proofs.expected.is_fed):
            for proof in self.proofs.expected.closed(key):
                yield from (_Guard(proof, *place) for place in self._behind(fn, block_number, line))
        for value, call, block_number in self.program.calls(fn):
            for proof in self.proofs.passing(fn.at(value), call):
                yield from (_Guard(proof, *place) for place in self._behind(fn, block_number, call.end_line))

    def _said_by(self, fn: Fn, number: int, block: ir.Block, said: _Said) -> Iterator[_Guard]:
        """What a condition says inside its branch, and behind one that leaves."""
        test, holds = fn.at(block.test), block.kind != "else"
        for proof in said(test, sense=holds):
            yield _Guard(proof, number, 0)
        if block.exits and block.kind != "case":
            for proof in said(test, sense=not holds):
                places = self._behind(fn, block.parent, block.end_line)
                yield from (_Guard(proof, *place) for place in places)

    def _cases(self, fn: Fn) -> Iterator[_Guard]:
        """After a ``switch`` whose default leaves, the value is one of its cases."""
        for number, tests in cases.leaving(self.program, fn):
            default = self.program.function(fn).blocks[number]
            for proof in joined([tuple(self.proofs.of(test, sense=True)) for test in tests]):
                yield _Guard(proof, default.parent, default.end_line)

    def _behind(self, fn: Fn, number: int, line: int) -> Iterator[tuple[int, int]]:
        """The blocks, and lines in them, behind which a step did not raise: also after a ``try`` that is left then."""
        yield number, line
        blocks = self.program.function(fn).blocks
        block = blocks[number]
        handlers = self._handlers(blocks, number)
        if block.kind == "with":
            yield from self._behind(fn, block.parent, line)
        elif block.kind == "try" and handlers and all(handler.exits for handler in handlers):
            yield from self._behind(fn, block.parent, max(line, *(handler.end_line for handler in handlers)))

    def _handlers(self, blocks: tuple[ir.Block, ...], number: int) -> list[ir.Block]:
        """The ``except`` clauses of one ``try``: those before the next ``try`` beside it."""
        parent = blocks[number].parent
        beside = (b for b in blocks[number + 1 :] if b.parent == parent)
        return [b for b in takewhile(lambda b: b.kind != "try", beside) if b.kind == "except"]

    # --- own helpers

    def _summary(self, fn: Fn, asked: Asked) -> tuple[Proof, ...]:
        """What a helper's answer proves of its own parameters."""
        key = (fn, asked)
        if key not in self._summaries:
            self._summaries[key] = ()
            self._summaries[key] = tuple(p for p in self._answered(fn, asked) if self._own(fn, p.root))
        return self._summaries[key]

    def _said(self, fn: Fn, number: int, asked: Asked, depth: int = _DEEPEST) -> bool | None:
        """Whether what is returned is what is asked for, also by way of another function; None where it is open."""
        if number < 0:
            return False
        at = self.program.bare(fn.at(number))
        call = self.program.value(at)
        called = self.symbols.resolve(at.to(call.callee)) if isinstance(call, ir.Call) and depth else ()
        said = {
            self._said(target, step.value, asked, depth - 1)
            for target in called
            if isinstance(target, Fn)
            for step in self.program.function(target).steps
            if isinstance(step, ir.Return)
        }
        if len(said) == 1:
            return said.pop()
        part = self.proofs.expected.item(at, asked.item)
        return self.proofs.expected.truth(part, asked) if part else None

    def _own(self, fn: Fn, root: Root) -> bool:
        return isinstance(root.held, Formal) and root.held.fn == fn

    def _answered(self, fn: Fn, asked: Asked) -> Iterator[Proof]:
        """What holds at every end of a function that may give what is asked for."""
        function = self.program.function(fn)
        ends: list[tuple[Proof, ...]] = []
        for step in function.steps:
            if not isinstance(step, ir.Return) or step.yields:
                continue
            if asked.sense is None or self._said(fn, step.value, asked) is not (not asked.sense):
                ends.append((*self._proven(Site(fn, step.block, step.line)), *self._returned(fn, step.value, asked)))
        if asked.sense is not True and function.blocks and not function.blocks[0].exits:
            ends.append(tuple(self._proven(Site(fn, 0, function.end_line + 1))))
        yield from joined(ends)

    def _returned(self, fn: Fn, number: int, asked: Asked) -> Iterator[Proof]:
        """What the returned value itself proves where it is true, or is not."""
        part = self.proofs.expected.item(fn.at(number), asked.item) if number >= 0 else None
        if part is not None and asked.sense is not None and asked.equals is None:
            yield from self.proofs.of(part, sense=asked.sense)


def _split(needs: Iterable[Need]) -> tuple[frozenset[Need], frozenset[Need]]:
    """What is needed of parameters, and of what calls gave back."""
    held = frozenset(needs)
    told = frozenset(need for need in held if isinstance(need.held, At))
    return held - told, told


def _fitting(origins: Iterable[Origin], told: frozenset[Need]) -> Iterator[Origin]:
    """The origins with which nothing came that a condition rules out: a flag that is given back beside a value."""
    for origin in origins:
        pairs = ((need, one.constant) for one in origin.beside for need in told if need[:2] == (one.call, (one.part,)))
        if all((constant in need.among) == need.sense for need, constant in pairs):
            yield origin


def _is_branch(block: ir.Block) -> bool:
    return block.kind in {"if", "else", "case"} and block.test >= 0


def _with(origin: Origin, proved: Proved) -> Origin:
    return replace(origin, escaped=True, closed=origin.closed or proved is Proved.CLOSED)


def relevant(origins: Iterable[Origin]) -> Iterator[Origin]:
    """All but what was found in a closed set: it is nobody's free choice any more, unless it is a secret."""
    return (o for o in origins if (not o.closed or o.nature in SECRET) and not _is_unnamed(o))


def _is_unnamed(origin: Origin) -> bool:
    """Whether it is a variable of the environment whose name nobody tells."""
    return origin.nature is Nature.SECRET_VARIABLE and origin.name.startswith(TOLD)
