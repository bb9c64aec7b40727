"""The options that a program declares, and what each is when nobody sets it: flags, schemas, configuration defaults."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import At, Fn, Program

_FLAG = ir.Literal("bool", "False")
_GO_FLAGS = {
    "String": 1, "Bool": 1, "StringP": 2, "BoolP": 2, "StringVar": 2, "BoolVar": 2, "StringVarP": 3, "BoolVarP": 3,
    "StringSlice": 1, "StringSliceVar": 2, "SetDefault": 1,
}  # fmt: skip
_DECLARING = {"option", "Option", "add_argument", "add_option", "addOption"}
_SCHEMA_KEYS = {"type", "format", "describe", "description", "env", "choices", "alias"}


def key_of(name: str) -> tuple[str, ...]:
    """What makes ``--log-format``, ``LOG_FORMAT`` and ``logFormat`` one option."""
    return vocabulary.words(name)


@dataclass(slots=True)
class Options:
    """Defaults by name; a name that several declare differently has several. Built when first asked."""

    program: Program
    _defaults: dict[tuple[str, ...], list[At | ir.Literal]] | None = field(default=None)

    def defaults(self, name: str) -> list[At | ir.Literal]:
        """The declared defaults of an option."""
        if self._defaults is None:
            self._defaults = {}
            for fn in self.program.functions():
                for declared, default in self._declared(fn):
                    self._defaults.setdefault(key_of(declared), []).append(default)
        return self._defaults.get(key_of(name), [])

    def _declared(self, fn: Fn) -> Iterator[tuple[str, At | ir.Literal]]:
        for _, call in self.program.of_kind(fn, ir.Call):
            yield from self._call(fn, call)
        for _, record in self.program.of_kind(fn, ir.Record):
            yield from self._record(fn, record)

    def _call(self, fn: Fn, call: ir.Call) -> Iterator[tuple[str, At | ir.Literal]]:
        callee = self.program.value(fn.at(call.callee))
        name = callee.name if isinstance(callee, ir.Member | ir.Name) else ""
        if name in _DECLARING:
            yield from self._option(fn, call)
        elif name in _GO_FLAGS and self.program.modules[fn.module].language == "go":
            place = _GO_FLAGS[name]
            named = 1 if "Var" in name else 0
            if len(call.args) > place and (text := self._text(fn, call.args[named].value)):
                yield text, fn.at(call.args[place].value)
                if named and (target := self._target(fn, call.args[0].value)):
                    yield target, fn.at(call.args[place].value)

    def _option(self, fn: Fn, call: ir.Call) -> Iterator[tuple[str, At | ir.Literal]]:
        """argparse, click, yargs, commander: the long name, and a default by keyword, in a record or last."""
        texts = [text for a in call.args if not a.name and (text := self._text(fn, a.value))]
        given = {a.name: fn.at(a.value) for a in call.args if a.name}
        for argument in call.args:
            held = self.program.value(fn.at(argument.value))
            if not argument.name and isinstance(held, ir.Record):
                given.update({entry.key: fn.at(entry.value) for entry in held.entries if entry.key})
        name = next((t for t in texts if t.startswith("--")), texts[0] if texts else "")
        name = (
            self._text(fn, given["dest"].value) if "dest" in given else name.split(" ")[0].split(",")[-1].split("=")[0]
        )
        if "default" in given:
            yield name, given["default"]
        elif "is_flag" in given or self._text(fn, given["action"].value if "action" in given else -1) == "store_true":
            yield name, _FLAG
        elif len(texts) >= 3 and not call.args[-1].name:  # noqa: PLR2004 - flags, description, default
            yield name, fn.at(call.args[-1].value)

    def _record(self, fn: Fn, record: ir.Record) -> Iterator[tuple[str, At | ir.Literal]]:
        """``logFormat: z.enum([…]).default("json")`` and ``logFormat: {type: "string", default: "json"}``."""
        for entry in record.entries:
            held = self.program.value(fn.at(entry.value))
            while isinstance(held, ir.Variable):
                held = self.program.value(fn.at(held.value))
            if not entry.key:
                continue
            if isinstance(held, ir.Record):
                inner = {e.key: e.value for e in held.entries}
                if "default" in inner and not _SCHEMA_KEYS.isdisjoint(inner):
                    yield entry.key, fn.at(inner["default"])
            elif isinstance(held, ir.Call) and (default := self._chained(fn, held)) is not None:
                yield entry.key, default

    def _chained(self, fn: Fn, call: ir.Call) -> At | None:
        """The argument of ``.default(…)`` in a chain of calls."""
        held: ir.Value = call
        while isinstance(held, ir.Call):
            callee = self.program.value(fn.at(held.callee))
            if not isinstance(callee, ir.Member):
                return None
            if callee.name == "default" and held.args:
                return fn.at(held.args[0].value)
            held = self.program.value(fn.at(callee.base))
        return None

    def _text(self, fn: Fn, value: int) -> str:
        held = self.program.value(fn.at(value)) if value >= 0 else None
        return held.text if isinstance(held, ir.Literal) and held.kind == "str" else ""

    def _target(self, fn: Fn, value: int) -> str:
        """The name of the variable or field behind ``&cfg.LogFormat``."""
        held = self.program.value(fn.at(value))
        while isinstance(held, ir.Operation | ir.Opaque):
            inner = held.operands if isinstance(held, ir.Operation) else held.children
            if not inner:
                return ""
            held = self.program.value(fn.at(inner[0]))
        return held.name if isinstance(held, ir.Name | ir.Member | ir.Variable) else ""
