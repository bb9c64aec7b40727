"""Single steps of functions that turn a caller away: an error status, a raised refusal, an error result."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from skillaudit import ir
from skillaudit.credentials import shorten
from skillaudit.events import Cause
from skillaudit.linking.calls.gates import children
from skillaudit.linking.events.statuses import Statuses
from skillaudit.linking.knowledge import refusalwords as words
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.registrations.toolbox import Toolbox

_ALWAYS = {401, 403, 407, 429}
_SOMETIMES = {400, 421, 502}
_GONE = {404, 410}
_CONDITIONS = {"if", "else", "case", "except"}
_RECEIVES_LOGIN = re.compile(r"(?:callback|authorization_?code|redirect)_?(?:handler|server)", re.IGNORECASE)
"""The listener that waits for the answer to the operator's own login elsewhere."""
_COMPARES = {"!=", "!==", "==", "===", "is not", "<>"}
_DEPTH = 7
_LONGEST = 400
_LINE = 80
_CLIENT_ERRORS = {"HTTPStatusError", "RequestException", "HTTPError", "ClientError", "ClientResponseError"}
_ERRORS = {"err", "error", "e", "exc"}
_CONTAINED = {"relative_to", "commonpath"}
_RESOLVED = {"resolve", "absolute", "realpath", "abspath", "Path", "PurePath", "str"}
_ERROR_KEYS = {"error", "isError", "is_error", "IsError", "message", "detail", "reason"}
_FORMAL = {"type", "jsonrpc", "mimeType", "content-type", "Content-Type"}
"""Keys of an answer that say nothing of why it is given."""
_GO_ERRORS = {"Errorf", "New", "Error", "Wrap", "Wrapf", "NewToolResultError", "NewToolResultErrorf"}
_ERROR_MAKERS = ("error", "err", "fail", "denied", "forbidden", "reject", "refuse")


class Refusal(msgspec.Struct, frozen=True):
    """A step that refuses. ``error``: the caller of the function gets an error and may catch it."""

    fn: Fn
    value: int
    block: int
    line: int
    end_line: int
    what: str
    cause: Cause
    status: int = 0
    error: str = ""


@dataclass(slots=True)
class Refusals:
    """Reads one function at a time."""

    box: Toolbox
    statuses: Statuses = field(init=False)

    def __post_init__(self) -> None:
        """Read answers with the same knowledge."""
        self.statuses = Statuses(self.box.program, self.box.symbols, self.box.origins)

    # --- answers with a status

    def answers(self, fn: Fn) -> Iterator[Refusal]:
        """Responses with a status that says who may not call, or with another one and a text that says so."""
        seen: set[tuple[int, int]] = set()
        owner = self.box.symbols.owner(fn)
        if owner is not None and _RECEIVES_LOGIN.search(self.box.program.klass(owner).name):
            return
        for answer in self.statuses.of(fn):
            said = " ".join(self._around_answer(fn, answer.value, answer.block, answer.line))
            asked = " ".join(self.asked(fn, answer.block))
            named = self.box.program.function(fn).name
            own = answer.status in _ALWAYS or (
                answer.status in _SOMETIMES and words.authenticates(said or f"{asked} denied")
            )
            owned = self.owners(fn, answer.block)
            own = own or bool(owned) or (answer.status in _GONE and words.lost_session(said))
            if own and (answer.line, answer.block) not in seen and not self._from_upstream(fn, answer.block):
                seen.add((answer.line, answer.block))
                why = words.cause(f"{answer.status} {said} {asked} {named}") if said or asked else Cause.CREDENTIAL
                why = Cause.OWNERSHIP if owned else why
                what = f"{answer.status}: {_short(said)}" if said else f"{answer.status}"
                error = "HTTPException" if answer.raised else ""
                end = self._end(fn, answer.value, answer.line)
                yield Refusal(fn, answer.value, answer.block, answer.line, end, what, why, answer.status, error)

    def _around_answer(self, fn: Fn, value: int, block: int, line: int) -> Iterator[str]:
        """The texts of an answer: of the call itself, and of the calls that carry it on (``.json(…)``)."""
        yield from self.texts(fn.at(value))
        for _, call, where in self.box.program.calls(fn):
            if where == block and line <= call.line <= line + 2 and self._carries(fn, call, value):
                for argument in call.args:
                    yield from self.texts(fn.at(argument.value))

    def _carries(self, fn: Fn, call: ir.Call, value: int) -> bool:
        callee = self.box.program.value(fn.at(call.callee))
        stored = not isinstance(self.box.program.value(fn.at(value)), ir.Call)
        return isinstance(callee, ir.Member) and (callee.base == value or stored or callee.name in {"end", "write"})

    def _end(self, fn: Fn, value: int, line: int) -> int:
        held = self.box.program.value(fn.at(value))
        return held.end_line if isinstance(held, ir.Call) else line

    # --- raised and returned errors

    def errors(self, fn: Fn) -> Iterator[Refusal]:
        """Errors that are raised or returned and refuse."""
        function = self.box.program.function(fn)
        for step in function.steps:
            match step:
                case ir.Raise() if step.value >= 0:
                    yield from self._error(fn, step, raised=True)
                case ir.Return(yields=False) if step.value >= 0:
                    yield from self._error(fn, step, raised=False)
                case _:
                    continue

    def _error(self, fn: Fn, step: ir.Raise | ir.Return, *, raised: bool) -> Iterator[Refusal]:
        at = fn.at(step.value)
        name = self.box.origins.name_of(at)
        if not raised and not self._is_error(at, name):
            return
        said = shorten(" ".join(self.texts(at)), _LONGEST)
        asked = " ".join(self.asked(fn, step.block))
        typed = raised and (words.refusing_type(name) or bool(self._coded(at)))
        around = f"{asked} {self.box.program.function(fn).name}"
        owned = self.owners(fn, step.block)
        if not (typed or owned or words.refuses(said) or words.lacks_credential(said, around)):
            return
        if self._from_upstream(fn, step.block) or self._caught(fn, step.block):
            return
        if self._passes_on(at) and not self._verifying(fn):
            return
        why = words.cause(f"{said} {name} {self._coded(at) or ''}" if said else f"{name} {asked}")
        why = Cause.OWNERSHIP if owned else why
        if why is Cause.SESSION and words.ends(self.box.program.function(fn).name):
            return
        value = self.box.program.value(at)
        end = value.end_line if isinstance(value, ir.Call) else step.line
        error = name or "Error"
        status = self._coded(at)
        yield Refusal(fn, step.value, step.block, step.line, end, _short(said) or name, why, status, error)

    def _coded(self, at: At) -> int:
        """The status that an error carries, where it says who may not call, else 0."""
        call = self.box.program.value(at)
        arguments = call.args if isinstance(call, ir.Call) else ()
        carried = (self.statuses.number(Fn(at.module, at.function), argument.value) for argument in arguments)
        return next((status for status in carried if status in _ALWAYS), 0)

    def _is_error(self, at: At, name: str, depth: int = 3) -> bool:  # noqa: PLR0911 - one answer per kind of value
        """Whether a returned value is an error: Go's last result, an error result, a text that begins so."""
        value = self.box.program.value(at)
        match value:
            case ir.Variable() if depth:
                return self._is_error(at.to(value.value), name, depth - 1)
            case ir.Sequence() if value.items and depth:
                return any(self._is_error(at.to(i), self.box.origins.name_of(at.to(i)), depth - 1) for i in value.items)
            case ir.Record():
                keys = {entry.key for entry in value.entries}
                return bool(keys & {"error", "isError", "is_error", "IsError"}) or {"Code", "Message"} <= keys
            case ir.Call():
                return name in _GO_ERRORS or any(word in name.lower() for word in _ERROR_MAKERS)
            case ir.Literal(kind="str") | ir.Text():
                start = next(self.texts(at), "").lstrip("❌⛔🚫 ")
                return start.lower().startswith(("error", "access denied", "permission denied", "forbidden", "refused"))
            case ir.Operation() if depth:
                return any(
                    self._is_error(at.to(o), self.box.origins.name_of(at.to(o)), depth - 1) for o in value.operands
                )
            case _:
                return False

    # --- what stands around

    def asked(self, fn: Fn, block: int) -> list[str]:
        """The names in the conditions in front of a step."""
        found: list[str] = []
        for outer in self._around(fn, block):
            if outer.kind in _CONDITIONS and outer.test >= 0:
                found.extend(self._names(fn.at(outer.test)))
        return found

    def owners(self, fn: Fn, block: int) -> tuple[str, ...]:
        """The two names of the nearest condition where it compares a resource's owner with the caller, else nothing."""
        inner = next((outer for outer in self._around(fn, block) if outer.kind in _CONDITIONS), None)
        if inner is None or inner.kind not in {"if", "else"} or inner.test < 0:
            return ()
        return self._compared(fn.at(inner.test), 3)

    def _compared(self, at: At, depth: int) -> tuple[str, ...]:
        test = self.box.program.value(at)
        if not isinstance(test, ir.Operation) or not depth:
            return ()
        if test.operator in _COMPARES and len(test.operands) == 2:  # noqa: PLR2004 - both sides
            sides = tuple(self._side(at.to(operand)) for operand in test.operands)
            return sides if words.owner_and_caller(*sides) else ()
        return next((found for o in test.operands if (found := self._compared(at.to(o), depth - 1))), ())

    def _side(self, at: At) -> str:
        """One side of a comparison as written: ``note.owner_id``, ``caller()``."""
        value = self.box.program.value(at)
        name = self.box.origins.name_of(at)
        if isinstance(value, ir.Member):
            return f"{self._object(at.to(value.base))}.{name}"
        if (held := self._keyed(at, value)) is not None:
            return f"{self.box.origins.name_of(held[0])}.{held[1]}"
        if isinstance(value, ir.Call):
            return f"{name}()"
        return name if isinstance(value, ir.Variable | ir.Param | ir.Name) else ""

    def _keyed(self, at: At, value: ir.Value) -> tuple[At, str] | None:
        """``note["owner_id"]`` and ``note.get("owner_id")``: what is read, and under which constant key."""
        callee = self.box.program.value(at.to(value.callee)) if isinstance(value, ir.Call) else None
        if isinstance(value, ir.Item):
            base, key = value.base, value.key
        elif isinstance(value, ir.Call) and isinstance(callee, ir.Member) and callee.name == "get" and value.args:
            base, key = callee.base, value.args[0].value
        else:
            return None
        text = self.box.program.value(at.to(key))
        return (at.to(base), text.text) if isinstance(text, ir.Literal) and text.kind == "str" else None

    def _object(self, at: At) -> str:
        """What an object is called; a method's own object by its class: ``s.owner`` of ``func (s *session)``."""
        owner = self.box.symbols.owner(Fn(at.module, at.function))
        if owner is not None and isinstance(self.box.program.value(at), ir.Receiver):
            return self.box.program.klass(owner).name.lower()
        return self.box.origins.name_of(at)

    def _around(self, fn: Fn, block: int) -> Iterator[ir.Block]:
        blocks = self.box.program.function(fn).blocks
        while block >= 0:
            yield blocks[block]
            block = blocks[block].parent

    def _names(self, at: At, depth: int = 6) -> Iterator[str]:
        value = self.box.program.value(at)
        match value:
            case ir.Variable() | ir.Name() | ir.Member():
                yield value.name
            case ir.Param():
                yield self.box.program.function(Fn(at.module, at.function)).params[value.index].name
            case ir.Literal(kind="str" | "num"):
                yield value.text
            case ir.Item() if depth:
                yield from self._names(at.to(value.key), depth - 1)
            case _:
                pass
        if depth:
            for child in children(value):
                yield from self._names(at.to(child), depth - 1)

    def _from_upstream(self, fn: Fn, block: int) -> bool:
        """Whether the answer of another service decides, in code that does not verify callers."""
        if self._verifying(fn):
            return False
        return any(self._asks_upstream(fn, outer) for outer in self._around(fn, block) if outer.test >= 0)

    def _asks_upstream(self, fn: Fn, block: ir.Block) -> bool:
        names = list(self._names(fn.at(block.test)))
        if block.kind == "except":
            return not _CLIENT_ERRORS.isdisjoint(names)
        return block.kind in {"if", "case"} and words.answered(names)

    def _verifying(self, fn: Fn) -> bool:
        """Whether a function, one around it, or its class verifies callers."""
        while fn.number > 0:
            if words.verifies(self.box.program.function(fn).name):
                return True
            owner = self.box.symbols.owner(fn)
            if owner is not None and words.verifies(self.box.program.klass(owner).name):
                return True
            fn = Fn(fn.module, self.box.program.function(fn).parent)
        return False

    def _caught(self, fn: Fn, block: int) -> bool:
        """Whether the step only passes on what failed elsewhere, and that was no check: ``path.relative_to(root)``."""
        inner = next((outer for outer in self._around(fn, block) if outer.kind in _CONDITIONS), None)
        caught = inner is not None and (inner.kind == "except" or self._asks_for_error(fn, inner))
        return caught and not self._verifying(fn) and not (inner and self._checked(fn, inner))

    def _checked(self, fn: Fn, handler: ir.Block) -> bool:
        """Whether nothing is tried in front of a handler but where a path leads."""
        blocks = self.box.program.function(fn).blocks
        tried = [
            n for n, b in enumerate(blocks) if b.kind == "try" and b.parent == handler.parent and b.line < handler.line
        ]
        within = {n for n in range(len(blocks)) if tried and self._is_in(blocks, n, tried[-1])}
        calls = [call for _, call, held in self.box.program.calls(fn) if held in within]
        names = {self.box.origins.name_of(fn.at(call.callee)) for call in calls}
        return names <= _CONTAINED | _RESOLVED and not names.isdisjoint(_CONTAINED)

    def _is_in(self, blocks: tuple[ir.Block, ...], number: int, outer: int) -> bool:
        while number >= 0 and number != outer:
            number = blocks[number].parent
        return number == outer

    def caught_own(self, fn: Fn, block: int) -> frozenset[str]:
        """The project's own errors that the nearest ``except`` around a step catches, where it catches no others."""
        inner = next((outer for outer in self._around(fn, block) if outer.kind in _CONDITIONS), None)
        if inner is None or inner.kind != "except" or inner.test < 0:
            return frozenset()
        value = self.box.program.value(self.box.program.bare(fn.at(inner.test)))
        types = value.types if isinstance(value, ir.Caught) else ()
        own = all(any(isinstance(s, Cls) for s in self.box.symbols.resolve(fn.at(one))) for one in types)
        return frozenset(self.box.origins.name_of(fn.at(one)) for one in types) if own else frozenset()

    def _passes_on(self, at: At, depth: int = 3) -> bool:
        """Whether an error is made from another one: ``fmt.Errorf("…: %w", err)``, a wrapper's ``err`` argument."""
        value = self.box.program.value(at)
        match value:
            case ir.Variable(name=name):
                return name in _ERRORS
            case ir.Call() if depth:
                return any(self._passes_on(at.to(argument.value), depth - 1) for argument in value.args)
            case ir.Sequence() if depth:
                return any(self._passes_on(at.to(item), depth - 1) for item in value.items)
            case _:
                return False

    def _asks_for_error(self, fn: Fn, block: ir.Block) -> bool:
        test = self.box.program.value(fn.at(block.test)) if block.kind == "if" and block.test >= 0 else None
        if not isinstance(test, ir.Operation) or test.operator not in {"!=", "!=="}:
            return False
        return any(self.box.origins.name_of(fn.at(operand)) in {"err", "error"} for operand in test.operands)

    # --- texts

    def texts(self, at: At, depth: int = _DEPTH) -> Iterator[str]:  # noqa: C901 - one case per kind of value
        """The constant texts inside a value, constants of other files included."""
        value = self.box.program.value(at)
        match value:
            case ir.Literal(kind="str", text=text):
                yield text
            case ir.Name() | ir.Import() | ir.Member():
                if text := self.box.texts.one(at):
                    yield text
                elif isinstance(value, ir.Member) and depth:
                    yield from self.texts(at.to(value.base), depth - 1)
            case ir.Variable() if depth:
                yield from self.texts(at.to(value.value), depth - 1)
            case ir.Call() if depth:
                for argument in value.args:
                    yield from self.texts(at.to(argument.value), depth - 1)
            case ir.Record(entries=entries) if depth:
                for entry in entries:
                    yield from self.texts(at.to(entry.value), depth - 1) if entry.key not in _FORMAL else ()
            case _ if depth:
                for child in children(value):
                    yield from self.texts(at.to(child), depth - 1)
            case _:
                return


def _short(text: str) -> str:
    line = " ".join(text.split())
    short = shorten(line, _LINE)
    return short if short == line else f"{short}…"
