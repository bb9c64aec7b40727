"""What a match of a regular expression gives out of a text: ``m.group(1)``, ``m["name"]``, ``text.match(/…/)[1]``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.facts import ALL_BUT_FEW
from skillaudit.linking.names.program import At
from skillaudit.linking.values import _groups
from skillaudit.linking.values.hints import Hints
from skillaudit.linking.values.origin import ANY, SECRET, Origin, Path, cut

_ONE: Final = {"match", "fullmatch", "search", "exec"}
_EACH: Final = {"finditer", "matchAll"}
_TEXTS: Final = {"findall"}
_SCRIPT: Final = {"match", "exec", "matchAll"}
_OTHERS: Final = {"index", "input", "length", "lastIndex", "indices", "pos", "string"}
"""What else a match knows."""


class _Search(NamedTuple):
    """A call that looks for a pattern in a text: what it is named, and where both stand."""

    name: str
    pattern: At
    text: At


@dataclass(slots=True)
class Matched:
    """Looks at searches; ``of`` evaluates one value with the path taken from it."""

    hints: Hints
    of: Callable[[At, Path], tuple[Origin, ...]]

    def _search(self, at: At, call: ir.Call, paths: list[str]) -> _Search | None:
        """The search that a call makes, if it is one of Python's or a script's."""
        name = self.hints.program.called(at.to(call.callee))
        if name not in _ONE | _EACH | _TEXTS:
            return None
        given = [at.to(argument.value) for argument in call.args]
        if any(path in {f"re.{name}", f"regex.{name}"} for path in paths):
            return _Search(name, given[0], given[1]) if len(given) > 1 else None
        callee = self.hints.program.value(at.to(call.callee))
        if not isinstance(callee, ir.Member) or not given:
            return None
        base = at.to(callee.base)
        if self.hints.program.is_script(at.module) and name in _SCRIPT:
            pattern, text = (base, given[0]) if name == "exec" else (given[0], base)
            return _Search(name, pattern, text) if self.hints.pattern(pattern) else None
        compiled = any(path in {f"re.compile().{name}", f"regex.compile().{name}"} for path in paths)
        return _Search(name, base, given[0]) if compiled else None

    def found(self, at: At, call: ir.Call, paths: list[str], path: Path) -> Iterator[Origin] | None:
        """What ``path`` takes of a search's answer; None for any other call."""
        made = self._search(at, call, paths)
        return self._pieces(made, path) if made is not None else None

    def closes(self, at: At, call: ir.Call, paths: list[str], path: Path) -> bool:
        """Whether a call is a search, and what ``path`` takes of its answer leaves a caller nothing to choose."""
        made = self._search(at, call, paths)
        groups = self._groups_taken(made, path) if made is not None and self.hints.pattern(made.pattern) else []
        return bool(groups) and all(map(_groups.harmless, groups))

    def _groups_taken(self, made: _Search, path: Path) -> list[str]:
        """The sources of the groups that ``path`` takes; none where it asks for something else of the match."""
        told = _groups.groups(self.hints.pattern(made.pattern))
        asked = _asked(made.name, path, grouped=len(told) > 1)
        if asked in told or asked in _OTHERS:
            return [told[asked]] if asked in told else []
        return [text for key, text in told.items() if key != "0"] or [told["0"]]

    def _pieces(self, made: _Search, path: Path) -> Iterator[Origin]:
        groups = self._groups_taken(made, path)
        for origin in self.of(made.text, ()) if groups else ():
            for group in groups:
                kept = _groups.kept(group)
                piece = origin.nature in SECRET | {None} and kept < ALL_BUT_FEW
                whole = cut(origin, kept) if piece else origin
                yield replace(whole, escaped=origin.escaped or _groups.one_line(group))

    def taken(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin] | None:
        """``m.group(1)``, ``m.groups()``, ``m.groupdict()`` of a match in Python; None for any other call."""
        callee = self.hints.program.value(at.to(call.callee))
        if not isinstance(callee, ir.Member) or self.hints.program.is_script(at.module):
            return None
        base = at.to(callee.base)
        if callee.name == "group":
            first = self.hints.program.value(at.to(call.args[0].value)) if call.args else None
            group = first.text if isinstance(first, ir.Literal) else ANY if first else "0"
            return iter(self.of(base, (group,)))
        if callee.name == "groups":
            asked = str(int(path[0]) + 1) if path and path[0].isdecimal() else ANY
            return iter(self.of(base, (asked,)))
        return iter(self.of(base, path[:1] or (ANY,))) if callee.name == "groupdict" else None


def _asked(name: str, path: Path, *, grouped: bool) -> str:
    """The group that a path asks for, by number or name."""
    if name in _TEXTS:  # texts, or tuples of the groups' where there are several
        part = path[1] if len(path) > 1 else ""
        return (str(int(part) + 1) if part.isdecimal() else ANY) if grouped else "0"
    inner = path[1:] if name in _EACH else path
    if inner[:1] == ("groups",) and len(inner) > 1:
        return inner[1]
    return inner[0] if inner else "0"
