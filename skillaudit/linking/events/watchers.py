"""Guards over a session: conditions on what it did (burst, chain, enumeration) and on how much data moved.

A guard is known by what it does: it stands where tool calls pass, compares what is kept of earlier calls, or a number
of bytes, with a threshold, and writes a record or stops the call. Words only say which of the kinds it is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.guards import Guard, Watched
from skillaudit.linking.calls.graph import REACH
from skillaudit.linking.events.expanded import Expanded, Expansions
from skillaudit.linking.events.fixed import is_fixed
from skillaudit.linking.events.idleguards import IdleGuards
from skillaudit.linking.events.kept import Kept
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.records.coverage import Coverage
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox

_SIZES = {"bytes", "byte", "size", "volume", "length", "len", "payload", "chars", "total", "outbound", "inbound"}
_BYTES = {"bytes", "byte", "volume", "outbound", "inbound"}
_LIMITS = {
    "max", "limit", "limits", "ceiling", "ceilings", "cap", "caps", "quota", "quotas", "threshold", "thresholds",
    "budget", "maximum", "allowed",
}  # fmt: skip
_GIVEN = {
    "query", "input", "args", "arg", "arguments", "prompt", "name", "url", "path", "command", "code", "title",
    "description", "param", "params", "page", "depth", "file", "upload", "image", "retries", "attempts", "line",
    "lines", "items", "rows", "timeout", "chunk", "cache", "queue", "buffer",
}  # fmt: skip
_OUTBOUND = {"outbound", "egress", "outgoing", "sent"}
_CHAIN = {"chain", "exfiltration", "exfil", "exfiltrate"}
_TAKES, _GIVES = {"retrieval", "retrieve", "sensitive", "reads"}, {"external", "egress", "network", "sink"}
_ENUMERATION = {
    "enumeration",
    "enumerating",
    "recon",
    "reconnaissance",
    "probing",
    "probe",
    "probes",
    "distinct",
    "unique",
}
_BURST = {
    "burst", "flood", "repeat", "repeated", "rate", "loop", "calls", "call", "requests", "request", "frequency",
    "throttle", "throttled", "identical", "count", "runaway", "hammering",
}  # fmt: skip
_HINTS = (
    _LIMITS
    | _SIZES
    | _CHAIN
    | _TAKES
    | _GIVES
    | _ENUMERATION
    | _BURST
    | {"recent", "history", "log", "window", "counter", "hits"}
)
_OWNERS = {
    "session", "sessions", "caller", "callers", "user", "users", "subject", "principal", "tenant", "requester",
}  # fmt: skip
_UPSTREAM = {"upstream", "github", "circuit", "breaker", "retry", "retries", "remaining", "reset", "backoff"}
_LIMITERS = re.compile(
    r"golang\.org/x/time/rate\.|github\.com/(?:ulule/limiter|uber-go/ratelimit|didip/tollbooth)|"
    r"^rate-limiter-flexible\b|^@upstash/ratelimit\b|^limits\.|^slowapi\b|^pyrate_limiter\b|^aiolimiter\b"
)
_LIMITERS_NAMED = {"limiter", "limiters", "ratelimiter", "ratelimit", "throttle", "throttler"}
_ASKS = {
    "Allow", "AllowN", "allow", "allowed", "consume", "limit", "hit", "take", "try_acquire", "tryAcquire", "acquire",
    "tryRemoveTokens", "isAllowed", "is_allowed", "check", "Check", "Take", "reached", "checkLimit", "check_limit",
}  # fmt: skip
_WAITING = {"sleep", "Sleep", "setTimeout", "delay", "wait", "Wait", "sleep_ms"}
_LEAST = 1024
_NEAR = 2


@dataclass(slots=True)
class Watchers:
    """Finds guards; ``candidates`` are the tools, whose calls are looked at."""

    box: Toolbox
    coverage: Coverage
    candidates: tuple[Candidate, ...]
    expansions: Expansions
    kept: Kept
    idle: IdleGuards
    _starts: dict[Fn, set[int]] = field(default_factory=dict)
    _live: dict[Fn, None] = field(default_factory=dict)

    def all(self) -> Iterator[Guard]:
        """Every guard of production code."""
        for number, tool in enumerate(self.candidates):
            for start in self.coverage.starts(tool):
                self._starts.setdefault(start, set()).add(number)
        self._live = dict.fromkeys(self.box.calls.reach(sorted(self._starts), REACH))
        for fn in self.box.program.functions():
            if self.box.program.surface(fn.module).counts and (fn in self._live or self._dead(fn)):
                yield from self._of(fn)

    def _dead(self, fn: Fn) -> bool:
        """Whether no production code calls a function, or makes an object of its class."""
        if not fn.number or fn in self._starts or not _HINTS & set(words(self._name(fn))):
            return False
        callers = self.box.calls.into.get(fn, ())
        return not any(self.box.program.surface(e.caller.module).counts for e in callers)

    def _texts(self, at: At) -> tuple[str, ...]:
        return tuple(self.coverage.gates.names(at))

    def _name(self, fn: Fn) -> str:
        owner = self.box.symbols.owner(fn)
        klass = self.box.program.klass(owner).name if owner else ""
        return f"{klass}_{self.box.program.function(fn).name}"

    def _of(self, fn: Fn) -> Iterator[Guard]:
        function = self.box.program.function(fn)
        name = frozenset(words(self._name(fn)))
        if self._limits_records(fn):
            return
        seen: set[Watched] = set()
        for number, block in enumerate(function.blocks):
            if block.kind != "if" or block.test < 0:
                continue
            near = {w for text in self._texts(fn.at(block.test)) for w in words(text)}
            if not (_HINTS | {"allow", "consume", "acquire", "limiter"}) & (near | name):
                continue
            recorded, said = self._told(fn, number)
            stops = block.exits or self._waits(fn, number)
            if not recorded and not stops:
                continue
            for watched, threshold in self._kinds(fn, block, name, said):
                if watched not in seen or recorded:
                    seen.add(watched)
                    yield self._guard(fn, block, watched, threshold, recorded=recorded)

    def _limits_records(self, fn: Fn) -> bool:
        """Whether a logger counts its own records, so as not to write one too often."""
        owner = self.box.symbols.owner(fn)
        named = words(self.box.program.klass(owner).name) if owner else ()
        return "logger" in named[-1:] and not {"security", "audit"}.intersection(named)

    def _waits(self, fn: Fn, block: int) -> bool:
        """Whether a call is held up where the condition holds: a throttle neither refuses nor tells."""
        blocks = self.box.program.function(fn).blocks
        for _, call, at in self.box.program.calls(fn):
            inside = at
            while inside > block:
                inside = blocks[inside].parent
            if inside == block and self.box.program.called(fn.at(call.callee)) in _WAITING:
                return True
        return False

    def _guard(self, fn: Fn, block: ir.Block, watched: Watched, threshold: At | None, *, recorded: bool) -> Guard:
        program = self.box.program
        return Guard(
            watched=watched,
            location=program.location(fn.module, block.line),
            surface=program.surface(fn.module),
            package=program.package_path(fn.module),
            tools=tuple(sorted({self.candidates[n].name for n in self._passing(fn)})),
            recorded=recorded,
            configurable=threshold is not None and not is_fixed(program, self.box.symbols, threshold),
            per_session=self._per_session(fn, block),
            dead=fn not in self._live,
            idle=self._idle(fn, block, watched, threshold),
        )

    def _idle(self, fn: Fn, block: ir.Block, watched: Watched, threshold: At | None) -> str:
        number = self.box.program.function(fn).blocks.index(block)
        if self.coverage.unasked.off(fn, number, block.line):
            return "is switched off by default"
        return self.idle.why((fn.at(block.test), *self._counted(fn, block)), watched, threshold)

    def _per_session(self, fn: Fn, block: ir.Block) -> bool:
        params = (p.name for p in self.box.program.function(fn).params)
        said = {w for name in (self._name(fn), *params) for w in words(name)}
        asked = self.expansions.of(fn.at(block.test))
        return bool(_OWNERS & (asked.words | said)) or {"client", "id"} <= asked.words

    def _passing(self, fn: Fn) -> set[int]:
        """The tools whose calls lead to a function."""
        found, front, seen = set(self._starts.get(fn, ())), [fn], {fn}
        for _ in range(REACH):
            further = []
            for edge in (
                e for one in front if one not in self.coverage.handlers for e in self.box.calls.into.get(one, ())
            ):
                if edge.caller not in seen and not self.coverage.unasked.off(edge.caller, edge.block, edge.line):
                    seen.add(edge.caller)
                    found |= self._starts.get(edge.caller, set())
                    further.append(edge.caller)
            front = further
        return found

    def _told(self, fn: Fn, block: int) -> tuple[bool, frozenset[str]]:
        """Whether a record is written where the condition holds, or after it where it leaves, and the words of it."""
        function = self.box.program.function(fn)
        inside = {block}
        for number, one in enumerate(function.blocks):
            if one.parent in inside:
                inside.add(number)
        calls = [call for at, call in self.coverage.written.get(fn, ()) if at in inside]
        for edge in self.box.calls.out.get(fn, ()) if not calls else ():
            if edge.block in inside and not edge.handed:
                for target in self.box.calls.reach([edge.target], _NEAR - 1, self.coverage.handlers):
                    calls.extend(call for _, call in self.coverage.written.get(target, ()))
        held = function.blocks[block]
        if not calls and held.exits:
            calls = [
                call
                for at, call in self.coverage.written.get(fn, ())
                if at == held.parent and call.location.line > held.end_line and self._returns_nothing(function, inside)
            ]
        said = (word for call in calls for text in (call.event, call.message) for word in words(text))
        return bool(calls), frozenset(said)

    @staticmethod
    def _returns_nothing(function: ir.Function, inside: set[int]) -> bool:
        """``if (!suspicious) return;`` in front of a record."""
        left = [step for step in function.steps if isinstance(step, ir.Return) and step.block in inside]
        return bool(left) and all(step.value < 0 for step in left)

    # --- kinds

    def _kinds(
        self, fn: Fn, block: ir.Block, name: frozenset[str], said: frozenset[str]
    ) -> Iterator[tuple[Watched, At | None]]:
        """What a condition watches, with its threshold where it has one."""
        asked = self.expansions.of(fn.at(block.test))
        here = [at for at in asked.compares if (at.module, at.function) == (fn.module, fn.number)]
        volume = next(self._volumes(here, name | said, _BYTES), None) or next(self._of_size(here, name | said), None)
        if volume is not None:
            yield volume
            return
        thresholds = [threshold for one in asked.compares if (threshold := self._threshold(one)) is not None]
        limits = {at for threshold in thresholds for at in self.expansions.of(threshold).values}
        limited = any(map(self._limiter, asked.values))
        told = [at for at in (*asked.values, *self._counted(fn, block)) if at not in limits]
        if limited or self.kept.history(fn.module, told):
            around = name | said if self._weighs(asked) else name | self._events(fn, block)
            behaviour = Watched.BURST if limited else self._behaviour(asked, around)
            if behaviour is not None:
                yield behaviour, next(iter(thresholds), None)
                return
        yield from (one for one in [next(self._volumes(here, name | said, _SIZES), None)] if one)

    def _of_size(self, compares: list[At], around: frozenset[str]) -> Iterator[tuple[Watched, At | None]]:
        """Comparisons with what is called a size: ``len(body) > maxBodySize``."""
        sized = [at for at in compares if (limit := self._threshold(at)) is not None and self._says_size(limit)]
        yield from self._volumes(sized, around, _SIZES)

    def _says_size(self, at: At) -> bool:
        return any({"size", "bytes", "length", "chars"} & set(words(text)) for text in self._texts(at))

    def _volumes(
        self, compares: list[At], around: frozenset[str], sizes: set[str]
    ) -> Iterator[tuple[Watched, At | None]]:
        for one in compares:
            threshold = self._threshold(one)
            if threshold is not None and (watched := self._volume(one, threshold, around, sizes)):
                yield watched, threshold

    def _counted(self, fn: Fn, block: ir.Block) -> Iterator[At]:
        """What the loops before a condition went through: a number that it compares may have been counted there."""
        for one in self.box.program.function(fn).blocks:
            if one.kind == "loop" and one.test >= 0 and one.end_line < block.line:
                yield from self.expansions.of(fn.at(one.test)).values

    def _limiter(self, at: At) -> bool:
        """Whether a call asks a rate limiter: a library's, or an object that is called one."""
        value = self.box.program.value(at)
        if not isinstance(value, ir.Call):
            return False
        if any(
            isinstance(s, External) and _LIMITERS.search(s.path) for s in self.box.symbols.resolve(at.to(value.callee))
        ):
            return True
        callee = self.box.program.value(at.to(value.callee))
        if not isinstance(callee, ir.Member) or callee.name not in _ASKS:
            return False
        said = {w for text in self._texts(at.to(callee.base)) for w in words(text)}
        return bool(_LIMITERS_NAMED & said)

    def _weighs(self, asked: Expanded) -> bool:
        """Whether a condition compares amounts: where it does not, what a record says in passing makes no guard."""
        for at in asked.compares:
            value = self.box.program.value(at)
            sides = (
                [self.box.program.value(at.to(o)) for o in value.operands] if isinstance(value, ir.Operation) else []
            )
            if isinstance(value, ir.Operation) and (
                value.operator in {">", ">=", "<", "<="} or not any(isinstance(side, ir.Literal) for side in sides)
            ):
                return True
        return False

    def _events(self, fn: Fn, block: ir.Block) -> frozenset[str]:
        """The words of the names that a branch's records go by."""
        written = self.coverage.written.get(fn, ())
        calls = [call for _, call in written if block.line <= call.location.line <= block.end_line]
        names = (call.event or ("" if " " in call.message else call.message) for call in calls)
        return frozenset(word for name in names for word in words(name))

    @staticmethod
    def _behaviour(asked: Expanded, around: frozenset[str]) -> Watched | None:
        whole = asked.words | around
        if around & _CHAIN or (whole & _TAKES and whole & _GIVES):
            return Watched.CHAIN
        if around & _ENUMERATION:
            return Watched.ENUMERATION
        if (
            asked.compares
            and around & _BURST
            and not whole & _UPSTREAM
            and "status" not in asked.words
            and not around & {"bytes", "volume"}
        ):
            return Watched.BURST
        return None

    def _threshold(self, at: At) -> At | None:
        """The side of a comparison that is a limit."""
        value = self.box.program.value(at)
        if not isinstance(value, ir.Operation) or len(value.operands) != 2:  # noqa: PLR2004 - two sides
            return None
        left, right = (at.to(operand) for operand in value.operands)
        return right if value.operator in {">", ">="} else left

    def _volume(self, at: At, threshold: At, around: frozenset[str], sizes: set[str]) -> Watched | None:
        """Whether a comparison asks how much data moved."""
        value = self.box.program.value(at)
        sides = [at.to(operand) for operand in value.operands] if isinstance(value, ir.Operation) else []
        measured = next((side for side in sides if side != threshold), None)
        if measured is None:
            return None
        added = self.kept.accumulated(measured)
        amount = {w for text in self._texts(measured) for w in words(text)} | (added or set())
        limit = {w for text in self._texts(threshold) for w in words(text)}
        if not amount & sizes or (amount | limit) & _GIVEN or not (limit & _LIMITS or self._large(threshold)):
            return None
        if (amount | around) & _OUTBOUND:
            return Watched.OUTBOUND
        return Watched.RESPONSE if added is None else Watched.SESSION

    def _large(self, at: At) -> bool:
        """Whether a limit is a number that only makes sense for bytes."""
        value = self.box.program.value(at)
        match value:
            case ir.Literal(kind="num", text=text):
                return text.replace("_", "").isdecimal() and int(text.replace("_", "")) >= _LEAST
            case ir.Operation(operator="*", operands=operands):
                return any(self._large(at.to(operand)) for operand in operands)
            case ir.Member() | ir.Name():
                limit = self.expansions.of(at)
                return any(self._large(one) for one in limit.values if one != at)
            case ir.Variable():
                return self._large(at.to(value.value))
            case _:
                return False


def unique(guards: Iterable[Guard]) -> tuple[Guard, ...]:
    """One guard for each place and kind."""
    return tuple({(one.location, one.watched): one for one in guards}.values())
