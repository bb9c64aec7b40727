"""Regular expressions that a condition looks for in a text: ``HIDDEN.test(key)``, ``re.search("token", key, re.I)``."""

from dataclasses import dataclass

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program

_FINDING = {"test": "{}", "search": "{}", "MatchString": "{}", "match": "^(?:{})", "fullmatch": "^(?:{})$"}
"""Methods of an expression, with what they add to it."""

_COMPILING = {"compile", "MustCompile", "RegExp"}
_FOLDING = {"I", "IGNORECASE", "i", "gi", "ig", "iu"}
_DEEPEST = 4


@dataclass(slots=True)
class Asks:
    """Reads calls that look for an expression."""

    program: Program

    def of(self, at: At, call: ir.Call) -> tuple[At, str] | None:
        """The text that is looked at, and the expression; None for any other call."""
        asked = self.program.value(at.to(call.callee))
        if not isinstance(asked, ir.Member) or asked.name not in _FINDING or not call.args:
            return None
        base, first = at.to(asked.base), at.to(call.args[0].value)
        if self.program.called(base) in {"re", "regexp"} and len(call.args) > 1:
            text = self._folded(at, call, self._text(first))
            return (at.to(call.args[1].value), _FINDING[asked.name].format(text)) if text else None
        if asked.name == "match" and self.program.is_script(at.module):
            text = self._expression(first, _DEEPEST)
            return (base, text) if text else None
        text = self._expression(base, _DEEPEST)
        return (first, _FINDING[asked.name].format(text)) if text else None

    def _expression(self, at: At, depth: int) -> str:
        """The source of an expression that stands in the code, its names followed to other files."""
        place = self.program.bare(at)
        value = self.program.value(place)
        outer: At | int | None = None
        match value:
            case ir.Literal(kind="regex", text=text):
                return text
            case ir.Call(args=args) if args and self.program.called(place.to(value.callee)) in _COMPILING:
                return self._folded(place, value, self._text(place.to(args[0].value)))
            case ir.Name(name=name):
                outer = self.program.lexical(Fn(place.module, place.function), name)
            case ir.Import(module=module, symbol=symbol):
                outer = self.program.imported(place.module, module, symbol)
            case _:
                return ""
        return self._expression(outer, depth - 1) if isinstance(outer, At) and depth else ""

    def _folded(self, at: At, call: ir.Call, text: str) -> str:
        """An expression with the flag that letters' cases do not matter, where the call is given it."""
        flags = (self.program.value(at.to(argument.value)) for argument in call.args[1:])
        names = {f.name if isinstance(f, ir.Member) else f.text if isinstance(f, ir.Literal) else "" for f in flags}
        return f"(?i){text}" if text and names & _FOLDING else text

    def _text(self, at: At) -> str:
        value = self.program.value(self.program.bare(at))
        return value.text if isinstance(value, ir.Literal) and value.kind == "str" else ""
