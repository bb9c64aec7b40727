"""Texts that are one value as JSON: ``JSON.stringify({…})``, ``string(line)``, with a line end behind it."""

from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.names.symbols import External, Symbols

_STRINGIFIERS = {
    "JSON.stringify", "json.dumps", "orjson.dumps", "ujson.dumps", "simplejson.dumps", "encoding/json.Marshal",
    "msgspec.json.encode", "safe-stable-stringify", "fast-safe-stringify", "fast-json-stable-stringify",
}  # fmt: skip
_RUNE = "'\\n'"
"""Go's line end as a character."""
_CONVERSIONS = {"append", "string", "[]byte", "[][]"}


@dataclass(slots=True)
class Encoded:
    """Looks at expressions of one function."""

    program: Program
    symbols: Symbols

    def record(self, fn: Fn, value: int) -> int | None:
        """What a text is the JSON of, if it is that and nothing else but a line end."""
        held = self.program.value(fn.at(value))
        match held:
            case ir.Variable():
                return self.record(fn, held.value)
            case ir.Text():
                rest = [p for p in held.parts if not self._is_line_end(fn, p)]
                return self.record(fn, rest[0]) if len(rest) == 1 else None
            case ir.Item():  # Go: the text, and whether that failed
                return self.record(fn, held.base)
            case ir.Call() if held.args and self._wraps(fn, held):
                return self.record(fn, held.args[0].value)
            case ir.Call() if held.args:
                paths = {s.path for s in self.symbols.resolve(fn.at(held.callee)) if isinstance(s, External)}
                return held.args[0].value if paths & _STRINGIFIERS else None
            case _:
                return None

    def _wraps(self, fn: Fn, call: ir.Call) -> bool:
        """Go: a line end behind it by ``append``, ``string(line)``, ``[]byte(line)``."""
        rest = call.args[1:]
        paths = {s.path for s in self.symbols.resolve(fn.at(call.callee)) if isinstance(s, External)}
        return not _CONVERSIONS.isdisjoint(paths) and all(self._is_line_end(fn, one.value) for one in rest)

    def _is_line_end(self, fn: Fn, value: int) -> bool:
        held = self.program.value(fn.at(value))
        return isinstance(held, ir.Literal) and held.text.strip() in {"", _RUNE}
