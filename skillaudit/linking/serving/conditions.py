"""What a condition comes to: in a production run in which nobody sets an option, or while a stdio server serves.

Answers are texts, truth values, lists of texts or ``null``; where nothing can be said there is no answer, which is not
the same as false.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from skillaudit import ir
from skillaudit.linking.calls.gates import Gates
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.members import members
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Formal, Instance
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.options import Options
from skillaudit.linking.serving.presence import Presence

_DEPTH = 14
_BRANCHES = {"if", "else", "case"}
_SAME_TEXT = {"lower", "upper", "strip", "trim", "toLowerCase", "toUpperCase", "toString", "value", "casefold"}
_SAME_CALL = {
    "strings.ToLower", "strings.TrimSpace", "strings.ToUpper", "str", "String", "bool", "Boolean", "typing.cast",
    "pathlib.Path", "os.path.abspath", "os.path.expanduser", "path.resolve", "filepath.Clean",
}  # fmt: skip
_FLAGS = {
    "flag.String": 1, "flag.Bool": 1, "github.com/spf13/pflag.String": 1, "github.com/spf13/pflag.Bool": 1,
    "github.com/spf13/pflag.StringP": 2, "github.com/spf13/pflag.BoolP": 2,
}  # fmt: skip
_HOLDING = {"includes", "has", "contains", "__contains__"}
_PRODUCTION = {"production", "prod", "live", "release"}
_ELSEWHERE = {"development", "dev", "develop", "test", "testing", "local", "debug", "staging"}
_TESTS = re.compile(
    r"^(?:JEST_WORKER_ID|VITEST\w*|PYTEST_\w+|MOCHA\w*)$|^is_?(?:jest|vitest|pytest|testing|test)$", re.IGNORECASE
)
_YES = {"1", "true", "yes", "on", "y", "t", "enabled"}
_TERMINAL = re.compile(r"is_?a?_?tty|is_?terminal|is_?interactive", re.IGNORECASE)
_ENVIRONMENTS = re.compile(r"^(?:process\.env|os\.environ|import\.meta\.env|Deno\.env|Bun\.env)$")
_GETTERS = re.compile(r"^(?:os\.getenv|os\.environ\.get|os\.Getenv|syscall\.Getenv|Deno\.env\.get|process\.env\.get)$")
_KINDS = {
    "http", "sse", "streamable-http", "streamable_http", "streamablehttp", "streamable", "httpstream", "websocket",
}  # fmt: skip
_KIND_WORDS = {"http", "sse", "streamable", "stdio"}
_SWITCH_WORDS = _KIND_WORDS | {
    "use", "is", "enable", "enabled", "run", "start", "mode", "transport", "server", "serve", "with",
}  # fmt: skip


class Settled(NamedTuple):
    """A value that is known."""

    value: str | bool | tuple[str, ...] | None


Answer: TypeAlias = Settled | None


@dataclass(slots=True)
class Conditions:
    """The evaluator. ``serving``: stdio is being served and options may be set; else production without any option."""

    box: Toolbox
    gates: Gates
    options: Options
    serving: bool = False
    presence: Presence = field(init=False)
    _known: dict[At, Answer] = field(default_factory=dict)
    _busy: set[At] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Whether something is an object at all follows from who makes it."""
        self.presence = Presence(self.box)

    def runs(self, fn: Fn, block: int, line: int = 0) -> bool | None:
        """Whether a block runs; None where one of the conditions around it cannot be decided.

        With a ``line`` also whether that line of the block is reached: an earlier branch may have left.
        """
        decided = [self.taken(fn, outer) for outer in self.gates.around(fn, block)]
        if False in decided or (line and self._left(fn, block, line)):
            return False
        return None if None in decided else True

    def _left(self, fn: Fn, block: int, line: int) -> bool:
        blocks = self.box.program.function(fn).blocks
        around = set()
        while block >= 0:
            around.add(block)
            block = blocks[block].parent
        early = (b for b in blocks if b.exits and b.end_line < line and b.parent in around and b.kind in _BRANCHES)
        return any(self.taken(fn, b) is True for b in early)

    def taken(self, fn: Fn, block: ir.Block) -> bool | None:
        """Whether one block's own condition holds."""
        if block.kind not in _BRANCHES:
            return True
        if block.test < 0:
            return self._default_case(fn, block)
        truth = self.truth(fn.at(block.test))
        return truth if truth is None or block.kind != "else" else not truth

    def _default_case(self, fn: Fn, block: ir.Block) -> bool | None:
        """The branch without a condition runs where no other branch of its ``switch`` does."""
        others = [
            self.truth(fn.at(other.test))
            for other in self.box.program.function(fn).blocks
            if other.kind == "case" and other.parent == block.parent and other.test >= 0
        ]
        return False if True in others else None if None in others else True

    def truth(self, at: At) -> bool | None:
        """Whether a condition holds."""
        answer = self.value(at)
        if answer is not None:
            return bool(answer.value)
        return True if self.presence.certain(at) else None

    def value(self, at: At) -> Answer:
        """What an expression comes to."""
        if at in self._known:
            return self._known[at]
        if at in self._busy or len(self._busy) > _DEPTH:
            return None
        self._busy.add(at)
        answer = self._value(at)
        self._busy.discard(at)
        self._known[at] = answer
        return answer

    def _value(self, at: At) -> Answer:  # noqa: C901, PLR0911 - one case per kind of value
        value = self.box.program.value(at)
        match value:
            case ir.Literal():
                return _literal(value)
            case ir.Variable():
                named = self.value(at.to(value.value))
                return named if named is not None else self._named(value.name, at)
            case ir.Operation():
                return self._operation(at, value)
            case ir.Choice():
                return self._choice(at, value)
            case ir.Sequence():
                items = [self.value(at.to(item)) for item in value.items]
                texts = tuple(i.value for i in items if i is not None and isinstance(i.value, str))
                return Settled(texts) if len(texts) == len(items) else None
            case ir.Name():
                outer = self.box.program.lexical(Fn(at.module, at.function), value.name)
                found = self.value(outer) if outer else None
                return found if found is not None else self._named(value.name, at)
            case ir.Import():
                target = self.box.program.imported(at.module, value.module, value.symbol)
                found = self.value(target) if isinstance(target, At) else None
                return found if found is not None else self._named(value.symbol, at)
            case ir.Param():
                return self._param(at, value.index)
            case ir.Member() | ir.Item():
                return self._member(at, value)
            case ir.Call():
                return self._call(at, value)
            case _:
                return None

    # --- operators

    def _operation(self, at: At, value: ir.Operation) -> Answer:  # noqa: PLR0911 - one case per operator
        operands = [at.to(operand) for operand in value.operands]
        match value.operator:
            case "not" | "!" | "!!" if len(operands) == 1:
                truth = self.truth(operands[0])
                return None if truth is None else Settled(truth if value.operator == "!!" else not truth)
            case "and" | "&&":
                return self._until(operands, ends=False)
            case "or" | "||":
                return self._until(operands, ends=True)
            case "??":
                first = self.value(operands[0])
                return first if first is None or first.value is not None else self.value(operands[-1])
            case "==" | "===" | "is" | "in" if len(operands) == 2:  # noqa: PLR2004 - a pair
                return self._equal(*operands)
            case "!=" | "!==" | "is not" | "not in" if len(operands) == 2:  # noqa: PLR2004 - a pair
                equal = self._equal(*operands)
                return None if equal is None else Settled(not equal.value)
            case "*" | "&" | "await" if len(operands) == 1:
                return self.value(operands[0])
            case _:
                return None

    def _until(self, operands: Iterable[At], *, ends: bool) -> Answer:
        """``and`` ends at what is false, ``or`` at what is true; one such operand decides, whatever the others are."""
        answers = [self.value(operand) for operand in operands]
        if None in answers:
            return next((a for a in answers if a is not None and bool(a.value) is ends), None)
        return next((a for a in answers if a is not None and bool(a.value) is ends), answers[-1])

    def _equal(self, left: At, right: At) -> Answer:
        one, other = self.value(left), self.value(right)
        if any(a == Settled(None) and self.presence.certain(b) for a, b in ((one, right), (other, left))):
            return Settled(value=False)
        for known, unknown in ((one, left), (other, right)):
            stands = self._stands_for(known, left if unknown is right else right)
            if stands is not None:
                return stands
        if one is None or other is None:
            return None
        if isinstance(other.value, tuple):
            return Settled(one.value in other.value)
        return Settled(one.value == other.value)

    def _stands_for(self, known: Answer, against: At) -> Answer:
        """What comparing an environment's or a transport's name with anything but a constant comes to."""
        if known is None or isinstance(self.box.program.value(against), ir.Literal):
            return None
        texts = {
            t.lower() for t in (known.value if isinstance(known.value, tuple) else (known.value,)) if isinstance(t, str)
        }
        if self.serving:
            if texts and texts <= _KINDS | {"stdio"}:
                return Settled("stdio" in texts)
            return Settled(value=False) if texts and texts <= {"test", "testing"} else None
        if texts and texts <= _PRODUCTION | _ELSEWHERE:
            return Settled(not texts.isdisjoint(_PRODUCTION))
        return None

    def _choice(self, at: At, value: ir.Choice) -> Answer:
        if value.test >= 0 and len(value.options) == 2:  # noqa: PLR2004 - a conditional expression
            truth = self.truth(at.to(value.test))
            if truth is not None:
                return self.value(at.to(value.options[0 if truth else 1]))
        return _agreed(self.value(at.to(option)) for option in value.options)

    # --- names

    def _named(self, name: str, at: At) -> Answer:
        """What a name alone says: switches of tests and terminals, the environment, declared options."""
        if _TESTS.search(name) or _TERMINAL.search(name):
            return Settled(value=False)
        words = vocabulary.words(name)
        if self.serving:
            kinds = _KIND_WORDS.intersection(words)
            return Settled("stdio" in kinds) if kinds and _SWITCH_WORDS.issuperset(words) else None
        defaults = [
            _literal(default) if isinstance(default, ir.Literal) else self.value(default)
            for default in self.options.defaults(name)
        ]
        found = (self._set(words, defaults, at) if defaults else None) or _agreed(defaults)
        if found is None and words and (words[0] in {"is", "in"} or len(words) == 1):
            if not _PRODUCTION.isdisjoint(words):
                return Settled(value=True)
            if not _ELSEWHERE.isdisjoint(words):
                return Settled(value=False)
        return found

    def _set(self, words: tuple[str, ...], defaults: list[Answer], at: At) -> Answer:
        """What a deployment sets a declared option to by a variable of its name, with or without a prefix."""
        package = self.box.program.package_path(at.module)
        for name in self.box.environment.names(package):
            given = vocabulary.words(name)
            held = self.box.environment.values(package, name)
            if len(held) == 1 and (given == words or (len(words) > 1 and given[-len(words) :] == words)):
                switch = any(isinstance(one.value, bool) for one in defaults if one is not None)
                return Settled(held[0].lower() in _YES) if switch else Settled(held[0])
        return None

    def _param(self, at: At, index: int) -> Answer:
        fn = Fn(at.module, at.function)
        function = self.box.program.function(fn)
        parameter = function.params[index]
        passed: list[Answer] = []
        for caller, number in self.box.origins.callers.get(fn, ()):
            call = self.box.program.value(caller.at(number))
            if isinstance(call, ir.Call):
                passed += [self.value(a) for a in self.box.origins.arguments(caller, call, Formal(fn, index))]
        default = At(fn.module, function.parent, parameter.default) if parameter.default >= 0 else None
        if default is not None:
            passed.append(self.value(default))
        found = _agreed(passed)
        return found if found is not None else self._named(parameter.name, at)

    def _member(self, at: At, value: ir.Member | ir.Item) -> Answer:
        symbols = self.box.symbols.resolve(at.to(value.base))
        key = value.name if isinstance(value, ir.Member) else self._key(at, value)
        if any(isinstance(s, External) and _ENVIRONMENTS.match(s.path) for s in symbols):
            return self._variable(key, at)
        found = _agreed(
            self.value(target)
            for symbol in symbols
            for target in members(self.box.program, self.box.symbols, symbol, key)
        )
        if found is not None and any(isinstance(s, Instance) and self._reads_variables(s.cls) for s in symbols):
            found = self._set(vocabulary.words(key), [found], at) or found
        return found if found is not None else self._named(key, at)

    def _reads_variables(self, cls: Cls) -> bool:
        """Whether a class is one of pydantic's settings: its fields are variables of the environment."""
        declared = self.box.program.klass(cls)
        bases = [At(cls.module, declared.scope, base) for base in declared.bases]
        named = [symbol for base in bases for symbol in self.box.symbols.resolve(base)]
        return any(isinstance(s, External) and s.path.endswith(".BaseSettings") for s in named)

    def _key(self, at: At, value: ir.Item) -> str:
        held = self.box.program.value(at.to(value.key))
        return held.text if isinstance(held, ir.Literal) else ""

    def _variable(self, name: str, at: At) -> Answer:
        """An environment variable as deployments set it, else one that nobody sets; production where it says where."""
        if _TESTS.search(name):
            return Settled(None)
        if self.serving or not name:
            return None
        held = self.box.environment.values(self.box.program.package_path(at.module), name)
        if len(held) == 1:
            return Settled(held[0])
        if name in {"NODE_ENV", "ENV", "APP_ENV", "ENVIRONMENT"}:
            return Settled("production")
        return None if held else Settled(None)

    # --- calls

    def _call(self, at: At, call: ir.Call) -> Answer:
        callee = self.box.program.value(at.to(call.callee))
        name = callee.name if isinstance(callee, ir.Member | ir.Name) else ""
        if _TERMINAL.search(name):
            return Settled(value=False)
        symbols = self.box.symbols.resolve(at.to(call.callee))
        paths = [s.path for s in symbols if isinstance(s, External)]
        if any(_GETTERS.match(path) for path in paths) and call.args:
            return self._got(at, call)
        same = -1 if any(path in _SAME_CALL for path in paths) else len(call.args)
        if (stands := next((_FLAGS[path] for path in paths if path in _FLAGS), same)) < len(call.args) and call.args:
            return self.value(at.to(call.args[stands].value))
        if any(path.rpartition(".")[2] in {"Field", "field", "Option"} for path in paths):
            return self._declared(at, call)
        if isinstance(callee, ir.Member) and not any(isinstance(s, Fn) for s in symbols):
            return self._method(at, call, callee)
        answers = [self._returned(s) for s in symbols if isinstance(s, Fn)]
        found = _agreed(answers)
        return found if found is not None else self._named(name, at)

    def _got(self, at: At, call: ir.Call) -> Answer:
        held = self.box.program.value(at.to(call.args[0].value))
        variable = self._variable(held.text, at) if isinstance(held, ir.Literal) else None
        if variable is not None and variable.value is None and len(call.args) > 1:
            return self.value(at.to(call.args[1].value))
        return variable

    def _declared(self, at: At, call: ir.Call) -> Answer:
        """``Field(default="json")``, ``field(default=False)``, ``typer.Option("text")``."""
        given = next((a.value for a in call.args if a.name == "default"), -1)
        first = next((a.value for a in call.args if not a.name), -1)
        chosen = given if given >= 0 else first
        return self.value(at.to(chosen)) if chosen >= 0 else None

    def _method(self, at: At, call: ir.Call, callee: ir.Member) -> Answer:
        if callee.name in _SAME_TEXT:
            base = self.value(at.to(callee.base))
            upper = base is not None and isinstance(base.value, str) and callee.name in {"upper", "toUpperCase"}
            return Settled(str(base.value).upper()) if upper and base is not None else base
        if callee.name in _HOLDING and len(call.args) == 1:
            base, wanted = self.value(at.to(callee.base)), self.value(at.to(call.args[0].value))
            if base is not None and wanted is not None and isinstance(wanted.value, str) and base.value is not None:
                return Settled(isinstance(base.value, str | tuple) and wanted.value in base.value)
        return None

    def _returned(self, fn: Fn) -> Answer:
        steps = [s for s in self.box.program.function(fn).steps if isinstance(s, ir.Return) and s.value >= 0]
        return _agreed(self.value(fn.at(s.value)) for s in steps if self.runs(fn, s.block) is not False)


def _literal(value: ir.Literal) -> Settled:
    match value.kind:
        case "bool":
            return Settled(value.text.lower() == "true")
        case "null":
            return Settled(None)
        case _:
            return Settled(value.text)


def _agreed(answers: Iterable[Answer]) -> Answer:
    """What all of them say; nothing where one says nothing or two differ."""
    held = list(answers)
    return held[0] if held and None not in held and len(set(held)) == 1 else None
