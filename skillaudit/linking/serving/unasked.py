"""What runs only where somebody sets an option: ``if AUDIT:``, ``if (config.audit)``, ``if *audit`` behind a flag.

That a key, an address or a file is not set by default is no option: a server needs them to work.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.gates import Gates, children
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.conditions import Conditions
from skillaudit.linking.serving.options import Options

_BRANCHES = {"if", "else", "case"}
_CONSTRUCTORS = {"__init__", "constructor", "__post_init__"}
_DEEPEST = 10
_SOME = {"or", "||"}
_UNEQUAL = {"!=", "!==", "is not"}
_CONNECTED = {"and", "&&"} | _SOME
_SETTINGS = re.compile(r"conf|opt(?:s|ion)|setting|flags|env", re.IGNORECASE)
_SWITCH = re.compile(
    r"audit|log(?:s|ging|ger)?$|log_|_log|telemetry|trac(?:e|ing)|record|enabled?|verbos|debug|metrics", re.IGNORECASE
)


@dataclass(slots=True)
class Unasked:
    """Answers for one step at a time; conditions are remembered."""

    box: Toolbox
    gates: Gates
    conditions: Conditions = field(init=False)
    _changing: frozenset[str] | None = None
    _off: dict[tuple[Fn, int, int], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A production run in which nobody sets an option."""
        self.conditions = Conditions(self.box, self.gates, Options(self.box.program))

    def off(self, fn: Fn, block: int, line: int) -> bool:
        """Whether a step is left out as long as nobody asks for it."""
        key = (fn, block, line)
        if key not in self._off:
            self._off[key] = any(self._decides(fn, one) for one in self.passed(fn, block, line))
        return self._off[key]

    def withheld(self, fn: Fn) -> bool:
        """Whether the function around a closure gives it back only where an option asks for it."""
        outer = Fn(fn.module, self.box.program.function(fn).parent)
        if fn.number == 0 or outer.number <= 0:
            return False
        steps = [s for s in self.box.program.function(outer).steps if isinstance(s, ir.Return) and s.value >= 0]
        given = [
            s
            for s in steps
            if self.box.program.value(self.box.program.bare(outer.at(s.value))) == ir.Closure(fn.number)
        ]
        return bool(given) and all(self.off(outer, s.block, s.line) or self._passed_on(outer, s) for s in given)

    def _passed_on(self, fn: Fn, given: ir.Return) -> bool:
        """``if next != nil { return next }`` in front of what a function gives back: it is always given something."""
        program, function = self.box.program, self.box.program.function(fn)
        for step in function.steps:
            early = isinstance(step, ir.Return) and step.value >= 0 and step.line < given.line
            held = function.blocks[step.block]
            if not early or held.kind != "if" or held.test < 0:
                continue
            one = program.value(program.bare(fn.at(step.value)))
            test = program.value(program.bare(fn.at(held.test)))
            asked = test.operands if isinstance(test, ir.Operation) and test.operator in _UNEQUAL else (held.test,)
            if isinstance(one, ir.Param) and one in [program.value(program.bare(fn.at(number))) for number in asked]:
                return True
        return False

    def passed(self, fn: Fn, block: int, line: int) -> Iterator[tuple[ir.Block, bool]]:
        """The branches around a step, and those before it that leave, each with what would leave the step out."""
        blocks = self.box.program.function(fn).blocks
        around = []
        while block >= 0:
            around.append(block)
            block = blocks[block].parent
        yield from ((blocks[number], False) for number in around if blocks[number].kind in _BRANCHES)
        for early in blocks:
            if early.exits and early.kind in _BRANCHES and early.end_line < line and early.parent in around:
                yield early, True

    def _decides(self, fn: Fn, passed: tuple[ir.Block, bool]) -> bool:
        branch, taken = passed
        if branch.test < 0 or self.conditions.taken(fn, branch) is not taken:
            return False
        return any(map(self.settled, self.deciding(fn.at(branch.test))))

    def deciding(self, at: At, depth: int = _DEEPEST) -> Iterator[At]:
        """The parts that decide a condition, whatever the others are: what is false in ``and``, true in ``or``."""
        at = self._bare(at)
        value = self.box.program.value(at)
        yield at
        if isinstance(value, ir.Operation) and value.operator in _CONNECTED and depth:
            for operand in value.operands:
                if self.conditions.truth(at.to(operand)) is (value.operator in _SOME):
                    yield from self.deciding(at.to(operand), depth - 1)

    def settled(self, at: At) -> bool:
        """Whether constants and settings alone say what a condition comes to."""
        answer = self.conditions.value(at)
        names = [*self.gates.names(at), *self._keys(at, _DEEPEST)]
        if not self.changed().isdisjoint(names) or not self._fixed(at, _DEEPEST):
            return False
        return (answer is not None and answer.value is not None) or any(map(_SWITCH.search, names))

    def _keys(self, at: At, depth: int) -> Iterator[str]:
        """The constant keys in a condition: ``settings["audit"]``."""
        value = self.box.program.value(at)
        key = self.box.program.value(at.to(value.key)) if isinstance(value, ir.Item) else None
        if isinstance(key, ir.Literal):
            yield key.text
        for child in children(value) if depth else ():
            yield from self._keys(at.to(child), depth - 1)

    def _fixed(self, at: At, depth: int) -> bool:  # noqa: PLR0911 - one case per kind of value
        """Whether a condition hangs on constants, settings and variables of the environment alone, not on the call."""
        program = self.box.program
        value = program.value(at)
        match value:
            case ir.Literal() | ir.Name() | ir.Import() | ir.Receiver():
                return True
            case ir.Member(base=base) | ir.Item(base=base):
                held = program.value(program.bare(at.to(base)))
                if isinstance(held, ir.Param):
                    given = program.function(Fn(at.module, at.function)).params[held.index]
                    return bool(_SETTINGS.search(f"{given.name} {given.type_text}"))
                return depth > 0 and self._fixed(at.to(base), depth - 1)
            case ir.Variable(value=inner):
                return depth > 0 and self._fixed(at.to(inner), depth - 1)
            case ir.Choice(test=test) if test < 0:
                return False
            case ir.Operation() | ir.Choice() | ir.Call():
                return depth > 0 and all(self._fixed(at.to(child), depth - 1) for child in children(value))
            case _:
                return False

    def _bare(self, at: At) -> At:
        """A condition without its ``not``."""
        value = self.box.program.value(at)
        while isinstance(value, ir.Operation) and value.operator in {"not", "!", "!!"}:
            at = at.to(value.operands[0])
            value = self.box.program.value(at)
        return at

    def changed(self) -> frozenset[str]:
        """What functions give new values to while the program runs: state, no options."""
        if self._changing is None:
            self._changing = frozenset(self._stored())
        return self._changing

    def _stored(self) -> Iterator[str]:
        program = self.box.program
        for fn in program.functions():
            function = program.function(fn)
            if not program.surface(fn.module).counts or function.name in _CONSTRUCTORS:
                continue
            for step in function.steps:
                if isinstance(step, ir.Store) and step.name:
                    yield step.name
                elif isinstance(step, ir.Store) and step.key >= 0:
                    key = program.value(fn.at(step.key))
                    yield key.text if isinstance(key, ir.Literal) else ""
