"""JavaScript's loggers that are left without an output after or while they are made, beyond a level that is off.

Sources: the documentation of winston, pino, bunyan, log4js, consola, tslog and signale.
"""

import re
from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.calls.uses import Uses
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.loggers.voids import Voids
from skillaudit.linking.names.program import At, Fn

_WINSTON = "winston.createLogger"
_ADDS = re.compile(r"^winston\.createLogger\(\)(?:\.\w+\(\))*\.add$")
_PINO_CHILD = re.compile(r"^pino(?:\.(?:default|pino))?\(\)(?:\.child\(\))*\.child$")
_WRITES = {"trace", "debug", "info", "warn", "error", "fatal"}
_PINO = {"pino", "pino.pino", "pino.default"}
_SETTING = {"Reflect.set", "setattr"}
_STEPS = {"Object.assign", "Object.defineProperty", "Reflect.defineProperty", *_SETTING}
_LEVELS = {
    "consola.createConsola": ("level", -1, -999), "consola.consola.create": ("level", -1, -999),
    "tslog.Logger": ("minLevel", 7, 999),
}  # fmt: skip
"""An option of a maker, and the levels at which nothing is written: consola's below 0, tslog's above 6."""
_OFF = re.compile(r"^off$", re.IGNORECASE)


@dataclass(slots=True)
class ScriptMutes:
    """Answers for one call at a time, empty where it mutes nothing."""

    setups: Setups
    voids: Voids
    uses: Uses

    def of(self, fn: Fn, value: int, call: ir.Call, path: str) -> str:  # noqa: PLR0911 - one line a library
        """What a call of a foreign function mutes."""
        given = [fn.at(a.value) for a in call.args]
        if path == _WINSTON:
            return "winston has no transport" if not self._has_transports(given) and not self._adds() else ""
        if path == f"{_WINSTON}().clear" or (path == f"{_WINSTON}().remove" and self._is_last(fn, call)):
            return "" if self._adds() else "winston's transports are taken away"
        if path == f"{_WINSTON}().configure":
            empty = bool(given) and any(self._is_empty(held) for held in self.setups.entry(given[0], "transports"))
            return "winston's transports are taken away" if empty else ""
        if _PINO_CHILD.match(path) and len(given) > 1:
            return self._child(fn.at(value), given[1])
        if path == "bunyan.createLogger":
            none = any(self._is_empty(held) for at in given for held in self.setups.entry(at, "streams"))
            return "bunyan has no stream" if none else ""
        if path in _PINO:
            return "pino has no target" if any(map(self._targets_nothing, given)) else ""
        if path == "log4js.configure":
            return "log4js is off" if given and self._is_off(given[0]) else ""
        if path == "signale.Signale":
            off = any(
                self.setups.conditions.truth(held) is True for at in given for held in self.setups.entry(at, "disabled")
            )
            return "`disabled` of signale" if off else ""
        if path in _LEVELS:
            return self._levelled(given, path)
        return ""

    def stores(self, fn: Fn, call: ir.Call, path: str) -> list[tuple[At, str, At]]:
        """What a call stores into an object: the object, the names and the values."""
        if path not in _STEPS or len(call.args) < 2:  # noqa: PLR2004 - an object and what is stored
            return []
        target, *rest = (fn.at(a.value) for a in call.args)
        if path == "Object.assign":
            return [(target, name, value) for at in rest for name, value in self.setups.entries(at)]
        names = self.setups.texts(rest[0])
        values = rest[1:] if path in _SETTING else [v for at in rest[1:] for v in self.setups.entry(at, "value")]
        return [(target, name, value) for name in names for value in values]

    def _has_transports(self, given: list[At]) -> bool:
        """Whether a logger is made with transports, or with options that are not all in sight."""
        for at in given:
            for end in self.setups.ends(at):
                held = self.setups.box.program.value(end)
                if not isinstance(held, ir.Record) or any(
                    e.spread or not e.key or e.key == "transports" for e in held.entries
                ):
                    return True
        return not given

    def _adds(self) -> bool:
        """Whether production code gives a logger of winston a transport later."""
        program = self.setups.box.program
        scripts = (
            fn for fn in program.functions() if program.is_script(fn.module) and program.surface(fn.module).counts
        )
        return any(
            program.called(fn.at(call.callee)) in {"add", "configure"}
            and any(_ADDS.match(path) or path.endswith(".configure") for path in self.setups.paths(fn.at(call.callee)))
            for fn in scripts
            for _, call, _ in program.calls(fn)
        )

    def _is_last(self, fn: Fn, call: ir.Call) -> bool:
        """Whether the one transport that a logger is made with is removed."""
        callee = self.setups.box.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member) or not call.args:
            return False
        makers = [(end, self.setups.box.program.value(end)) for end in self.setups.ends(fn.at(callee.base))]
        options = [end.to(made.args[0].value) for end, made in makers if isinstance(made, ir.Call) and made.args]
        held = {
            item for at in options for list_ in self.setups.entry(at, "transports") for item in self.setups.items(list_)
        }
        return bool(held) and held <= set(self.setups.ends(fn.at(call.args[0].value)))

    def _is_empty(self, at: At) -> bool:
        """Whether a list is made without items, and none is put into it later."""
        program, changes = self.setups.box.program, self.setups.box.origins.holdings.changes
        held = program.value(at)
        while isinstance(held, ir.Variable):
            if any(changes.of(at)):
                return False
            at = at.to(held.value)
            held = program.value(at)
        return isinstance(held, ir.Sequence) and not held.items

    def _targets_nothing(self, at: At) -> bool:
        """``pino({transport: {targets: []}})``, ``pino(options, pino.multistream([]))``."""
        targets = (t for one in self.setups.entry(at, "transport") for t in self.setups.entry(one, "targets"))
        made = self.setups.box.program.value(self.setups.box.program.bare(at))
        paths = self.setups.paths(at.to(made.callee)) if isinstance(made, ir.Call) else []
        streams = made.args[:1] if isinstance(made, ir.Call) and any(p.endswith(".multistream") for p in paths) else ()
        return any(map(self._is_empty, (*targets, *(at.to(a.value) for a in streams))))

    def _child(self, child: At, options: At) -> str:
        """A child of pino whose level is off, where records are written through it."""
        texts = [text for held in self.setups.entry(options, "level") for text in self.setups.texts(held)]
        silent = bool(texts) and all(text == "silent" for text in texts)
        return "a child of pino is silent" if silent and self.uses.of(child).members & _WRITES else ""

    def _is_off(self, config: At) -> bool:
        """Whether every category of log4js is off."""
        categories = [one for held in self.setups.entry(config, "categories") for _, one in self.setups.entries(held)]
        levels = [self.setups.texts(level) for one in categories for level in self.setups.entry(one, "level")]
        return bool(levels) and all(texts and all(map(_OFF.match, texts)) for texts in levels)

    def _levelled(self, given: list[At], path: str) -> str:
        key, first, last = _LEVELS[path]
        for at in given:
            for held in self.setups.entry(at, key):
                number = self._number(held)
                if number is not None and min(first, last) <= number <= max(first, last):
                    return f"`{key}: {number}` of {path.partition('.')[0]}"
        return ""

    def _number(self, at: At) -> int | None:
        value = self.setups.box.program.value(self.setups.box.program.bare(at))
        sign = 1
        if isinstance(value, ir.Operation) and value.operator == "-" and len(value.operands) == 1:
            value, sign = self.setups.box.program.value(at.to(value.operands[0])), -1
        return sign * int(value.text) if isinstance(value, ir.Literal) and value.text.isdecimal() else None
