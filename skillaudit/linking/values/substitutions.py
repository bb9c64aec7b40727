"""What a text is after parts of it were replaced: what is left of it, and what a text or a function puts in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.linking.knowledge import forms
from skillaudit.linking.names.program import At
from skillaudit.linking.names.symbols import Fn
from skillaudit.linking.values import _cleaning
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.origin import CALLED, SECRET, Origin, Path, cut

_CALLS: Final = {"re.sub": (2, 1), "re.subn": (2, 1), "os.Expand": (0, 1)}
"""Functions by their dotted names: which argument is the text, and which is put in. Source: the languages."""

_COMPILED: Final = {
    "sub": (1, 0), "subn": (1, 0), "ReplaceAllString": (0, 1), "ReplaceAllStringFunc": (0, 1), "ReplaceAllFunc": (0, 1),
    "ReplaceAllLiteralString": (0, 1), "ReplaceAllLiteral": (0, 1),
}  # fmt: skip
"""The same of the methods of a compiled pattern."""

_OF_TEXTS: Final = {"replace", "replaceAll"}
TABLE: Final = "strings.NewReplacer().Replace"
"""Go: texts are replaced by pairs."""


@dataclass(slots=True)
class Substitutions:
    """Looks at calls of libraries; ``of`` evaluates one value with the path taken from it."""

    hints: Hints
    of: Callable[[At, Path], tuple[Origin, ...]]

    def function(self, at: At, call: ir.Call, paths: list[str], path: Path) -> Iterator[Origin] | None:
        """What one of the dotted ``paths`` gives, if it replaces; None for any other call."""
        if TABLE in paths and call.args:
            return self._by_table(at, call, path)
        for known in _CALLS:
            text, put = _CALLS[known]
            if known in paths and len(call.args) > max(text, put):
                first = self.hints.program.value(at.to(call.args[0].value))
                stripped = isinstance(first, ir.Literal) and forms.strips_newlines(first.text)
                return self._replaced(at.to(call.args[text].value), at.to(call.args[put].value), path, stripped)
        return None

    def method(self, at: At, call: ir.Call, callee: ir.Member, path: Path) -> Iterator[Origin] | None:
        """What a method of a text or of a pattern gives, if its name is one that replaces; None for any other."""
        base = at.to(callee.base)
        if callee.name in _OF_TEXTS and call.args:
            last = call.args[-1]
            stripped = _cleaning.replaces(self.hints, at, call, callee.name)
            puts = len(call.args) > 1 and not (last.spread or last.name)
            return self._replaced(base, at.to(last.value), path, stripped, puts=puts)
        text, put = _COMPILED.get(callee.name, (0, len(call.args)))
        if max(text, put) >= len(call.args):
            return None
        stripped = forms.strips_newlines(self.hints.pattern(base))
        return self._replaced(at.to(call.args[text].value), at.to(call.args[put].value), path, stripped)

    def _by_table(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:
        """``strings.NewReplacer("a", x).Replace(text)``."""
        made, table = _table(self.hints, at, call)
        stripped = any(map(forms.strips_newlines, taken_out(self.hints, at, call)))
        for origin in self.of(at.to(call.args[0].value), path):
            yield replace(origin, escaped=origin.escaped or stripped)
        for argument in table.args[1::2] if table and not path else ():
            yield from self.of(made.to(argument.value), ())

    def _replaced(self, text: At, put: At, path: Path, stripped: bool, *, puts: bool = True) -> Iterator[Origin]:  # noqa: FBT001 - internal
        """Replacing by a placeholder or by what a function makes hides; without line breaks a text forges no line."""
        held = self.hints.program.value(self.hints.program.bare(put))
        made = any(isinstance(symbol, Fn) for symbol in self.hints.symbols.resolve(put))
        python = self.hints.program.modules[text.module].language == "python"
        chosen = made or (python and isinstance(held, ir.Closure | ir.Name))
        hides = chosen or (isinstance(held, ir.Literal) and any(one in held.text for one in forms.PLACEHOLDERS))
        for origin in self.of(text, path):
            if not (hides and origin.nature in SECRET):
                left = cut(origin, 0) if hides and origin.nature is None else origin
                yield replace(left, escaped=origin.escaped or stripped)
        found = self.of(put, (CALLED,) if made else ()) if puts and not path else ()
        yield from (o for o in found if not made or o.certain)  # a match's `token` is a word of the text


def taken_out(hints: Hints, at: At, call: ir.Call) -> list[str]:
    """The constant texts that ``strings.NewReplacer("a", x)`` replaces."""
    made, table = _table(hints, at, call)
    held = [hints.program.value(made.to(argument.value)) for argument in table.args[::2]] if table else []
    return [one.text for one in held if isinstance(one, ir.Literal)]


def _table(hints: Hints, at: At, call: ir.Call) -> tuple[At, ir.Call | None]:
    callee = hints.program.value(at.to(call.callee))
    made = hints.program.given(at.to(callee.base)) if isinstance(callee, ir.Member) else at
    table = hints.program.value(made)
    return made, table if isinstance(table, ir.Call) else None
