"""Where in an address, or in a word of a command line, the caller's values stand."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.linking.calls.callees import callees
from skillaudit.linking.flows import rooted, textparts
from skillaudit.linking.flows.positions import Position, after
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.knowledge import codeapis
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.linking.values.origin import Origin, Path, distinct

_DEPTH = 40
_STEPS = 1500
_VERB = re.compile(r"%(?:\([^)]*\))?[-+# 0]*\d*(?:\.\d+)?[a-zA-Z]|\{[^{}]*\}")
_SAME = {
    "strip", "rstrip", "lstrip", "lower", "upper", "trim", "trimEnd", "toString", "String", "replace", "replaceAll",
    "toLowerCase", "encode", "decode", "format", "geturl", "unwrap", "removesuffix", "removeprefix", "TrimSuffix",
    "TrimRight", "TrimSpace", "TrimPrefix", "str", "unicode_string", "human_repr", "Sprint", "split", "Fields",
}  # fmt: skip
_REPLACING = {"replace", "replaceAll"}
_REPLACEMENTS = 12
"""How many of them on one text are looked through."""
_FORMATS = {"Sprintf", "Errorf", "format"}
_LOCAL = {"pathname", "path", "Path"}
_RESOLVING = {"URL", "url.URL", "whatwg-url.URL"}
"""What takes ``..`` out of an address's path, also where it is escaped."""
_SECOND = {
    "requests.Request", "httpx.Request", "httpx.Client().build_request", "httpx.AsyncClient().build_request",
    "net.ResolveTCPAddr", "net.ResolveUDPAddr", "net.ResolveIPAddr",
}  # fmt: skip
"""They take the method or the kind of network first."""

_REMOTE = {"hostname", "host", "href", "Host", "netloc", "protocol"}


Placed = tuple[Origin, Position]


class _Walk(NamedTuple):
    """What kind of text is walked through, and what was found so far."""

    word: bool
    found: list[Placed]
    left: list[int]

    def goes_on(self, depth: int) -> bool:
        """Whether the walk may take one more step: neither too deep nor, over all branches, too long."""
        self.left[0] -= 1
        return depth > 0 and self.left[0] > 0


class _Asked(NamedTuple):
    """What is taken of a function's result, and where that stands."""

    position: Position
    path: Path


@dataclass(slots=True)
class Addresses:
    """Walks through texts from left to right."""

    taints: Taints
    cut: set[int] = field(default_factory=set)
    """The files in which a walk was given up."""

    def of(self, at: At, position: Position = Position.START, *, word: bool = False) -> list[Placed]:
        """What the value holds, each with its place; ``word``: of a command line, where any text is a beginning."""
        found: list[Placed] = []
        self._walk(at, position, _Walk(word, found, [_STEPS]), _DEPTH)
        return list(dict.fromkeys(found))

    def _walk(self, at: At, position: Position, walk: _Walk, depth: int) -> Position:  # noqa: C901, PLR0911, PLR0912 - one case per kind
        program = self.taints.program
        value = program.value(at)
        if position is Position.QUERY:
            return position
        if not walk.goes_on(depth):
            self.cut.add(at.module)
            return self._leaf(at, position, walk)
        match value:
            case ir.Literal(text=text):
                return after(text, position, word=walk.word)
            case ir.Variable():
                self._stored(at, walk, depth)
                end = self._walk(at.to(value.value), position, walk, depth - 1)
                for other in program.assigned(Fn(at.module, at.function), value.name):
                    self._walk(other, position, walk, depth - 1)
                return end
            case ir.Text(style="percent", parts=(first, *rest)) if isinstance(program.value(at.to(first)), ir.Literal):
                return self._formatted(at, at.to(first), rest, position, walk, depth)
            case ir.Text(parts=parts):
                return self._in_order((at.to(p) for p in parts), position, walk, depth)
            case ir.Operation(operator="+", operands=parts):
                return self._in_order((at.to(p) for p in parts), position, walk, depth)
            case ir.Operation(operator="/", operands=parts):
                return self._joined([at.to(p) for p in parts], position, walk, depth)
            case ir.Operation(operator="or" | "||" | "??" | "await", operands=parts) | ir.Choice(options=parts) if (
                parts
            ):
                return min(self._walk(at.to(part), position, walk, depth - 1) for part in parts)
            case ir.Name() | ir.Import():
                where = self.taints.named(at)
                if where is not None:
                    return self._walk(where, position, walk, depth - 1)
            case ir.Member(name="href" | "origin" | "url" | "URL", base=base) if self._is_address(at.to(base)):
                return self._walk(at.to(base), position, walk, depth - 1)
            case ir.Member(name="searchParams" | "search" | "query" | "RawQuery") if self._is_address(
                at.to(value.base)
            ):
                return Position.QUERY
            case ir.Member(name="pathname") if position is not Position.START and self._resolves(at.to(value.base)):
                return max(position, Position.WITHIN)
            case ir.Member() | ir.Item():
                return self._inside(at, (), position, walk, depth)
            case ir.Call():
                return self._call(at, value, position, walk, depth)
            case _:
                pass
        return self._leaf(at, position, walk)

    def inside(self, at: At, path: Path, position: Position, *, word: bool = False) -> list[Placed]:
        """What the part of a value holds that ``path`` names."""
        found: list[Placed] = []
        self._inside(at, path, position, _Walk(word, found, [_STEPS]), _DEPTH)
        return list(dict.fromkeys(found))

    def _inside(self, at: At, path: Path, position: Position, walk: _Walk, depth: int) -> Position:  # noqa: PLR0911, C901, PLR0912 - one case per kind
        """Parts of records, also of those that functions of the project give back, have their texts in sight."""
        if not walk.goes_on(depth):
            self.cut.add(at.module)
            return self._part(at, path, position, walk)
        base, taken = at, path
        value = self.taints.program.value(base)
        while depth > 0:
            got = self._got(base, value)
            if got is not None:
                base, taken = got[0], (got[1], *taken)
                value = self.taints.program.value(base)
                depth -= 1
                continue
            if not isinstance(value, ir.Member | ir.Item | ir.Variable):
                break
            if isinstance(value, ir.Member):
                base, taken = base.to(value.base), (value.name, *taken)
            elif isinstance(value, ir.Variable):
                base = base.to(value.value)
            else:
                key = self.taints.program.value(base.to(value.key))
                if not isinstance(key, ir.Literal):
                    break
                base, taken = base.to(value.base), (key.text, *taken)
            value = self.taints.program.value(base)
            depth -= 1
        if not taken and base != at:
            return self._walk(base, position, walk, depth - 1)
        match value:
            case ir.Record(entries=entries) if taken and (held := [e for e in entries if e.key == taken[0]]):
                for entry in held:
                    self._inside(base.to(entry.value), taken[1:], position, walk, depth - 1)
                stored = _Walk(walk.word, [], walk.left)
                self._part(at, path, max(position, Position.WITHIN), stored)
                known = {origin for origin, _ in walk.found}
                walk.found.extend(one for one in stored.found if one[0] not in known)
                return max(position, Position.WITHIN)
            case ir.Record(entries=entries) if (
                taken and entries
            ):  # put in later, or merged: what it is a part of is not known
                return self._part(at, path, max(position, Position.WITHIN), walk)
            case ir.Sequence(items=items) if taken and taken[0].isdecimal() and int(taken[0]) < len(items):
                return self._inside(base.to(items[int(taken[0])]), taken[1:], position, walk, depth - 1)
            case ir.Call() if depth > 0:
                own = [s for s in self.taints.symbols.resolve(base.to(value.callee)) if isinstance(s, Fn)]
                if own and depth > 0:
                    return self._returned(base, value, own, _Asked(position, taken), walk, depth)
                if taken == ("0",) and self.taints.program.modules[at.module].language == "go":
                    return self._walk(base, position, walk, depth - 1)
            case _:
                pass
        return self._part(at, path, position, walk)

    def _got(self, at: At, value: ir.Value) -> tuple[At, str] | None:
        """The container and the key of ``data.get("key")``."""
        callee = self.taints.program.value(at.to(value.callee)) if isinstance(value, ir.Call) else None
        if (
            not isinstance(value, ir.Call)
            or not isinstance(callee, ir.Member)
            or callee.name != "get"
            or not value.args
        ):
            return None
        key = self.taints.program.value(at.to(value.args[0].value))
        held = isinstance(key, ir.Literal) and not any(
            isinstance(s, Fn) for s in self.taints.symbols.resolve(at.to(value.callee))
        )
        return (at.to(callee.base), key.text) if held and isinstance(key, ir.Literal) else None

    def _part(self, at: At, path: Path, position: Position, walk: _Walk) -> Position:
        walk.found.extend((origin, position) for origin in self.taints.of(at, path))
        return max(position, Position.WITHIN)

    def _leaf(self, at: At, position: Position, walk: _Walk) -> Position:
        walk.found.extend((origin, position) for origin in self.taints.of(at))
        return max(position, Position.WITHIN)

    def _in_order(self, parts: Iterable[At], position: Position, walk: _Walk, depth: int) -> Position:
        for number, part in enumerate(parts):
            before = len(walk.found)
            position = self._walk(part, position, walk, depth - 1)
            if number and self.taints.is_rooted(part):
                walk.found[before:] = [(replace(o, rooted=True), stands) for o, stands in walk.found[before:]]
        return position

    def _built(self, parts: list[At], position: Position, walk: _Walk, depth: int) -> Position:
        for part in parts:
            value = self.taints.program.value(part)
            verb = _VERB.search(value.text) if isinstance(value, ir.Literal) else None
            if isinstance(value, ir.Literal) and verb:
                position = after(value.text[: verb.start()], position, word=walk.word)
            else:
                position = self._walk(part, position, walk, depth - 1)
        return position

    def _joined(self, parts: list[At], position: Position, walk: _Walk, depth: int, *, keeps: bool = False) -> Position:
        """Parts put together with separators between them: only the first one begins the address.

        ``keeps``: an absolute part does not drop what stands before it.
        """
        for number, part in enumerate(parts):
            before = len(walk.found)
            self._walk(part, position if number == 0 else max(position, Position.WITHIN), walk, depth - 1)
            if keeps and number and self.taints.is_rooted(part):
                walk.found[before:] = [(replace(o, rooted=True), stands) for o, stands in walk.found[before:]]
        return max(position, Position.WITHIN)

    def _formatted(  # noqa: PLR0913, PLR0917 - the walk's state
        self, at: At, template: At, rest: list[int], position: Position, walk: _Walk, depth: int
    ) -> Position:
        literal = self.taints.program.value(template)
        text = literal.text if isinstance(literal, ir.Literal) else ""
        cursor = 0
        for number, verb in zip(rest, _VERB.finditer(text), strict=False):
            position = after(text[cursor : verb.start()], position, word=walk.word)
            position = self._walk(at.to(number), position, walk, depth - 1)
            cursor = verb.end()
        return after(text[cursor:], position, word=walk.word)

    def _resolves(self, at: At) -> bool:
        """Whether it is an address that a parser took ``..`` out of; its path by itself is the caller's choice."""
        return self._is_address(at, _RESOLVING)

    def _is_address(self, at: At, makers: Collection[str] = codeapis.MAKE_ADDRESSES) -> bool:
        call = self.taints.definition(at)
        if not isinstance(call, ir.Call):
            return False
        where = self.taints.defined(at)
        symbols = self.taints.symbols.resolve(where.to(call.callee))
        return any(isinstance(s, External) and s.path in makers for s in symbols)

    def _stored(self, at: At, walk: _Walk, depth: int) -> None:
        """``url.pathname = …``, ``url.host = …``."""
        for step in self.taints.program.function(Fn(at.module, at.function)).steps:
            if isinstance(step, ir.Store) and step.base == at.value and step.name in _LOCAL | _REMOTE:
                start = Position.START if step.name in _REMOTE else Position.WITHIN
                self._walk(at.to(step.value), start, walk, depth - 1)

    # --- calls

    def _call(self, at: At, call: ir.Call, position: Position, walk: _Walk, depth: int) -> Position:
        origins = self.taints.of(at)
        if not origins:
            return max(position, Position.WITHIN)
        harmless = frozenset[Danger].intersection(*(origin.harmless for origin in origins))
        before = len(walk.found)
        end = self._of_call(at, call, position, walk, depth)
        if harmless:
            walk.found[before:] = [(replace(o, harmless=o.harmless | harmless), s) for o, s in walk.found[before:]]
        return end

    def _of_call(self, at: At, call: ir.Call, position: Position, walk: _Walk, depth: int) -> Position:  # noqa: C901, PLR0911 - one case per kind
        symbols = callees(self.taints.symbols, at.to(call.callee))
        own = [s for s in symbols if isinstance(s, Fn)]
        paths = [s.path for s in symbols if isinstance(s, External)]
        if own:
            return self._returned(at, call, own, _Asked(position, ()), walk, depth)
        name = self.taints.hints.name_of(at.to(call.callee))
        if self._got(at, call) is not None:
            return self._inside(at, (), position, walk, depth - 1)
        callee = self.taints.program.value(at.to(call.callee))
        args = [at.to(a.value) for a in call.args if not a.spread]
        if name in _FORMATS and (template := textparts.template(self.taints, at, callee, args)) is not None:
            where, rest = template
            return self._formatted(at, where, [r.value for r in rest], position, walk, depth)
        if any(path.endswith(("NewRequest", "NewRequestWithContext")) for path in paths):
            index = 1 if paths[0].endswith("NewRequest") else 2
            return self._walk(args[index], position, walk, depth - 1) if len(args) > index else position
        if any(path in {"URL", "url.URL", "whatwg-url.URL"} for path in paths) and len(args) > 1:
            self._walk(args[1], position, walk, depth - 1)
            return self._walk(args[0], position, walk, depth - 1)
        if any(path in {"urllib.parse.urljoin", "url.resolve"} for path in paths) and len(args) > 1:
            return self._in_turn(args, position, walk, depth)
        if name in {"join", "JoinPath", "urljoin", "urlJoin"} and args:
            keeps = not rooted.JOINING.isdisjoint(paths)
            return self._joined(textparts.listed(self.taints, at, callee, args), position, walk, depth, keeps=keeps)
        if any(path in codeapis.MAKE_ADDRESSES for path in paths) and args:
            behind = not _SECOND.isdisjoint(paths) and len(args) > 1
            return self._walk(args[1] if behind else args[0], position, walk, depth - 1)
        if (
            name in _REPLACING
            and isinstance(callee, ir.Member)
            and len(args) > 1
            and not textparts.is_package(self.taints, at, callee)
        ):
            self._walk(args[1], self._behind(at, call, position, word=walk.word), walk, depth - 1)
        if (
            name == "String"
            and isinstance(callee, ir.Member)
            and (put := textparts.written(self.taints, at.to(callee.base)))
        ):
            return self._built(put, position, walk, depth)
        if name in _SAME:
            inner = (
                at.to(callee.base)
                if isinstance(callee, ir.Member) and not textparts.is_package(self.taints, at, callee)
                else None
            )
            inner = inner or (args[0] if args else None)
            return self._walk(inner, position, walk, depth - 1) if inner else position
        return self._leaf(at, position, walk)

    def _behind(self, at: At, call: ir.Call, position: Position, *, word: bool) -> Position:
        """Where a replaced piece of a text stands; where the text is not in sight, behind its beginning."""
        old = self.taints.definition(at.to(call.args[0].value))
        held: ir.Value | None = call
        for _ in range(_REPLACEMENTS):
            callee = self.taints.program.value(at.to(held.callee)) if isinstance(held, ir.Call) else None
            if not isinstance(callee, ir.Member) or callee.name not in _REPLACING:
                break
            base = at.to(callee.base)
            held, at = self.taints.definition(base), self.taints.defined(base)
        if isinstance(held, ir.Literal) and isinstance(old, ir.Literal) and old.text in held.text:
            return after(held.text.partition(old.text)[0], position, word=word)
        return max(position, Position.WITHIN)

    def _in_turn(self, args: list[At], position: Position, walk: _Walk, depth: int) -> Position:
        for argument in args[:2]:
            self._walk(argument, position, walk, depth - 1)
        return Position.WITHIN

    def _returned(self, at: At, call: ir.Call, own: list[Fn], asked: _Asked, walk: _Walk, depth: int) -> Position:  # noqa: PLR0913, PLR0917 - the walk's state
        caller = Fn(at.module, at.function)
        given: dict[Position, list[Origin]] = defaultdict(list)
        for fn in own:
            for step in self.taints.program.function(fn).steps:
                if not isinstance(step, ir.Return) or step.value < 0:
                    continue
                inner: list[Placed] = []
                place, path = fn.at(step.value), asked.path
                several = isinstance(self.taints.program.value(place), ir.Sequence) and not path
                path = ("0",) if several and self.taints.program.modules[fn.module].language == "go" else path
                within, least = _Walk(walk.word, inner, walk.left), min(depth - 1, 12)
                if path:
                    self._inside(place, path, asked.position, within, least)
                else:
                    self._walk(place, asked.position, within, least)
                for origin, stands in dict.fromkeys(inner):
                    for held, where in self._substituted(caller, call, fn, origin, stands, walk, depth):
                        given[where].append(held)
        walk.found.extend((one, where) for where, held in given.items() for one in distinct(held))
        return max(asked.position, Position.WITHIN)

    def _substituted(  # noqa: PLR0913, PLR0917 - the walk's state
        self, caller: Fn, call: ir.Call, fn: Fn, origin: Origin, place: Position, walk: _Walk, depth: int
    ) -> Iterator[Placed]:
        if origin.formal is None or origin.formal.fn != fn:
            yield origin, place
            return
        for argument in self.taints.arguments(caller, call, origin.formal):
            inner: list[Placed] = []
            if origin.path:
                inner = [(o, place) for o in self.taints.of(argument, origin.path)]
            else:
                self._walk(argument, place, _Walk(walk.word, inner, walk.left), depth - 1)
            yield from inner
