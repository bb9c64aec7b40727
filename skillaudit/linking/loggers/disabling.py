"""Loggers that ``logging.config.dictConfig`` disables: they exist already and its configuration does not name them.

Source: the documentation of ``logging.config``, "Dictionary Schema Details": ``disable_existing_loggers`` is true
unless it is told otherwise; named loggers and those below them are spared, and all where it is incremental.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.loggers.tree import LoggerTree
from skillaudit.linking.names.program import At, Fn

_WRITES = {"debug", "info", "warning", "warn", "error", "critical", "exception", "log"}
_CALLERS = 3


@dataclass(slots=True)
class Disabling:
    """Answers for one call of ``dictConfig``."""

    tree: LoggerTree

    def of(self, fn: Fn, call: ir.Call) -> str:
        """The file of the first logger that the call disables, empty where there is none, or not that we know."""
        config = fn.at(call.args[0].value) if call.args else None
        if config is None or not self.tree.in_sight(config) or not self._disables(config):
            return ""
        setups = self.tree.setups
        spared = {name for held in setups.entry(config, "loggers") for name, _ in setups.entries(held)}
        for module, line in self._loaded(fn, call.line):
            if any(self._is_disabled(at, spared) for at in self._loggers(module, line)):
                return setups.box.program.modules[module].path
        return ""

    def _disables(self, config: At) -> bool:
        setups = self.tree.setups
        kept = [setups.conditions.truth(at) for at in setups.entry(config, "disable_existing_loggers")]
        return all(kept) and not any(
            setups.conditions.truth(at) is not False for at in setups.entry(config, "incremental")
        )

    def _is_disabled(self, logger: At, spared: set[str]) -> bool:
        names = self.tree.names(logger)
        if names is None or "" in names:
            return False
        if any(name == one or name.startswith(f"{one}.") for name in names for one in spared):
            return False
        use = self.tree.uses.of(logger)
        return bool(use.members & _WRITES) and "disabled" not in use.members

    def _loggers(self, module: int, line: int) -> Iterator[At]:
        """The loggers that a file makes at its top, above a line (0: anywhere)."""
        body = Fn(module, 0)
        for number, call, _ in self.tree.setups.box.program.calls(body):
            made = not line or call.line < line
            if made and "logging.getLogger()" in self.tree.setups.paths(body.at(number)):
                yield body.at(number)

    def _loaded(self, fn: Fn, line: int) -> dict[tuple[int, int], None]:
        """Files that were loaded when a line runs, each with the line up to which it had run, 0 for the whole."""
        found: dict[tuple[int, int], None] = {}
        pending, seen = [(fn, line, _CALLERS)], {fn}
        while pending:
            current, place, callers = pending.pop()
            found |= dict.fromkeys(self._imported(current.module, 0 if current.number else place))
            for edge in self.tree.setups.box.calls.into.get(current, ()) if callers else ():
                if edge.caller not in seen and self.tree.setups.box.program.surface(edge.caller.module).counts:
                    seen.add(edge.caller)
                    pending.append((edge.caller, edge.line, callers - 1))
        return found

    def _imported(self, module: int, line: int) -> Iterator[tuple[int, int]]:
        """A file and what its top imports, above a line (0: anywhere), and so on."""
        program = self.tree.setups.box.program
        pending, seen = [(module, line)], {module}
        while pending:
            current, before = pending.pop()
            yield current, before
            for _, one in program.of_kind(Fn(current, 0), ir.Import):
                found = program.imported(current, one.module, one.symbol) if not before or one.line < before else None
                target = found.module if isinstance(found, At) else found
                if target is not None and target not in seen and program.surface(target).counts:
                    seen.add(target)
                    pending.append((target, 0))
