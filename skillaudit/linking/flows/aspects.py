"""What a checked value is: which part of the caller's, resolved or not, and the texts that it is compared with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.linking.flows.fields import Fields
from skillaudit.linking.flows.guards import Aspect, Guard, Proof
from skillaudit.linking.flows.stored import Stored
from skillaudit.linking.flows.taints import CHOSEN, Key, Taints, key_of
from skillaudit.linking.knowledge import codeapis
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External

_HOSTS = {"hostname", "host", "netloc", "Host", "Hostname", "raw_host"}
_SCHEMES = {"protocol", "scheme", "Scheme"}
_NORMALISING = {
    "resolve", "realpath", "abspath", "normpath", "normalize", "Clean", "Abs", "EvalSymlinks", "realpathSync", "Join",
    "native", "absolute", "Rel", "relative", "relpath", "commonpath", "IsLocal",
}  # fmt: skip
_NODE_JOINS = {"path.join", "path.posix.join", "path.win32.join"}
"""Node's takes ``..`` out, Python's does not."""
_RELATIVES = {"relative", "Rel", "relpath", "relative_to"}
_BESIDE_HOST = {
    "port", "Port", "pathname", "path", "Path", "RawPath", "query", "search", "RawQuery", "fragment", "Fragment",
    "RawFragment", "hash", "username", "password", "User", "Opaque",
}  # fmt: skip
_PARSES = {"urlparse", "urlsplit", "URL", "Parse", "parse", "ParseRequestURI"}
_EACH = {"some", "every", "find", "findIndex", "filter"}
_DEPTH = 24
_HOST_LITERAL = re.compile(r"^[a-z][a-z+.-]*://[^/]+/", re.IGNORECASE)


@dataclass(slots=True)
class Aspects:
    """Looks at one value at a time; nothing here follows a condition."""

    taints: Taints
    stored: Stored = field(init=False)
    fields: Fields = field(init=False)
    _texts: dict[tuple[At, int], tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look into lists and objects with the same knowledge."""
        self.stored = Stored(self.taints)
        self.fields = Fields(self.taints)

    def call(self, at: At) -> At | None:
        """The call whose result, or part of whose result, a value is."""
        for _ in range(_DEPTH):
            value = self.taints.program.value(at)
            match value:
                case ir.Variable():
                    at = at.to(value.value)
                case ir.Item() | ir.Member():
                    at = at.to(value.base)
                case ir.Operation(operator="await", operands=(inner,)):
                    at = at.to(inner)
                case ir.Call():
                    return at
                case _:
                    return None
        return None

    def keys(self, at: At) -> set[Key]:
        """The parameters and sources in a value."""
        return {key_of(o) for o in self.taints.of(at) if o.formal is not None or o.nature in CHOSEN}

    def apart(self, one: At, other: At) -> bool:
        """Whether two values have nothing of the caller's in common: no list that holds what is asked for says no."""
        return self.keys(one).isdisjoint(self.keys(other))

    def aspect(self, at: At, depth: int = 10) -> tuple[Aspect, bool]:  # noqa: PLR0911 - one case per kind
        """Which part of the caller's value this is, and whether it was resolved on the way."""
        value = self.taints.program.value(at)
        if depth <= 0:
            return Aspect.WHOLE, False
        match value:
            case ir.Variable():
                return self.aspect(at.to(value.value), depth - 1)
            case ir.Name():
                found = self.taints.defined(at)
                return self.aspect(found, depth - 1) if found != at else (Aspect.WHOLE, False)
            case ir.Member():
                return self._member_aspect(at, value, depth)
            case ir.Item():
                return self._item_aspect(at, value, depth)
            case ir.Call():
                return self._call_aspect(at, value, depth)
            case ir.Choice(options=options) | ir.Operation(operands=options) if options:
                held = [self.aspect(at.to(option), depth - 1) for option in options if self.keys(at.to(option))]
                return next((h for h in held if h[0] is not Aspect.WHOLE), (Aspect.WHOLE, any(h[1] for h in held)))
            case ir.Text(parts=parts) if parts:
                return self.aspect(at.to(parts[0]), depth - 1)
            case _:
                return Aspect.WHOLE, False

    def _member_aspect(self, at: At, value: ir.Member, depth: int) -> tuple[Aspect, bool]:
        own = _by_name(value.name)
        if own is Aspect.WHOLE and value.name in _BESIDE_HOST and self._is_address(at.to(value.base)):
            own = Aspect.OTHER
        if own is not Aspect.WHOLE:
            return own, False
        held = [self.aspect(one, depth - 3) for one in self.fields.of(at.to(value.base), value.name)]
        parts = [one for one in held if one[0] is not Aspect.WHOLE]
        return parts[0] if parts else self.aspect(at.to(value.base), depth - 1)

    def _is_address(self, at: At, depth: int = 6) -> bool:
        """Whether a value is a parsed address."""
        value = self.taints.program.value(at)
        match value:
            case ir.Variable() if depth:
                return self._is_address(at.to(value.value), depth - 1)
            case ir.Choice(options=options) if depth:
                return any(self._is_address(at.to(option), depth - 1) for option in options)
            case ir.Item() if depth:
                return self._is_address(at.to(value.base), depth - 1)
            case ir.Call():
                return self.taints.hints.name_of(at.to(value.callee)) in _PARSES
            case _:
                return False

    def _item_aspect(self, at: At, value: ir.Item, depth: int) -> tuple[Aspect, bool]:
        key = self.taints.program.value(at.to(value.key))
        if isinstance(key, ir.Literal) and self.whole(at) is not None:
            return (Aspect.FIRST if key.text == "0" else Aspect.OTHER), False
        return self.aspect(at.to(value.base), depth - 1)

    def whole(self, at: At) -> At | None:
        """What was taken apart, of which a value is an element: ``x`` of ``x.split("/")[0]``, ``x.parts[0]``."""
        for _ in range(_DEPTH):
            value = self.taints.program.value(at)
            match value:
                case ir.Variable():
                    at = at.to(value.value)
                case ir.Item():
                    at = at.to(value.base)
                case ir.Operation(operator="or" | "||" | "??", operands=(first, *_)):
                    at = at.to(first)
                case ir.Member(name="parts"):
                    return at.to(value.base)
                case ir.Call():
                    return self._taken_apart(at, value)
                case _:
                    return None
        return None

    def _taken_apart(self, at: At, call: ir.Call) -> At | None:
        name = self.taints.hints.name_of(at.to(call.callee))
        callee = self.taints.program.value(at.to(call.callee))
        if not ("split" in name.lower() or name in {"Fields", "Cut", "partition"}) or not isinstance(callee, ir.Member):
            return None
        go = self.taints.program.modules[at.module].language == "go"
        return at.to(call.args[0].value) if go and call.args else at.to(callee.base)

    def _call_aspect(self, at: At, call: ir.Call, depth: int) -> tuple[Aspect, bool]:
        name = self.taints.hints.name_of(at.to(call.callee))
        if name in {"extname", "Ext", "splitext", "suffix"}:
            return Aspect.SUFFIX, False
        if name in {"len", "type", "typeof"}:
            return Aspect.OTHER, False
        if _by_name(name) is not Aspect.WHOLE:
            return _by_name(name), False
        callee = self.taints.program.value(at.to(call.callee))
        paths = [s.path for s in self.taints.symbols.resolve(at.to(call.callee)) if isinstance(s, External)]
        normal = name in _NORMALISING and not (name == "resolve" and paths == ["Promise.resolve"])
        normal = normal or not _NODE_JOINS.isdisjoint(paths)
        own = [s for s in self.taints.symbols.resolve(at.to(call.callee)) if isinstance(s, Fn)]
        inner: list[tuple[Aspect, bool]] = []
        for fn in own[:2]:
            returns = (s for s in self.taints.program.function(fn).steps if isinstance(s, ir.Return) and s.value >= 0)
            inner += [self.aspect(fn.at(s.value), depth - 3) for s in returns]
        if not own:
            parts = [at.to(a.value) for a in call.args]
            method = isinstance(callee, ir.Member) and not any(p in codeapis.MAKE_PATHS for p in paths)
            parts += [at.to(callee.base)] if method and isinstance(callee, ir.Member) else []
            inner += [self.aspect(part, depth - 1) for part in parts if self.keys(part)]
        aspect = next((a for a, _ in inner if a is not Aspect.WHOLE), Aspect.WHOLE)
        return aspect, normal or any(resolved for _, resolved in inner)

    def literals(self, at: At, depth: int = 6) -> tuple[str, ...]:
        """The constant texts of a value: itself, or what a list, a set or a pattern holds; each once."""
        if (at, depth) not in self._texts:
            self._texts[at, depth] = tuple(dict.fromkeys(self._literals(at, depth)))
        return self._texts[at, depth]

    def _literals(self, at: At, depth: int) -> tuple[str, ...]:  # noqa: PLR0911 - one case per kind
        value, where = self.taints.definition(at), self.taints.defined(at)
        if depth <= 0:
            return ()
        match value:
            case ir.Literal(kind="str" | "regex", text=text):
                return (text,)
            case ir.Sequence(items=items) | ir.Operation(operator="+" | "|", operands=items) | ir.Choice(options=items):
                return tuple(text for item in items for text in self.literals(where.to(item), depth - 1))
            case ir.Text(parts=(first, *_)):
                return self.literals(where.to(first), depth - 1)
            case ir.Record(entries=entries):
                return tuple(entry.key for entry in entries if entry.key)
            case ir.Element(base=base):
                return self.literals(where.to(base), depth - 1)
            case ir.Call(args=args) if args:
                return tuple(text for a in args for text in self.literals(where.to(a.value), depth - 1))
            case ir.Param(index=0):
                return tuple(text for base in self._gone_through(where) for text in self.literals(base, depth - 1))
            case _:
                return ()

    def is_joined(self, at: At, depth: int = 6) -> bool:
        """Whether a library puts the beginning of a value together, so that no text in sight is its beginning."""
        value, where = self.taints.definition(at), self.taints.defined(at)
        match value:
            case ir.Call(callee=callee):
                symbols = self.taints.symbols.resolve(where.to(callee))
                return any(isinstance(s, External) and s.path in codeapis.MAKE_PATHS for s in symbols)
            case (
                ir.Operation(operator="+", operands=(first, *_))
                | ir.Text(parts=(first, *_))
                | ir.Sequence(items=(first, *_))
                | ir.Element(base=first)
            ) if depth:
                return self.is_joined(where.to(first), depth - 1)
            case ir.Param(index=0) if depth:
                return any(self.is_joined(base, depth - 1) for base in self._gone_through(where))
            case _:
                return False

    def _gone_through(self, at: At) -> Iterator[At]:
        """The lists of the project's whose elements a callback's first parameter is: ``list.some((x) => …)``."""
        for caller, number in self.taints.handed.get(Fn(at.module, at.function), ()):
            call = self.taints.program.value(caller.at(number))
            callee = self.taints.program.value(caller.at(call.callee)) if isinstance(call, ir.Call) else None
            if isinstance(callee, ir.Member) and callee.name in _EACH and not self.keys(caller.at(callee.base)):
                yield caller.at(callee.base)

    def ends_whole(self, at: At) -> bool:  # noqa: PLR0911 - one case per kind
        """Whether a prefix ends with a separator, or names a whole host."""
        value = self.taints.definition(at)
        where = self.taints.defined(at)
        match value:
            case ir.Literal(text=text):
                return bool(_HOST_LITERAL.match(text)) or (text.endswith(("/", "\\")) and "://" not in text)
            case ir.Text(parts=parts) if parts:
                return self._is_separator(where.to(parts[-1]))
            case ir.Operation(operator="+", operands=operands):
                return self._is_separator(where.to(operands[-1]))
            case ir.Sequence(items=items):
                return bool(items) and all(self.ends_whole(where.to(item)) for item in items)
            case ir.Call(args=args) if args:
                return self.taints.hints.name_of(where.to(value.callee)) in {"join", "ensureTrailingSep"} and (
                    self._is_separator(where.to(args[-1].value))
                )
            case ir.Choice(options=options):
                return any(self.ends_whole(where.to(option)) for option in options)
            case ir.Element(base=base):
                return any(self.ends_whole(item) for item in self.stored.items(where.to(base)))
            case _:
                return "sep" in self.taints.hints.name_of(at).lower()

    def begins_with_dot(self, at: At) -> bool:
        """Whether a suffix begins where a label of a host name begins."""
        value, where = self.taints.definition(at), self.taints.defined(at)
        match value:
            case ir.Literal(text=text):
                return text.startswith((".", "/"))
            case ir.Text(parts=(first, *_)) | ir.Operation(operator="+", operands=(first, *_)):
                return self.begins_with_dot(where.to(first))
            case ir.Sequence(items=items):
                return bool(items) and all(self.begins_with_dot(where.to(item)) for item in items)
            case ir.Element(base=base):
                return self.begins_with_dot(where.to(base))
            case _:
                return False

    def _is_separator(self, at: At) -> bool:
        value = self.taints.definition(at)
        if isinstance(value, ir.Literal):
            return value.text.endswith(("/", "\\")) or value.text == ""
        if isinstance(value, ir.Call) and value.args:
            return self._is_separator(self.taints.defined(at).to(value.args[0].value))
        return self.taints.hints.name_of(at).lower() in {"sep", "separator", "pathseparator"}

    def is_relative(self, at: At) -> bool:
        """Whether a value is the way from one directory to another, ``path.relative(root, file)``, or its beginning."""
        call = self.call(self.whole(at) or at)
        held = self.taints.program.value(call) if call else None
        return (
            isinstance(held, ir.Call)
            and call is not None
            and self.taints.hints.name_of(call.to(held.callee)) in _RELATIVES
        )

    def line(self, at: At) -> int:
        """The line of an expression, or of the innermost part of it that has one."""
        value = self.taints.program.value(at)
        line = getattr(value, "line", 0)
        if line:
            return int(line)
        if isinstance(value, ir.Operation) and value.operands:
            return self.line(at.to(value.operands[0]))
        return self.taints.program.function(Fn(at.module, at.function)).line

    def guard(  # noqa: PLR0913 - every call names its options
        self,
        proof: Proof,
        at: At,
        subject: At,
        *,
        details: tuple[str, ...] = (),
        whole: bool = False,
        normalised: bool = False,
    ) -> Guard:
        """A check of ``subject`` that stands at ``at``."""
        aspect, resolved = self.aspect(subject)
        line = self.line(at)
        place = self.taints.program.location(at.module, line)
        held = self.taints.program.bare(subject)
        normalised = normalised or resolved
        return Guard(proof, frozenset(self.keys(subject)), place, aspect, normalised, details[:40], whole, subject=held)


def _by_name(name: str) -> Aspect:
    if name in _HOSTS:
        return Aspect.HOST
    if name in _SCHEMES:
        return Aspect.SCHEME
    if name in {"suffix", "ext", "suffixes"}:
        return Aspect.SUFFIX
    return Aspect.OTHER if name in {"length", "size"} else Aspect.WHOLE
