"""What is left of a text after a cleaning call, as dangers that it can do no harm to: a base name, a quoted word."""

from collections.abc import Callable, Collection, Iterable, Iterator

import msgspec
from msgspec.structs import replace

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.linking.knowledge import codeapis, patterns
from skillaudit.linking.names.program import At
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.origin import Origin
from skillaudit.linking.values.substitutions import TABLE, taken_out

_NAMING = {"sub", "ReplaceAllString", "ReplaceAllStringFunc", "ReplaceAllLiteralString"}
"""Methods of a compiled pattern, which stands before them."""


class Replacements(msgspec.Struct, frozen=True):
    """Judges one call at a time; ``definition`` is the expression behind a name, ``paths`` what a call is called."""

    hints: Hints
    definition: Callable[[At], ir.Value | None]
    paths: Callable[[At, ir.Call], list[str]]

    def left(self, at: At, call: ir.Call, name: str, paths: Collection[str]) -> frozenset[Danger]:
        """What the result of a call can do no harm to, whatever it was given; all dangers where nothing is left."""
        if not codeapis.LEAVE_NAMES.isdisjoint(paths) or (not paths and name in codeapis.LEAVE_NAMES_BY_NAME):
            return codeapis.OF_NAMES
        if not codeapis.LEAVE_HOSTS.isdisjoint(paths):
            return codeapis.OF_HOSTS
        if not codeapis.LEAVE_QUOTED.isdisjoint(paths):
            return codeapis.OF_QUOTED if self._keeps_slashes(at, call) else frozenset(Danger)
        if TABLE in paths:
            plain = (patterns.takes_out_separators(text, plain=True) for text in taken_out(self.hints, at, call))
            return codeapis.OF_NAMES if any(plain) else frozenset()
        return self._replaced(at, call, name, paths) if name in codeapis.REPLACES else frozenset()

    def _keeps_slashes(self, at: At, call: ir.Call) -> bool:
        """``quote(x, safe="")`` takes them out, too."""
        given = [self.definition(at.to(a.value)) for a in call.args if a.name == "safe"]
        return not any(isinstance(one, ir.Literal) and "/" not in one.text for one in given)

    def _replaced(self, at: At, call: ir.Call, name: str, paths: Collection[str]) -> frozenset[Danger]:
        """Whether a replacement takes out everything but harmless characters, or every separator of paths."""
        python = self.hints.program.modules[at.module].language == "python"
        callee = self.hints.program.value(at.to(call.callee))
        if isinstance(callee, ir.Member) and self._climbs_taken_out(at, call, callee):
            return codeapis.OF_NAMES
        pattern = isinstance(callee, ir.Member) and callee.name in _NAMING
        first = [callee.base] if isinstance(callee, ir.Member) and pattern else []
        for number in (*first, *(argument.value for argument in call.args)):
            held = self.definition(at.to(number))
            if isinstance(held, ir.Literal):
                compiled = pattern or "re.sub" in paths
                plain = held.kind == "str" and not compiled
                every = held.kind == "regex" or name != "replace" or python
                if not every or not patterns.takes_out_separators(held.text, plain=plain):
                    return frozenset()
                metacharacters = not plain and patterns.takes_out_metacharacters(held.text)
                return frozenset(Danger) if metacharacters else codeapis.OF_NAMES
        return frozenset()

    def _climbs_taken_out(self, at: At, call: ir.Call, callee: ir.Member) -> bool:
        """``path.normalize(x)`` without the steps up that it begins with: ``..`` can stand nowhere else."""
        base = self.hints.program.bare(at.to(callee.base))
        normal = self.hints.program.value(base)
        paths = self.paths(base, normal) if isinstance(normal, ir.Call) else []
        held = self.definition(at.to(call.args[0].value)) if call.args else None
        begins = (
            isinstance(held, ir.Literal) and held.kind == "regex" and held.text.startswith(("/^(\\.\\.", "/^(?:\\.\\."))
        )
        return begins and any(path in {"path.normalize", "path.posix.normalize"} for path in paths)


def named_only(origins: Iterable[Origin]) -> Iterator[Origin]:
    """Of a path only the name, or its suffix."""
    return (replace(origin, harmless=origin.harmless | codeapis.OF_NAMES) for origin in origins)
