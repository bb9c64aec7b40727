"""Which parameters and requests a value is made of, as a question about paths, addresses and commands.

The same evaluation as ``origins``, with another eye: parameters stay open whoever fills them, a path that is joined or
resolved is still the caller's, and what leaves nothing to choose (a number, a base name, a quoted text) ends the flow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.facts import Nature
from skillaudit.linking.calls.callees import callees
from skillaudit.linking.flows import rooted
from skillaudit.linking.flows._letters import Letters
from skillaudit.linking.flows._replacements import Replacements, named_only
from skillaudit.linking.knowledge import codeapis, sources
from skillaudit.linking.knowledge.closedsets import sends
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.origins.origins import Origins
from skillaudit.linking.values.origin import ANY, PICKED, Origin, Path

CHOSEN = {Nature.ARGUMENT, Nature.ARGUMENTS, Nature.MESSAGE, Nature.REQUEST, Nature.BODY, Nature.HEADERS}
"""Natures of what a caller of the server chooses."""

Key = tuple[Formal | tuple[object, str], Path]
"""What makes two mentions of a value the same one: a parameter, or a source by its name, and what is taken of it."""

_NAMES = 12
_MODULES = ("path.", "url.", "urllib.", "JSON.", "ast.", "querystring.", "yaml")
_OF_REQUEST = " of the request"
"""How the origin of what came with a request is told: a cookie or a password is chosen by its sender, too."""

_PUTTING = {"append", "push", "set", "put", "add", "unshift", "enqueue", "put_nowait"}


def key_of(origin: Origin) -> Key:
    """The identity of what an origin stands for."""
    if origin.formal is not None:
        return origin.formal, origin.path
    return (origin.nature, origin.name), origin.path


def covers(checked: Key, used: Key) -> bool:
    """Whether a check of one value is a check of the other: the same, an element of it, or one of its parts.

    A check of a whole object says nothing of its fields; one of an address's host, or of a path's segments, is one of
    the address or the path.
    """
    if checked[0] != used[0]:
        return False
    one, other = _bare(checked[1]), _bare(used[1])
    shorter, longer = sorted((one, other), key=len)
    same = all(a == b or {ANY, PICKED} & {a, b} for a, b in zip(shorter, longer, strict=False))
    return same and all(part in codeapis.OWN_PARTS for part in longer[len(shorter) :])


def _bare(path: Path) -> Path:
    while path and path[-1] in {ANY, PICKED}:
        path = path[:-1]
    return path


@dataclass(slots=True)
class Taints(Origins):
    """The evaluator. Natures that no caller chooses may still be among its answers."""

    _kept: dict[Cls, dict[str, list[At]]] = field(default_factory=dict)
    _serving: dict[int, bool] = field(default_factory=dict)
    _decoded: dict[Fn, dict[int, list[tuple[int, Path | None]]]] = field(default_factory=dict)

    def _of(self, at: At, path: Path) -> Iterator[Origin]:
        """A text that was put together may be taken apart again: ``json.loads(buffer + data)["path"]``."""
        text = self.program.value(at)
        if isinstance(text, ir.Text) and any(self.is_rooted(at.to(part)) for part in text.parts[1:]):
            yield from self._behind([at.to(part) for part in text.parts])
            return
        inner = () if isinstance(text, ir.Text) else path
        for origin in Origins._of(self, at, inner):  # noqa: SLF001 - `super()` fails in slotted dataclasses
            sent = origin.nature is Nature.CREDENTIAL and origin.trace and origin.trace[0].note.endswith(_OF_REQUEST)
            yield replace(origin, nature=Nature.REQUEST) if sent else origin

    def _behind(self, parts: list[At]) -> Iterator[Origin]:
        """Parts put behind one another: what was cleaned under a root lies in the directory before it."""
        for number, part in enumerate(parts):
            inside = number > 0 and self.is_rooted(part)
            yield from (replace(o, rooted=o.rooted or inside) for o in self.of(part))

    def is_rooted(self, at: At) -> bool:
        """Whether a value is a path that no ``..`` leads out of the directory before it."""
        return rooted.is_rooted(self.program, self.symbols, at)

    def _param(self, formal: Formal, path: Path) -> Iterator[Origin]:
        function = self.program.function(formal.fn)
        parameter = function.params[formal.position]
        named = bool(path) and path[0] in codeapis.SAFE_PARTS and "Path" in parameter.type_text
        left = codeapis.OF_NAMES if named else frozenset[Danger]()
        yield Origin(None, parameter.name, (), formal=formal, path=path[1:] if named else path, harmless=left)
        if parameter.default >= 0 and function.parent >= 0:
            yield from self.of(At(formal.fn.module, function.parent, parameter.default), path)

    def _named(self, at: At, name: str, value: int, line: int, path: Path) -> Iterator[Origin]:
        del name, line
        yield from self.of(at.to(value), path)
        yield from self.holdings.added(at, path)
        for call, source in self._decodings(Fn(at.module, at.function)).get(at.value, ()):
            held = self.program.value(at.to(call))
            callee = self.program.value(at.to(held.callee)) if isinstance(held, ir.Call) else None
            if isinstance(held, ir.Call) and source is None:
                yield from self.of(at.to(held.args[0].value), path)
            elif source is not None and isinstance(callee, ir.Member):
                yield from self.of(at.to(callee.base), (*source, *path))

    def _decodings(self, fn: Fn) -> dict[int, list[tuple[int, Path | None]]]:
        """Go: variables that a decoder fills, ``json.Unmarshal(data, &x)``, and which part of its receiver that is."""
        if fn not in self._decoded:
            found: dict[int, list[tuple[int, Path | None]]] = {}
            if self.program.modules[fn.module].language == "go":
                for number, call, _ in self.program.calls(fn):
                    name = self.hints.name_of(fn.at(call.callee))
                    if name in codeapis.DECODES and call.args:
                        found.setdefault(call.args[-1].value, []).append((number, codeapis.DECODES[name]))
                    elif name in codeapis.DECODES_ARGUMENT and len(call.args) > 1:
                        found.setdefault(call.args[-1].value, []).append((number, None))
            self._decoded[fn] = found
        return self._decoded[fn]

    def _attribute(self, at: At, path: Path) -> Iterator[Origin]:
        """Also what the class's functions put into a container that an attribute holds: ``this.queue.push(x)``."""
        called_on = [o for base in self._called_on(Fn(at.module, at.function)) for o in self.of(base, path)]
        said = [o for o in called_on if not self._comes_unseen(o, path)]
        yield from said
        if not said or len(said) < len(called_on):
            held = list(Origins._attribute(self, at, path))  # noqa: SLF001 - `super()` fails in slotted dataclasses
            yield from held or (o for o in called_on if o.path == path)
        owner = self.symbols.owner(Fn(at.module, at.function))
        if owner is not None and path:
            for value in self._put(owner).get(path[0], ()):
                yield from self.of(value, path[2:])

    def _called_on(self, fn: Fn) -> Iterator[At]:
        """Go: the values that a method is called on, which say more than all literals of its type do."""
        if self.program.modules[fn.module].language != "go":
            return
        for caller, number in self.callers.get(fn, ()):
            call = self.program.value(caller.at(number))
            callee = self.program.value(caller.at(call.callee)) if isinstance(call, ir.Call) else None
            if isinstance(callee, ir.Member) and self.program.surface(caller.module).counts:
                yield caller.at(callee.base)

    def _comes_unseen(self, origin: Origin, path: Path) -> bool:
        """Whether the object itself was handed in, and no call in sight does: a handler's, which a framework calls."""
        whole = origin.formal is not None and origin.path[-len(path) :] == path
        return whole and not any(self.closing.close((origin,)))

    def _put(self, cls: Cls) -> dict[str, list[At]]:
        """By attribute of ``self``: what is put into it."""
        if cls not in self._kept:
            found: dict[str, list[At]] = {}
            methods = [Fn(p.module, m.function) for p in self.symbols.same(cls) for m in self.program.klass(p).methods]
            for fn in methods:
                for step in self.program.function(fn).steps:
                    held = self.program.value(fn.at(step.value)) if isinstance(step, ir.Do) else None
                    callee = self.program.value(fn.at(held.callee)) if isinstance(held, ir.Call) else None
                    if (
                        isinstance(held, ir.Call)
                        and isinstance(callee, ir.Member)
                        and callee.name in _PUTTING
                        and held.args
                    ):
                        away = sends(callee.name, self.hints.name_of(fn.at(callee.base)), (a.name for a in held.args))
                        if not away:
                            self._note_put(found, fn, callee.base, held.args[-1].value)
                    elif isinstance(step, ir.Store) and step.base >= 0 and not step.name:
                        self._note_put(found, fn, step.base, step.value)
            self._kept[cls] = found
        return self._kept[cls]

    def _note_put(self, found: dict[str, list[At]], fn: Fn, base: int, value: int) -> None:
        held = self.program.value(fn.at(base))
        own = isinstance(held, ir.Member) and isinstance(self.program.value(fn.at(held.base)), ir.Receiver)
        if isinstance(held, ir.Member) and own:
            found.setdefault(held.name, []).append(fn.at(value))

    def _operation(self, at: At, value: ir.Operation, path: Path) -> Iterator[Origin]:
        if value.operator == "/":  # joins paths in Python; of two numbers no text is left anyway
            for operand in value.operands:
                yield from self.of(at.to(operand), ())
            return
        if value.operator == "+" and any(self.is_rooted(at.to(operand)) for operand in value.operands[1:]):
            yield from self._behind([at.to(operand) for operand in value.operands])
            return
        yield from Origins._operation(self, at, value, path)  # noqa: SLF001 - `super()` fails in slotted dataclasses

    def _choice(self, at: At, value: ir.Choice, path: Path) -> Iterator[Origin]:
        """Without the letters of a text that a condition lets through one by one, where none of them separates."""
        first, *others = value.options or (-1,)
        if value.test < 0 or first < 0 or not self._letters().closed(at.to(value.test), at.to(first)):
            yield from Origins._choice(self, at, value, path)  # noqa: SLF001 - `super()` fails in slotted dataclasses
            return
        for option in others:
            yield from self.of(at.to(option), path)

    def _letters(self) -> Letters:
        return Letters(self.program, self.symbols, self.defined)

    def _call(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:  # noqa: C901, PLR0912 - one case per kind
        symbols = callees(self.symbols, at.to(call.callee))
        paths = [s.path for s in symbols if isinstance(s, External)]
        name = self.hints.name_of(at.to(call.callee))
        own = any(isinstance(s, Fn) for s in symbols)
        if any(p in codeapis.LEAVE_NOTHING for p in paths) or (
            paths == [] and name in codeapis.LEAVE_NOTHING_BY_NAME and not own
        ):
            return
        if (
            self._letters().filtered(at, call)
            or self.transfers.matched.closes(at, call, paths, path)
            or self.checked.lists(at, call)
        ):
            return
        run = replace(call, callee=call.args[0].value) if name == "map" and call.args else call
        if not own and (left := self._replacements().left(at, call, name, self._paths(at, run))):
            yield from self._cleaned(at, call, left)
        elif any(p in codeapis.SPLIT_SUFFIXES for p in paths):  # what is not the suffix is the whole path
            whole = [o for argument in call.args for o in self.of(at.to(argument.value))]
            yield from named_only(whole) if path[:1] == ("1",) else whole
        elif any(p in codeapis.MAKE_PATHS for p in paths):
            parts = [at.to(argument.value) for argument in call.args]
            joins = not rooted.JOINING.isdisjoint(paths)
            put = self._behind(parts) if joins else (o for part in parts for o in self.of(part))
            yield from named_only(put) if path[:1] and path[0] in codeapis.SAFE_PARTS else put
        elif any(p in codeapis.ARCHIVES for p in paths):
            for argument in call.args:
                yield from self.of(self.unwrapped(at.to(argument.value)), ())
        elif made := [p for p in paths if p in codeapis.MAKE_ADDRESSES]:
            callee = self.program.value(at.to(call.callee))
            if isinstance(callee, ir.Member) and any("()." in p for p in made):  # a method of what holds the address
                yield from self.of(at.to(callee.base), ())
            for argument in call.args:
                yield from self.of(at.to(argument.value), ())
        elif self._reads_part(at, call, name) and not self._is_own(at, call) and self._is_request(at, call):
            callee = self.program.value(at.to(call.callee))
            part = name if sources.request_part(name) else "headers" if name == "get" else "body"
            base = self.program.value(at.to(callee.base)) if isinstance(callee, ir.Member) else None
            if name == "Query" and isinstance(base, ir.Member):
                yield from self.of(at.to(base.base), (part, *path))
            elif isinstance(callee, ir.Member):
                yield from self.of(at.to(callee.base), (part, *path))
        elif any(p in codeapis.RECEIVES for p in paths) or (name in {"recv", "recvfrom"} and self._serves(at.module)):
            yield Origin(Nature.BODY, "data from the socket", (self.transfers.step(at, call.line, "received here"),))
        elif any(p in codeapis.ENTRIES for p in paths) and path[-1:] and path[-1] in codeapis.ENTRY_NAMES:
            yield Origin(Nature.BODY, codeapis.ENTRY, (self.transfers.step(at, call.line, "an archive is read here"),))
        elif not self._is_own(at, call) and (checked := self.hints.applied.built.check(at, call)):
            inner = checked.within(path)
            left = checked.shape.at(inner).harmless if inner is not None else frozenset(Danger)
            if inner is not None and left != frozenset(Danger):
                yield from (replace(o, harmless=o.harmless | left) for o in self.of(checked.value, inner))
        elif not self._is_own(at, call) and name in codeapis.SCHEMA_METHODS and call.args and self._is_method(at, call):
            yield from self.of(at.to(call.args[0].value), path[1:] if path[:1] in {("data",), ("value",)} else path)
        elif not self._is_own(at, call) and name in codeapis.PATH_METHODS | codeapis.ARCHIVE_METHODS:
            yield from self._path_method(at, call, path)
        elif name == "append" and "append" in paths:
            yield from self._appended(at, call, path)
        else:
            yield from Origins._call(self, at, call, path)  # noqa: SLF001 - `super()` fails in slotted dataclasses

    def _appended(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:
        """Go: a list with more behind it, put there under the conditions around the call."""
        put = {tuple(site) for site in (self.checked.call_site(Fn(at.module, at.function), at.value),) if site}
        for number, argument in enumerate(call.args):
            yield from (replace(o, put=o.put | put if number else o.put) for o in self.of(at.to(argument.value), path))

    def _cleaned(self, at: At, call: ir.Call, left: frozenset[Danger]) -> Iterator[Origin]:
        """What is cleaned by a call: its receiver and its arguments, with what they can do no harm to any more."""
        callee = self.program.value(at.to(call.callee))
        values = [callee.base] if isinstance(callee, ir.Member) else []
        if left == frozenset(Danger):
            return
        for number in (*values, *(argument.value for argument in call.args)):
            yield from (replace(o, harmless=o.harmless | left) for o in self.of(at.to(number)))

    def _replacements(self) -> Replacements:
        return Replacements(self.hints, self.definition, self._paths)

    def _paths(self, at: At, call: ir.Call) -> list[str]:
        return [s.path for s in self.symbols.resolve(at.to(call.callee)) if isinstance(s, External)]

    def definition(self, at: At) -> ir.Value | None:
        """The expression that a name stands for, in whichever file it is defined; a compiled pattern's text."""
        held = self.defined(at)
        value = self.program.value(held)
        if isinstance(value, ir.Call) and value.args and self.hints.name_of(held.to(value.callee)) in codeapis.COMPILES:
            return self.program.value(self.defined(held.to(value.args[0].value)))
        return value

    def named(self, at: At) -> At | None:
        """The binding that a free name or an import leads to, inside the tree."""
        value = self.program.value(at)
        match value:
            case ir.Name():
                return self.program.lexical(Fn(at.module, at.function), value.name)
            case ir.Import():
                target = self.program.imported(at.module, value.module, value.symbol)
                return target if isinstance(target, At) else None
            case _:
                return None

    def defined(self, at: At) -> At:
        """Where the expression stands that a name leads to."""
        for _ in range(_NAMES):
            value = self.program.value(at)
            match value:
                case ir.Variable():
                    at = at.to(value.value)
                case ir.Name() | ir.Import():
                    found = self.named(at)
                    if found is None:
                        return at
                    at = found
                case _:
                    return at
        return at

    def key_of(self, at: At) -> str:
        """The constant that a value is looked up by: ``data["url"]``, ``data.get("url")``."""
        where = self.defined(at)
        value = self.program.value(where)
        key = value.key if isinstance(value, ir.Item) else -1
        if isinstance(value, ir.Call) and value.args and self.hints.name_of(where.to(value.callee)) == "get":
            key = value.args[0].value
        told = self.program.value(where.to(key)) if key >= 0 else None
        return told.text if isinstance(told, ir.Literal) else ""

    def unwrapped(self, at: At) -> At:
        """What a file in memory was made of; any other value as it is."""
        value, where = self.definition(at), self.defined(at)
        if isinstance(value, ir.Call) and value.args and not codeapis.STREAMS.isdisjoint(self._paths(where, value)):
            return where.to(value.args[0].value)
        return at

    def _is_method(self, at: At, call: ir.Call) -> bool:
        """Whether a method of an object is called, not a function of a module such as ``path.parse``."""
        return not any(path.startswith(_MODULES) for path in self._paths(at, call))

    def _is_request(self, at: At, call: ir.Call) -> bool:
        """Whether a method of what is called ``req`` or ``request`` is called."""
        callee = self.program.value(at.to(call.callee))
        if not isinstance(callee, ir.Member):
            return False
        if callee.name == "Query":  # Go: r.URL.Query()
            return self.hints.name_of(at.to(callee.base)) == "URL" and not call.args
        return sources.request_name(self.hints.name_of(at.to(callee.base)))

    def _reads_part(self, at: At, call: ir.Call, name: str) -> bool:
        """Whether a method of this name gives a part of a request; aiohttp's ``await request.post()`` does."""
        form = name == "post" and call.awaited and not call.args
        if name in {"get", "header"} and self.program.is_script(at.module):
            return bool(call.args)  # Express: of a header
        return name in codeapis.REQUEST_METHODS or (form and self.program.modules[at.module].language == "python")

    def _serves(self, module: int) -> bool:
        """Whether the file accepts connections on a socket."""
        if module not in self._serving:
            values = (v for function in self.program.modules[module].functions for v in function.values)
            names = {v.name for v in values if isinstance(v, ir.Member)}
            self._serving[module] = {"accept", "listen"} <= names
        return self._serving[module]

    def _is_own(self, at: At, call: ir.Call) -> bool:
        return any(isinstance(s, Fn) for s in callees(self.symbols, at.to(call.callee)))

    def _path_method(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:
        """``p.resolve()``, ``p.joinpath(x)``: what is asked of the result does not matter any more."""
        callee = self.program.value(at.to(call.callee))
        values = [callee.base] if isinstance(callee, ir.Member) else []
        given = (o for number in (*values, *(a.value for a in call.args)) for o in self.of(at.to(number), ()))
        yield from named_only(given) if path[:1] and path[0] in codeapis.SAFE_PARTS else given

    def chosen(self, origin: Origin) -> Origin | None:
        """The origin as something that a caller chooses: closed by its nature, or by the parameter it stands for."""
        if origin.nature is not None:
            return origin if origin.nature in CHOSEN else None
        return None

    def request_part(self, name: str, path: Path) -> str:
        """What a request object's member is called that holds what the caller sent; empty for anything else.

        A route of a file (Remix, React Router, SvelteKit, Astro) takes its context apart: ``action({ request })``.
        """
        if path and sources.request_name(name) and sources.request_part(path[0]):
            return next((part for part in reversed(path) if part != ANY), path[0])
        inner = path[1:]
        if path and (name in codeapis.CONTEXTS or not name) and path[0] in {"req", "request"} and inner:
            told = next((part for part in reversed(inner) if part != ANY), inner[0])
            return told if sources.request_part(inner[0]) else ""
        return ""
