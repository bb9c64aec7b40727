"""Handlers of Python's ``logging`` that are made and get none of the server's records, or its errors alone.

Source: the documentation of ``logging``, "Handler Objects" and "Logger Objects".
"""

from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.loggers.tree import LoggerTree, logger_tree
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.serving.conditions import Conditions

_ERRORS = {"ERROR", "40"}
_WORST = {"CRITICAL", "FATAL", "50"}


@dataclass(slots=True)
class Unfed:
    """Answers for the call that makes a handler; what cannot be followed gets records."""

    box: Toolbox
    conditions: Conditions
    _tree: LoggerTree = field(init=False)

    def __post_init__(self) -> None:
        """Know loggers by their names."""
        self._tree = logger_tree(Setups(self.box, self.conditions))

    def starved(self, fn: Fn, value: int) -> bool:
        """Whether a handler is given to other packages' loggers alone, or lets nothing through."""
        use = self._tree.uses.of(fn.at(value))
        called = {name: call for name, call in self._asked(fn, value) if name in use.members}
        if self._least(fn, called) in _WORST:
            return True
        refusing = called.get("addFilter")
        if refusing is not None and refusing.args and self._tree.voids.refuses(fn.at(refusing.args[0].value)):
            return True
        adding = [at for at in use.handed if self._method(at) == "addHandler"]
        others = len(adding) < len(use.handed) or use.escapes or use.kept
        return bool(adding) and not others and all(map(self._is_foreign, adding))

    def sees_errors(self, fn: Fn, value: int) -> bool:
        """Whether a handler's level lets errors through alone."""
        return self._least(fn, dict(self._asked(fn, value))) in _ERRORS

    def _least(self, fn: Fn, called: dict[str, ir.Call]) -> str:
        call = called.get("setLevel")
        held = self.box.program.value(self.box.program.bare(fn.at(call.args[0].value))) if call and call.args else None
        return held.text if isinstance(held, ir.Literal) else held.name if isinstance(held, ir.Member) else ""

    def _asked(self, fn: Fn, value: int) -> list[tuple[str, ir.Call]]:
        """The methods that the function which makes a handler calls on it."""
        found = []
        for _, call, _ in self.box.program.calls(fn):
            callee = self.box.program.value(fn.at(call.callee))
            if isinstance(callee, ir.Member) and self.box.program.bare(fn.at(callee.base)) == fn.at(value):
                found.append((callee.name, call))
        return found

    def _method(self, at: At) -> str:
        call = self.box.program.value(at)
        callee = self.box.program.value(at.to(call.callee)) if isinstance(call, ir.Call) else None
        return callee.name if isinstance(callee, ir.Member) else ""

    def _is_foreign(self, at: At) -> bool:
        """Whether a call gives a handler to a logger that is known by its name, and not the project's."""
        call = self.box.program.value(at)
        callee = self.box.program.value(at.to(call.callee)) if isinstance(call, ir.Call) else None
        if not isinstance(callee, ir.Member):
            return False
        logger = at.to(callee.base)
        return self._tree.names(logger) is not None and not self._tree.is_own(logger)
