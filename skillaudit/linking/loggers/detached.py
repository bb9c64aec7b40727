"""Python's loggers that are cut off after they were set up: without handlers, without parents, disabled."""

from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.calls.after import After
from skillaudit.linking.loggers.tree import LOGGER, Addition, LoggerTree
from skillaudit.linking.names.program import At, Fn

_GONE = "the handlers of the root logger are taken away"


@dataclass(slots=True)
class Detached:
    """Says for single steps what they cut off, empty where it is nothing."""

    tree: LoggerTree
    _restored: After = field(init=False)
    _enabled: After = field(init=False)

    def __post_init__(self) -> None:
        """Know which steps give the root logger handlers, and which switch logging on again."""
        box = self.tree.setups.box
        self._restored = After(box.program, box.calls, self._adds_to_root)
        self._enabled = After(box.program, box.calls, self._enables)

    def _adds_to_root(self, fn: Fn, place: int) -> bool:
        names = next((one.names for one in self.tree.additions() if (one.fn, one.step) == (fn, place)), frozenset())
        return names is None or "" in names

    def _enables(self, fn: Fn, place: int) -> bool:
        """``logging.disable(logging.NOTSET)``."""
        step = self.tree.setups.box.program.function(fn).steps[place]
        call = self.tree.setups.box.program.value(fn.at(step.value)) if isinstance(step, ir.Do) else None
        if not isinstance(call, ir.Call) or "logging.disable" not in self.tree.setups.paths(fn.at(call.callee)):
            return False
        given = fn.at(call.args[0].value) if call.args else None
        value = self.tree.setups.box.program.value(given) if given else None
        paths = self.tree.setups.paths(given) if given else []
        return "logging.NOTSET" in paths or (isinstance(value, ir.Literal) and value.text == "0")

    def enabled_later(self, fn: Fn, value: int) -> bool:
        """Whether something switches logging on again after the call ``value``."""
        return self._enabled.follows(fn, self.place(fn, value))

    # --- propagation

    def stored(self, fn: Fn, place: int, step: ir.Store) -> str:
        """What a store into a logger cuts off."""
        base = self.tree.setups.box.program.value(fn.at(step.base))
        if step.name == "propagate":
            off = self.tree.setups.conditions.truth(fn.at(step.value)) is False
            return self._alone(fn.at(step.base)) if off and self.tree.is_own(fn.at(step.base)) else ""
        if step.name == "handlers":
            return self._emptied(fn, place, fn.at(step.base), fn.at(step.value))
        if not step.name and isinstance(base, ir.Member) and base.name == "handlers":
            return self._emptied(fn, place, fn.at(base.base), fn.at(step.value))
        return ""

    def _alone(self, logger: At) -> str:
        """What a logger is that hands nothing up and has no handler of its own, nor any below it."""
        names = self.tree.names(logger)
        if names is None or "" in names:
            return ""
        held = [one for one in self.tree.additions() if one.kept and self._may_serve(one, names)]
        if held or self._handed_on(names):
            return ""
        return "`propagate` is off for a logger without a handler"

    def _may_serve(self, one: Addition, names: frozenset[str]) -> bool:
        if one.names is None:
            return True
        return any(name == own or name.startswith(f"{own}.") for name in one.names for own in names)

    def _handed_on(self, names: frozenset[str]) -> bool:
        """Whether such a logger is handed to a function that is not in sight, which may give it a handler."""
        setups = self.tree.setups
        for fn in setups.box.program.functions():
            if setups.box.program.modules[fn.module].language != "python":
                continue
            for _, call, _ in setups.box.program.calls(fn):
                given = [fn.at(a.value) for a in call.args]
                loggers = [at for at in given if any(map(LOGGER.match, setups.paths(at)))]
                if any(names & (self.tree.names(at) or names) for at in loggers):
                    return True
        return False

    # --- handlers taken away

    def _emptied(self, fn: Fn, place: int, logger: At, handlers: At) -> str:
        """A list of handlers that is replaced by none, or by such as keep nothing."""
        held = list(self.tree.setups.items(handlers))
        none = isinstance(self.tree.setups.box.program.value(self.tree.setups.box.program.bare(handlers)), ir.Sequence)
        if not none or not all(map(self.tree.voids.handler, held)):
            return ""
        return self._removed(fn, place, logger)

    def called(self, fn: Fn, value: int, call: ir.Call) -> str:
        """What a call cuts off: ``logging.getLogger().handlers.clear()``, ``root.removeHandler(handler)``."""
        callee = self.tree.setups.box.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member):
            return ""
        if callee.name == "addHandler":
            return self._dropping(fn, call, callee)
        base = self.tree.setups.box.program.value(fn.at(callee.base))
        if callee.name == "clear" and isinstance(base, ir.Member) and base.name == "handlers":
            return self._removed(fn, self.place(fn, value), fn.at(base.base))
        if callee.name == "removeHandler" and call.args and self._all_or_last(fn, call):
            return self._removed(fn, self.place(fn, value), fn.at(callee.base))
        return ""

    def _dropping(self, fn: Fn, call: ir.Call, callee: ir.Member) -> str:
        """A handler that keeps nothing, where no other is given to any logger; a library's null handler is none."""
        given = fn.at(call.args[0].value) if call.args else None
        if (
            given is None
            or not self.tree.voids.handler(given)
            or "logging.NullHandler()" in self.tree.setups.paths(given)
        ):
            return ""
        kept = any(one.kept for one in self.tree.additions())
        return "" if kept or not self.tree.is_own(fn.at(callee.base)) else "its only handler keeps nothing"

    def _all_or_last(self, fn: Fn, call: ir.Call) -> bool:
        """Whether all handlers are removed, in a loop over them, or the only one that there is."""
        program = self.tree.setups.box.program
        given = program.bare(fn.at(call.args[0].value))
        value = program.value(given)
        if isinstance(value, ir.Element):
            return self._is_handlers(given.to(value.base))
        held = [one for one in self.tree.additions() if given in self.tree.handlers_of(one)]
        others = [one for one in self.tree.additions() if one not in held and self.tree.is_plain(one)]
        return len(held) == 1 and held[0].fn == fn and not others

    def _is_handlers(self, at: At) -> bool:
        """``root.handlers``, ``root.handlers[:]``, ``list(root.handlers)``."""
        program = self.tree.setups.box.program
        match program.value(program.bare(at)):
            case ir.Member(name="handlers"):
                return True
            case ir.Item(base=base):
                return self._is_handlers(program.bare(at).to(base))
            case ir.Call(args=(only,)):
                return self._is_handlers(program.bare(at).to(only.value))
            case _:
                return False

    def _removed(self, fn: Fn, place: int, logger: At) -> str:
        """What it means that a logger has no handlers from here on: nothing if it is not the root, or gets others."""
        held = [one for one in self.tree.additions() if one.kept]
        if self.tree.names(logger) != frozenset({""}) or not held:
            return ""
        if any(one.names is None or one.names - {""} for one in held) or self._restored.follows(fn, place):
            return ""
        return _GONE

    def place(self, fn: Fn, value: int) -> int:
        """The number of the step that a call is."""
        steps = self.tree.setups.box.program.function(fn).steps
        return next(n for n, step in enumerate(steps) if isinstance(step, ir.Do) and step.value == value)
