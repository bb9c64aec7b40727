"""Tools that change the server's own limits, scopes or flags: the change, the second factor before it, its record."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.facts import Nature
from skillaudit.guards import ConfigChange
from skillaudit.linking.calls.gates import children
from skillaudit.linking.calls.graph import Edge
from skillaudit.linking.events.expanded import Expansions
from skillaudit.linking.events.factors import Factors
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.records.coverage import Coverage
from skillaudit.linking.records.said import Sayings
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.model import Location

_NEAR = 3
_DEEP = 8
_VERBS = {
    "set", "update", "enable", "disable", "toggle", "change", "configure", "switch", "reset", "add", "remove",
    "allow", "grant", "revoke", "limit", "unlock", "lock", "adjust", "modify", "setup", "edit", "activate",
    "deactivate", "config", "raise", "lower", "restrict", "permit", "approve",
}  # fmt: skip
_SETTINGS = {
    "config", "configuration", "cfg", "settings", "setting", "limits", "limit", "scopes", "scope", "permissions",
    "permission", "flags", "flag", "features", "feature", "policy", "policies", "allowlist", "whitelist",
    "denylist", "blocklist", "allowed", "readonly", "quota", "quotas", "threshold", "thresholds", "ratelimit",
    "environ", "env",
}  # fmt: skip
_ENVIRONMENT = re.compile(r"^(?:os\.environ|process\.env|Deno\.env|Bun\.env)$")
_STORES = {"Store", "store", "Swap", "set", "Set", "add", "discard", "remove", "append", "delete", "push"}
_SETTERS = re.compile(
    r"^(?:setattr|sync/atomic\.(?:Store|Swap)\w+|os\.(?:putenv|Setenv)|Reflect\.set|Object\.assign|os\.environ\.(?:update|setdefault))$"
)
_GIVEN = {Nature.ARGUMENT, Nature.ARGUMENTS, Nature.MESSAGE, Nature.REQUEST}


@dataclass(slots=True)
class ConfigChanges:
    """Looks for changes in the code that each tool runs."""

    box: Toolbox
    coverage: Coverage
    expansions: Expansions
    sayings: Sayings
    factors: Factors = field(init=False)
    _seen: set[tuple[str, str, Location]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Ask for second factors with the same knowledge."""
        self.factors = Factors(self.box, self.coverage, self.expansions)

    def of(self, tool: Candidate) -> Iterator[ConfigChange]:
        """The first change that a tool makes."""
        if tool.handler is None or not _VERBS & set(words(tool.name)):
            return
        avoid = self.coverage.handlers - {tool.handler}
        for fn, path in self.box.calls.reach([tool.handler], _NEAR, avoid).items():
            for setting, block, line in self._changes(fn):
                yield self._change(tool, tool.handler, fn, path, setting=setting, block=block, line=line)
                return

    def _change(  # noqa: PLR0913 - every call names its arguments
        self, tool: Candidate, handler: Fn, fn: Fn, path: tuple[Edge, ...], *, setting: str, block: int, line: int
    ) -> ConfigChange:
        program = self.box.program
        steps = [(fn, block, line), *((edge.caller, edge.block, edge.line) for edge in path)]
        confirmed = next((place for one in steps if (place := self.factors.before(*one))), None)
        recorded = next((place for one in steps if (place := self._recorded(*one))), None)
        return ConfigChange(
            tool.name,
            program.place(handler),
            program.package_path(tool.module),
            program.surface(tool.module),
            program.location(fn.module, line),
            setting,
            confirmed,
            recorded,
        )

    # --- changes

    def _changes(self, fn: Fn) -> Iterator[tuple[str, int, int]]:
        """What is changed, with block and line: fields of shared objects, variables of the module, the environment."""
        for step in self.box.program.function(fn).steps:
            if isinstance(step, ir.Store):
                target = self._stored(fn, step)
                told = [step.value, *([step.key] if step.key >= 0 else [])]
                if target and self._setting(target) and any(self._told(fn.at(value)) for value in told):
                    yield target, step.block, step.line
            elif isinstance(step, ir.Do):
                yield from self._set(fn, step)

    def _set(self, fn: Fn, step: ir.Do) -> Iterator[tuple[str, int, int]]:
        call = self.box.program.value(fn.at(step.value))
        if not isinstance(call, ir.Call) or not call.args:
            return
        callee = self.box.program.value(fn.at(call.callee))
        if isinstance(callee, ir.Member) and callee.name in _STORES:
            target = self._target(fn.at(callee.base))
            if self._shared(fn.at(callee.base)) and self._setting(target) and self._told(fn.at(call.args[-1].value)):
                yield target, step.block, call.line
                return
        paths = [s.path for s in self.box.symbols.resolve(fn.at(call.callee)) if isinstance(s, External)]
        if any(_SETTERS.match(path) for path in paths):
            target = self._target(fn.at(call.args[0].value)) or "env"
            shared = any(path.startswith("os.") for path in paths) or self._shared(fn.at(call.args[0].value))
            if shared and self._setting(target) and any(self._told(fn.at(a.value)) for a in call.args[1:]):
                yield target, step.block, call.line

    def _target(self, at: At) -> str:
        """The dotted name of what a setter is given, through a variable that holds it."""
        value = self.box.program.value(at)
        if isinstance(value, ir.Variable) and at.function:
            held = self._target(at.to(value.value))
            return f"{held}.{value.name}" if held else value.name
        if isinstance(value, ir.Operation | ir.Opaque):
            inner = value.operands if isinstance(value, ir.Operation) else value.children
            return self._target(at.to(inner[0])) if len(inner) == 1 else ""
        return self.sayings.dotted(at)

    def _stored(self, fn: Fn, step: ir.Store) -> str:
        """The dotted name of what a store changes, empty where it does not outlive the call."""
        if step.base < 0:
            return step.name if self.box.program.assigned(Fn(fn.module, 0), step.name) else ""
        at = fn.at(step.base)
        if not self._shared(at):
            return ""
        return f"{self.sayings.dotted(at)}.{step.name}" if step.name else self.sayings.dotted(at)

    def _shared(self, at: At) -> bool:
        """Whether a value lives longer than the call: of the module, imported, of the object, out of a getter."""
        value = self.box.program.value(at)
        match value:
            case ir.Name() | ir.Import() | ir.Receiver():
                return True
            case ir.Member() | ir.Item():
                return self._shared(at.to(value.base))
            case ir.Variable():
                return at.function == 0 or self._shared(at.to(value.value))
            case ir.Call():
                return not value.new and bool({"config", "settings", "limits"} & set(words(self.sayings.dotted(at))))
            case _:
                return False

    def _setting(self, target: str) -> bool:
        return bool(_SETTINGS & set(words(target))) or bool(_ENVIRONMENT.match(target))

    def _told(self, at: At) -> bool:
        """Whether the client says what is set, or the code sets a switch."""
        value = self.box.program.value(at)
        if isinstance(value, ir.Literal):
            return value.kind == "bool"
        return self._from_client(at, _DEEP) or any(origin.nature in _GIVEN for origin in self.box.origins.known(at))

    def _from_client(self, at: At, depth: int) -> bool:
        """Whether a value is made of what the client sent: of a number, origins say nothing."""
        value = self.box.program.value(at)
        if isinstance(value, ir.Param):
            return self.box.roles.of(Formal(Fn(at.module, at.function), value.index)) is not None
        inner = (value.value,) if isinstance(value, ir.Variable) else children(value)
        return depth > 0 and any(self._from_client(at.to(one), depth - 1) for one in inner)

    # --- what guards it

    def _recorded(self, fn: Fn, change: int, line: int) -> Location | None:
        """The record of a change that was made; one of a refusal does not count."""
        for block, call in self.coverage.written.get(fn, ()):
            if self._meets(fn, block, change, line):
                return call.location
        for edge in self.box.calls.out.get(fn, ()):
            if edge.target not in self.coverage.handlers and self._meets(fn, edge.block, change, line):
                for block, call in self.coverage.written.get(edge.target, ()):
                    if not self.coverage.on_failure(edge.target, block):
                        return call.location
        return None

    def _meets(self, fn: Fn, block: int, change: int, line: int) -> bool:
        """Whether a block runs in calls that make the change: it neither handles an error nor leaves before."""
        around = list(self.coverage.gates.around(fn, change))
        left = (one for one in self.coverage.gates.around(fn, block) if one.exits and one.end_line < line)
        return all(one in around for one in left) and not self.coverage.on_failure(fn, block)
